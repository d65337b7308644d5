//! The window and the tray icon: the only part that draws.
//!
//! It knows the agent by a [`Bridge`]: the status comes down, commands go up, nothing else. [`plain`] says everything in words,
//! [`model`] decides what a click or a change leads to (both pure), [`view`] draws, [`app`] is the shell around them. The
//! portal's pages of the same person show all of it too, for everybody whom a screen reader helps: this toolkit has none.

mod app;
mod badge;
mod bridge;
mod display;
pub mod form;
mod look;
pub mod model;
pub mod plain;
pub mod running;
mod sections;
mod styles;
pub mod tray;
mod view;

pub use app::{WindowError, run};
pub use bridge::Bridge;
pub use display::display_problem;
pub use view::view;
