//! Whether the session is locked, as the login manager (systemd-logind) knows it. Desktops tell it (GNOME, KDE, whoever locks by
//! `loginctl lock-session`); a bare locker such as `slock` does not, and then only the missing input shows.

use std::time::Duration;

use zbus::blocking::connection::Builder;
use zbus::blocking::{Connection, Proxy};
use zbus::proxy::CacheProperties;

/// An answer that takes longer is none.
const TIMEOUT: Duration = Duration::from_secs(1);
/// After a failure so many questions are answered without asking: a minute, at one a second.
const REST: u32 = 60;

/// The session's `LockedHint`.
#[derive(Default)]
pub(super) struct LockedHint {
    bus: Option<Connection>,
    resting: u32,
}

impl LockedHint {
    /// Whether the session is locked; `false` while nobody knows.
    pub fn ask(&mut self) -> bool {
        if self.resting > 0 {
            self.resting -= 1;
            return false;
        }
        self.question().unwrap_or_else(|error| {
            tracing::debug!(%error, "the login manager does not say whether the session is locked");
            (self.bus, self.resting) = (None, REST);
            false
        })
    }

    fn question(&mut self) -> zbus::Result<bool> {
        let bus = match &mut self.bus {
            Some(bus) => bus,
            none => none.insert(Builder::system()?.method_timeout(TIMEOUT).build()?),
        };
        // "auto" is the session of this process, or the person's graphical one if it belongs to none.
        let session: Proxy<'_> = zbus::blocking::proxy::Builder::new(bus)
            .destination("org.freedesktop.login1")?
            .path("/org/freedesktop/login1/session/auto")?
            .interface("org.freedesktop.login1.Session")?
            .cache_properties(CacheProperties::No)
            .build()?;
        session.get_property("LockedHint")
    }
}
