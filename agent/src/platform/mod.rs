//! What an operating system is asked for. One module per system implements these; nobody else knows which one runs.

use muster_media::encode::EncodeError;
pub use muster_media::encode::Pixels;
use muster_protocol::agent::Display;

#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "linux")]
mod login;
#[cfg(target_os = "macos")]
mod macos;
#[cfg(any(target_os = "windows", target_os = "macos"))]
mod monitors;
mod tracks;
#[cfg(target_os = "linux")]
pub mod wayland;
#[cfg(target_os = "windows")]
mod windows;
#[cfg(target_os = "linux")]
pub mod x11;

#[cfg(target_os = "linux")]
use linux as system;
#[cfg(target_os = "macos")]
use macos as system;
#[cfg(target_os = "windows")]
use windows as system;

/// The screens of this machine's session. Nothing is asked yet, so this does not fail: what is wrong is said by each call.
#[must_use]
pub fn screens() -> Box<dyn Screens> {
    system::screens()
}

/// The person at this machine. Nothing is asked yet, so this does not fail: what is wrong is said by each call.
#[must_use]
pub fn presence() -> Box<dyn Presence> {
    system::presence()
}

/// The pictures of the displays. Lives on the capture thread; may block.
pub trait Screens: Send {
    /// The displays that are plugged in. `track` stays with a display for as long as it is.
    fn displays(&mut self) -> Result<Vec<Display>, CaptureError>;

    /// Whether the display may have changed since it was last grabbed; `true` when the system cannot tell.
    fn may_have_changed(&mut self, track: u32) -> bool;

    /// Copies what the display shows into `into`, whose memory is used again.
    /// The mouse pointer is in it.
    fn grab(&mut self, track: u32, into: &mut Pixels) -> Result<(), CaptureError>;

    /// Nobody looks for the time being: what only looking needs is given back.
    fn rest(&mut self) {}
}

/// What the person does at the machine. Asked once a second.
pub trait Presence: Send {
    /// Milliseconds since the last key or movement.
    fn idle_ms(&mut self) -> Result<u64, PresenceError>;

    /// Whether the session is locked; `false` when the system does not say.
    fn is_locked(&mut self) -> bool;

    /// Whether displays came, went or changed since this was asked last: then the capture thread is worth asking for them.
    /// Learned while the last input is asked for; `false` when the system does not say.
    fn displays_changed(&mut self) -> bool {
        false
    }
}

/// Why no picture could be taken: goes into the `capture_failed` event, so it says what a person can do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CaptureError {
    #[error("there is no display to capture: {0}")]
    NoDisplay(String),
    #[error("display {0} is not plugged in any more")]
    Gone(u32),
    #[error("the system does not permit capture: {0}")]
    NotPermitted(String),
    #[error("capture failed: {0}")]
    Failed(String),
    #[error("capture is not supported here: {0}")]
    Unsupported(String),
}

impl From<EncodeError> for CaptureError {
    fn from(error: EncodeError) -> Self {
        Self::Failed(error.to_string())
    }
}

/// Why the last input is not known.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the time of the last input is not known: {0}")]
pub struct PresenceError(pub String);
