//! The strip of past pictures of a screen, while it is watched. In memory only.

use actix_web::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY};
use actix_web::web::Path;
use actix_web::{HttpResponse, get};
use muster_media::live::HistoryEntry;
use muster_protocol::{EmployeeId, ErrorCode, UtcMillis};
use serde::Serialize;
use utoipa::ToSchema;

use super::frame::HowLarge;
use super::{watched, watched_track};
use crate::http::error::{ApiError, ApiResult};
use crate::http::extract::{Permit, Query, needs};

/// The strip, oldest first.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LiveHistory {
    employee_id: EmployeeId,
    track: u32,
    /// At most 60.
    items: Vec<Moment>,
}

/// One past picture.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Moment {
    id: u32,
    at: UtcMillis,
    width: u16,
    height: u16,
}

/// The times of past pictures. Empty unless the caller watches the screen this moment.
#[utoipa::path(tag = "live", params(("employee" = EmployeeId, Path), ("track" = u32, Path)), responses((status = 200, body = LiveHistory), (status = 403)))]
#[get("/api/live/{employee}/{track}/history")]
pub async fn list(permit: Permit<needs::WatchScreen>, path: Path<(String, u32)>) -> ApiResult<HttpResponse> {
    let (employee, track) = path.into_inner();
    let person = watched(&permit, &employee)?;
    let live = watched_track(&permit, &person, track);
    let items = live.map(|live| live.history(|history| history.entries().map(Moment::of).collect()));
    let employee_id = person.id().clone();
    Ok(HttpResponse::Ok().json(LiveHistory { employee_id, track, items: items.unwrap_or_default() }))
}

impl Moment {
    fn of(entry: &HistoryEntry) -> Self {
        Self { id: entry.id, at: entry.at, width: entry.width, height: entry.height }
    }
}

/// One past picture.
#[utoipa::path(tag = "live", params(("employee" = EmployeeId, Path), ("track" = u32, Path), ("id" = u32, Path), HowLarge), responses((status = 200, content_type = "image/jpeg"), (status = 403), (status = 404), (status = 409)))]
#[get("/api/live/{employee}/{track}/history/{id}")]
pub async fn picture(
    permit: Permit<needs::WatchScreen>,
    path: Path<(String, u32, u32)>,
    Query(how): Query<HowLarge>,
) -> ApiResult<HttpResponse> {
    let (employee, track, id) = path.into_inner();
    let person = watched(&permit, &employee)?;
    let live = watched_track(&permit, &person, track).ok_or_else(not_watched)?;
    let found = live.history(|history| history.get(id).cloned()).ok_or_else(|| ApiError::not_found("picture"))?;
    let jpeg = how.of(&permit.app, found.jpeg, found.width).await?;
    Ok(HttpResponse::Ok()
        .content_type("image/jpeg")
        .insert_header((CACHE_CONTROL, "private, max-age=600, immutable"))
        .insert_header((CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"))
        .body(jpeg))
}

fn not_watched() -> ApiError {
    ApiError::new(ErrorCode::Conflict, "watch this screen first: its pictures are kept only while you do")
}
