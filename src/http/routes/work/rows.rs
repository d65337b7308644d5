//! The rows of the reports, as OpenAPI describes them. The reports themselves are tables ([`super::reports`]); a test holds
//! both together.

use jiff::civil::Date;
use muster_protocol::{EmployeeId, UtcMillis};
use utoipa::ToSchema;

/// One person's hours in a span, or on one day of it. Active is the elapsed time, the sum of all segments; net is active
/// without idle and break.
#[derive(ToSchema)]
#[schema(rename_all = "camelCase")]
#[expect(dead_code, reason = "it describes what a table writes")]
pub struct WorkSummaryRow {
    employee_id: EmployeeId,
    name: String,
    /// The first day of the span, or the day: `2026-11-20`.
    #[schema(value_type = String, format = Date)]
    date: Date,
    active_seconds: f64,
    idle_seconds: f64,
    break_seconds: f64,
    meeting_seconds: f64,
    net_seconds: f64,
    active_ms: i64,
    idle_ms: i64,
    net_ms: i64,
    /// For payroll: to the second decimal.
    net_hours: f64,
    /// The first work in the span; null when there was none.
    #[schema(required = true)]
    first_login: Option<UtcMillis>,
    /// The end of the last work in the span; null while it runs, and when there was none.
    #[schema(required = true)]
    last_logout: Option<UtcMillis>,
    running: bool,
    /// How many sessions touch the span.
    sessions: i64,
}

/// A work session as it was recorded; its sums are of the part inside the span.
#[derive(ToSchema)]
#[schema(rename_all = "camelCase")]
#[expect(dead_code, reason = "it describes what a table writes")]
pub struct WorkSessionRow {
    id: String,
    employee_id: EmployeeId,
    name: String,
    /// The day on which it begins: `2026-11-20`.
    #[schema(value_type = String, format = Date)]
    date: Date,
    start: UtcMillis,
    /// Null while it runs.
    #[schema(required = true)]
    end: Option<UtcMillis>,
    running: bool,
    active_seconds: f64,
    idle_seconds: f64,
    break_seconds: f64,
    net_seconds: f64,
    active_ms: i64,
    idle_ms: i64,
    net_ms: i64,
    /// For payroll: to the second decimal.
    net_hours: f64,
}

/// A stretch of work time of one kind, after corrections.
#[derive(ToSchema)]
#[schema(rename_all = "camelCase")]
#[expect(dead_code, reason = "it describes what a table writes")]
pub struct WorkSegmentRow {
    employee_id: EmployeeId,
    name: String,
    /// The day on which it begins: `2026-11-20`.
    #[schema(value_type = String, format = Date)]
    date: Date,
    /// `active`, `idle`, `break` or `meeting`.
    #[schema(value_type = SegmentKind)]
    kind: SegmentKind,
    from: UtcMillis,
    to: UtcMillis,
    duration_ms: i64,
    /// To the second decimal.
    hours: f64,
}

/// What somebody did in a segment.
#[derive(ToSchema)]
#[schema(rename_all = "lowercase")]
#[expect(dead_code, reason = "it describes what a table writes")]
pub enum SegmentKind {
    Active,
    Idle,
    Break,
    Meeting,
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use utoipa::PartialSchema;

    use super::super::reports::{SEGMENTS, SESSIONS, SUMMARY};
    use super::*;

    fn fields_of<T: PartialSchema>() -> BTreeSet<String> {
        let schema = serde_json::to_value(T::schema()).unwrap();
        let required = schema["required"].as_array().unwrap().len();
        let fields = schema["properties"].as_object().unwrap().keys().cloned().collect::<BTreeSet<_>>();
        assert_eq!(required, fields.len(), "a table writes every column");
        fields
    }

    #[test]
    fn each_row_has_the_columns_of_its_table() {
        let keys = |columns: &[(&str, &str)]| columns.iter().map(|(key, _)| (*key).to_owned()).collect();
        assert_eq!(fields_of::<WorkSummaryRow>(), keys(SUMMARY));
        assert_eq!(fields_of::<WorkSessionRow>(), keys(SESSIONS));
        assert_eq!(fields_of::<WorkSegmentRow>(), keys(SEGMENTS));
    }
}
