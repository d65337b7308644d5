//! The document that holds everything that is recorded about one person.

use muster_db::{
    AcknowledgementRow, AcknowledgementSource, AgentEventKind, AgentEventRow, CorrectionRow, PresenceChangeRow,
};
use muster_domain::work::{CorrectionKind, Segment, SegmentKind};
use muster_protocol::alert::Alert;
use muster_protocol::presence::{Overlay, Reason, Status};
use muster_protocol::{DeviceId, EmployeeId, UtcMillis};
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::routes::audit::AuditRecord;
use crate::http::routes::devices::Device;
use crate::http::routes::employees::Employee;
use crate::http::routes::receipts::Receipt;
use crate::http::routes::uploads::Upload;
use crate::http::routes::viewings::Viewing;

/// Everything that is recorded about one person. Instants are milliseconds since 1970.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PersonalRecord {
    pub exported_at: UtcMillis,
    /// IANA name; the organization's.
    pub time_zone: String,
    pub person: Employee,
    pub last_seen: Option<UtcMillis>,
    pub devices: Vec<Device>,
    /// Oldest first.
    pub presence: Vec<PresenceChange>,
    /// As recorded, oldest first.
    pub work_sessions: Vec<RecordedSession>,
    /// What people changed about the hours.
    pub corrections: Vec<RecordedCorrection>,
    /// The pictures themselves are at `file`.
    pub screenshots: Vec<Upload>,
    /// Who watched, newest first.
    pub viewings: Vec<Viewing>,
    /// What somebody should have looked at, newest first.
    pub alerts: Vec<Alert>,
    pub notice_acknowledgements: Vec<RecordedAcknowledgement>,
    /// What agents noted about themselves.
    pub agent_events: Vec<AgentNote>,
    /// What was deleted of all this, in its order.
    pub deletion_receipts: Vec<Receipt>,
    /// What the person did and what was done to the person, newest first.
    pub audit: Vec<AuditRecord>,
}

/// A change of presence.
#[derive(Debug, Serialize, ToSchema)]
pub struct PresenceChange {
    at: UtcMillis,
    status: Status,
    overlay: Option<Overlay>,
    reason: Reason,
}

impl From<PresenceChangeRow> for PresenceChange {
    fn from(row: PresenceChangeRow) -> Self {
        Self { at: row.at, status: row.status, overlay: row.overlay, reason: row.reason }
    }
}

/// A work session.
#[derive(Debug, Serialize, ToSchema)]
pub struct RecordedSession {
    pub start: UtcMillis,
    pub end: UtcMillis,
    pub running: bool,
    pub segments: Vec<RecordedSegment>,
}

/// A stretch of a session.
#[derive(Debug, Serialize, ToSchema)]
pub struct RecordedSegment {
    from: UtcMillis,
    to: UtcMillis,
    #[schema(value_type = String)]
    kind: SegmentKind,
}

impl From<&Segment> for RecordedSegment {
    fn from(segment: &Segment) -> Self {
        Self { from: segment.from, to: segment.to, kind: segment.kind }
    }
}

/// A correction of hours.
#[derive(Debug, Serialize, ToSchema)]
pub struct RecordedCorrection {
    at: UtcMillis,
    author: EmployeeId,
    reason: String,
    from: UtcMillis,
    to: UtcMillis,
    /// What the time counts as; null when it counts as nothing.
    #[schema(value_type = Option<String>)]
    kind: Option<SegmentKind>,
}

impl From<CorrectionRow> for RecordedCorrection {
    fn from(row: CorrectionRow) -> Self {
        let correction = row.correction;
        let kind = match correction.kind {
            CorrectionKind::Set(kind) => Some(kind),
            CorrectionKind::Remove => None,
        };
        let (from, to) = (correction.span.from, correction.span.to);
        Self { at: correction.at, author: correction.author, reason: correction.reason, from, to, kind }
    }
}

/// An acknowledgement of the notice.
#[derive(Debug, Serialize, ToSchema)]
pub struct RecordedAcknowledgement {
    version: u64,
    at: UtcMillis,
    #[schema(value_type = String)]
    source: AcknowledgementSource,
}

impl From<AcknowledgementRow> for RecordedAcknowledgement {
    fn from(row: AcknowledgementRow) -> Self {
        Self { version: row.version, at: row.at, source: row.source }
    }
}

/// What an agent noted about itself.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AgentNote {
    at: UtcMillis,
    device_id: DeviceId,
    /// `kind` and what belongs to it, as the agent sent it.
    #[serde(flatten)]
    #[schema(value_type = Object)]
    note: AgentEventKind,
}

impl From<AgentEventRow> for AgentNote {
    fn from(row: AgentEventRow) -> Self {
        Self { at: row.at, device_id: row.source.device, note: row.kind }
    }
}
