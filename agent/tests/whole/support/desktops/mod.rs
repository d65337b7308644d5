//! Desktops of the test's own, and how to wait for them.

mod picture;
mod program;
mod sway;
mod wait;
mod x11;

pub use picture::{Picture, difference};
pub use sway::Sway;
pub use wait::until;
pub use x11::Desktop;
