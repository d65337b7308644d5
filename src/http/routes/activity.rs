//! `/api/activity`: what the older telemetry client posts and its dashboards read.

use std::collections::HashMap;

use actix_web::{HttpResponse, get, post};
use muster_actors::Person;
use muster_actors::employee::Request as Touch;
use muster_actors::roster::Snapshot;
use muster_domain::presence::Activity;
use muster_protocol::limits::FUTURE_SKEW_MS_MAX;
use muster_protocol::presence::Status;
use muster_protocol::{EmployeeId, ErrorCode, FieldError, UtcMillis};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::uploads::Upload;
use crate::http::error::{ApiError, ApiResult};
use crate::http::extract::{Body, Permit, Query, Validate, check, needs};
use crate::http::view::view_of;

/// Idle for longer than a day is a defect of the client.
const DURATION_SECONDS_MAX: f64 = 86_400.0;

/// The older client's two words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum LiveWord {
    Working,
    Idle,
}

/// A ping of the older telemetry client, every 30 s.
#[derive(Debug, Deserialize, ToSchema)]
pub struct LiveStatus {
    #[serde(rename = "employeeId", alias = "employee_id", default)]
    employee_id: Option<EmployeeId>,
    status: LiveWord,
    /// For how many seconds it has held.
    #[serde(default)]
    duration_seconds: f64,
    /// The client's clock, in seconds since 1970.
    #[serde(default)]
    timestamp: Option<f64>,
}

impl Validate for LiveStatus {
    fn problems(&self) -> Vec<FieldError> {
        let mut problems = Vec::new();
        let right = (0.0..=DURATION_SECONDS_MAX).contains(&self.duration_seconds);
        check(&mut problems, right, "duration_seconds", "0 to 86400");
        let right = self.timestamp.is_none_or(|seconds| seconds.is_finite() && seconds >= 0.0);
        check(&mut problems, right, "timestamp", "seconds since 1970");
        problems
    }
}

/// Takes a ping: a touch, and active or idle.
#[utoipa::path(tag = "activity", request_body = LiveStatus, responses((status = 200), (status = 400), (status = 403), (status = 422)))]
#[post("/api/activity/live-status")]
pub async fn live_status(permit: Permit<needs::ActAsDevice>, Body(ping): Body<LiveStatus>) -> ApiResult<HttpResponse> {
    let person = permit.subject_or_self(ping.employee_id.as_ref())?;
    let now = permit.app.now().wall;
    let ahead_ms = ping.timestamp.map_or(0.0, |seconds| seconds * 1000.0 - now.0 as f64);
    if ahead_ms > FUTURE_SKEW_MS_MAX as f64 {
        return Err(ApiError::new(
            ErrorCode::InTheFuture,
            "timestamp lies more than five minutes ahead of the hub's clock",
        ));
    }
    let activity = match ping.status {
        LiveWord::Working => Activity::Input,
        LiveWord::Idle => Activity::Idle { since: now.minus((ping.duration_seconds * 1000.0) as i64) },
    };
    permit.app.hub.tell(person.id(), Touch { device: permit.device(), activity: Some(activity) });
    Ok(HttpResponse::Ok().json(serde_json::json!({ "ok": true })))
}

/// One person on the older dashboard.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LiveEntry {
    employee_id: EmployeeId,
    name: String,
    current_status: LiveWord,
    /// The last touch, in milliseconds since 1970.
    last_ping: Option<UtcMillis>,
    /// Since when the status holds.
    last_updated: UtcMillis,
}

/// Everyone who is here, in the words of the older dashboard.
#[utoipa::path(tag = "activity", responses((status = 200, body = Vec<LiveEntry>)))]
#[get("/api/activity/live-status/all")]
pub async fn live_status_all(permit: Permit<needs::SeePresence>) -> ApiResult<HttpResponse> {
    let snapshot = Snapshot { view: view_of(&permit.person) };
    let entries = permit.app.hub.roster.send(snapshot).await.map_err(|_| ApiError::unavailable())?;
    let here = entries.into_iter().filter(|entry| entry.status != Status::Offline);
    let body = here.map(|entry| LiveEntry {
        employee_id: entry.employee,
        name: entry.name,
        current_status: if entry.status == Status::Active { LiveWord::Working } else { LiveWord::Idle },
        last_ping: entry.last_seen,
        last_updated: entry.since,
    });
    Ok(HttpResponse::Ok().json(body.collect::<Vec<_>>()))
}

/// How many screenshots of each person.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Latest {
    /// 1 to 20.
    #[serde(default = "latest_each")]
    each: usize,
}

fn latest_each() -> usize {
    4
}

impl Validate for Latest {
    fn problems(&self) -> Vec<FieldError> {
        let mut problems = Vec::new();
        check(&mut problems, (1..=20).contains(&self.each), "each", "1 to 20");
        problems
    }
}

/// One person's latest screenshots.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Recent {
    employee_id: EmployeeId,
    name: String,
    latest: Vec<Upload>,
    count: usize,
}

/// The latest screenshots of everyone whom the caller may see, who has any.
#[utoipa::path(tag = "activity", params(Latest), responses((status = 200, body = Vec<Recent>)))]
#[get("/api/activity/recent")]
pub async fn recent(permit: Permit<needs::SeeScreenshots>, Query(latest): Query<Latest>) -> ApiResult<HttpResponse> {
    let people = permit.visible();
    let ids = people.iter().map(|person| person.id().clone()).collect::<Vec<_>>();
    let rows = permit.app.hub.database.screenshots().latest_of(&ids, latest.each).await?;
    let mut uploads = HashMap::<EmployeeId, Vec<Upload>>::new();
    for row in &rows {
        uploads.entry(row.employee.clone()).or_default().push(Upload::of(row));
    }
    let recent_of = |person: &std::sync::Arc<Person>| {
        let latest = uploads.remove(person.id())?;
        let count = latest.len();
        Some(Recent { employee_id: person.id().clone(), name: person.row().name.clone(), latest, count })
    };
    Ok(HttpResponse::Ok().json(people.iter().filter_map(recent_of).collect::<Vec<_>>()))
}
