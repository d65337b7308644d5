//! The newest picture of a screen.

use std::sync::Arc;
use std::time::Duration;

use actix_web::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY};
use actix_web::web::Path;
use actix_web::{HttpResponse, get};
use bytes::Bytes;
use muster_actors::live::LiveTrack;
use muster_media::live::{Picture, shrink_jpeg};
use muster_protocol::limits::WALL_WIDTH_MAX;
use muster_protocol::portal::{BlankReason, TrackPhase};
use muster_protocol::{EmployeeId, ErrorCode, FieldError, UtcMillis};
use serde::Deserialize;
use utoipa::IntoParams;

use super::watched;
use crate::app::App;
use crate::http::error::{ApiError, ApiResult};
use crate::http::extract::{Permit, Query, Validate, check, needs};

/// A request for a picture is a watch of so long: a script that asks every few seconds keeps the screen warm.
const WATCH_MS: u64 = 10_000;
/// How long a request waits for the first picture.
const FIRST_PICTURE_WITHIN: Duration = Duration::from_secs(5);
const LOOK_EVERY: Duration = Duration::from_millis(50);
/// When the captured moment was, in milliseconds since 1970 by the hub's clock.
const CAPTURED_AT: &str = "X-Muster-Captured-At";
/// How long ago the screen was last known to look like this, in milliseconds.
const AGE_MS: &str = "X-Muster-Age-Ms";
/// The number of the picture: another number, another picture.
const SEQ: &str = "X-Muster-Seq";

/// How large.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct HowLarge {
    /// A smaller picture, 32 to 480 pixels wide.
    width: Option<u16>,
}

impl Validate for HowLarge {
    fn problems(&self) -> Vec<FieldError> {
        let mut problems = Vec::new();
        let right = self.width.is_none_or(|width| (32..=WALL_WIDTH_MAX).contains(&width));
        check(&mut problems, right, "width", "32 to 480");
        problems
    }
}

impl HowLarge {
    /// The picture as it was asked for. Decodes in turn, on a thread that may block.
    pub async fn of(&self, app: &App, jpeg: Bytes, has_width: u16) -> ApiResult<Bytes> {
        let Some(width) = self.width.filter(|width| *width < has_width) else { return Ok(jpeg) };
        let _turn = app.pictures.acquire().await.map_err(ApiError::internal)?;
        let shrunk =
            tokio::task::spawn_blocking(move || shrink_jpeg(&jpeg, width)).await.map_err(ApiError::internal)?;
        // The agent sent what looked like a picture and is none.
        shrunk.map(Bytes::from).map_err(|error| ApiError::new(ErrorCode::UnsupportedPicture, error.to_string()))
    }
}

/// The newest picture, at most 480 pixels wide. Asking is watching: it is shown to the person and kept as a viewing, and
/// ends ten seconds after the last request. Headers: `X-Muster-Captured-At` (milliseconds since 1970), `X-Muster-Age-Ms`,
/// `X-Muster-Seq`. 409 says why nothing can be seen, 503 that the first picture is still on its way.
#[utoipa::path(tag = "live", params(("employee" = EmployeeId, Path), ("track" = u32, Path), HowLarge), responses((status = 200, content_type = "image/jpeg"), (status = 403), (status = 409), (status = 503)))]
#[get("/api/live/{employee}/{track}/frame")]
pub async fn frame(
    permit: Permit<needs::WatchScreen>,
    path: Path<(String, u32)>,
    Query(how): Query<HowLarge>,
) -> ApiResult<HttpResponse> {
    let (employee, track) = path.into_inner();
    let person = watched(&permit, &employee)?;
    let app = &permit.app;
    let live = app.hub.live.open(person.id(), track);
    let lease = app.leases.watch(&app.hub, &permit.person, (person.id(), track, None), WATCH_MS, app.now());
    lease.map_err(|_| ApiError::new(ErrorCode::TooMany, "you watch too many screens at once"))?;
    let picture = first_picture(&live, permit.person.id()).await?;
    let jpeg = how.of(app, picture.jpeg.clone(), picture.width).await?;
    Ok(show(&picture, jpeg, app.now().wall))
}

/// The newest picture; waits for the first one of a watch that has just begun.
async fn first_picture(live: &Arc<LiveTrack>, watcher: &EmployeeId) -> ApiResult<Picture> {
    let look = async {
        loop {
            if live.is_watched_by(watcher) {
                if let Some(picture) = live.latest() {
                    return Ok(picture);
                }
                let view = live.view();
                if view.phase == TrackPhase::Blank {
                    return Err(blank(view.reason.unwrap_or(BlankReason::Offline)));
                }
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    };
    let waited = tokio::time::timeout(FIRST_PICTURE_WITHIN, look).await;
    waited.unwrap_or_else(|_| Err(ApiError::new(ErrorCode::Unavailable, "the first picture is on its way; ask again")))
}

fn blank(reason: BlankReason) -> ApiError {
    let why = match reason {
        BlankReason::Offline => "no agent of this person is connected",
        BlankReason::NotWorking => "this person is not working",
        BlankReason::OnBreak => "this person is on a break",
        BlankReason::Paused => "this person has paused capture",
        BlankReason::NotPermitted => "you may not watch this person",
        BlankReason::LiveViewOff => "the policy turns live view off for this person",
        BlankReason::NoticeNotAcknowledged => "this person has not acknowledged the notice",
        BlankReason::CaptureFailed => "the agent could not take a picture",
        BlankReason::NoSuchTrack => "there is no such display",
        BlankReason::Overloaded => "the hub is busy",
    };
    ApiError::new(ErrorCode::Conflict, why)
}

fn show(picture: &Picture, jpeg: Bytes, now: UtcMillis) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("image/jpeg")
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header((CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"))
        .insert_header((CAPTURED_AT, picture.captured_at.0))
        .insert_header((AGE_MS, now.since(picture.confirmed_at).max(0)))
        .insert_header((SEQ, picture.seq))
        .body(jpeg)
}
