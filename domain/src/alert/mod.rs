//! Alerts: what a manager should look at, decided from what the hub knows anyway. No new data is collected for them.
//!
//! Start reading at [`board`] (when one begins and ends), then [`settings`] (which ones an organization wants).

pub mod board;
pub mod settings;

#[cfg(test)]
mod board_test;

pub use board::{AlertBoard, AlertChange};
pub use settings::{AlertSettings, AlertSettingsError};
