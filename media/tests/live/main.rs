//! Live view through the public interface: real JPEGs in an agent's messages, and viewers that ask at any moment.

#![allow(clippy::unwrap_used, reason = "a picture that does not encode is the failure of the test")]

mod changed;
mod checked;
#[path = "../pictures/drawn.rs"]
#[expect(dead_code, reason = "shared with the tests of uploads, which draw more kinds")]
mod drawn;
mod message;
mod refused;
mod shrunk;
mod slot;
mod viewer;
mod viewers;
