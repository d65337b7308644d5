//! `/api/work/{start,heartbeat,stop,break}`: what clients without an agent do.

use actix_web::{HttpResponse, post, web};
use muster_actors::employee::{Work, WorkRequest, WorkView};
use muster_protocol::{EmployeeId, FieldError, UtcMillis};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::hours::word_of;
use crate::http::error::ApiResult;
use crate::http::extract::{Permit, Validate, check, needs, parse};

/// A work session, in the words of the older clients.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct WorkSessionBody {
    /// Names the session while it runs: `start` while one is open returns the same.
    id: String,
    employee_id: EmployeeId,
    start: UtcMillis,
    /// Up to here work is known; the end once it no longer runs.
    end: UtcMillis,
    running: bool,
    /// active, idle, break, meeting or ended.
    state: &'static str,
    /// Elapsed work time: the sum of all segments, in seconds.
    active_seconds: f64,
    idle_seconds: f64,
    break_seconds: f64,
    /// Active − idle − break.
    net_seconds: f64,
}

impl From<WorkView> for WorkSessionBody {
    fn from(view: WorkView) -> Self {
        let totals = view.totals();
        Self {
            id: format!("{}-{}", view.employee, view.session.start),
            start: view.session.start,
            end: view.session.end,
            running: view.is_open(),
            state: view.kind.map_or("ended", word_of),
            active_seconds: seconds(totals.active_ms),
            idle_seconds: seconds(totals.idle_ms),
            break_seconds: seconds(totals.break_ms),
            net_seconds: seconds(totals.net_ms),
            employee_id: view.employee,
        }
    }
}

/// Milliseconds as the older clients read them; exact, because a double holds milliseconds of centuries.
pub fn seconds(ms: i64) -> f64 {
    ms as f64 / 1000.0
}

/// What older clients send with `start`, `heartbeat` and `stop`: possibly nothing at all.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct WorkBody {
    /// Only the caller's own.
    #[serde(default)]
    employee_id: Option<EmployeeId>,
    /// With `heartbeat`: the last seconds before this call were idle.
    #[serde(default)]
    idle_delta_seconds: Option<f64>,
}

impl Validate for WorkBody {
    fn problems(&self) -> Vec<FieldError> {
        let mut problems = Vec::new();
        let right = self.idle_delta_seconds.is_none_or(|seconds| (0.0..=86_400.0).contains(&seconds));
        check(&mut problems, right, "idleDeltaSeconds", "0 to 86400");
        problems
    }
}

async fn act(permit: &Permit<needs::ActAsDevice>, body: &WorkBody, request: WorkRequest) -> ApiResult<HttpResponse> {
    let person = permit.subject_or_self(body.employee_id.as_ref())?;
    let view = permit.app.hub.ask(person.id(), Work(request)).await??;
    Ok(HttpResponse::Ok().json(WorkSessionBody::from(view)))
}

/// Older clients post nothing, or JSON.
fn optional(bytes: &web::Bytes) -> ApiResult<WorkBody> {
    if bytes.is_empty() { Ok(WorkBody::default()) } else { parse(bytes) }
}

/// Punches in. While a session is open, returns it.
#[utoipa::path(tag = "work", request_body = Option<WorkBody>, responses((status = 200, body = WorkSessionBody)))]
#[post("/api/work/start")]
pub async fn start(permit: Permit<needs::ActAsDevice>, body: web::Bytes) -> ApiResult<HttpResponse> {
    act(&permit, &optional(&body)?, WorkRequest::Start).await
}

/// A sign of work. `idleDeltaSeconds`: so much of the time since the last heartbeat was idle.
#[utoipa::path(tag = "work", request_body = WorkBody, responses((status = 200, body = WorkSessionBody), (status = 409), (status = 422)))]
#[post("/api/work/heartbeat")]
pub async fn heartbeat(permit: Permit<needs::ActAsDevice>, body: web::Bytes) -> ApiResult<HttpResponse> {
    let body = optional(&body)?;
    let idle_delta_seconds = body.idle_delta_seconds.unwrap_or_default();
    act(&permit, &body, WorkRequest::Heartbeat { idle_delta_seconds }).await
}

/// Punches out.
#[utoipa::path(tag = "work", request_body = Option<WorkBody>, responses((status = 200, body = WorkSessionBody), (status = 409)))]
#[post("/api/work/stop")]
pub async fn stop(permit: Permit<needs::ActAsDevice>, body: web::Bytes) -> ApiResult<HttpResponse> {
    act(&permit, &optional(&body)?, WorkRequest::Stop).await
}

/// Begins a break.
#[utoipa::path(tag = "work", request_body = Option<WorkBody>, responses((status = 200, body = WorkSessionBody), (status = 409)))]
#[post("/api/work/break/start")]
pub async fn break_start(permit: Permit<needs::ActAsDevice>, body: web::Bytes) -> ApiResult<HttpResponse> {
    act(&permit, &optional(&body)?, WorkRequest::BreakBegin).await
}

/// Ends a break.
#[utoipa::path(tag = "work", request_body = Option<WorkBody>, responses((status = 200, body = WorkSessionBody), (status = 409)))]
#[post("/api/work/break/stop")]
pub async fn break_stop(permit: Permit<needs::ActAsDevice>, body: web::Bytes) -> ApiResult<HttpResponse> {
    act(&permit, &optional(&body)?, WorkRequest::BreakEnd).await
}
