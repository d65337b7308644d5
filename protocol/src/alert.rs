//! Alerts: what a manager should look at. The person it is about sees the same one.

use serde::{Deserialize, Serialize};

use crate::ids::AlertId;
use crate::{EmployeeId, UtcMillis};

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum AlertKind {
    /// Not seen although the organization's working hours have begun.
    NotLoggedIn,
    /// At work without input for longer than is usual.
    IdleTooLong,
    /// The agent cannot take pictures.
    CaptureFailing,
    /// The agent is older than it should be.
    AgentOutdated,
}

/// One alert.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Alert {
    pub id: AlertId,
    pub kind: AlertKind,
    pub employee: EmployeeId,
    pub name: String,
    /// Since when it is so, which may be before it was noticed.
    pub since: UtcMillis,
    /// When it was over; absent while it goes on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<UtcMillis>,
    /// What the kind does not say, in words: why capture fails, which versions. May be empty.
    pub detail: String,
}
