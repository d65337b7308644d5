//! Permission: who may do what with whom. One function, [`Principal::may`], for REST, sockets, blobs and WHEP alike.
//!
//! Deny by default: an [`Action`] has a row in `action.rs`, and a role that the row does not name has no reach at all.
//! Capabilities narrow what a role could do; they never widen it.

mod action;
mod capability;
mod principal;
mod role;

#[cfg(test)]
mod table_test;

pub use action::{Action, Reach};
pub use capability::{Capabilities, Capability};
pub use principal::{Principal, Subject};
pub use role::{Role, UnknownRole};
