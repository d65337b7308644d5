//! Audit: who did what to whom.

use std::collections::BTreeMap;

use muster_domain::Span;
use muster_protocol::{EmployeeId, UtcMillis};
use serde::{Deserialize, Serialize};
use surrealdb::types::Value;
use uuid::Uuid;

use crate::codec::encode_with_id;
use crate::page::{Cursor, Page, Paged, page};
use crate::script::Script;
use crate::{Database, DbError, keys};

/// Something that was done, `audit:[-at, id]`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditEntry {
    /// Version 7, made by the hub.
    #[serde(rename = "entry")]
    pub id: Uuid,
    pub at: UtcMillis,
    /// None: the hub itself, or somebody who is not signed in.
    pub actor: Option<EmployeeId>,
    /// Dotted, noun first ("person.create").
    pub action: String,
    /// The employee whom it was done to, if any.
    pub subject: Option<EmployeeId>,
    /// What else matters. Never a secret.
    pub details: BTreeMap<String, String>,
    pub request_id: Option<String>,
}

/// Which entries are asked for; `None` asks for any.
#[derive(Clone, Debug, Default)]
pub struct AuditFilter {
    pub actor: Option<EmployeeId>,
    pub subject: Option<EmployeeId>,
    /// Who did it, or to whom it was done.
    pub person: Option<EmployeeId>,
    pub action: Option<String>,
    pub span: Option<Span>,
}

/// The store of audit entries. They are added with [`crate::Write::Audit`].
#[derive(Clone)]
pub struct Audit {
    database: Database,
}

impl Database {
    /// The store of audit entries.
    #[must_use]
    pub fn audit(&self) -> Audit {
        Audit { database: self.clone() }
    }
}

impl Audit {
    /// One page, newest first.
    pub async fn list(
        &self,
        filter: &AuditFilter,
        cursor: Option<&Cursor>,
        limit: usize,
    ) -> Result<Page<AuditEntry>, DbError> {
        let span = filter.span.unwrap_or(Span::ALL);
        let end = [keys::newest_first(span.from.minus(1))];
        let range = match cursor {
            Some(cursor) => keys::behind("audit", None, *cursor, end),
            None => keys::range("audit", [keys::newest_first(span.to.minus(1))], end),
        };
        let script = Script::new(
            "SELECT * FROM type::record($range[0])
             WHERE ($actor = NONE OR actor = $actor)
               AND ($subject = NONE OR subject = $subject)
               AND ($person = NONE OR subject = $person OR actor = $person)
               AND ($action = NONE OR action = $action)
             LIMIT $limit",
        )
        .bind("range", keys::start_of(range))
        .bind("actor", filter.actor.as_ref().map_or(Value::None, keys::employee))
        .bind("subject", filter.subject.as_ref().map_or(Value::None, keys::employee))
        .bind("person", filter.person.as_ref().map_or(Value::None, keys::employee))
        .bind("action", filter.action.clone())
        .bind("limit", limit + 1);
        let rows = self.database.ask(script, |answer| answer.rows(0)).await?;
        Ok(page(rows, limit))
    }

    /// How many entries are from before `before`; counting ends at `max`.
    pub async fn count_before(&self, before: UtcMillis, max: usize) -> Result<usize, DbError> {
        self.database.count_in(vec![keys::tail("audit", [keys::newest_first(before.minus(1))])], max).await
    }

    /// Deletes up to `limit` entries from before `before`; says how many.
    pub async fn delete_before(&self, before: UtcMillis, limit: usize) -> Result<usize, DbError> {
        let old = keys::tail("audit", [keys::newest_first(before.minus(1))]);
        self.database.delete_some(old, limit).await
    }
}

impl Paged for AuditEntry {
    fn place(&self) -> Cursor {
        Cursor { at: self.at, id: self.id }
    }
}

pub(crate) fn encode_entry(entry: &AuditEntry) -> Value {
    encode_with_id(keys::record("audit", [keys::newest_first(entry.at), keys::uuid(entry.id)]), entry)
}
