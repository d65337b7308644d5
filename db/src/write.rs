//! The durable facts that the hub's journal batches.

use muster_domain::work::WorkChange;
use muster_protocol::ids::AlertId;
use muster_protocol::presence::{Overlay, Reason, Status};
use muster_protocol::{BootId, DeviceId, EmployeeId, UtcMillis};
use uuid::Uuid;

use crate::{AcknowledgementRow, AgentEventRow, AlertRow, AuditEntry, BlobId, ScreenshotRow, ViewingRow};

/// One durable fact. Writing it twice is writing it once, so a batch whose outcome is unknown may be written again.
#[derive(Clone, Debug)]
pub enum Write {
    PresenceChanged(PresenceChanged),
    /// When everyone of a page was last seen; replaces the page. Which employee is on which page is the caller's to say, and
    /// always the same.
    LastSeenPage {
        page: u8,
        seen: Vec<(EmployeeId, UtcMillis)>,
    },
    /// Its sessions carry their segments, so the separate lists of segments are not looked at. Boxed: it is the
    /// largest.
    Work {
        employee: EmployeeId,
        change: Box<WorkChange>,
    },
    /// Everything up to `seq` of this boot is committed; the highest wins.
    Acked {
        device: DeviceId,
        boot: BootId,
        seq: u64,
    },
    /// The first acknowledgement of a version stays.
    NoticeAcknowledged(AcknowledgementRow),
    AgentEvent(AgentEventRow),
    /// These blobs are about to be stored; the row that names them ends that.
    BlobsDrafted {
        blobs: [BlobId; 2],
        at: UtcMillis,
    },
    /// The first row of an id stays.
    Screenshot(Box<ScreenshotRow>),
    ViewingOpened(ViewingRow),
    /// `employee`, `from` and `id` as they were opened. A viewing that was never opened stays unwritten.
    ViewingClosed {
        employee: EmployeeId,
        from: UtcMillis,
        id: Uuid,
        to: UtcMillis,
    },
    AlertRaised(AlertRow),
    /// `employee`, `since` and `id` as it was raised. An alert that was never raised stays unwritten.
    AlertCleared {
        employee: EmployeeId,
        since: UtcMillis,
        id: AlertId,
        until: UtcMillis,
    },
    Audit(AuditEntry),
    /// What an agent said at its hello. A device that was never enrolled stays unwritten.
    DeviceSeen {
        device: DeviceId,
        at: UtcMillis,
        clock_skew_ms: i64,
        agent_version: String,
        os: String,
    },
}

/// A change of an employee's aggregate status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PresenceChanged {
    pub employee: EmployeeId,
    /// Since when the status holds.
    pub at: UtcMillis,
    /// Tells changes of one millisecond apart: counts up for as long as the employee's actor lives.
    pub order: u64,
    pub status: Status,
    pub overlay: Option<Overlay>,
    pub reason: Reason,
    pub last_seen: Option<UtcMillis>,
}
