//! The agent's side through the public interface: what is encoded is decoded again and put through the hub's own check.

#![allow(clippy::unwrap_used, reason = "a picture that does not encode is the failure of the test")]

mod blurred;
#[path = "../pictures/drawn.rs"]
#[expect(dead_code, reason = "shared with the tests of uploads, which draw more kinds")]
mod drawn;
mod focus;
mod screen;
mod wall;
