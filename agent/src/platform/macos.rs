//! macOS: the last input, the lock of this session, and the permission to record the screen.
#![allow(unsafe_code, reason = "the dictionary of a session is untyped: Apple documents what its keys and values are")]

use objc2_core_foundation::{CFBoolean, CFDictionary, CFRetained, CFString, CFType};
use objc2_core_graphics::{
    CGEventSource, CGEventSourceStateID, CGEventType, CGPreflightScreenCaptureAccess, CGRequestScreenCaptureAccess,
    CGSessionCopyCurrentDictionary,
};

use super::monitors::MonitorScreens;
use super::{CaptureError, Presence, PresenceError, Screens};

/// `kCGAnyInputEventType`: keys, buttons, movement and the wheel.
const ANY_INPUT: CGEventType = CGEventType(u32::MAX);

pub(super) fn screens() -> Box<dyn Screens> {
    Box::new(MonitorScreens::new())
}

pub(super) fn presence() -> Box<dyn Presence> {
    Box::new(MacPresence)
}

/// Without permission macOS gives the wallpaper alone, which would look like a screen: so it is asked for first. The system shows
/// its dialog once.
pub(super) fn check_permission() -> Result<(), CaptureError> {
    if CGPreflightScreenCaptureAccess() || CGRequestScreenCaptureAccess() {
        return Ok(());
    }
    let advice = "allow Muster under System Settings, Privacy & Security, Screen Recording, then start it again";
    Err(CaptureError::NotPermitted(advice.to_owned()))
}

struct MacPresence;

impl Presence for MacPresence {
    fn idle_ms(&mut self) -> Result<u64, PresenceError> {
        let seconds =
            CGEventSource::seconds_since_last_event_type(CGEventSourceStateID::CombinedSessionState, ANY_INPUT);
        if !seconds.is_finite() || seconds < 0.0 {
            return Err(PresenceError("macOS does not say when the last input was".to_owned()));
        }
        Ok((seconds * 1_000.0) as u64)
    }

    fn is_locked(&mut self) -> bool {
        let Some(session) = CGSessionCopyCurrentDictionary() else { return false };
        // SAFETY: the keys of this dictionary are strings, and every value is a CFType.
        let session: CFRetained<CFDictionary<CFString, CFType>> = unsafe { CFRetained::cast_unchecked(session) };
        let value = session.get(&CFString::from_static_str("CGSSessionScreenIsLocked"));
        value.is_some_and(|value| value.downcast_ref::<CFBoolean>().is_some_and(CFBoolean::as_bool))
    }
}
