//! A hub for a test, and clients for it.

pub mod agent;
pub mod api;
pub mod frames;
pub mod hub;
pub mod pictures;
pub mod portal;
pub mod viewer;
pub mod wait;

pub use agent::Agent;
pub use api::Api;
pub use hub::{HubBuilder, TestHub};
pub use portal::Portal;
pub use viewer::Viewer;
pub use wait::eventually;
