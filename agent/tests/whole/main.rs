//! The agent as a whole: on a real disk, before a real desktop, with the real hub, and at work between all of them.
//!
//! They live beside the agent because cargo tells a test only where the programs of its own package are; the hub's program is
//! looked for in the same folder.

#![allow(clippy::unwrap_used, reason = "a failure is the message of a test")]
#![allow(clippy::disallowed_methods, reason = "these tests stand outside of the agent and have a clock of their own")]

#[cfg(target_os = "linux")]
mod at_work;
#[cfg(target_os = "linux")]
mod desktop;
mod spool;
mod support;
mod with_hub;
