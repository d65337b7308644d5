//! A work session as it is stored, `work_session:[employee, -start]`: with its segments packed into one row.
//!
//! Segments are only ever read and written with their session, and a month of 1,000 people has 440,000 of them: as rows
//! of their own they would cost twenty times the reads, and a crash between two batches could tear a session apart.

use muster_domain::work::{Segment, SegmentKind, WorkSession};
use muster_protocol::{EmployeeId, UtcMillis};
use surrealdb::types::{RecordId, RecordIdKey, SurrealValue, Value};

use crate::codec::{Fields, object};
use crate::{DbError, keys};

pub(crate) fn session_id(employee: &EmployeeId, start: UtcMillis) -> RecordId {
    keys::record("work_session", [keys::employee(employee), keys::newest_first(start)])
}

/// Fails when the segments are not contiguous: such a session could not be read back.
pub(crate) fn encode_session(employee: &EmployeeId, session: &WorkSession) -> Result<Value, DbError> {
    let mut packed = Vec::with_capacity(session.segments.len() * 2);
    let mut expected = session.start;
    for segment in &session.segments {
        let length_ms = segment.to.since(segment.from);
        if segment.from != expected || length_ms < 0 {
            return Err(torn(session));
        }
        packed.push(code(segment.kind).into_value());
        packed.push(length_ms.into_value());
        expected = segment.to;
    }
    if expected != session.end {
        return Err(torn(session));
    }
    Ok(object([
        ("id", session_id(employee, session.start).into_value()),
        ("ended_at", keys::at(session.end)),
        ("stopped", session.stopped.into_value()),
        ("segments", packed.into_value()),
    ]))
}

pub(crate) fn decode_session(value: Value) -> Result<WorkSession, DbError> {
    let mut fields = Fields::of(value)?;
    let id: RecordId = fields.take("id")?;
    let corrupt = || DbError::Corrupt(format!("a work session: {:?}", id.key));
    let start = match &id.key {
        RecordIdKey::Array(parts) => match parts.as_slice() {
            [_employee, negated] => i64::from_value(negated.clone()).map_err(|_| corrupt())?.saturating_neg(),
            _ => return Err(corrupt()),
        },
        _ => return Err(corrupt()),
    };
    let packed: Vec<i64> = fields.take("segments")?;
    let (pairs, rest) = packed.as_chunks::<2>();
    if !rest.is_empty() {
        return Err(corrupt());
    }
    let mut segments = Vec::with_capacity(pairs.len());
    let mut from = UtcMillis(start);
    for [kind, length_ms] in pairs {
        let to = from.plus(*length_ms);
        segments.push(Segment { from, to, kind: kind_of(*kind).ok_or_else(corrupt)? });
        from = to;
    }
    Ok(WorkSession {
        start: UtcMillis(start),
        end: UtcMillis(fields.take("ended_at")?),
        stopped: fields.take("stopped")?,
        segments,
    })
}

fn torn(session: &WorkSession) -> DbError {
    DbError::Query(format!("the segments of the session of {} do not join up", session.start))
}

/// Stored for ever: numbers are never given to another kind.
const fn code(kind: SegmentKind) -> i64 {
    match kind {
        SegmentKind::Active => 0,
        SegmentKind::Idle => 1,
        SegmentKind::Break => 2,
        SegmentKind::Meeting => 3,
    }
}

const fn kind_of(code: i64) -> Option<SegmentKind> {
    Some(match code {
        0 => SegmentKind::Active,
        1 => SegmentKind::Idle,
        2 => SegmentKind::Break,
        3 => SegmentKind::Meeting,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn session(bounds: &[i64]) -> WorkSession {
        let kinds = [SegmentKind::Active, SegmentKind::Idle, SegmentKind::Break, SegmentKind::Meeting];
        let pairs = bounds.windows(2).zip(kinds.into_iter().cycle());
        let segments =
            pairs.map(|(pair, kind)| Segment { from: UtcMillis(pair[0]), to: UtcMillis(pair[1]), kind }).collect();
        let (start, end) = (UtcMillis(bounds[0]), UtcMillis(*bounds.last().unwrap()));
        WorkSession { start, end, stopped: true, segments }
    }

    #[test]
    fn a_session_survives_storage() {
        let employee = EmployeeId::new("2").unwrap();
        for session in [session(&[100, 200, 250, 300, 1_000, 1_000, 2_000]), session(&[5])] {
            let stored = encode_session(&employee, &session).unwrap();
            assert_eq!(decode_session(stored).unwrap(), session);
        }
    }

    #[test]
    fn a_torn_session_is_refused() {
        let employee = EmployeeId::new("2").unwrap();
        let mut gap = session(&[100, 200, 300]);
        gap.segments[1].from = UtcMillis(210);
        let mut short = session(&[100, 200, 300]);
        short.end = UtcMillis(400);
        let mut backwards = session(&[100, 200, 300]);
        backwards.segments[0].to = UtcMillis(50);
        for torn in [gap, short, backwards] {
            assert!(matches!(encode_session(&employee, &torn), Err(DbError::Query(_))), "{torn:?}");
        }
    }
}
