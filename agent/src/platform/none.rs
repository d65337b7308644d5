//! A system that tells nothing: no screens, and nobody knows of any input.

use muster_protocol::agent::Display;

use super::{CaptureError, Pixels, Presence, PresenceError, Screens};

pub(super) struct Nothing;

impl Screens for Nothing {
    fn displays(&mut self) -> Result<Vec<Display>, CaptureError> {
        Ok(Vec::new())
    }

    fn may_have_changed(&mut self, _track: u32) -> bool {
        false
    }

    fn grab(&mut self, track: u32, _into: &mut Pixels) -> Result<(), CaptureError> {
        Err(CaptureError::Gone(track))
    }
}

impl Presence for Nothing {
    fn idle_ms(&mut self) -> Result<u64, PresenceError> {
        Err(PresenceError("this system is not supported".to_owned()))
    }

    fn is_locked(&mut self) -> bool {
        false
    }
}
