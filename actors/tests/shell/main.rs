//! The actors with paused time and a real database in memory: minutes pass in milliseconds.

#![allow(clippy::unwrap_used, reason = "a test says by panicking what it did not expect")]

mod universe;

mod away;
mod desk;
mod janitor;
mod live;
mod presence;
mod roster;
mod survival;
