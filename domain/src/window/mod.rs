//! The viewer's window: how many picture bytes may be on their way to one viewer.
//!
//! Sized by delay, not by loss: as soon as paint acknowledgements come later than usual, a queue is building up somewhere
//! between the hub and the eye, and the window shrinks before pictures get old. Every viewer has a window of its own, so
//! a slow one changes nothing for another.

mod base_delay;
mod dirty;
mod viewer;

#[cfg(test)]
mod viewer_test;

pub use dirty::{DirtySet, Weight};
pub use viewer::{ViewerHealth, ViewerWindow, WindowConfig};
