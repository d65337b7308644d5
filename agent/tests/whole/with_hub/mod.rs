//! The agent against the real hub, mostly on a machine that does what the test says.

mod crash;
mod notice;
mod offline;
mod pictures;
mod presence;
mod sign_in;
