//! A mark as it is stored: everything but the end of a covered mark is its key,
//! `mark:[employee, at, device, boot, seq, kind]`, so a mark that comes again meets itself.

use muster_domain::work::{Mark, MarkKind, MarkSource};
use muster_protocol::{BootId, DeviceId, EmployeeId, UtcMillis};
use surrealdb::types::{RecordId, RecordIdKey, SurrealValue, Uuid, Value};

use crate::codec::{Fields, object};
use crate::{DbError, keys};

pub(crate) fn encode_mark(employee: &EmployeeId, mark: &Mark) -> Value {
    let MarkSource { device, boot, seq } = mark.source;
    let id = keys::record(
        "mark",
        [
            keys::employee(employee),
            keys::at(mark.at),
            keys::uuid(device.0),
            keys::uuid(boot.0),
            keys::number(seq),
            code(mark.kind).into_value(),
        ],
    );
    match mark.kind {
        MarkKind::Covered { to } => object([("id", id.into_value()), ("covered_to", keys::at(to))]),
        _ => object([("id", id.into_value())]),
    }
}

pub(crate) fn decode_mark(value: Value) -> Result<Mark, DbError> {
    let mut fields = Fields::of(value)?;
    let id: RecordId = fields.take("id")?;
    let corrupt = || DbError::Corrupt(format!("a mark's key: {:?}", id.key));
    let RecordIdKey::Array(parts) = &id.key else { return Err(corrupt()) };
    let [_employee, at, device, boot, seq, kind] = parts.as_slice() else { return Err(corrupt()) };
    let uuid = |part: &Value| Uuid::from_value(part.clone()).map(uuid::Uuid::from).map_err(|_| corrupt());
    let number = |part: &Value| i64::from_value(part.clone()).map_err(|_| corrupt());
    let covered_to: Option<i64> = fields.take("covered_to")?;
    Ok(Mark {
        at: UtcMillis(number(at)?),
        kind: kind_of(number(kind)?, covered_to).ok_or_else(corrupt)?,
        source: MarkSource {
            device: DeviceId(uuid(device)?),
            boot: BootId(uuid(boot)?),
            seq: number(seq)?.cast_unsigned(),
        },
    })
}

/// Stored for ever: numbers are never given to another kind.
const fn code(kind: MarkKind) -> i64 {
    match kind {
        MarkKind::Stop => 0,
        MarkKind::Start => 1,
        MarkKind::Active => 2,
        MarkKind::Idle => 3,
        MarkKind::BreakEnded => 4,
        MarkKind::BreakBegan => 5,
        MarkKind::MeetingEnded => 6,
        MarkKind::MeetingBegan => 7,
        MarkKind::Covered { .. } => 8,
    }
}

const fn kind_of(code: i64, covered_to: Option<i64>) -> Option<MarkKind> {
    Some(match (code, covered_to) {
        (0, None) => MarkKind::Stop,
        (1, None) => MarkKind::Start,
        (2, None) => MarkKind::Active,
        (3, None) => MarkKind::Idle,
        (4, None) => MarkKind::BreakEnded,
        (5, None) => MarkKind::BreakBegan,
        (6, None) => MarkKind::MeetingEnded,
        (7, None) => MarkKind::MeetingBegan,
        (8, Some(to)) => MarkKind::Covered { to: UtcMillis(to) },
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_survives_storage() {
        let kinds = [
            MarkKind::Stop,
            MarkKind::Start,
            MarkKind::Active,
            MarkKind::Idle,
            MarkKind::BreakEnded,
            MarkKind::BreakBegan,
            MarkKind::MeetingEnded,
            MarkKind::MeetingBegan,
            MarkKind::Covered { to: UtcMillis(99) },
        ];
        let employee = EmployeeId::new("INT2607").unwrap();
        let source = MarkSource { device: DeviceId::generate(), boot: BootId::generate(), seq: 7 };
        for kind in kinds {
            let mark = Mark { at: UtcMillis(-3), kind, source };
            assert_eq!(decode_mark(encode_mark(&employee, &mark)).unwrap(), mark);
        }
    }
}
