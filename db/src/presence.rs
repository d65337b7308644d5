//! Presence: the status that each employee has, the changes that led there, and when they were last seen.

use std::collections::{BTreeMap, HashMap};

use muster_domain::Span;
use muster_protocol::presence::{Overlay, Reason, Status};
use muster_protocol::{EmployeeId, UtcMillis};
use serde::{Deserialize, Serialize};
use surrealdb::types::{RecordId, RecordIdKey, SurrealValue, Value};

use crate::codec::{Fields, decode, encode, object};
use crate::script::Script;
use crate::{Database, DbError, PresenceChanged, Write, keys};

/// The status of an employee, as of the last change that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PresenceRow {
    pub employee: EmployeeId,
    pub status: Status,
    pub overlay: Option<Overlay>,
    pub reason: Reason,
    pub since: UtcMillis,
    /// The last checkpoint.
    pub last_seen: Option<UtcMillis>,
}

/// A change of an employee's status, `presence_change:[employee, -at, -order]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PresenceChangeRow {
    pub at: UtcMillis,
    pub status: Status,
    pub overlay: Option<Overlay>,
    pub reason: Reason,
}

/// Changes are cut at so many per commit when stale states are closed.
const CLOSED_PER_COMMIT: usize = 500;
/// Employees whose changes are read by one query.
const EMPLOYEES_PER_QUERY: usize = 125;

/// Reads of presence. It is written with [`Write::PresenceChanged`] and [`Write::LastSeenPage`].
#[derive(Clone)]
pub struct Presence {
    database: Database,
}

impl Database {
    /// The store of presence.
    #[must_use]
    pub fn presence(&self) -> Presence {
        Presence { database: self.clone() }
    }
}

impl Presence {
    /// The status of everyone who ever had one.
    pub async fn all(&self) -> Result<Vec<PresenceRow>, DbError> {
        let script = Script::new("SELECT * FROM presence_now; SELECT * FROM last_seen; SELECT * FROM last_seen_page;");
        self.database
            .ask(script, |answer| {
                let states: Vec<StateRow> = answer.rows(0)?;
                let seen: Vec<LastSeenRow> = answer.rows(1)?;
                let mut seen: HashMap<_, _> = seen.into_iter().map(|row| (row.employee, row.at)).collect();
                for page in answer.rows::<PageRow>(2)? {
                    page.merge_into(&mut seen)?;
                }
                Ok(states.into_iter().map(|state| state.seen(&mut seen)).collect())
            })
            .await
    }

    /// Closes what a hub that died left open, before the next one takes connections: whoever is not offline was last
    /// seen at their checkpoint, and is offline since then. Returns those rows as they are now.
    pub async fn close_stale(&self) -> Result<Vec<PresenceRow>, DbError> {
        let stale: Vec<_> = self.all().await?.into_iter().filter(|row| row.status != Status::Offline).collect();
        let closed: Vec<PresenceRow> = stale.into_iter().map(PresenceRow::closed).collect();
        for some in closed.chunks(CLOSED_PER_COMMIT) {
            let writes: Vec<Write> = some.iter().map(PresenceRow::as_write).collect();
            self.database.commit(&writes).await?;
        }
        Ok(closed)
    }

    /// The changes of an employee within `span`, oldest first, led by the one that was in force when the span began, if
    /// there is one.
    pub async fn history(&self, employee: &EmployeeId, span: Span) -> Result<Vec<PresenceChangeRow>, DbError> {
        let script = Script::new("SELECT * FROM $within; SELECT * FROM type::record($range[0]) LIMIT 1;")
            .bind("within", keys::within_newest_first("presence_change", employee, span))
            .bind("range", keys::start_of(keys::before_newest_first("presence_change", employee, span.from)));
        self.database
            .ask(script, |answer| {
                let newest_first = answer.values(0)?.into_iter().chain(answer.values(1)?).collect::<Vec<_>>();
                newest_first.into_iter().rev().map(decode_change).collect()
            })
            .await
    }

    /// [`Presence::history`] of many employees, employee by employee.
    pub async fn histories(
        &self,
        employees: &[EmployeeId],
        span: Span,
    ) -> Result<Vec<Vec<PresenceChangeRow>>, DbError> {
        let mut histories = Vec::with_capacity(employees.len());
        for some in employees.chunks(EMPLOYEES_PER_QUERY) {
            histories.extend(self.histories_of_some(some, span).await?);
        }
        Ok(histories)
    }

    async fn histories_of_some(
        &self,
        employees: &[EmployeeId],
        span: Span,
    ) -> Result<Vec<Vec<PresenceChangeRow>>, DbError> {
        let (table, count) = ("presence_change", employees.len());
        let within = employees.iter().map(|employee| keys::within_newest_first(table, employee, span));
        let before = employees.iter().map(|employee| keys::before_newest_first(table, employee, span.from));
        let text = (0..count).map(|place| {
            format!(
                "SELECT * FROM type::record($within[{place}]);
                 SELECT * FROM type::record($before[{place}]) LIMIT 1;"
            )
        });
        let script = Script::new(text.collect::<String>())
            .bind("within", within.collect::<Vec<_>>())
            .bind("before", before.collect::<Vec<_>>());
        self.database
            .ask(script, move |answer| {
                let history = |place: usize| -> Result<Vec<PresenceChangeRow>, DbError> {
                    let newest_first = answer.values(2 * place)?.into_iter().chain(answer.values(2 * place + 1)?);
                    newest_first.collect::<Vec<_>>().into_iter().rev().map(decode_change).collect()
                };
                (0..count).map(history).collect()
            })
            .await
    }

    /// Deletes up to `limit` changes of an employee from before `before`; says how many. The current status stays.
    pub async fn delete_before(
        &self,
        employee: &EmployeeId,
        before: UtcMillis,
        limit: usize,
    ) -> Result<usize, DbError> {
        self.database.delete_some(keys::before_newest_first("presence_change", employee, before), limit).await
    }
}

impl PresenceRow {
    fn closed(self) -> Self {
        let last_sign = self.last_seen.map_or(self.since, |seen| seen.max(self.since));
        Self { status: Status::Offline, overlay: None, reason: Reason::HubRestart, since: last_sign, ..self }
    }

    fn as_write(&self) -> Write {
        Write::PresenceChanged(PresenceChanged {
            employee: self.employee.clone(),
            at: self.since,
            // Later than any other change of that millisecond, and the same when this is written again.
            order: i64::MAX.unsigned_abs(),
            status: self.status,
            overlay: self.overlay,
            reason: self.reason,
            last_seen: self.last_seen,
        })
    }
}

/// `presence_now:⟨employee⟩`.
#[derive(Clone, Serialize, Deserialize)]
struct StateRow {
    employee: EmployeeId,
    status: Status,
    overlay: Option<Overlay>,
    reason: Reason,
    since: UtcMillis,
}

/// `last_seen:⟨employee⟩`.
#[derive(Clone, Serialize, Deserialize)]
struct LastSeenRow {
    employee: EmployeeId,
    at: UtcMillis,
}

/// `last_seen_page:⟨number⟩`.
#[derive(Clone, Serialize, Deserialize)]
struct PageRow {
    /// A JSON object from employee to instant: one value for the database, whatever its length.
    seen: String,
}

impl PageRow {
    fn merge_into(self, seen: &mut HashMap<EmployeeId, UtcMillis>) -> Result<(), DbError> {
        let page = serde_json::from_str::<HashMap<EmployeeId, UtcMillis>>(&self.seen);
        for (employee, at) in page.map_err(|error| DbError::Corrupt(format!("a page of last_seen: {error}")))? {
            let latest = seen.entry(employee).or_insert(at);
            *latest = at.max(*latest);
        }
        Ok(())
    }
}

impl StateRow {
    fn seen(self, seen: &mut HashMap<EmployeeId, UtcMillis>) -> PresenceRow {
        let Self { employee, status, overlay, reason, since } = self;
        let last_seen = seen.remove(&employee);
        PresenceRow { employee, status, overlay, reason, since, last_seen }
    }
}

pub(crate) fn encode_change(change: &PresenceChanged) -> Value {
    let order = i64::try_from(change.order).unwrap_or(i64::MAX).saturating_neg();
    let key = [keys::employee(&change.employee), keys::newest_first(change.at), order.into_value()];
    object([
        ("id", keys::record("presence_change", key).into_value()),
        ("status", encode(&change.status)),
        ("overlay", encode(&change.overlay)),
        ("reason", encode(&change.reason)),
    ])
}

pub(crate) fn encode_state(change: &PresenceChanged) -> Value {
    object([
        ("id", keys::named("presence_now", change.employee.as_str()).into_value()),
        ("employee", keys::employee(&change.employee)),
        ("status", encode(&change.status)),
        ("overlay", encode(&change.overlay)),
        ("reason", encode(&change.reason)),
        ("since", keys::at(change.at)),
    ])
}

pub(crate) fn encode_last_seen(employee: &EmployeeId, at: UtcMillis) -> Value {
    object([
        ("id", keys::named("last_seen", employee.as_str()).into_value()),
        ("employee", keys::employee(employee)),
        ("at", keys::at(at)),
    ])
}

pub(crate) fn encode_page(page: u8, seen: &[(EmployeeId, UtcMillis)]) -> Value {
    let seen = seen.iter().map(|(employee, at)| (employee, at)).collect::<BTreeMap<_, _>>();
    let seen = serde_json::to_string(&seen).expect("ids are strings");
    object([("id", keys::named("last_seen_page", &page.to_string()).into_value()), ("seen", seen.into_value())])
}

fn decode_change(value: Value) -> Result<PresenceChangeRow, DbError> {
    let mut fields = Fields::of(value)?;
    let id: RecordId = fields.take("id")?;
    let negated = match &id.key {
        RecordIdKey::Array(parts) => parts.get(1).cloned().unwrap_or_default(),
        _ => Value::None,
    };
    Ok(PresenceChangeRow {
        at: UtcMillis(decode::<i64>(negated)?.saturating_neg()),
        status: fields.decode("status")?,
        overlay: fields.decode("overlay")?,
        reason: fields.decode("reason")?,
    })
}
