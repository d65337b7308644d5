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

/// A version of the notice, with who published it and how many have acknowledged it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoticeRow {
    pub notice: Notice,
    pub published_by: EmployeeId,
    pub acknowledged: u64,
}

#[derive(Clone, Serialize, Deserialize)]
struct StoredNotice {
    version: u64,
    text: String,
    published_at: UtcMillis,
    published_by: EmployeeId,
}

impl StoredNotice {
    fn acknowledged_by(self, acknowledged: u64) -> NoticeRow {
        let Self { version, text, published_at, published_by } = self;
        NoticeRow { notice: Notice { version, text, published_at }, published_by, acknowledged }
    }
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

    /// Up to `limit` versions before `before`, newest first.
    pub async fn versions(&self, before: Option<u64>, limit: usize) -> Result<Vec<NoticeRow>, DbError> {
        let newest = self.current().await?.map_or(0, |notice| notice.version);
        let last = before.map_or(newest, |before| newest.min(before.saturating_sub(1)));
        let versions = (1..=last).rev().take(limit).collect::<Vec<_>>();
        let text = (0..versions.len()).map(|place| {
            format!(
                "SELECT * FROM type::record($id[{place}]);
                 SELECT VALUE total FROM (SELECT count() AS total FROM type::record($of[{place}]) GROUP ALL);"
            )
        });
        let ids = versions.iter().map(|version| RecordId::new("notice", version.cast_signed())).collect::<Vec<_>>();
        let of = versions.iter().map(|version| acknowledgements_of(*version)).collect::<Vec<_>>();
        let script = Script::new(text.collect::<String>()).bind("id", ids).bind("of", of);
        self.database
            .ask(script, move |answer| {
                let mut rows = Vec::with_capacity(versions.len());
                for place in 0..versions.len() {
                    let stored: Option<StoredNotice> = answer.row(2 * place)?;
                    let acknowledged = answer.row(2 * place + 1)?.unwrap_or_default();
                    rows.extend(stored.map(|stored| stored.acknowledged_by(acknowledged)));
                }
                Ok(rows)
            })
            .await
    }

    /// What an employee has acknowledged of this version, if anything.
    pub async fn acknowledgement(
        &self,
        version: u64,
        employee: &EmployeeId,
    ) -> Result<Option<AcknowledgementRow>, DbError> {
        let script = Script::new("SELECT * FROM $id").bind("id", acknowledgement_id(version, employee));
        self.database.ask(script, |answer| answer.row(0)).await
    }

    /// Stores an acknowledgement. The first one of a version stays.
    pub async fn acknowledge(&self, row: &AcknowledgementRow) -> Result<(), DbError> {
        let script = Script::new("INSERT IGNORE INTO acknowledgement $row RETURN NONE").bind("row", encode_row(row));
        self.database.tell(script).await
    }

    /// Everyone who has acknowledged this version.
    pub async fn acknowledgements(&self, version: u64) -> Result<Vec<AcknowledgementRow>, DbError> {
        let script = Script::new("SELECT * FROM $range").bind("range", acknowledgements_of(version));
        self.database.ask(script, |answer| answer.rows(0)).await
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

fn acknowledgements_of(version: u64) -> RecordId {
    keys::range("acknowledgement", [keys::number(version)], [keys::number(version + 1)])
}

fn acknowledgement_id(version: u64, employee: &EmployeeId) -> RecordId {
    keys::record("acknowledgement", [keys::number(version), keys::employee(employee)])
}
