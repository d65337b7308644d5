//! Viewings: the record that somebody watched.

use muster_domain::Span;
use muster_protocol::{EmployeeId, UtcMillis};
use serde::{Deserialize, Serialize};
use surrealdb::types::{RecordId, SurrealValue, Value};
use uuid::Uuid;

use crate::codec::{encode_with_id, object};
use crate::page::{Cursor, Page, Paged, Whose};
use crate::script::Script;
use crate::timeline::{Dated, Timeline};
use crate::{DELETED_PER_CALL_MAX, Database, DbError, keys};

/// A viewing, `viewing:[employee, -from, id]`; `open_viewing:⟨id⟩` exists while it goes on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ViewingRow {
    #[serde(rename = "viewing")]
    pub id: Uuid,
    /// Who was watched.
    pub employee: EmployeeId,
    /// Who watched.
    pub viewer: EmployeeId,
    /// What was watched, in the words of the hub ("screen 1").
    pub what: String,
    #[serde(rename = "began_at")]
    pub from: UtcMillis,
    /// None while it goes on.
    #[serde(rename = "ended_at")]
    pub to: Option<UtcMillis>,
}

/// Reads of viewings. They are written with [`crate::Write::ViewingOpened`] and [`crate::Write::ViewingClosed`].
#[derive(Clone)]
pub struct Viewings {
    database: Database,
}

pub(crate) const VIEWINGS: Timeline = Timeline { rows: "viewing", by_time: "viewing_by_time" };

impl Database {
    /// The store of viewings.
    #[must_use]
    pub fn viewings(&self) -> Viewings {
        Viewings { database: self.clone() }
    }
}

impl Viewings {
    /// One page of the viewings that began within `span`, newest first.
    pub async fn list(
        &self,
        whose: Whose<'_>,
        span: Span,
        cursor: Option<&Cursor>,
        limit: usize,
    ) -> Result<Page<ViewingRow>, DbError> {
        VIEWINGS.list(&self.database, whose, span, cursor, limit).await
    }

    /// The viewings that go on.
    pub async fn open(&self) -> Result<Vec<ViewingRow>, DbError> {
        let script = Script::new("SELECT VALUE viewing.* FROM open_viewing");
        self.database.ask(script, |answer| answer.rows(0)).await
    }

    /// Ends, at `at`, every viewing that a hub which died left open; says how many. Called before anybody can watch. One
    /// that began later ends as it began.
    pub async fn close_abandoned(&self, at: UtcMillis) -> Result<usize, DbError> {
        let script = Script::new(
            "BEGIN;
             LET $abandoned = (SELECT VALUE viewing FROM open_viewing);
             UPDATE $abandoned SET ended_at = math::max([began_at, $at]) WHERE ended_at = NONE RETURN NONE;
             DELETE open_viewing RETURN NONE;
             RETURN array::len($abandoned);
             COMMIT;",
        )
        .bind("at", at.0);
        Ok(self.database.ask(script, |answer| answer.row(4)).await?.unwrap_or_default())
    }

    /// Deletes up to `limit` viewings that began before `before`; says how many.
    pub async fn delete_before(&self, before: UtcMillis, limit: usize) -> Result<usize, DbError> {
        let old: Vec<ViewingRow> = VIEWINGS.older_than(&self.database, before, limit.min(DELETED_PER_CALL_MAX)).await?;
        let ids = old.iter().flat_map(|row| {
            [VIEWINGS.row_id(&row.employee, row.place()), VIEWINGS.by_time_id(row.place()), open_id(row.id)]
        });
        let script = Script::new("DELETE $ids RETURN NONE").bind("ids", ids.collect::<Vec<_>>());
        self.database.tell(script).await?;
        Ok(old.len())
    }
}

impl Paged for ViewingRow {
    fn place(&self) -> Cursor {
        Cursor { at: self.from, id: self.id }
    }
}

impl Dated for ViewingRow {
    fn employee(&self) -> &EmployeeId {
        &self.employee
    }
}

/// What [`OPEN_VIEWINGS`] needs of a row.
pub(crate) fn encode_opened(row: &ViewingRow) -> Value {
    let id = VIEWINGS.row_id(&row.employee, row.place());
    let open = object([("id", open_id(row.id).into_value()), ("viewing", id.clone().into_value())]);
    object([("row", encode_with_id(id, row)), ("by_time", VIEWINGS.encode_by_time(row)), ("open", open)])
}

/// What [`CLOSE_VIEWINGS`] needs.
pub(crate) fn encode_closed(employee: &EmployeeId, from: UtcMillis, id: Uuid, to: UtcMillis) -> Value {
    let row = VIEWINGS.row_id(employee, Cursor { at: from, id });
    object([("id", row.into_value()), ("open", open_id(id).into_value()), ("to", keys::at(to))])
}

/// A viewing that is known already was written before, and may even be closed: it stays as it is.
pub(crate) const OPEN_VIEWINGS: &str = "
    FOR $viewing IN $opened {
        IF !record::exists($viewing.row.id) {
            INSERT INTO viewing $viewing.row RETURN NONE;
            INSERT INTO viewing_by_time $viewing.by_time RETURN NONE;
            INSERT INTO open_viewing $viewing.open RETURN NONE;
        };
    };";

pub(crate) const CLOSE_VIEWINGS: &str = "
    FOR $viewing IN $closed {
        LET $id = $viewing.id;
        LET $open = $viewing.open;
        UPDATE $id SET ended_at = $viewing.to RETURN NONE;
        DELETE $open RETURN NONE;
    };";

fn open_id(id: Uuid) -> RecordId {
    keys::by_uuid("open_viewing", id)
}
