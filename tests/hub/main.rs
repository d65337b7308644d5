//! The whole hub as others see it: the real binary, real sockets, a real database on disk.
//!
//! One test binary, because linking the database takes longer than running all of this. Each test starts its own hub on
//! free ports in a folder of its own, and ends it.

#![allow(clippy::unwrap_used, reason = "a test says by panicking what it did not expect")]
#![allow(clippy::disallowed_methods, reason = "these tests stand outside of the hub and have a clock of their own")]

mod support;

mod accounts;
mod agents;
mod backup;
mod crash;
mod devices;
mod downloads;
mod events;
mod faults;
mod hours;
mod invitations;
mod live;
mod old_clients;
mod parity;
mod people_import;
mod permissions;
mod portal_socket;
mod presence;
mod privacy;
mod screenshots;
mod starts;
mod system;
mod tls;
