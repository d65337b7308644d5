//! A sequence of steps that stops at the first failure and says how long each took.

use std::time::Duration;

use crate::clock::Stopwatch;
use crate::failure::Failure;

/// The steps that went well so far.
pub struct Steps {
    begun: Stopwatch,
    done: Vec<(String, Duration)>,
}

impl Steps {
    pub fn begin() -> Self {
        Self { begun: Stopwatch::start(), done: Vec::new() }
    }

    /// Does one step. A failure names it, so that nobody has to search the output for what was going on.
    pub fn step(&mut self, name: &str, work: impl FnOnce() -> Result<(), Failure>) -> Result<(), Failure> {
        eprintln!("\nxtask: {name}");
        let stopwatch = Stopwatch::start();
        let outcome = work();
        let took = stopwatch.elapsed();
        match outcome {
            Ok(()) => {
                eprintln!("xtask: {name}: done in {}", seconds(took));
                self.done.push((name.to_owned(), took));
                Ok(())
            }
            Err(failure) => Err(Failure::new(format!("FAILED in step '{name}' after {}: {failure}", seconds(took)))),
        }
    }

    /// Prints all steps with their times.
    pub fn finish(self) {
        eprintln!();
        for (name, took) in &self.done {
            eprintln!("xtask: {:>9}  {name}", seconds(*took));
        }
        eprintln!("xtask: {:>9}  in all; everything holds", seconds(self.begun.elapsed()));
    }
}

fn seconds(duration: Duration) -> String {
    format!("{:.1} s", duration.as_secs_f64())
}
