//! The desktops of the agent's tests: displays without a screen, a window manager, a Wayland compositor, real windows, and hands
//! that type.

use crate::failure::Failure;
use crate::packages::{self, on_path};

/// Each program with the package that brings it.
const PROGRAMS: [(&str, &str); 10] = [
    ("Xvfb", "xvfb"),
    ("openbox", "openbox"),
    ("xdotool", "xdotool"),
    ("xterm", "xterm"),
    ("xrandr", "x11-xserver-utils"),
    ("import", "imagemagick"),
    ("sway", "sway"),
    ("grim", "grim"),
    ("foot", "foot"),
    // Not of the desktop: docs/examples/agent.py.
    ("python3", "python3"),
];

/// Finds all of it, or installs what is missing where that is possible without asking. Elsewhere than on Linux the tests that
/// need it are not compiled.
pub fn ensure() -> Result<(), Failure> {
    if !cfg!(target_os = "linux") {
        return Ok(());
    }
    let missing = missing(|program| on_path(program).is_some());
    if missing.is_empty() {
        return Ok(());
    }
    if !packages::can_install() {
        return Err(Failure::new(format!(
            "the agent's tests need a desktop: install the packages {}",
            missing.join(" ")
        )));
    }
    eprintln!("xtask: installing the packages {}", missing.join(" "));
    packages::install(&missing)
}

/// The packages of the programs that are not there.
fn missing(is_there: impl Fn(&str) -> bool) -> Vec<&'static str> {
    PROGRAMS.iter().filter(|(program, _)| !is_there(program)).map(|&(_, package)| package).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_missing_is_installed() {
        assert_eq!(missing(|_| true), Vec::<&str>::new());
        assert_eq!(missing(|program| program != "Xvfb"), ["xvfb"]);
        assert_eq!(missing(|_| false).len(), PROGRAMS.len());
    }
}
