//! Watches: who looks at which track, and what the agent therefore has to capture.
//!
//! Nobody watches, nothing is captured. The first watch of a track orders capture, in the largest size and rate that any
//! of its viewers needs; the last to leave ends it after a linger, so that turning a page does not restart the encoder.

mod board;
mod budget;
mod gate;
mod need;
mod viewings;

pub use board::{EndedWatch, ViewerId, WatchBoard, WatchEffects, WatchOrder};
pub use budget::FrameBudget;
pub use gate::CaptureGate;
pub use need::Need;
pub use viewings::{ClosedViewing, OpenedViewing, ViewingBook};
