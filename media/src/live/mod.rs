//! Live view: what of an agent's pictures is taken, the newest of each track, and what a viewer gets next.
//!
//! Latest wins. A track has one slot and no queue: an agent's message is checked ([`check_frame`]) and put into the slot
//! ([`TrackSlot::put`]), and a viewer that has room asks what is newer than what it was sent ([`TrackSlot::newer`]). So a
//! slow viewer costs nothing but a few numbers, and what it skips is never kept. Nothing here decodes, except
//! [`shrink_jpeg`], which is asked for by hand.
//!
//! [`TileChanges`] is the agent's side: which tiles of a screen it has to send.

mod check;
mod grid;
mod history;
mod newest;
mod refusal;
mod shrink;
mod slot;
mod tile_changes;

pub use check::{Checked, Granted, check_frame};
pub use grid::GRID_BYTES_MAX;
pub use history::{History, HistoryConfig, HistoryEntry};
pub use newest::{Newer, Picture, Put, Sent};
pub use refusal::Refusal;
pub use shrink::shrink_jpeg;
pub use slot::TrackSlot;
pub use tile_changes::TileChanges;
