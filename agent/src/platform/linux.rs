//! Linux: which kind of session this is decides who is asked.

use super::wayland::{WaylandPresence, WaylandScreens};
use super::x11::{X11Presence, X11Screens};
use super::{Presence, Screens};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum SessionKind {
    X11,
    Wayland,
}

pub(super) fn screens() -> Box<dyn Screens> {
    match session_kind(variable) {
        SessionKind::X11 => Box::new(X11Screens::new(display())),
        SessionKind::Wayland => Box::new(WaylandScreens::new(compositor())),
    }
}

pub(super) fn presence() -> Box<dyn Presence> {
    match session_kind(variable) {
        SessionKind::X11 => Box::new(X11Presence::new(display())),
        SessionKind::Wayland => Box::new(WaylandPresence::new(compositor())),
    }
}

/// Empty when there is none.
fn display() -> String {
    variable("DISPLAY").unwrap_or_default()
}

/// Empty when there is none.
fn compositor() -> String {
    variable("WAYLAND_DISPLAY").unwrap_or_default()
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// What the login manager says counts. A Wayland session has an X server too, which shows nothing but old programs on black:
/// it must not be taken for the screen.
fn session_kind(variable: impl Fn(&str) -> Option<String>) -> SessionKind {
    match variable("XDG_SESSION_TYPE").as_deref() {
        Some("x11") => SessionKind::X11,
        Some("wayland") => SessionKind::Wayland,
        _ if variable("WAYLAND_DISPLAY").is_some() => SessionKind::Wayland,
        _ => SessionKind::X11,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind_with(set: &[(&str, &str)]) -> SessionKind {
        session_kind(|name| set.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned()))
    }

    #[test]
    fn an_x_server_inside_a_wayland_session_is_not_the_screen() {
        assert_eq!(kind_with(&[("DISPLAY", ":0")]), SessionKind::X11);
        assert_eq!(kind_with(&[("DISPLAY", ":0"), ("WAYLAND_DISPLAY", "wayland-0")]), SessionKind::Wayland);
        assert_eq!(kind_with(&[("DISPLAY", ":0"), ("XDG_SESSION_TYPE", "wayland")]), SessionKind::Wayland);
        assert_eq!(kind_with(&[("XDG_SESSION_TYPE", "tty"), ("DISPLAY", ":9")]), SessionKind::X11);
    }

    #[test]
    fn a_person_can_say_that_it_is_x11() {
        assert_eq!(kind_with(&[("XDG_SESSION_TYPE", "x11"), ("WAYLAND_DISPLAY", "wayland-0")]), SessionKind::X11);
    }
}
