//! A bar on a terminal, plain lines elsewhere.

use std::io::IsTerminal;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use crate::clock::Clock;

/// Without a terminal a line comes at most so often.
const LINE_EVERY_MS: u64 = 5_000;

/// The progress of one phase, on standard error.
pub struct Progress {
    label: &'static str,
    total: u64,
    clock: Clock,
    /// `None` without a terminal.
    bar: Option<ProgressBar>,
    next_line_at_ms: u64,
}

impl Progress {
    /// A phase that ends at `total`.
    #[must_use]
    pub fn start(label: &'static str, total: u64, clock: Clock) -> Self {
        let bar = std::io::stderr().is_terminal().then(|| {
            let style = ProgressStyle::with_template("{prefix:>12} [{bar:40}] {pos}/{len} {elapsed} {msg}")
                .expect("the template above is valid")
                .progress_chars("=> ");
            let bar = ProgressBar::new(total).with_style(style).with_prefix(label);
            bar.enable_steady_tick(Duration::from_millis(200));
            bar
        });
        Self { label, total, clock, bar, next_line_at_ms: 0 }
    }

    /// So far, and a word about it.
    pub fn set(&mut self, done: u64, note: &str) {
        if let Some(bar) = &self.bar {
            bar.set_position(done.min(self.total));
            bar.set_message(note.to_owned());
            return;
        }
        let now_ms = self.clock.mono_ms();
        if now_ms >= self.next_line_at_ms {
            self.next_line_at_ms = now_ms + LINE_EVERY_MS;
            eprintln!("{}: {done}/{} {note}", self.label, self.total);
        }
    }

    /// The phase is over.
    pub fn finish(self, note: &str) {
        match self.bar {
            Some(bar) => bar.finish_with_message(note.to_owned()),
            None => eprintln!("{}: done {note}", self.label),
        }
    }
}
