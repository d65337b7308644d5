//! Everything real and together: a desktop with somebody who types, the agent's program before it, the hub, and who watches.

mod hours;
mod screenshots;
mod unplugged;
mod watched;
mod workplace;
