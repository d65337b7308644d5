//! What the agent decides: pure, handed `now`, tested without a machine.

pub mod command;
pub mod status;

pub use command::Command;
pub use status::Status;
