//! The read side of presence: who is here, for every screen that asks.
//!
//! Employees' actors publish changes; every [`FLUSH_EVERY`] the roster turns them into one diff for each group of viewers
//! with the same view, encoded once. A viewer that misses a diff sees the gap in `seq` and subscribes again.

mod actor;
mod audience;
mod group;
mod messages;
mod view;

pub use actor::{FLUSH_EVERY, Roster};
pub use audience::Audience;
pub use group::Outbound;
pub use messages::{Announce, Online, PersonChanged, Publish, Snapshot, Subscribe, Unsubscribe};
pub use view::View;
