//! `/api/work/{summary,sessions,segments}`: the hours, as JSON, CSV or XLSX. Each is a table described once.

use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::{HttpResponse, get};
use muster_domain::work::{Totals, clip, totals};
use muster_domain::{Span, Zone};
use muster_protocol::{EmployeeId, FieldError, TeamId, UtcMillis};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::hours::{Hours, Session, word_of};
use super::rows::{WorkSegmentRow, WorkSessionRow, WorkSummaryRow};
use super::session::seconds;
use crate::http::error::ApiResult;
use crate::http::export::{Cell, Column, Format, Table, columns};
use crate::http::extract::{Permit, Query, Validate, needs};
use crate::http::span::report_span_of;
use crate::http::whom::Whom;

/// Names the zone whose days a report counts in.
const TIME_ZONE_HEADER: HeaderName = HeaderName::from_static("x-time-zone");

/// What a summary adds up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum By {
    /// One row for each person.
    #[default]
    Total,
    /// One row for each person and day of the organization's zone.
    Day,
}

/// Whose hours, when, and in which form.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Range {
    /// A day such as 2026-11-20, or milliseconds. Default: today.
    from: Option<String>,
    /// A day (included) or milliseconds (excluded).
    to: Option<String>,
    #[serde(alias = "employeeId")]
    #[param(value_type = Option<String>)]
    employee: Option<EmployeeId>,
    /// Up to 100 employee ids with commas between them.
    employees: Option<String>,
    /// Everyone in this team whom the caller may see.
    #[serde(alias = "teamId")]
    team: Option<TeamId>,
    #[serde(default)]
    format: Format,
    #[serde(default)]
    by: By,
}

impl Validate for Range {
    fn problems(&self) -> Vec<FieldError> {
        Vec::new()
    }
}

/// Hours in a span, ready to become a table.
struct Report {
    zone: Zone,
    span: Span,
    hours: Vec<Hours>,
}

impl Report {
    async fn of(permit: &Permit<needs::SeeHours>, range: &Range) -> ApiResult<Self> {
        let app = &permit.app;
        let zone = app.hub.policies.zone();
        let span = report_span_of(range.from.as_deref(), range.to.as_deref(), &zone, app.now().wall)?;
        let whom = Whom { employee: range.employee.as_ref(), employees: range.employees.as_deref(), team: range.team };
        let people = whom.people(permit)?;
        Ok(Self { hours: Hours::of(app, people, span).await?, zone, span })
    }

    /// A file names the zone on every row, because it leaves its headers behind.
    async fn respond(
        self,
        mut columns: Vec<Column>,
        name: &str,
        format: Format,
        mut rows: Vec<Vec<Cell>>,
    ) -> HttpResponse {
        if format != Format::Json {
            columns.push(Column { key: "timeZone", title: "Time zone" });
            rows.iter_mut().for_each(|row| row.push(Cell::text(self.zone.name())));
        }
        let days = (self.zone.day_of(self.span.from), self.zone.day_of(self.span.to.minus(1)));
        let table = Table { name: format!("{name}-{}-{}", days.0, days.1), columns, rows };
        let mut response = table.respond(format).await;
        if let Ok(zone) = HeaderValue::from_str(self.zone.name()) {
            response.headers_mut().insert(TIME_ZONE_HEADER, zone);
        }
        response
    }

    async fn summary(self, range: &Range) -> HttpResponse {
        let spans = match range.by {
            By::Total => vec![self.span],
            By::Day => days_of(self.span, &self.zone),
        };
        let rows = self.hours.iter().flat_map(|hours| spans.iter().map(|span| summary_row(hours, *span, &self.zone)));
        let rows = rows.collect();
        self.respond(columns(SUMMARY), "work-summary", range.format, rows).await
    }

    async fn sessions(self, range: &Range) -> HttpResponse {
        let rows_of = |hours: &Hours| {
            hours.sessions.iter().map(|session| session_row(hours, session, self.span, &self.zone)).collect::<Vec<_>>()
        };
        let rows = self.hours.iter().flat_map(rows_of).collect();
        self.respond(columns(SESSIONS), "work-sessions", range.format, rows).await
    }

    async fn segments(self, range: &Range) -> HttpResponse {
        let rows_of = |hours: &Hours| {
            let row = |segment: &muster_domain::work::Segment| {
                let length_ms = segment.span().length_ms();
                vec![
                    Cell::text(hours.person.id()),
                    Cell::text(&hours.person.row().name),
                    Cell::Date(self.zone.day_of(segment.from)),
                    Cell::text(word_of(segment.kind)),
                    Cell::at(segment.from, &self.zone),
                    Cell::at(segment.to, &self.zone),
                    Cell::Duration(length_ms),
                    Cell::Decimal(hours_decimal(length_ms)),
                ]
            };
            hours.segments.iter().map(row).collect::<Vec<_>>()
        };
        let rows = self.hours.iter().flat_map(rows_of).collect();
        self.respond(columns(SEGMENTS), "work-segments", range.format, rows).await
    }
}

pub(super) const SUMMARY: &[(&str, &str)] = &[
    ("employeeId", "Employee"),
    ("name", "Name"),
    ("date", "Date"),
    ("activeSeconds", "Active (s)"),
    ("idleSeconds", "Idle (s)"),
    ("breakSeconds", "Break (s)"),
    ("meetingSeconds", "Meeting (s)"),
    ("netSeconds", "Net (s)"),
    ("activeMs", "Active"),
    ("idleMs", "Idle"),
    ("netMs", "Net"),
    ("netHours", "Net (h)"),
    ("firstLogin", "First login"),
    ("lastLogout", "Last logout"),
    ("running", "Running"),
    ("sessions", "Sessions"),
];

pub(super) const SESSIONS: &[(&str, &str)] = &[
    ("id", "Session"),
    ("employeeId", "Employee"),
    ("name", "Name"),
    ("date", "Date"),
    ("start", "Start"),
    ("end", "End"),
    ("running", "Running"),
    ("activeSeconds", "Active (s)"),
    ("idleSeconds", "Idle (s)"),
    ("breakSeconds", "Break (s)"),
    ("netSeconds", "Net (s)"),
    ("activeMs", "Active"),
    ("idleMs", "Idle"),
    ("netMs", "Net"),
    ("netHours", "Net (h)"),
];

pub(super) const SEGMENTS: &[(&str, &str)] = &[
    ("employeeId", "Employee"),
    ("name", "Name"),
    ("date", "Date"),
    ("kind", "Kind"),
    ("from", "From"),
    ("to", "To"),
    ("durationMs", "Duration"),
    ("hours", "Duration (h)"),
];

fn summary_row(hours: &Hours, span: Span, zone: &Zone) -> Vec<Cell> {
    let sums = totals(&clip(&hours.segments, span));
    let inside = |session: &&Session| session.start < span.to && session.end >= span.from;
    let touching = hours.sessions.iter().filter(inside).collect::<Vec<_>>();
    let first = touching.first().map(|session| session.start.max(span.from));
    let running = touching.iter().any(|session| session.is_running && session.end < span.to);
    let last = touching.last().filter(|_| !running).map(|session| session.end.min(span.to));
    let mut row = vec![
        Cell::text(hours.person.id()),
        Cell::text(&hours.person.row().name),
        Cell::Date(zone.day_of(span.from)),
        Cell::Decimal(seconds(sums.active_ms)),
        Cell::Decimal(seconds(sums.idle_ms)),
        Cell::Decimal(seconds(sums.break_ms)),
        Cell::Decimal(seconds(sums.meeting_ms)),
        Cell::Decimal(seconds(sums.net_ms)),
    ];
    row.extend(lengths(&sums));
    row.extend([
        Cell::or_empty(first, |at| Cell::at(at, zone)),
        Cell::or_empty(last, |at| Cell::at(at, zone)),
        Cell::Bool(running),
        Cell::Integer(touching.len() as i64),
    ]);
    row
}

fn lengths(sums: &Totals) -> [Cell; 4] {
    let net_hours = Cell::Decimal(hours_decimal(sums.net_ms));
    [Cell::Duration(sums.active_ms), Cell::Duration(sums.idle_ms), Cell::Duration(sums.net_ms), net_hours]
}

fn session_row(hours: &Hours, session: &Session, span: Span, zone: &Zone) -> Vec<Cell> {
    let sums = totals(&clip(&session.segments, span));
    let end = (!session.is_running).then_some(session.end);
    let mut row = vec![
        Cell::text(format_args!("{}-{}", hours.person.id(), session.start)),
        Cell::text(hours.person.id()),
        Cell::text(&hours.person.row().name),
        Cell::Date(zone.day_of(session.start)),
        Cell::at(session.start, zone),
        Cell::or_empty(end, |at| Cell::at(at, zone)),
        Cell::Bool(session.is_running),
        Cell::Decimal(seconds(sums.active_ms)),
        Cell::Decimal(seconds(sums.idle_ms)),
        Cell::Decimal(seconds(sums.break_ms)),
        Cell::Decimal(seconds(sums.net_ms)),
    ];
    row.extend(lengths(&sums));
    row
}

/// Hours for payroll, to the second decimal that payroll reads; the exact length stands beside it.
fn hours_decimal(ms: i64) -> f64 {
    (ms as f64 / 36_000.0).round() / 100.0
}

fn days_of(span: Span, zone: &Zone) -> Vec<Span> {
    let mut days = Vec::new();
    let mut at: UtcMillis = span.from;
    while at < span.to {
        let day = zone.day(zone.day_of(at));
        days.extend(day.intersection(span));
        at = day.to;
    }
    days
}

/// Today's hours of everyone whom the caller may see.
#[utoipa::path(tag = "work", responses((status = 200, body = Vec<WorkSummaryRow>)))]
#[get("/api/work/summary/today")]
pub async fn summary_today(permit: Permit<needs::SeeHours>) -> ApiResult<HttpResponse> {
    let today = Range::default();
    Ok(Report::of(&permit, &today).await?.summary(&today).await)
}

/// Today's sessions of everyone whom the caller may see.
#[utoipa::path(tag = "work", responses((status = 200, body = Vec<WorkSessionRow>)))]
#[get("/api/work/sessions/today")]
pub async fn sessions_today(permit: Permit<needs::SeeHours>) -> ApiResult<HttpResponse> {
    let today = Range::default();
    Ok(Report::of(&permit, &today).await?.sessions(&today).await)
}

/// Hours in a range: Active (elapsed), Idle, Break and Net, first login, last logout or running, number of sessions.
#[utoipa::path(tag = "work", params(Range), responses((status = 200, body = Vec<WorkSummaryRow>), (status = 403), (status = 422)))]
#[get("/api/work/summary")]
pub async fn summary(permit: Permit<needs::SeeHours>, Query(range): Query<Range>) -> ApiResult<HttpResponse> {
    Ok(Report::of(&permit, &range).await?.summary(&range).await)
}

/// Sessions in a range, as recorded.
#[utoipa::path(tag = "work", params(Range), responses((status = 200, body = Vec<WorkSessionRow>), (status = 403), (status = 422)))]
#[get("/api/work/sessions")]
pub async fn sessions(permit: Permit<needs::SeeHours>, Query(range): Query<Range>) -> ApiResult<HttpResponse> {
    Ok(Report::of(&permit, &range).await?.sessions(&range).await)
}

/// The segments that count, after corrections. Their sums are the summary, to the millisecond.
#[utoipa::path(tag = "work", params(Range), responses((status = 200, body = Vec<WorkSegmentRow>), (status = 403), (status = 422)))]
#[get("/api/work/segments")]
pub async fn segments(permit: Permit<needs::SeeHours>, Query(range): Query<Range>) -> ApiResult<HttpResponse> {
    Ok(Report::of(&permit, &range).await?.segments(&range).await)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_days_of_a_span_are_whole_except_its_ends() {
        let berlin = Zone::named("Europe/Berlin").unwrap();
        let days = berlin.days(date(2026, 3, 28), date(2026, 3, 30));
        let from_noon = Span { from: days.from.plus(12 * 3_600_000), ..days };
        let hours = days_of(from_noon, &berlin).iter().map(|day| day.length_ms() / 3_600_000).collect::<Vec<_>>();
        assert_eq!(hours, [12, 23, 24]);
    }

    #[test]
    fn payroll_hours_have_two_decimals() {
        assert_eq!(hours_decimal(27_000_000), 7.5);
        assert_eq!(hours_decimal(28_812_345), 8.0);
    }
}
