//! Work time: marks, sessions with their segments, corrections, and how far each agent's spool is committed.

mod mark_row;
mod session_row;

use muster_domain::Span;
use muster_domain::work::{Mark, WorkSession};
use muster_protocol::{BootId, DeviceId, EmployeeId, UtcMillis};
use serde::{Deserialize, Serialize};
use surrealdb::types::RecordId;

use crate::script::Script;
use crate::{Database, DbError, keys};

pub(crate) use mark_row::{decode_mark, encode_mark};
pub(crate) use session_row::{decode_session, encode_session, session_id};

/// Employees whose sessions are read by one query; several queries run at once on the database's threads.
const EMPLOYEES_PER_QUERY: usize = 250;

/// The sessions of one employee.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmployeeSessions {
    pub employee: EmployeeId,
    /// Oldest first.
    pub sessions: Vec<WorkSession>,
}

/// A session that runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenSession {
    pub employee: EmployeeId,
    pub start: UtcMillis,
}

/// Employees whose sessions are counted by one query.
const EMPLOYEES_PER_COUNT: usize = 250;

/// Reads of work time. It is written with [`crate::Write::Work`].
#[derive(Clone)]
pub struct Work {
    database: Database,
}

impl Database {
    /// The store of work time.
    #[must_use]
    pub fn work(&self) -> Work {
        Work { database: self.clone() }
    }
}

impl Work {
    /// The marks of an employee within `span`, oldest first.
    pub async fn marks(&self, employee: &EmployeeId, span: Span) -> Result<Vec<Mark>, DbError> {
        let script = Script::new("SELECT * FROM $range").bind("range", keys::within("mark", employee, span));
        self.database.ask(script, |answer| answer.values(0)?.into_iter().map(decode_mark).collect()).await
    }

    /// Every session of an employee that touches `span`, oldest first. They are whole: a session that reaches over an
    /// end of the span is to be clipped by the caller.
    pub async fn sessions(&self, employee: &EmployeeId, span: Span) -> Result<Vec<WorkSession>, DbError> {
        let mut found = self.sessions_of(std::slice::from_ref(employee), span).await?;
        Ok(found.pop().map(|found| found.sessions).unwrap_or_default())
    }

    /// [`Work::sessions`] of many employees, in the order asked. The month of 1,000 people is 22,000 rows.
    pub async fn sessions_of(&self, employees: &[EmployeeId], span: Span) -> Result<Vec<EmployeeSessions>, DbError> {
        let reads = employees.chunks(EMPLOYEES_PER_QUERY).map(|some| self.sessions_of_some(some.to_vec(), span));
        let read = futures_util::future::try_join_all(reads).await?;
        Ok(read.into_iter().flatten().collect())
    }

    /// The latest session that started at or before `at`.
    pub async fn session_before(&self, employee: &EmployeeId, at: UtcMillis) -> Result<Option<WorkSession>, DbError> {
        let before = keys::before_newest_first("work_session", employee, at.plus(1));
        let script = Script::new("SELECT * FROM type::record($range[0]) LIMIT 1").bind("range", keys::start_of(before));
        self.database.ask(script, |answer| answer.values(0)?.into_iter().next().map(decode_session).transpose()).await
    }

    /// The sessions that run, of everyone. Start-up reads these and nothing older.
    pub async fn open_sessions(&self) -> Result<Vec<OpenSession>, DbError> {
        self.database.ask(Script::new("SELECT * FROM open_session"), |answer| answer.rows(0)).await
    }

    /// The highest committed sequence number of an agent's boot; 0 when none is.
    pub async fn acked(&self, device: DeviceId, boot: BootId) -> Result<u64, DbError> {
        let script = Script::new("SELECT * FROM $acked").bind("acked", acked_id(device, boot));
        let row: Option<AckedRow> = self.database.ask(script, |answer| answer.row(0)).await?;
        Ok(row.map_or(0, |row| row.seq))
    }

    /// Deletes up to `limit` marks of an employee from before `before`; says how many.
    pub async fn delete_marks_before(
        &self,
        employee: &EmployeeId,
        before: UtcMillis,
        limit: usize,
    ) -> Result<usize, DbError> {
        let span = Span { from: UtcMillis(i64::MIN), to: before };
        self.database.delete_some(keys::within("mark", employee, span), limit).await
    }

    /// Deletes up to `limit` sessions of an employee that started before `before`; says how many.
    pub async fn delete_sessions_before(
        &self,
        employee: &EmployeeId,
        before: UtcMillis,
        limit: usize,
    ) -> Result<usize, DbError> {
        self.database.delete_some(keys::before_newest_first("work_session", employee, before), limit).await
    }

    /// How many sessions of these employees began before `before`. Of each employee at most `max` are counted.
    pub async fn count_sessions_before(
        &self,
        employees: &[EmployeeId],
        before: UtcMillis,
        max: usize,
    ) -> Result<usize, DbError> {
        let mut total = 0;
        for some in employees.chunks(EMPLOYEES_PER_COUNT) {
            let ranges = some.iter().map(|employee| keys::before_newest_first("work_session", employee, before));
            total += self.database.count_in(ranges.collect(), max).await?;
        }
        Ok(total)
    }

    pub(crate) fn database(&self) -> &Database {
        &self.database
    }

    async fn sessions_of_some(&self, employees: Vec<EmployeeId>, span: Span) -> Result<Vec<EmployeeSessions>, DbError> {
        let mut script = Script::new("");
        let mut text = String::new();
        for (place, employee) in employees.iter().enumerate() {
            let started_within = keys::within_newest_first("work_session", employee, span);
            let started_before = keys::before_newest_first("work_session", employee, span.from);
            script = script
                .bind(format!("w{place}"), started_within)
                .bind(format!("b{place}"), keys::start_of(started_before));
            text.push_str(&format!("SELECT * FROM $w{place}; SELECT * FROM type::record($b{place}[0]) LIMIT 1;"));
        }
        script.text = text.into();
        self.database
            .ask(script, move |answer| {
                let read = employees.into_iter().enumerate();
                read.map(|(place, employee)| {
                    let mut newest_first = answer.values(2 * place)?;
                    newest_first.extend(answer.values(2 * place + 1)?);
                    let sessions = newest_first.into_iter().rev().map(decode_session).collect::<Result<Vec<_>, _>>()?;
                    let touching =
                        sessions.into_iter().filter(|session| session.end > span.from || session.start >= span.from);
                    Ok(EmployeeSessions { employee, sessions: touching.collect() })
                })
                .collect()
            })
            .await
    }
}

/// How far a boot's spool is committed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct AckedRow {
    pub(crate) seq: u64,
}

pub(crate) fn acked_id(device: DeviceId, boot: BootId) -> RecordId {
    keys::record("acked", [keys::uuid(device.0), keys::uuid(boot.0)])
}
