//! Wayland: pictures by `wlr-screencopy` where the compositor has it (Sway, Hyprland, labwc, niri and their kin), the last input by
//! `ext-idle-notify` (those and KDE) or GNOME's idle monitor. GNOME and KDE give pictures only to a consent dialog and PipeWire;
//! that is not built, and is said plainly.

mod buffer;
mod gnome;
mod idle;
mod link;
mod outputs;
mod presence;
mod screens;
mod session;
mod shot;
mod upright;

pub use presence::WaylandPresence;
pub use screens::WaylandScreens;
