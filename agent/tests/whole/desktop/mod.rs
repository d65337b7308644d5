//! A real X server with a real window manager and real windows: what the agent sees of them is what is there.
//!
//! Nothing is installed by a test: `cargo xtask test` sees to the programs, and one that is missing fails with the name of its
//! package.

mod capture;
mod presence;
mod screens;
