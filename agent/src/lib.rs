//! Muster's desktop agent: what one person's machine says of them, and what it shows them of that.
//!
//! It captures nothing before the notice is accepted, no screen that nobody watches, and it always shows who is watching. What
//! it records is on disk before it counts and stays there until the hub has committed it.
//!
//! This crate stands beside the hub: it knows the wire (`protocol`), the rules of time (`domain`) and pictures (`media`), and
//! never the hub's own crates. The simulated agent of `loadtest` shares nothing with it but the wire, on purpose: each is a
//! test of the other's reading of docs/protocol.md.
//!
//! Start reading at [`core`] (what it decides, pure), then [`run`] (who does it: one task, one capture thread, one writer).
//! [`platform`] is the only place that knows operating systems, [`window`] the only one that draws.

pub mod autostart;
pub mod capture;
pub mod cli;
pub mod clock;
pub mod config;
pub mod control;
pub mod core;
pub mod desktop;
mod durable;
pub mod hub;
pub mod instance;
pub mod keys;
pub mod platform;
mod report;
pub mod run;
pub mod spool;
pub mod window;
