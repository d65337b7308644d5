//! Starting other programs.

use std::ffi::OsStr;
use std::process::{Command, Stdio};

use crate::failure::Failure;
use crate::workspace;

/// `cargo`, the same one that started this program.
///
/// `cargo run` describes the package it runs in the environment. A nested cargo must not see that: some build scripts (ring's)
/// ask to be run again when it changes, and half of the workspace would be rebuilt each time one switches between
/// `cargo test` and `cargo xtask test`.
pub fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(workspace::root());
    for (name, _) in std::env::vars_os() {
        if is_about_this_package(&name) {
            command.env_remove(name);
        }
    }
    command
}

/// `npm`, in the folder `folder` of the workspace.
pub fn npm(folder: &str) -> Command {
    let mut command = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
    command.current_dir(workspace::root().join(folder));
    command
}

/// Runs `command` with everything inherited, until it ends well.
pub fn succeed(command: &mut Command) -> Result<(), Failure> {
    let line = line_of(command);
    let status = command.status().map_err(|error| not_started(&line, &error))?;
    if status.success() { Ok(()) } else { Err(Failure::new(format!("`{line}` ended with {status}"))) }
}

/// Runs `command` and returns what it printed on standard output.
pub fn output_of(command: &mut Command) -> Result<Vec<u8>, Failure> {
    let line = line_of(command);
    let output = command.stderr(Stdio::inherit()).output().map_err(|error| not_started(&line, &error))?;
    if output.status.success() {
        Ok(output.stdout)
    } else {
        Err(Failure::new(format!("`{line}` ended with {}", output.status)))
    }
}

/// The command as one would type it.
pub fn line_of(command: &Command) -> String {
    let program = std::path::Path::new(command.get_program());
    let words = program.file_stem().into_iter().chain(command.get_args());
    words.map(OsStr::to_string_lossy).collect::<Vec<_>>().join(" ")
}

fn is_about_this_package(name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    let prefixes = ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_"];
    name == "CARGO_PRIMARY_PACKAGE" || name == "OUT_DIR" || prefixes.iter().any(|prefix| name.starts_with(prefix))
}

fn not_started(line: &str, error: &std::io::Error) -> Failure {
    let hint = match line.split(' ').next() {
        Some("npm" | "node") => "; the portal needs Node.js 20.19 or newer with npm",
        _ => "",
    };
    Failure::new(format!("`{line}` does not start: {error}{hint}"))
}
