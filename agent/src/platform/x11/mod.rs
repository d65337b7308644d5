//! X11: pictures by MIT-SHM, displays by RandR, what changed by XDamage, the last input by the MIT screen saver. Every shell here
//! opens its own connection when it is first asked, and a new one after it broke, so an X server that comes back is found.

mod connection;
mod damage;
mod displays;
mod grab;
mod pointer;
mod presence;
mod screens;

pub use presence::X11Presence;
pub use screens::X11Screens;
