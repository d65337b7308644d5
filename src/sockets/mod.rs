//! The two doors. Why there are two: `docs/adr/001-two-doors.md`.
//!
//! Sockets translate and nothing else: what they hear goes to the employee's actor, what they say comes from it. At both
//! doors a socket is taken off the HTTP server and served by one small future: `handshake.rs` is what they share.

pub mod agent_door;
mod agent_handshake;
mod agent_live;
mod agent_session;
mod frame_writer;
mod gulp;
mod handshake;
pub mod open_sockets;
pub mod portal_door;
mod portal_handshake;
mod portal_session;
mod portal_socket;
mod read_side;
mod token_bucket;
