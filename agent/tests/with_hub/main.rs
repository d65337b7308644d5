//! The agent against the real hub.
//!
//! They live beside the agent because cargo tells a test only where the programs of its own package are; the hub's program is
//! looked for in the same folder.

#![allow(clippy::unwrap_used, reason = "a failure is the message of a test")]
#![allow(clippy::disallowed_methods, reason = "these tests stand outside of the agent and have a clock of their own")]

mod crash;
mod notice;
mod offline;
mod pictures;
mod presence;
mod sign_in;
mod support;
