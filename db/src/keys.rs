//! Record ids. A table's key is made for its reads: an array whose prefix is what a read fixes, so that a read is one
//! range.
//!
//! SurrealDB scans ranges forwards only, so tables that are read newest first keep the negated instant in their key.

use std::ops::Bound;

use muster_domain::Span;
use muster_protocol::{EmployeeId, UtcMillis};
use surrealdb::types::{Array, Number, RecordId, RecordIdKey, RecordIdKeyRange, Uuid, Value};

use crate::page::Cursor;

/// A text.
pub(crate) fn text(part: &str) -> Value {
    Value::String(part.to_owned())
}

/// An employee, as text.
pub(crate) fn employee(id: &EmployeeId) -> Value {
    text(id.as_str())
}

/// A number. The database counts in i64, so the bits are kept: numbers from 2^63 on sort first, and nothing sent by an
/// agent can make a batch fail.
pub(crate) fn number(part: u64) -> Value {
    Value::Number(Number::Int(part.cast_signed()))
}

/// A UUID, 16 bytes.
pub(crate) fn uuid(part: uuid::Uuid) -> Value {
    Value::Uuid(Uuid::from(part))
}

/// An instant, oldest first.
pub(crate) fn at(instant: UtcMillis) -> Value {
    Value::Number(Number::Int(instant.0))
}

/// An instant, newest first.
pub(crate) fn newest_first(instant: UtcMillis) -> Value {
    Value::Number(Number::Int(instant.0.saturating_neg()))
}

/// The record of an array key.
pub(crate) fn record<const N: usize>(table: &'static str, parts: [Value; N]) -> RecordId {
    RecordId::new(table, RecordIdKey::Array(Array::from(parts.to_vec())))
}

/// The record of a simple text key.
pub(crate) fn named(table: &'static str, key: &str) -> RecordId {
    RecordId::new(table, key)
}

/// The record of a simple UUID key.
pub(crate) fn by_uuid(table: &'static str, key: uuid::Uuid) -> RecordId {
    RecordId::new(table, Uuid::from(key))
}

/// Every record from `from` (included) up to `to` (not included). An array key sorts before every longer key that it
/// begins.
pub(crate) fn range<const N: usize, const M: usize>(table: &'static str, from: [Value; N], to: [Value; M]) -> RecordId {
    let key = |parts: Vec<Value>| RecordIdKey::Array(Array::from(parts));
    bounded(table, Bound::Included(key(from.to_vec())), Bound::Excluded(key(to.to_vec())))
}

/// Every record from `from` (included) to the end of the table.
pub(crate) fn tail<const N: usize>(table: &'static str, from: [Value; N]) -> RecordId {
    bounded(table, Bound::Included(RecordIdKey::Array(Array::from(from.to_vec()))), Bound::Unbounded)
}

/// Every record from number `from` (included) to the end of a table whose keys are numbers.
pub(crate) fn numbers_from(table: &'static str, from: i64) -> RecordId {
    bounded(table, Bound::Included(RecordIdKey::Number(from)), Bound::Unbounded)
}

/// The records of one employee within `span`, in a table keyed `[employee, at, …]`, oldest first.
pub(crate) fn within(table: &'static str, id: &EmployeeId, span: Span) -> RecordId {
    range(table, [employee(id), at(span.from)], [employee(id), at(span.to)])
}

/// The records of one employee within `span`, in a table keyed `[employee, -at, …]`, newest first.
pub(crate) fn within_newest_first(table: &'static str, id: &EmployeeId, span: Span) -> RecordId {
    let (first, end) = (span.to.minus(1), span.from.minus(1));
    range(table, [employee(id), newest_first(first)], [employee(id), newest_first(end)])
}

/// Everything of one employee before `before`, in a table keyed `[employee, -at, …]`, newest first.
pub(crate) fn before_newest_first(table: &'static str, id: &EmployeeId, before: UtcMillis) -> RecordId {
    range(table, [employee(id), newest_first(before.minus(1))], [employee(id), at(UtcMillis(i64::MAX))])
}

/// What follows `cursor` (not included) in a table keyed `[…prefix, -at, id]`, up to `end` (not included).
pub(crate) fn behind<const N: usize>(
    table: &'static str,
    prefix: Option<Value>,
    cursor: Cursor,
    end: [Value; N],
) -> RecordId {
    let start = prefix.into_iter().chain([newest_first(cursor.at), uuid(cursor.id)]);
    let key = |parts: Vec<Value>| RecordIdKey::Array(Array::from(parts));
    bounded(table, Bound::Excluded(key(start.collect())), Bound::Excluded(key(end.to_vec())))
}

/// Wraps a range for a SELECT that reads only its start, which is to be written
/// `SELECT … FROM type::record($range[0]) LIMIT …`.
///
/// SurrealDB 3.3 scans a whole range before it applies LIMIT, unless it learns only while running that the source is a
/// range (`exec/planner/select`: a `RecordIdScan` takes no limit, a `DynamicScan` does). Measured: 0.4 ms instead of
/// 4.5 ms for the first of 500 rows.
pub(crate) fn start_of(range: RecordId) -> Vec<RecordId> {
    vec![range]
}

fn bounded(table: &'static str, start: Bound<RecordIdKey>, end: Bound<RecordIdKey>) -> RecordId {
    RecordId::new(table, RecordIdKeyRange { start, end })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::Script;
    use crate::{Database, DatabaseConfig};

    #[tokio::test]
    async fn a_limit_reaches_the_scan_of_a_range() {
        let database = Database::open(&DatabaseConfig::at("mem://")).await.unwrap();
        let script = Script::new("EXPLAIN SELECT * FROM type::record($range[0]) LIMIT 7")
            .bind("range", start_of(tail("audit", [at(UtcMillis(0))])));
        let plan: String = database.ask(script, |answer| answer.row(0)).await.unwrap().unwrap();
        assert!(plan.contains("DynamicScan") && plan.contains("limit: 7"), "{plan}");
        assert!(!plan.contains("Limit ["), "{plan}");
    }
}
