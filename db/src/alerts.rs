//! Alerts: what somebody should have looked at, and which kinds the organization wants to be told.

use muster_domain::Span;
use muster_domain::alert::AlertSettings;
use muster_protocol::alert::AlertKind;
use muster_protocol::ids::AlertId;
use muster_protocol::{EmployeeId, UtcMillis};
use serde::{Deserialize, Serialize};
use surrealdb::types::{RecordId, SurrealValue, Value};

use crate::codec::{encode, encode_with_id, object};
use crate::error::THROW_CONFLICT;
use crate::page::{Cursor, Page, Paged, Whose};
use crate::script::Script;
use crate::timeline::{Dated, Timeline};
use crate::{DELETED_PER_CALL_MAX, Database, DbError, keys};

/// An alert, `alert:[employee, -since, id]`; `open_alert:⟨id⟩` exists while it goes on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlertRow {
    #[serde(rename = "alert")]
    pub id: AlertId,
    pub kind: AlertKind,
    pub employee: EmployeeId,
    pub since: UtcMillis,
    /// None while it goes on.
    #[serde(rename = "ended_at")]
    pub until: Option<UtcMillis>,
    pub detail: String,
}

/// The stored settings, `alert_settings:current`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlertSettingsRow {
    pub settings: AlertSettings,
    /// Grows with every change; 0 when nobody has changed them.
    pub version: u64,
}

/// Reads of alerts. They are written with [`crate::Write::AlertRaised`] and [`crate::Write::AlertCleared`].
#[derive(Clone)]
pub struct Alerts {
    database: Database,
}

pub(crate) const ALERTS: Timeline = Timeline { rows: "alert", by_time: "alert_by_time" };

impl Database {
    /// The store of alerts.
    #[must_use]
    pub fn alerts(&self) -> Alerts {
        Alerts { database: self.clone() }
    }
}

impl Alerts {
    /// One page of the alerts that began within `span`, newest first.
    pub async fn list(
        &self,
        whose: Whose<'_>,
        span: Span,
        cursor: Option<&Cursor>,
        limit: usize,
    ) -> Result<Page<AlertRow>, DbError> {
        ALERTS.list(&self.database, whose, span, cursor, limit).await
    }

    /// The alerts that go on.
    pub async fn open(&self) -> Result<Vec<AlertRow>, DbError> {
        let script = Script::new("SELECT VALUE alert.* FROM open_alert");
        self.database.ask(script, |answer| answer.rows(0)).await
    }

    /// Deletes up to `limit` alerts that began before `before`; says how many. One that still goes on stays.
    pub async fn delete_before(&self, before: UtcMillis, limit: usize) -> Result<usize, DbError> {
        let old: Vec<AlertRow> = ALERTS.older_than(&self.database, before, limit.min(DELETED_PER_CALL_MAX)).await?;
        let over = old.iter().filter(|row| row.until.is_some()).collect::<Vec<_>>();
        let ids =
            over.iter().flat_map(|row| [ALERTS.row_id(&row.employee, row.place()), ALERTS.by_time_id(row.place())]);
        let script = Script::new("DELETE $ids RETURN NONE").bind("ids", ids.collect::<Vec<_>>());
        self.database.tell(script).await?;
        Ok(over.len())
    }

    /// Which alerts the organization wants.
    pub async fn settings(&self) -> Result<AlertSettingsRow, DbError> {
        let script = Script::new("SELECT * FROM alert_settings:current");
        Ok(self.database.ask(script, |answer| answer.row(0)).await?.unwrap_or_default())
    }

    /// Stores settings over version `read`, 0 for those that nobody has changed. [`DbError::Conflict`] when somebody else
    /// changed them meanwhile.
    pub async fn put_settings(&self, settings: AlertSettings, read: u64) -> Result<AlertSettingsRow, DbError> {
        let stored = AlertSettingsRow { settings, version: read + 1 };
        let script = Script::new(
            "BEGIN;
             IF ((SELECT VALUE version FROM ONLY alert_settings:current) ?? 0) != $read { THROW $conflict };
             UPSERT alert_settings:current CONTENT $stored RETURN NONE;
             COMMIT;",
        )
        .bind("read", read)
        .bind("conflict", Value::String(THROW_CONFLICT.to_owned()))
        .bind("stored", encode(&stored));
        self.database.tell(script).await?;
        Ok(stored)
    }
}

impl Paged for AlertRow {
    fn place(&self) -> Cursor {
        Cursor { at: self.since, id: self.id.0 }
    }
}

impl Dated for AlertRow {
    fn employee(&self) -> &EmployeeId {
        &self.employee
    }
}

/// What [`RAISE_ALERTS`] needs of a row.
pub(crate) fn encode_raised(row: &AlertRow) -> Value {
    let id = ALERTS.row_id(&row.employee, row.place());
    let open = object([("id", open_id(row.id).into_value()), ("alert", id.clone().into_value())]);
    object([("row", encode_with_id(id, row)), ("by_time", ALERTS.encode_by_time(row)), ("open", open)])
}

/// What [`CLEAR_ALERTS`] needs.
pub(crate) fn encode_cleared(employee: &EmployeeId, since: UtcMillis, id: AlertId, until: UtcMillis) -> Value {
    let row = ALERTS.row_id(employee, Cursor { at: since, id: id.0 });
    object([("id", row.into_value()), ("open", open_id(id).into_value()), ("until", keys::at(until))])
}

/// An alert that is known already was written before, and may even be over: it stays as it is.
pub(crate) const RAISE_ALERTS: &str = "
    FOR $alert IN $raised {
        IF !record::exists($alert.row.id) {
            INSERT INTO alert $alert.row RETURN NONE;
            INSERT INTO alert_by_time $alert.by_time RETURN NONE;
            INSERT INTO open_alert $alert.open RETURN NONE;
        };
    };";

pub(crate) const CLEAR_ALERTS: &str = "
    FOR $alert IN $cleared {
        LET $id = $alert.id;
        LET $open = $alert.open;
        UPDATE $id SET ended_at = $alert.until RETURN NONE;
        DELETE $open RETURN NONE;
    };";

fn open_id(id: AlertId) -> RecordId {
    keys::by_uuid("open_alert", id.0)
}
