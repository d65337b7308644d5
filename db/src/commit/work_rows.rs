//! The rows of a batch that are about work time.

use std::collections::{BTreeMap, HashMap};

use muster_domain::work::{MarkKind, WorkChange};
use muster_protocol::{BootId, DeviceId, EmployeeId, UtcMillis};
use surrealdb::types::{RecordId, SurrealValue, Value};

use super::Transaction;
use crate::codec::object;
use crate::work::{acked_id, encode_mark, encode_session, session_id};
use crate::{DbError, keys};

#[derive(Default)]
pub(super) struct WorkRows<'a> {
    marks: Vec<Value>,
    covered_marks: Vec<Value>,
    /// None: the session is no more.
    sessions: BTreeMap<(&'a EmployeeId, UtcMillis), Option<Value>>,
    /// None: no session is open.
    open: HashMap<&'a EmployeeId, Option<UtcMillis>>,
    acked: HashMap<(DeviceId, BootId), u64>,
}

impl<'a> WorkRows<'a> {
    /// Fails when the segments of a session do not join up.
    pub(super) fn changed(&mut self, employee: &'a EmployeeId, change: &'a WorkChange) -> Result<(), DbError> {
        for mark in &change.marks {
            let rows = match mark.kind {
                MarkKind::Covered { .. } => &mut self.covered_marks,
                _ => &mut self.marks,
            };
            rows.push(encode_mark(employee, mark));
        }
        for start in &change.removed_sessions {
            self.sessions.insert((employee, *start), None);
        }
        for session in &change.sessions {
            self.sessions.insert((employee, session.start), Some(encode_session(employee, session)?));
        }
        self.open.insert(employee, change.open);
        Ok(())
    }

    pub(super) fn acked(&mut self, device: DeviceId, boot: BootId, seq: u64) {
        let highest = self.acked.entry((device, boot)).or_default();
        *highest = (*highest).max(seq);
    }

    pub(super) fn add_to(self, transaction: &mut Transaction) {
        transaction.add("marks", self.marks, ADD_MARKS);
        transaction.add("covered_marks", self.covered_marks, PUT_COVERED_MARKS);
        let (mut sessions, mut removed) = (Vec::new(), Vec::new());
        for ((employee, start), session) in self.sessions {
            match session {
                Some(session) => sessions.push(session),
                None => removed.push(session_id(employee, start).into_value()),
            }
        }
        transaction.add("removed", removed, "DELETE $removed RETURN NONE;");
        transaction.add("sessions", sessions, PUT_SESSIONS);
        let (mut open, mut not_open) = (Vec::new(), Vec::new());
        for (employee, start) in self.open {
            match start {
                Some(start) => open.push(encode_open(employee, start)),
                None => not_open.push(open_id(employee).into_value()),
            }
        }
        transaction.add("not_open", not_open, "DELETE $not_open RETURN NONE;");
        transaction.add("open", open, PUT_OPEN);
        let acked = self.acked.into_iter().map(|((device, boot), seq)| encode_acked(device, boot, seq));
        transaction.add("acked", acked.collect(), PUT_ACKED);
    }
}

const ADD_MARKS: &str = "INSERT IGNORE INTO mark $marks RETURN NONE;";

const PUT_COVERED_MARKS: &str = "
    INSERT INTO mark $covered_marks ON DUPLICATE KEY UPDATE
        covered_to = IF $input.covered_to > covered_to { $input.covered_to } ELSE { covered_to } RETURN NONE;";

const PUT_SESSIONS: &str = "
    INSERT INTO work_session $sessions ON DUPLICATE KEY UPDATE
        ended_at = $input.ended_at, stopped = $input.stopped, segments = $input.segments RETURN NONE;";

const PUT_OPEN: &str = "
    INSERT INTO open_session $open ON DUPLICATE KEY UPDATE start = $input.start RETURN NONE;";

const PUT_ACKED: &str = "
    INSERT INTO acked $acked ON DUPLICATE KEY UPDATE
        seq = IF $input.seq > seq { $input.seq } ELSE { seq } RETURN NONE;";

fn encode_acked(device: DeviceId, boot: BootId, seq: u64) -> Value {
    // The database counts to 2^63. An agent that claims more has nothing left to send.
    let seq = i64::try_from(seq).unwrap_or(i64::MAX);
    object([("id", acked_id(device, boot).into_value()), ("seq", seq.into_value())])
}

fn encode_open(employee: &EmployeeId, start: UtcMillis) -> Value {
    let id = open_id(employee).into_value();
    object([("id", id), ("employee", keys::employee(employee)), ("start", keys::at(start))])
}

fn open_id(employee: &EmployeeId) -> RecordId {
    keys::named("open_session", employee.as_str())
}
