//! The hub from the agent's side: signing in, the one socket, and uploads beside it.
//!
//! [`network`] is how anything gets out of this machine. [`link`] keeps the one socket and decides when to come back; what is
//! said on it is [`session`]. [`uploads`] sends screenshots over REST, in their order.

pub mod account;
pub mod address;
mod ca;
pub mod device;
mod dial;
mod door;
pub mod link;
pub mod network;
mod proxy;
pub mod rest;
mod session;
mod socket_end;
pub mod uploads;

pub use account::{Account, Identity};
pub use link::{Link, LinkEvent, Saying};
pub use network::Network;
