//! `/api/work/corrections`: what people changed about the hours, with author and reason. Raw segments stay as they are.

use actix_web::{HttpResponse, get, post};
use muster_db::CorrectionRow;
use muster_domain::work::{Correction, CorrectionKind, SegmentKind};
use muster_domain::{Span, Zone};
use muster_protocol::portal::PortalEvent;
use muster_protocol::{EmployeeId, FieldError, TeamId, UtcMillis};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::hours::word_of;
use crate::app::App;
use crate::http::audit::{self, Event};
use crate::http::error::{ApiError, ApiResult};
use crate::http::export::{Cell, Format, Table, columns};
use crate::http::extract::{Body, Permit, Query, Validate, needs};
use crate::http::span::report_span_of;
use crate::http::whom::Whom;

/// What becomes of the time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum NewKind {
    Active,
    Idle,
    Break,
    Meeting,
    /// It was no work.
    Remove,
}

/// A correction to make.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct NewCorrection {
    /// Makes the request repeatable.
    #[serde(default)]
    id: Option<Uuid>,
    employee_id: EmployeeId,
    /// Milliseconds since 1970.
    from: UtcMillis,
    to: UtcMillis,
    kind: NewKind,
    reason: String,
}

impl Validate for NewCorrection {
    fn problems(&self) -> Vec<FieldError> {
        Vec::new()
    }
}

/// A correction that was made.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CorrectionBody {
    id: Uuid,
    employee_id: EmployeeId,
    employee_name: Option<String>,
    from: UtcMillis,
    to: UtcMillis,
    /// active, idle, break, meeting or remove.
    kind: &'static str,
    reason: String,
    author: EmployeeId,
    author_name: Option<String>,
    at: UtcMillis,
}

impl CorrectionBody {
    /// The row with the names that people have now.
    fn of(app: &App, row: CorrectionRow) -> Self {
        let name = |id: &EmployeeId| app.hub.people.get(id).map(|person| person.row().name.clone());
        let Correction { at, id, author, reason, span, kind } = row.correction;
        let kind = match kind {
            CorrectionKind::Set(kind) => word_of(kind),
            CorrectionKind::Remove => "remove",
        };
        Self {
            id,
            employee_name: name(&row.employee),
            author_name: name(&author),
            employee_id: row.employee,
            from: span.from,
            to: span.to,
            kind,
            reason,
            author,
            at,
        }
    }
}

/// Corrects the hours of somebody whom the caller manages.
#[utoipa::path(tag = "work", request_body = NewCorrection, responses((status = 201, body = CorrectionBody), (status = 403), (status = 422)))]
#[post("/api/work/corrections")]
pub async fn add(permit: Permit<needs::CorrectTime>, Body(new): Body<NewCorrection>) -> ApiResult<HttpResponse> {
    let person = permit.subject(&new.employee_id)?;
    let now = permit.app.now().wall;
    let correction = Correction {
        at: now,
        id: new.id.unwrap_or_else(Uuid::now_v7),
        author: permit.person.id().clone(),
        reason: new.reason.trim().to_owned(),
        span: Span { from: new.from, to: new.to },
        kind: kind_of(new.kind),
    };
    correction.validate(now).map_err(|error| ApiError::field("correction", error.to_string()))?;
    let row = CorrectionRow { employee: person.id().clone(), correction };
    permit.app.hub.database.work().add_correction(&row).await?;
    let event = Event::by(&permit.person, "time_corrected").about(person.id());
    audit::note(&permit.app, event.with("from", new.from).with("to", new.to).with("correction", row.correction.id));
    let employee = person.id().clone();
    permit.app.hub.announce(Some(person.id()), PortalEvent::HoursChanged { employee });
    Ok(HttpResponse::Created().json(CorrectionBody::of(&permit.app, row)))
}

fn kind_of(kind: NewKind) -> CorrectionKind {
    match kind {
        NewKind::Active => CorrectionKind::Set(SegmentKind::Active),
        NewKind::Idle => CorrectionKind::Set(SegmentKind::Idle),
        NewKind::Break => CorrectionKind::Set(SegmentKind::Break),
        NewKind::Meeting => CorrectionKind::Set(SegmentKind::Meeting),
        NewKind::Remove => CorrectionKind::Remove,
    }
}

/// Whose corrections, of which time.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Which {
    #[serde(alias = "employeeId")]
    #[param(value_type = Option<String>)]
    employee: Option<EmployeeId>,
    #[serde(alias = "teamId")]
    team: Option<TeamId>,
    from: Option<String>,
    to: Option<String>,
    #[serde(default)]
    format: Format,
}

impl Validate for Which {}

/// Corrections of time in a range: the employee sees every one of the own.
#[utoipa::path(tag = "work", params(Which), responses((status = 200, body = Vec<CorrectionBody>)))]
#[get("/api/work/corrections")]
pub async fn list(permit: Permit<needs::SeeHours>, Query(which): Query<Which>) -> ApiResult<HttpResponse> {
    let whom = Whom { employee: which.employee.as_ref(), team: which.team, ..Whom::default() };
    let people = whom.people(&permit)?;
    let ids = people.iter().map(|person| person.id().clone()).collect::<Vec<_>>();
    let zone = permit.app.hub.policies.zone();
    let span = report_span_of(which.from.as_deref(), which.to.as_deref(), &zone, permit.app.now().wall)?;
    let rows = permit.app.hub.database.work().corrections_of(&ids, span).await?;
    let corrections = rows.into_iter().map(|row| CorrectionBody::of(&permit.app, row));
    if which.format == Format::Json {
        return Ok(HttpResponse::Ok().json(corrections.collect::<Vec<_>>()));
    }
    let rows = corrections.map(|correction| export_row(correction, &zone)).collect();
    let table = Table { name: "work-corrections".to_owned(), columns: columns(COLUMNS), rows };
    Ok(table.respond(which.format).await)
}

const COLUMNS: &[(&str, &str)] = &[
    ("employeeId", "Employee"),
    ("name", "Name"),
    ("from", "From"),
    ("to", "To"),
    ("kind", "Became"),
    ("reason", "Reason"),
    ("author", "By"),
    ("authorName", "By (name)"),
    ("at", "Made at"),
];

fn export_row(correction: CorrectionBody, zone: &Zone) -> Vec<Cell> {
    vec![
        Cell::text(correction.employee_id),
        Cell::or_empty(correction.employee_name, Cell::Text),
        Cell::at(correction.from, zone),
        Cell::at(correction.to, zone),
        Cell::text(correction.kind),
        Cell::Text(correction.reason),
        Cell::text(correction.author),
        Cell::or_empty(correction.author_name, Cell::Text),
        Cell::at(correction.at, zone),
    ]
}
