//! `cargo xtask crash`: the crash test with as many rounds as one has patience for. CI does three.

use crate::failure::Failure;
use crate::program;

const ROUNDS: u32 = 20;

/// Kills the hub under load, `--rounds` times.
pub fn crash(arguments: &[String]) -> Result<(), Failure> {
    let rounds = rounds(arguments)?;
    let mut cargo = program::cargo();
    cargo.args(["test", "--workspace", "--test", "hub", "--", "crash", "--nocapture"]);
    program::succeed(cargo.env("MUSTER_CRASH_ROUNDS", rounds.to_string()))
}

fn rounds(arguments: &[String]) -> Result<u32, Failure> {
    match arguments {
        [] => Ok(ROUNDS),
        [flag, number] if flag == "--rounds" => match number.parse() {
            Ok(rounds) if rounds > 0 => Ok(rounds),
            _ => Err(Failure::new(format!("'{number}' is no number of rounds"))),
        },
        _ => Err(Failure::new("usage: cargo xtask crash [--rounds N]")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounds_are_a_positive_number() {
        let parsed = |arguments: &[&str]| {
            let arguments: Vec<String> = arguments.iter().map(|&argument| argument.to_owned()).collect();
            rounds(&arguments).ok()
        };
        assert_eq!(parsed(&[]), Some(20));
        assert_eq!(parsed(&["--rounds", "3"]), Some(3));
        assert_eq!(parsed(&["--rounds", "0"]), None);
        assert_eq!(parsed(&["--rounds"]), None);
        assert_eq!(parsed(&["3"]), None);
    }
}
