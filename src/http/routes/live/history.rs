//! The strip of past pictures of a screen, while it is watched. In memory only.

use actix_web::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY};
use actix_web::web::Path;
use actix_web::{HttpResponse, get};
use muster_protocol::{EmployeeId, UtcMillis};
use serde::Serialize;
use utoipa::ToSchema;

use super::frame::HowLarge;
use super::watched_track;
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

/// The times of past pictures. Only for who watches the screen this moment.
#[utoipa::path(tag = "live", params(("employee" = EmployeeId, Path), ("track" = u32, Path)), responses((status = 200, body = LiveHistory), (status = 403), (status = 409)))]
#[get("/api/live/{employee}/{track}/history")]
pub async fn list(permit: Permit<needs::WatchScreen>, path: Path<(String, u32)>) -> ApiResult<HttpResponse> {
    let (employee, track) = path.into_inner();
    let live = watched_track(&permit, &employee, track)?;
    let items = live.history(|history| {
        let moment = |entry: &muster_media::live::HistoryEntry| Moment {
            id: entry.id,
            at: entry.at,
            width: entry.width,
            height: entry.height,
        };
        history.entries().map(moment).collect()
    });
    Ok(HttpResponse::Ok().json(LiveHistory { employee_id: live.employee.clone(), track, items }))
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
    let live = watched_track(&permit, &employee, track)?;
    let found = live.history(|history| history.get(id).cloned()).ok_or_else(|| ApiError::not_found("picture"))?;
    let jpeg = how.of(&permit.app, found.jpeg, found.width).await?;
    Ok(HttpResponse::Ok()
        .content_type("image/jpeg")
        .insert_header((CACHE_CONTROL, "private, max-age=600, immutable"))
        .insert_header((CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"))
        .body(jpeg))
}
