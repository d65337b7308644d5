//! `POST /api/uploads/request`: a screenshot now, from the agents that are connected.

use actix_web::{HttpResponse, post};
use muster_actors::employee::{ConnectedDevices, Tell};
use muster_protocol::agent::AgentDown;
use muster_protocol::{EmployeeId, ErrorCode};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::http::audit::{self, Event};
use crate::http::error::{ApiError, ApiResult};
use crate::http::extract::{Body, Permit, Validate, needs};

/// Of whom.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ScreenshotWish {
    employee_id: EmployeeId,
}

impl Validate for ScreenshotWish {}

/// The wish is with the agents.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ScreenshotWished {
    /// Names the wish in the logs of hub and agent, and in the audit.
    request_id: Uuid,
}

/// Asks the person's connected agents for a screenshot now. They take one under the same rules as at any other time: only
/// while the person works, not while idle or on a break, only if the policy wants screenshots and the notice was
/// acknowledged. It arrives like any other, as `screenshot_stored`. The wish is kept in the audit, which the person sees.
/// 409: no agent is connected; 429: the person was asked for six in the last minute.
#[utoipa::path(tag = "uploads", request_body = ScreenshotWish, responses((status = 202, body = ScreenshotWished), (status = 403), (status = 404), (status = 409), (status = 429)))]
#[post("/api/uploads/request")]
pub async fn request(permit: Permit<needs::WatchScreen>, Body(wish): Body<ScreenshotWish>) -> ApiResult<HttpResponse> {
    let (app, person) = (&permit.app, permit.subject(&wish.employee_id)?);
    let absent = || ApiError::new(ErrorCode::Conflict, "no agent of this person is connected");
    let actor = app.hub.running(person.id()).ok_or_else(absent)?;
    if actor.send(ConnectedDevices).await.unwrap_or_default().is_empty() {
        return Err(absent());
    }
    app.limits.screenshot_wish(person.id()).map_err(ApiError::too_many)?;
    let request_id = Uuid::now_v7();
    let message = AgentDown::TakeScreenshot { request_id: request_id.to_string() };
    actor.try_send(Tell(message)).map_err(|_| ApiError::unavailable())?;
    audit::note(app, Event::by(&permit.person, "screenshot_requested").about(person.id()).with("request", request_id));
    Ok(HttpResponse::Accepted().json(ScreenshotWished { request_id }))
}
