//! `/api/uploads/{id}`: the picture, its thumbnail, and its deletion.

use actix_web::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY};
use actix_web::{HttpResponse, delete, get, web};
use muster_db::{BlobId, DeletionReason, ScreenshotRow};
use muster_protocol::FieldError;
use muster_protocol::ids::ScreenshotId;
use muster_protocol::limits::TEXT_CHARS_MAX;
use muster_protocol::portal::PortalEvent;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::app::App;
use crate::http::audit::{self, Event};
use crate::http::error::{ApiError, ApiResult};
use crate::http::extract::{Needs, Permit, Query, Validate, check, needs};

async fn find<N: Needs>(permit: &Permit<N>, id: &str) -> ApiResult<ScreenshotRow> {
    let id = id.parse::<ScreenshotId>().map_err(|_| ApiError::not_found("screenshot"))?;
    let row = permit.app.hub.database.screenshots().get(id).await?;
    let row = row.ok_or_else(|| ApiError::not_found("screenshot"))?;
    permit.subject(&row.employee)?;
    Ok(row)
}

/// A picture as a browser may show it: as this type and nothing else, kept by this person's browser alone.
async fn show(app: &App, blob: BlobId, media_type: &str) -> ApiResult<HttpResponse> {
    let bytes = app.blobs.get(blob).await?;
    Ok(HttpResponse::Ok()
        .content_type(media_type)
        .insert_header((CACHE_CONTROL, "private, max-age=3600, immutable"))
        .insert_header((CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"))
        .body(bytes))
}

/// The picture as it was uploaded.
#[utoipa::path(tag = "uploads", params(("id" = String, Path)), responses((status = 200, content_type = "image/jpeg"), (status = 403), (status = 404)))]
#[get("/api/uploads/{id}")]
pub async fn picture(permit: Permit<needs::SeeScreenshots>, id: web::Path<String>) -> ApiResult<HttpResponse> {
    let row = find(&permit, &id).await?;
    show(&permit.app, row.blob, &row.media_type).await
}

/// A JPEG of at most 480 pixels a side.
#[utoipa::path(tag = "uploads", params(("id" = String, Path)), responses((status = 200, content_type = "image/jpeg"), (status = 403), (status = 404)))]
#[get("/api/uploads/{id}/thumb")]
pub async fn thumb(permit: Permit<needs::SeeScreenshots>, id: web::Path<String>) -> ApiResult<HttpResponse> {
    let row = find(&permit, &id).await?;
    show(&permit.app, row.thumbnail, "image/jpeg").await
}

/// Why it goes.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Why {
    /// For the receipt.
    #[serde(default)]
    reason: String,
}

impl Validate for Why {
    fn problems(&self) -> Vec<FieldError> {
        let mut problems = Vec::new();
        let right = self.reason.chars().count() <= TEXT_CHARS_MAX;
        check(&mut problems, right, "reason", "at most 2000 characters");
        problems
    }
}

/// What proves a deletion.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DeletionReceipt {
    /// Its number: `/api/receipts` has the whole receipt.
    seq: u64,
    hash: String,
    previous_hash: String,
    content_hash: String,
}

/// Deletes picture, thumbnail and row, and leaves a receipt.
#[utoipa::path(tag = "uploads", params(("id" = String, Path), Why), responses((status = 200, body = DeletionReceipt), (status = 403), (status = 404)))]
#[delete("/api/uploads/{id}")]
pub async fn delete(
    permit: Permit<needs::DeleteScreenshot>,
    id: web::Path<String>,
    Query(why): Query<Why>,
) -> ApiResult<HttpResponse> {
    let row = find(&permit, &id).await?;
    let app = &permit.app;
    let why = if why.reason.trim().is_empty() { "deleted by hand".to_owned() } else { why.reason };
    app.blobs.delete(row.blob).await?;
    app.blobs.delete(row.thumbnail).await?;
    let reason = DeletionReason { at: app.now().wall, why, by: Some(permit.person.id().clone()) };
    let receipt = app.hub.database.screenshots().delete(&row, &reason).await?;
    audit::note(app, Event::by(&permit.person, "screenshot_deleted").about(&row.employee).with("receipt", receipt.seq));
    let event = PortalEvent::ScreenshotDeleted { employee: row.employee.clone(), id: row.id };
    app.hub.announce(Some(&row.employee), event);
    Ok(HttpResponse::Ok().json(DeletionReceipt {
        seq: receipt.seq,
        hash: receipt.hash,
        previous_hash: receipt.previous_hash,
        content_hash: receipt.content_hash,
    }))
}
