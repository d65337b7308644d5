//! A real X server with a real window manager, a real Wayland compositor, and real windows: what the agent sees of them is what is
//! there.
//!
//! Nothing is installed by a test: `cargo xtask test` sees to the programs, and one that is missing fails with the name of its
//! package.

mod capture;
mod wayland_screens;
mod x11_presence;
mod x11_screens;
