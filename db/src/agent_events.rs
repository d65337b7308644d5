//! What agents noted about themselves: captures that failed, clocks that jumped, notices that were acknowledged on them.

use muster_domain::Span;
use muster_domain::work::MarkSource;
use muster_protocol::{BootId, DeviceId, EmployeeId, UtcMillis};
use serde::{Deserialize, Serialize};
use surrealdb::types::Value;

use crate::codec::{bits, encode_with_id};
use crate::script::Script;
use crate::{Database, DbError, keys};

/// A note of an agent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgentEventRow {
    pub employee: EmployeeId,
    pub at: UtcMillis,
    pub source: MarkSource,
    pub kind: AgentEventKind,
}

/// What was noted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum AgentEventKind {
    CaptureFailed {
        reason: String,
    },
    ClockJumped {
        by_ms: i64,
    },
    /// The acknowledgement itself is in [`crate::notices`], and only the first of a version; each is noted here.
    NoticeAcknowledged {
        version: u64,
    },
}

/// `agent_event:[employee, at, device, boot, seq]`.
#[derive(Clone, Serialize, Deserialize)]
struct StoredRow {
    employee: EmployeeId,
    at: UtcMillis,
    device: DeviceId,
    boot: BootId,
    #[serde(with = "bits")]
    seq: u64,
    event: AgentEventKind,
}

/// Reads of agents' notes. They are written with [`crate::Write::AgentEvent`].
#[derive(Clone)]
pub struct AgentEvents {
    database: Database,
}

impl Database {
    /// The store of agents' notes.
    #[must_use]
    pub fn agent_events(&self) -> AgentEvents {
        AgentEvents { database: self.clone() }
    }
}

impl AgentEvents {
    /// The notes about an employee within `span`, oldest first.
    pub async fn list(&self, employee: &EmployeeId, span: Span) -> Result<Vec<AgentEventRow>, DbError> {
        let script = Script::new("SELECT * FROM $range").bind("range", keys::within("agent_event", employee, span));
        let stored: Vec<StoredRow> = self.database.ask(script, |answer| answer.rows(0)).await?;
        Ok(stored.into_iter().map(AgentEventRow::from).collect())
    }

    /// Deletes up to `limit` notes about an employee from before `before`; says how many.
    pub async fn delete_before(
        &self,
        employee: &EmployeeId,
        before: UtcMillis,
        limit: usize,
    ) -> Result<usize, DbError> {
        let span = Span { from: Span::ALL.from, to: before };
        self.database.delete_some(keys::within("agent_event", employee, span), limit).await
    }
}

impl From<StoredRow> for AgentEventRow {
    fn from(stored: StoredRow) -> Self {
        let StoredRow { employee, at, device, boot, seq, event } = stored;
        Self { employee, at, source: MarkSource { device, boot, seq }, kind: event }
    }
}

pub(crate) fn encode_event(row: &AgentEventRow) -> Value {
    let MarkSource { device, boot, seq } = row.source;
    let key =
        [keys::employee(&row.employee), keys::at(row.at), keys::uuid(device.0), keys::uuid(boot.0), keys::number(seq)];
    let event = row.kind.clone();
    let stored = StoredRow { employee: row.employee.clone(), at: row.at, device, boot, seq, event };
    encode_with_id(keys::record("agent_event", key), &stored)
}
