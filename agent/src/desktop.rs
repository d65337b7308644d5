//! The agent of somebody who sits at the machine: the window on the main thread, the agent beside it.

use std::sync::Arc;

use crate::clock::{Clock, machine_zone};
use crate::run::Running;
use crate::window::{self, Bridge, WindowError};

/// How the window begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Begin {
    Open,
    /// With the tray icon alone, where there is a tray: so does the session.
    Hidden,
}

/// Shows the window and the tray icon for as long as `running` does. Must be called on the main thread.
pub fn show(running: &Running, begin: Begin) -> Result<(), WindowError> {
    let clock = Clock::start();
    window::run(Bridge {
        status: running.status.clone(),
        commands: running.commands.clone(),
        raise: Arc::clone(&running.control.raise),
        now: Arc::new(move || clock.utc()),
        zone: machine_zone(),
        starts_hidden: begin == Begin::Hidden,
        mode: None,
    })
}
