//! The last input, as GNOME's idle monitor knows it.

use std::time::Duration;

use zbus::blocking::connection::Builder;
use zbus::blocking::{Connection, Proxy};
use zbus::proxy::CacheProperties;

/// An answer that takes longer is none.
const TIMEOUT: Duration = Duration::from_secs(2);

/// Connects to the session bus when it is first asked.
#[derive(Default)]
pub(super) struct IdleMonitor {
    bus: Option<Connection>,
}

impl IdleMonitor {
    pub fn idle_ms(&mut self) -> zbus::Result<u64> {
        let answer = self.ask();
        if answer.is_err() {
            self.bus = None;
        }
        answer
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
