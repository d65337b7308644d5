//! The notice and who has acknowledged which version of it.

use muster_protocol::policy::Notice;
use muster_protocol::{EmployeeId, UtcMillis};
use serde::{Deserialize, Serialize};
use surrealdb::types::RecordId;

use crate::codec::encode_with_id;
use crate::script::Script;
use crate::{Database, DbError, keys};

/// Where somebody acknowledged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AcknowledgementSource {
    Agent,
    Portal,
}

/// An acknowledgement, `acknowledgement:[version, employee]`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AcknowledgementRow {
    pub employee: EmployeeId,
    pub version: u64,
    pub at: UtcMillis,
    pub source: AcknowledgementSource,
}

/// The store of notices, `notice:⟨version⟩`. Every version is kept.
#[derive(Clone)]
pub struct Notices {
    database: Database,
}

impl Database {
    /// The store of notices.
    #[must_use]
    pub fn notices(&self) -> Notices {
        Notices { database: self.clone() }
    }
}

impl Notices {
    /// Publishes a text as the next version.
    pub async fn publish(&self, text: &str, at: UtcMillis, by: &EmployeeId) -> Result<Notice, DbError> {
        let script = Script::new(
            "BEGIN;
             LET $next = (UPSERT ONLY counter:notice SET last = (last ?? 0) + 1 RETURN AFTER).last;
             LET $id = type::record('notice', $next);
             CREATE $id CONTENT { version: $next, text: $text, published_at: $at, published_by: $by } RETURN AFTER;
             COMMIT;",
        )
        .bind("text", text.to_owned())
        .bind("at", at.0)
        .bind("by", keys::employee(by));
        self.database.ask(script, |answer| answer.row(3)).await?.ok_or(DbError::NotFound)
    }

    /// The latest version, if any was published.
    pub async fn current(&self) -> Result<Option<Notice>, DbError> {
        let script = Script::new(
            "LET $last = (SELECT VALUE last FROM ONLY counter:notice) ?? 0;
             LET $id = type::record('notice', $last);
             SELECT * FROM $id;",
        );
        self.database.ask(script, |answer| answer.row(2)).await
    }

    /// Stores an acknowledgement. The first one of a version stays.
    pub async fn acknowledge(&self, row: &AcknowledgementRow) -> Result<(), DbError> {
        let script = Script::new("INSERT IGNORE INTO acknowledgement $row RETURN NONE").bind("row", encode_row(row));
        self.database.tell(script).await
    }

    /// Everyone who has acknowledged this version.
    pub async fn acknowledgements(&self, version: u64) -> Result<Vec<AcknowledgementRow>, DbError> {
        let range = keys::range("acknowledgement", [keys::number(version)], [keys::number(version + 1)]);
        self.database.ask(Script::new("SELECT * FROM $range").bind("range", range), |answer| answer.rows(0)).await
    }

    /// What an employee has acknowledged, oldest version first.
    pub async fn acknowledgements_of(&self, employee: &EmployeeId) -> Result<Vec<AcknowledgementRow>, DbError> {
        let newest = self.current().await?.map_or(0, |notice| notice.version);
        let ids = (1..=newest).map(|version| acknowledgement_id(version, employee)).collect::<Vec<_>>();
        self.database.ask(Script::new("SELECT * FROM $ids").bind("ids", ids), |answer| answer.rows(0)).await
    }
}

pub(crate) fn encode_row(row: &AcknowledgementRow) -> surrealdb::types::Value {
    encode_with_id(acknowledgement_id(row.version, &row.employee), row)
}

fn acknowledgement_id(version: u64, employee: &EmployeeId) -> RecordId {
    keys::record("acknowledgement", [keys::number(version), keys::employee(employee)])
}
