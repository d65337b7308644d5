//! Starts and stops a watch without a socket.

use actix_web::web::Path;
use actix_web::{HttpResponse, delete, post};
use muster_actors::live::TrackView;
use muster_protocol::portal::{BlankReason, Tier, TrackPhase};
use muster_protocol::{EmployeeId, ErrorCode, FieldError, UtcMillis};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{seated, watched};
use crate::http::error::{ApiError, ApiResult};
use crate::http::extract::{Body, Permit, Query, Validate, check, needs};

/// A watch runs out after so many seconds at the latest, unless it is prolonged.
const SECONDS_MAX: u64 = 300;

/// What to watch, and for how long.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StartWatch {
    /// The display, from 0.
    #[serde(default)]
    track: u32,
    /// `wall` (at most 480 pixels wide) or `focus` (at most 1920).
    #[serde(default = "wall")]
    tier: Tier,
    /// 1 to 300. Asking again prolongs the watch.
    #[serde(default = "half_a_minute")]
    seconds: u64,
}

fn wall() -> Tier {
    Tier::Wall
}

fn half_a_minute() -> u64 {
    30
}

impl Validate for StartWatch {
    fn problems(&self) -> Vec<FieldError> {
        let mut problems = Vec::new();
        check(&mut problems, (1..=SECONDS_MAX).contains(&self.seconds), "seconds", "1 to 300");
        problems
    }
}

/// A watch that goes on.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Watching {
    employee_id: EmployeeId,
    track: u32,
    /// When it ends by itself.
    expires_at: UtcMillis,
    state: TrackPhase,
    /// Why there are no pictures, when `state` is `blank`.
    reason: Option<BlankReason>,
    /// Since when.
    since: UtcMillis,
}

/// Starts or prolongs a watch. The person sees it at once, and it is kept as a viewing.
#[utoipa::path(tag = "live", params(("employee" = EmployeeId, Path)), request_body = StartWatch, responses((status = 200, body = Watching), (status = 403), (status = 429), (status = 503)))]
#[post("/api/live/{employee}/watch")]
pub async fn start(
    permit: Permit<needs::WatchScreen>,
    employee: Path<String>,
    Body(wish): Body<StartWatch>,
) -> ApiResult<HttpResponse> {
    let person = watched(&permit, &employee)?;
    let (app, track) = (&permit.app, wish.track);
    let wanted = (person.id(), track, Some(wish.tier));
    let lease = app.leases.watch(&app.hub, &permit.person, wanted, wish.seconds * 1_000, app.now());
    let expires_at = lease.map_err(|_| ApiError::new(ErrorCode::TooMany, "you watch too many screens at once"))?;
    let live = app.hub.live.open(person.id(), track);
    seated(&live, permit.person.id()).await?;
    let TrackView { phase: state, reason, since, .. } = live.view();
    let employee_id = person.id().clone();
    Ok(HttpResponse::Ok().json(Watching { employee_id, track, expires_at, state, reason, since }))
}

/// Which display.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct WhichTrack {
    /// The display, from 0.
    #[serde(default)]
    track: u32,
}

impl Validate for WhichTrack {}

/// Ends a watch that `POST` began.
#[utoipa::path(tag = "live", params(("employee" = EmployeeId, Path), WhichTrack), responses((status = 204), (status = 404)))]
#[delete("/api/live/{employee}/watch")]
pub async fn stop(
    permit: Permit<needs::WatchScreen>,
    employee: Path<String>,
    Query(which): Query<WhichTrack>,
) -> ApiResult<HttpResponse> {
    let person = watched(&permit, &employee)?;
    match permit.app.leases.stop(permit.person.id(), person.id(), which.track) {
        true => Ok(HttpResponse::NoContent().finish()),
        false => Err(ApiError::not_found("watch")),
    }
}
