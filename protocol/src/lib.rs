//! Muster's wire: what a hub, its agents and its portal say to each other, and nothing else.
//!
//! This crate is floor 0. It must never know how anything is stored, decided or transported: no clock, no IO, no async.
//! Everything here is a promise to programs we did not write, so a change to a field is a change of the protocol;
//! `tests/golden/` holds one JSON document per message and fails when one moves.
//!
//! Start reading at [`agent`] (the door of the desktop programs), then [`portal`] (the door of the browsers), then
//! [`frame`] (the 32-byte header of a picture). `docs/protocol.md` is the same in prose.

pub mod agent;
pub mod alert;
pub mod close;
pub mod error;
pub mod frame;
pub mod ids;
pub mod limits;
pub mod policy;
pub mod portal;
pub mod presence;
pub mod tiles;
pub mod time;

pub use close::CloseCode;
pub use error::{ErrorBody, ErrorCode, FieldError};
pub use ids::{BootId, DeviceId, EmployeeId, SessionId, TeamId};
pub use time::UtcMillis;
