//! Presence as it is shown.

use serde::{Deserialize, Serialize};

use crate::{EmployeeId, TeamId, UtcMillis};

/// A person's status now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Status {
    #[default]
    Offline,
    Idle,
    Active,
}

/// What covers an idle status: the person is away from the keyboard for a reason that we know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Overlay {
    Break,
    Meeting,
    Class,
}

/// Why the status is what it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Never seen since the hub knows the person.
    #[default]
    NeverSeen,
    /// A session opened or a request came.
    Seen,
    /// Input at keyboard or mouse.
    Input,
    /// No input for the idle limit.
    NoInput,
    /// Logged out, or the agent said goodbye.
    Logout,
    /// Nothing was heard until the deadline.
    Timeout,
    /// The socket broke and did not come back within the grace.
    Disconnected,
    /// Set by an administrator.
    SetByAdmin,
    /// The hub itself stopped; closed at the last checkpoint.
    HubRestart,
}

/// One row of the live board.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PresenceEntry {
    pub employee: EmployeeId,
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team: Option<TeamId>,
    pub status: Status,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overlay: Option<Overlay>,
    pub reason: Reason,
    /// Since when the status holds. Idle counts from the last input, not from its detection.
    pub since: UtcMillis,
    /// The last touch that the roster knows of; refreshed with each change and each checkpoint, not with each beat.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_seen: Option<UtcMillis>,
    /// Changed more than three times within a minute: shown as unstable until a minute is quiet.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unstable: bool,
    /// Start of the open work session, if one runs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub working_since: Option<UtcMillis>,
    /// The displays that can be watched now, as track numbers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tracks: Vec<u32>,
}
