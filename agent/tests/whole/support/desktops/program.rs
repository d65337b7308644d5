//! Programs of the system that a test needs.

use std::process::{Child, Command};

/// The packages of Debian and Ubuntu that the programs come in.
const PACKAGES: [(&str, &str); 10] = [
    ("Xvfb", "xvfb"),
    ("openbox", "openbox"),
    ("xterm", "xterm"),
    ("xdotool", "xdotool"),
    ("xrandr", "x11-xserver-utils"),
    ("import", "imagemagick"),
    ("sway", "sway"),
    ("swaymsg", "sway"),
    ("grim", "grim"),
    ("foot", "foot"),
];

/// The command of `program`, which has to be installed.
pub fn command(program: &str) -> Command {
    let package = PACKAGES.iter().find(|(name, _)| *name == program).map_or(program, |(_, package)| package);
    let folders = std::env::var_os("PATH").unwrap_or_default();
    let is_there = std::env::split_paths(&folders).any(|folder| folder.join(program).is_file());
    assert!(is_there, "'{program}' is missing: install the package '{package}'");
    Command::new(program)
}

/// What `command` prints. It has to succeed.
pub fn output(command: &mut Command) -> Vec<u8> {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

/// Ends `programs`. One that has ended already is what is wanted.
pub fn end_all<'a>(programs: impl IntoIterator<Item = &'a mut Child>) {
    for program in programs {
        let _ = program.kill();
        let _ = program.wait();
    }
}
