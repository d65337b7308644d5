//! Real pictures through the public interface: what is taken, what is refused, and which count as the same.
//!
//! The drawn desktops (`drawn`) are encoded here, so no picture of a real screen is kept in the repository.

#![allow(clippy::unwrap_used, reason = "a picture that does not encode is the failure of the test")]

mod accepted;
mod alike;
mod drawn;
mod refused;
