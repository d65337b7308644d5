//! What an agent may capture and when.

use serde::{Deserialize, Serialize};

use crate::UtcMillis;

/// Blur that the agent applies before a picture leaves the machine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Blur {
    #[default]
    None,
    Light,
    Strong,
}

/// How a work session begins on the agent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum StartMode {
    /// The person punches in.
    #[default]
    Manual,
    /// The agent starts the session when it comes online.
    Auto,
}

/// The effective policy of one employee, after inheritance. The version grows with every change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Policy {
    pub version: u64,
    /// 2 to 20.
    pub capture_interval_minutes: u8,
    pub screenshots: bool,
    pub blur: Blur,
    pub live_view: bool,
    pub start_mode: StartMode,
    /// No input for so long means idle.
    pub idle_after_ms: u64,
    pub pause_allowed: bool,
}

/// The text an employee acknowledges before anything is captured.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Notice {
    pub version: u64,
    pub text: String,
    pub published_at: UtcMillis,
}
