//! `POST /api/uploads/screenshot`: checks and decode off the actors' threads, encrypted blob, row, 201, roster event.

use actix_multipart::Multipart;
use actix_web::{HttpResponse, post};
use bytes::Bytes;
use muster_actors::Person;
use muster_db::{BlobId, ScreenshotRow, Write};
use muster_media::{Examined, Fingerprint, PictureError, examine};
use muster_protocol::ids::ScreenshotId;
use muster_protocol::limits::FUTURE_SKEW_MS_MAX;
use muster_protocol::portal::PortalEvent;
use muster_protocol::{ErrorCode, UtcMillis};
use sha2::{Digest, Sha256};

use super::form::Form;
use super::list::Upload;
use crate::app::App;
use crate::http::changes::commit;
use crate::http::error::{ApiError, ApiResult};
use crate::http::extract::{Permit, needs};

/// Stores a screenshot. With an `id` the upload may be repeated: it is stored once.
#[utoipa::path(
    tag = "uploads",
    request_body(content_type = "multipart/form-data", description = "`screenshot` (JPEG, PNG or WebP, at most 8 MiB), `ts`, `id`?, `employeeId`?, `track`?"),
    responses((status = 201, body = Upload), (status = 403), (status = 413), (status = 415), (status = 422))
)]
#[post("/api/uploads/screenshot")]
pub async fn screenshot(permit: Permit<needs::ActAsDevice>, multipart: Multipart) -> ApiResult<HttpResponse> {
    let form = Form::read(multipart).await?;
    let app = &permit.app;
    let person = permit.subject_or_self(form.employee.as_ref())?;
    if app.hub.policies.notice_due(person.id()).is_some() {
        let message = "the current notice has not been acknowledged";
        return Err(ApiError::new(ErrorCode::NoticeNotAcknowledged, message));
    }
    let now = app.now().wall;
    let taken_at = form.taken_at.unwrap_or(now);
    if taken_at.since(now) > FUTURE_SKEW_MS_MAX {
        return Err(ApiError::new(ErrorCode::InTheFuture, "ts lies more than five minutes ahead of the hub's clock"));
    }
    let id = form.id.unwrap_or_else(ScreenshotId::generate);
    if let Some(stored) = app.hub.database.screenshots().get(id).await? {
        return stored_before(&stored, &person);
    }
    let examined = examined(app, form.picture.clone()).await?;
    let upload = Shot { id, taken_at, track: form.track, picture: form.picture };
    let row = store(&permit, &person, upload, examined).await?;
    app.hub.announce(
        Some(person.id()),
        PortalEvent::ScreenshotStored {
            employee: row.employee.clone(),
            id,
            at: taken_at,
            near_identical: row.near_identical,
        },
    );
    Ok(HttpResponse::Created().json(Upload::of(&row)))
}

/// A picture that was sent again.
fn stored_before(stored: &ScreenshotRow, person: &Person) -> ApiResult<HttpResponse> {
    if stored.employee != *person.id() {
        return Err(ApiError::new(ErrorCode::Conflict, "another screenshot has this id"));
    }
    Ok(HttpResponse::Created().json(Upload::of(stored)))
}

/// Decodes in turn, on a thread that may block.
async fn examined(app: &App, picture: Bytes) -> ApiResult<Examined> {
    let _turn = app.pictures.acquire().await.map_err(ApiError::internal)?;
    let examined = tokio::task::spawn_blocking(move || examine(&picture)).await.map_err(ApiError::internal)?;
    examined.map_err(|error| match error {
        PictureError::TooManyBytes { .. } | PictureError::TooMuchMemory | PictureError::Dimensions { .. } => {
            ApiError::new(ErrorCode::TooLarge, error.to_string())
        }
        other => ApiError::new(ErrorCode::UnsupportedPicture, other.to_string()),
    })
}

struct Shot {
    id: ScreenshotId,
    taken_at: UtcMillis,
    track: Option<u32>,
    picture: Bytes,
}

/// First the pictures, then the row: a row never points at nothing. Pictures whose row does not come, whatever the reason,
/// are known as drafts, and the janitor deletes them.
async fn store(
    permit: &Permit<needs::ActAsDevice>,
    person: &Person,
    shot: Shot,
    examined: Examined,
) -> ApiResult<ScreenshotRow> {
    let app = &permit.app;
    let near_identical = is_near_identical(app, person, examined.fingerprint).await?;
    let (blob, thumbnail) = (BlobId::generate(), BlobId::generate());
    commit(app, vec![Write::BlobsDrafted { blobs: [blob, thumbnail], at: app.now().wall }]).await?;
    app.blobs.put(blob, shot.picture.clone()).await?;
    app.blobs.put(thumbnail, examined.thumbnail_jpeg.into()).await?;
    let row = ScreenshotRow {
        id: shot.id,
        employee: person.id().clone(),
        taken_at: shot.taken_at,
        received_at: app.now().wall,
        device: permit.device(),
        track: shot.track,
        media_type: examined.info.format.media_type().to_owned(),
        width: examined.info.width,
        height: examined.info.height,
        bytes: shot.picture.len() as u64,
        content_hash: hex(&Sha256::digest(&shot.picture)),
        perceptual_hash: examined.fingerprint.0,
        near_identical,
        blob,
        thumbnail,
    };
    commit(app, vec![Write::Screenshot(Box::new(row.clone()))]).await?;
    metrics::counter!("muster_screenshots_stored_total").increment(1);
    Ok(row)
}

async fn is_near_identical(app: &App, person: &Person, fingerprint: Fingerprint) -> ApiResult<bool> {
    let latest = app.hub.database.screenshots().latest_of(std::slice::from_ref(person.id()), 1).await?;
    Ok(latest.first().is_some_and(|row| Fingerprint(row.perceptual_hash).is_near_identical(fingerprint)))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
