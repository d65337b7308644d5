//! The laws of the house, as tests: floors, words, sizes. ARCHITECTURE.md explains each; a failure here names the file.
//!
//! They read sources and `cargo metadata` and compile nothing, so they also hold for a crate that does not build yet.

#![allow(clippy::unwrap_used, reason = "a file that cannot be read is the failure of the test")]

mod edges;
mod manners;
mod size;
mod source;
mod unsafe_code;
mod words;
