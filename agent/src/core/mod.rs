//! What the agent decides: pure, handed `now`, tested without a machine.
//!
//! [`machine`] is where everything meets; what it is made of stands beside it, one noun per file.

pub mod backoff;
pub mod clock_watch;
pub mod command;
pub mod day;
pub mod event;
pub mod machine;
pub mod memory;
pub mod schedule;
pub mod shift;
pub mod status;

pub use command::Command;
pub use event::{Effect, Event, Look, Picture};
pub use machine::{Machine, Timing};
pub use memory::Memory;
pub use status::Status;
