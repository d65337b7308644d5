//! One transaction for a batch of durable facts.

mod presence_rows;
mod record_rows;
mod work_rows;

use surrealdb::types::Value;

use self::presence_rows::PresenceRows;
use self::record_rows::RecordRows;
use self::work_rows::WorkRows;
use crate::script::Script;
use crate::{Database, DbError, Write};

impl Database {
    /// Writes all of `writes`, in their order, or none of them. The journal calls this with up to about a thousand.
    ///
    /// After [`DbError::Unavailable`] the outcome may be unknown: write the same batch again before any later one. Any
    /// other error is a defect of a write, and stays.
    pub async fn commit(&self, writes: &[Write]) -> Result<(), DbError> {
        if writes.is_empty() {
            return Ok(());
        }
        let mut batch = Batch::default();
        for write in writes {
            batch.add(write)?;
        }
        self.tell(batch.script()).await
    }
}

/// The rows of a batch, table by table. Of rows with one key only the last is kept where the last one counts, so that a
/// transaction touches each record once.
#[derive(Default)]
struct Batch<'a> {
    presence: PresenceRows<'a>,
    work: WorkRows<'a>,
    records: RecordRows,
}

impl<'a> Batch<'a> {
    fn add(&mut self, write: &'a Write) -> Result<(), DbError> {
        match write {
            Write::PresenceChanged(change) => self.presence.changed(change),
            Write::LastSeenPage { page, seen } => self.presence.page(*page, seen),
            Write::Work { employee, change } => self.work.changed(employee, change)?,
            Write::Acked { device, boot, seq } => self.work.acked(*device, *boot, *seq),
            Write::NoticeAcknowledged(row) => self.records.acknowledged(row),
            Write::AgentEvent(row) => self.records.noted(row),
            Write::BlobsDrafted { blobs, at } => self.records.drafted(*blobs, *at),
            Write::Screenshot(row) => self.records.taken(row),
            Write::ViewingOpened(row) => self.records.opened(row),
            Write::ViewingClosed { employee, from, id, to } => self.records.closed(employee, *from, *id, *to),
            Write::AlertRaised(row) => self.records.raised(row),
            Write::AlertCleared { employee, since, id, until } => self.records.cleared(employee, *since, *id, *until),
            Write::Audit(entry) => self.records.audited(entry),
            Write::DeviceSeen { device, at, clock_skew_ms, agent_version, os } => {
                self.records.device_seen(*device, *at, *clock_skew_ms, agent_version, os);
            }
        }
        Ok(())
    }

    fn script(self) -> Script {
        let mut transaction = Transaction::begin();
        self.presence.add_to(&mut transaction);
        self.work.add_to(&mut transaction);
        self.records.add_to(&mut transaction);
        transaction.commit()
    }
}

/// A script that grows by a statement for each table that has rows.
struct Transaction {
    text: String,
    script: Script,
}

impl Transaction {
    fn begin() -> Self {
        Self { text: String::from("BEGIN;"), script: Script::new("") }
    }

    /// Adds a statement that reads its rows from the parameter `name`, unless there are none.
    fn add(&mut self, name: &'static str, rows: Vec<Value>, statement: &'static str) {
        if !rows.is_empty() {
            self.text.push_str(statement);
            self.script.variables.insert(name, rows);
        }
    }

    fn commit(mut self) -> Script {
        self.text.push_str("COMMIT;");
        self.script.text = self.text.into();
        self.script
    }
}
