//! Simulated agents and viewers for Muster, and the load tests made of them.
//!
//! This crate is a stranger to the hub: it knows the wire (`muster-protocol`) and the documented REST interface, nothing
//! else. It must never know how the hub stores or decides anything; what it finds out, any client could find out.
//!
//! Start reading at [`agent`] (one agent), [`demo`] (the hub's `--demo`), [`scenario`] (whole fleets, measured), or
//! [`history`] (months of work that never happened).

pub mod agent;
pub mod client;
pub mod clock;
pub mod demo;
pub mod desktop;
mod dial;
pub mod error;
pub mod history;
mod jpeg_head;
pub mod ledger;
pub mod picture_source;
pub mod process;
pub mod report;
pub mod scenario;
pub mod secret;
pub mod throttle;
pub mod verify;
pub mod viewer;

pub use error::LoadtestError;
pub use secret::Secret;
