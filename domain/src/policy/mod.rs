//! Policy: what may be captured of whom, and when.

mod layer;
mod schedule;

pub use layer::{PolicyError, PolicyLayer, effective};
pub use schedule::next_screenshot;
