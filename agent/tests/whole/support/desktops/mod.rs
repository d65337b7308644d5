//! A desktop of the test's own, and how to wait for it.

mod desktop;
mod picture;
mod program;
mod wait;

pub use desktop::Desktop;
pub use picture::{Picture, difference};
pub use wait::until;
