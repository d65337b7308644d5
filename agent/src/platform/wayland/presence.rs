//! The person at a Wayland desktop.

use super::gnome::IdleMonitor;
use super::idle::IdleWatch;
use crate::platform::login::LockedHint;
use crate::platform::{CaptureError, Presence, PresenceError};

/// A compositor, GNOME's idle monitor where that is silent, and the login manager for whether the session is locked.
pub struct WaylandPresence {
    /// As `WAYLAND_DISPLAY` has it.
    name: String,
    teller: Teller,
    locked: LockedHint,
}

/// Who tells of the last input.
enum Teller {
    Unknown,
    Compositor(IdleWatch),
    Gnome(IdleMonitor),
}

impl WaylandPresence {
    /// Connects to the compositor `name`, as `WAYLAND_DISPLAY` has it, when it is first asked.
    #[must_use]
    pub fn new(name: String) -> Self {
        Self { name, teller: Teller::Unknown, locked: LockedHint::default() }
    }

    fn find_teller(&mut self) -> Result<(), CaptureError> {
        if matches!(self.teller, Teller::Unknown) {
            self.teller = match IdleWatch::open(&self.name)? {
                Some(watch) => Teller::Compositor(watch),
                None => Teller::Gnome(IdleMonitor::default()),
            };
        }
        Ok(())
    }
}

impl Presence for WaylandPresence {
    fn idle_ms(&mut self) -> Result<u64, PresenceError> {
        self.find_teller().map_err(|error| PresenceError(error.to_string()))?;
        let told = match &mut self.teller {
            Teller::Compositor(watch) => watch.idle_ms().ok_or_else(|| "the compositor went away".to_owned()),
            Teller::Gnome(monitor) => monitor.idle_ms().map_err(|error| {
                format!("this Wayland desktop tells it neither by ext-idle-notify nor as GNOME does ({error}); use an X11 session")
            }),
            Teller::Unknown => Err("nobody was found who tells".to_owned()),
        };
        told.map_err(|reason| {
            self.teller = Teller::Unknown;
            PresenceError(reason)
        })
    }

    fn is_locked(&mut self) -> bool {
        self.locked.ask()
    }

    fn displays_changed(&mut self) -> bool {
        matches!(&self.teller, Teller::Compositor(watch) if watch.displays_changed())
    }
}
