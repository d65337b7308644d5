//! Wayland. A program gets no picture there without a portal, a consent dialog and PipeWire; that is not built, and is said plainly.
//! The last input comes from GNOME's idle monitor where there is one.

use std::time::Duration;

use muster_protocol::agent::Display;
use zbus::blocking::connection::Builder;
use zbus::blocking::{Connection, Proxy};
use zbus::proxy::CacheProperties;

use super::login::LockedHint;
use super::{CaptureError, Pixels, Presence, PresenceError, Screens};

/// An answer that takes longer is none.
const TIMEOUT: Duration = Duration::from_secs(2);

/// No screens that can be seen.
pub struct WaylandScreens;

/// GNOME's idle monitor.
#[derive(Default)]
pub struct WaylandPresence {
    bus: Option<Connection>,
    locked: LockedHint,
}

fn unsupported() -> CaptureError {
    let advice = "Wayland sessions cannot be captured yet; choose an X11 (\"Xorg\") session at the login screen";
    CaptureError::Unsupported(advice.to_owned())
}

impl Screens for WaylandScreens {
    fn displays(&mut self) -> Result<Vec<Display>, CaptureError> {
        Err(unsupported())
    }

    fn may_have_changed(&mut self, _: u32) -> bool {
        true
    }

    fn grab(&mut self, _: u32, _: &mut Pixels) -> Result<(), CaptureError> {
        Err(unsupported())
    }
}

impl WaylandPresence {
    /// Connects when it is first asked.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    fn ask(&mut self) -> zbus::Result<u64> {
        let bus = match &mut self.bus {
            Some(bus) => bus,
            none => none.insert(Builder::session()?.method_timeout(TIMEOUT).build()?),
        };
        let monitor: Proxy<'_> = zbus::blocking::proxy::Builder::new(bus)
            .destination("org.gnome.Mutter.IdleMonitor")?
            .path("/org/gnome/Mutter/IdleMonitor/Core")?
            .interface("org.gnome.Mutter.IdleMonitor")?
            .cache_properties(CacheProperties::No)
            .build()?;
        monitor.call("GetIdletime", &())
    }
}

impl Presence for WaylandPresence {
    fn idle_ms(&mut self) -> Result<u64, PresenceError> {
        self.ask().map_err(|error| {
            self.bus = None;
            PresenceError(format!("this Wayland desktop does not tell it as GNOME does ({error}); use an X11 session"))
        })
    }

    fn is_locked(&mut self) -> bool {
        self.locked.ask()
    }
}
