//! `cargo xtask run`: from a fresh clone to a hub with simulated agents, in one command.

use std::process::Command;

use crate::failure::Failure;
use crate::hub::{self, Profile};
use crate::workspace;

/// What the hub is started with, each unless the arguments say it otherwise.
const DEFAULTS: [(&str, &str); 3] = [("--demo", "24"), ("--data-dir", "data"), ("--listen", "127.0.0.1:4000")];

/// Builds what is stale and becomes the hub.
pub fn run(arguments: &[String]) -> Result<(), Failure> {
    let (profile, hub_arguments) = match arguments.split_first() {
        Some((first, rest)) if first == "--release" => (Profile::Release, rest),
        _ => (Profile::Development, arguments),
    };
    let binary = hub::build(profile)?;
    let mut command = Command::new(binary);
    command.current_dir(workspace::root()).arg("serve");
    for (flag, value) in DEFAULTS {
        if !is_given(flag, hub_arguments) {
            command.args([flag, value]);
        }
    }
    command.args(hub_arguments);
    become_program(&mut command)
}

fn is_given(flag: &str, arguments: &[String]) -> bool {
    arguments
        .iter()
        .any(|argument| argument.strip_prefix(flag).is_some_and(|rest| rest.is_empty() || rest.starts_with('=')))
}

/// Replaces this process, so that Ctrl-C and SIGTERM reach the hub itself and its exit code is ours.
#[cfg(unix)]
fn become_program(command: &mut Command) -> Result<(), Failure> {
    use std::os::unix::process::CommandExt;
    let error = command.exec();
    Err(Failure::new(format!("`{}` does not start: {error}", crate::program::line_of(command))))
}

/// Waits for the hub; the console sends Ctrl-C to both.
#[cfg(not(unix))]
fn become_program(command: &mut Command) -> Result<(), Failure> {
    crate::program::succeed(command)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flag_is_given_in_either_form_and_not_by_a_longer_one() {
        let given = |argument: &str| is_given("--listen", &[argument.to_owned()]);
        assert!(given("--listen") && given("--listen=127.0.0.1:0"));
        assert!(!given("--listener") && !given("--agent-listen"));
    }
}
