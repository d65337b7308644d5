//! What an operating system is asked for. One file per system implements these; nobody else knows which one runs.

use muster_protocol::agent::Display;

mod none;

/// The screens of this machine's session. Nothing is asked yet, so this does not fail: what is wrong is said by each call.
#[must_use]
pub fn screens() -> Box<dyn Screens> {
    Box::new(none::Nothing)
}

/// The person at this machine. Nothing is asked yet, so this does not fail: what is wrong is said by each call.
#[must_use]
pub fn presence() -> Box<dyn Presence> {
    Box::new(none::Nothing)
}

/// The pictures of the displays. Lives on the capture thread; may block.
pub trait Screens: Send {
    /// The displays that are plugged in. `track` stays with a display for as long as it is.
    fn displays(&mut self) -> Result<Vec<Display>, CaptureError>;

    /// Whether the display may have changed since it was last grabbed; `true` when the system cannot tell.
    fn may_have_changed(&mut self, track: u32) -> bool;

    /// Copies what the display shows into `into`, whose memory is used again.
    fn grab(&mut self, track: u32, into: &mut Pixels) -> Result<(), CaptureError>;
}

/// What the person does at the machine. Asked once a second.
pub trait Presence: Send {
    /// Milliseconds since the last key or movement.
    fn idle_ms(&mut self) -> Result<u64, PresenceError>;

    /// Whether the session is locked; `false` when the system does not say.
    fn is_locked(&mut self) -> bool;

    /// Whether displays came, went or changed since this was asked last: then the capture thread is worth asking for them.
    fn displays_changed(&mut self) -> bool {
        false
    }
}

/// One grabbed picture: rows of four bytes a pixel, blue, green, red, ignored.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pixels {
    pub width: u16,
    pub height: u16,
    /// `width` × `height` × 4.
    pub bgrx: Vec<u8>,
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

/// Why the last input is not known.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the time of the last input is not known: {0}")]
pub struct PresenceError(pub String);
