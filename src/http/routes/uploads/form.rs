//! The multipart form of a screenshot, read within its bounds. File names are not looked at.

use actix_multipart::{Field, Multipart, MultipartError};
use bytes::{Bytes, BytesMut};
use futures_util::TryStreamExt;
use muster_protocol::ids::ScreenshotId;
use muster_protocol::limits::SCREENSHOT_BYTES_MAX;
use muster_protocol::{EmployeeId, ErrorCode, UtcMillis};

use super::instant::parse_instant;
use crate::http::error::{ApiError, ApiResult};

/// Parts of a form; clients send four.
const PARTS_MAX: usize = 16;
/// What is read and forgotten of a part that is too large: who is cut off while sending never reads why.
const HEARD_OUT_BYTES_MAX: usize = SCREENSHOT_BYTES_MAX;
/// A part that is not the picture.
const TEXT_BYTES_MAX: usize = 1024;

/// What a client uploads.
#[derive(Debug, Default)]
pub struct Form {
    pub picture: Bytes,
    /// When the picture was taken; the moment of the upload for clients that do not say.
    pub taken_at: Option<UtcMillis>,
    /// Made by the client: the same id again is the same screenshot.
    pub id: Option<ScreenshotId>,
    pub employee: Option<EmployeeId>,
    pub track: Option<u32>,
}

impl Form {
    /// Reads a form.
    pub async fn read(mut multipart: Multipart) -> ApiResult<Self> {
        let mut form = Self::default();
        let mut parts = 0;
        while let Some(mut field) = multipart.try_next().await.map_err(malformed)? {
            parts += 1;
            if parts > PARTS_MAX {
                return Err(ApiError::new(ErrorCode::TooLarge, "the form has too many parts"));
            }
            form.take(&mut field).await?;
        }
        if form.picture.is_empty() {
            return Err(ApiError::field("screenshot", "a JPEG, PNG or WebP picture"));
        }
        Ok(form)
    }

    async fn take(&mut self, field: &mut Field) -> ApiResult<()> {
        let name = field.name().unwrap_or_default().to_owned();
        if name == "screenshot" {
            self.picture = read(field, SCREENSHOT_BYTES_MAX).await?;
            return Ok(());
        }
        let bytes = read(field, TEXT_BYTES_MAX).await?;
        let text = str::from_utf8(&bytes).map_err(|_| ApiError::field(&name, "text"))?.trim();
        match name.as_str() {
            "ts" => self.taken_at = Some(parse_instant(text).ok_or_else(|| wrong_instant(&name))?),
            "id" => self.id = Some(text.parse().map_err(|_| ApiError::field("id", "a UUID"))?),
            "employeeId" => {
                self.employee = Some(text.parse().map_err(|_| ApiError::field("employeeId", "an employee id"))?)
            }
            "track" => self.track = Some(text.parse().map_err(|_| ApiError::field("track", "a number"))?),
            _ => {}
        }
        Ok(())
    }
}

async fn read(field: &mut Field, bytes_max: usize) -> ApiResult<Bytes> {
    let (mut collected, mut beyond) = (BytesMut::new(), 0);
    while let Some(chunk) = field.try_next().await.map_err(malformed)? {
        if beyond == 0 && collected.len() + chunk.len() <= bytes_max {
            collected.extend_from_slice(&chunk);
            continue;
        }
        beyond += chunk.len();
        if beyond > HEARD_OUT_BYTES_MAX {
            break;
        }
    }
    if beyond > 0 {
        return Err(ApiError::new(ErrorCode::TooLarge, format!("this part has at most {bytes_max} bytes")));
    }
    Ok(collected.freeze())
}

fn malformed(error: MultipartError) -> ApiError {
    ApiError::new(ErrorCode::Malformed, format!("the form is broken: {error}"))
}

fn wrong_instant(field: &str) -> ApiError {
    ApiError::field(field, "milliseconds or seconds since 1970, or RFC 3339")
}
