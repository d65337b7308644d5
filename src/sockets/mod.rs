//! The two doors. Why there are two: `docs/adr/001-two-doors.md`.
//!
//! Sockets translate and nothing else: what they hear goes to the employee's actor, what they say comes from it.

pub mod agent_door;
mod agent_handshake;
mod agent_session;
pub mod header_guard;
pub mod portal;
mod token_bucket;
