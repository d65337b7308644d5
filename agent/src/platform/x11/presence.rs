//! The last input, from the MIT screen saver extension: exact, and one question on an open connection.

use x11rb::connection::Connection as _;
use x11rb::protocol::screensaver::{self, ConnectionExt as _};

use super::connection::{Link, X11Error};
use super::displays::{is_change, select_changes};
use crate::platform::login::LockedHint;
use crate::platform::{CaptureError, Presence, PresenceError};

/// One X server, and the login manager for whether the session is locked.
pub struct X11Presence {
    /// As `DISPLAY` has it.
    name: String,
    link: Option<Link>,
    locked: LockedHint,
    are_displays_changed: bool,
}

impl X11Presence {
    /// Connects to the server `name`, as `DISPLAY` has it, when it is first asked.
    #[must_use]
    pub fn new(name: String) -> Self {
        Self { name, link: None, locked: LockedHint::default(), are_displays_changed: false }
    }

    fn ask(&mut self) -> Result<u64, CaptureError> {
        let link = match &mut self.link {
            Some(link) => link,
            none => {
                let link = Link::open(&self.name)?;
                if !link.has(screensaver::X11_EXTENSION_NAME)? {
                    let advice = "the X server lacks the MIT-SCREEN-SAVER extension".to_owned();
                    return Err(CaptureError::Unsupported(advice));
                }
                select_changes(&link)?;
                // A server that was restarted may have other displays.
                self.are_displays_changed = true;
                none.insert(link)
            }
        };
        let answer = idle_ms(link);
        if matches!(answer, Err(X11Error::Broken)) {
            self.link = None;
        }
        let (idle_ms, are_displays_changed) = answer?;
        self.are_displays_changed |= are_displays_changed;
        Ok(idle_ms)
    }
}

impl Presence for X11Presence {
    fn idle_ms(&mut self) -> Result<u64, PresenceError> {
        self.ask().map_err(|error| PresenceError(error.to_string()))
    }

    fn is_locked(&mut self) -> bool {
        self.locked.ask()
    }

    fn displays_changed(&mut self) -> bool {
        std::mem::take(&mut self.are_displays_changed)
    }
}

/// How long ago the last input was, and whether an event says that displays changed.
fn idle_ms(link: &Link) -> Result<(u64, bool), X11Error> {
    let info = link.wire.screensaver_query_info(link.root())?.reply()?;
    let mut are_displays_changed = false;
    while let Some(event) = link.wire.poll_for_event()? {
        are_displays_changed |= is_change(&event);
    }
    Ok((u64::from(info.ms_since_user_input), are_displays_changed))
}
