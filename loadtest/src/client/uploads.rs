//! Screenshots: upload as a device, list as a manager.

use bytes::Bytes;
use muster_protocol::ids::ScreenshotId;
use muster_protocol::{EmployeeId, UtcMillis};
use reqwest::multipart::{Form, Part};
use reqwest::{Body, Method};
use serde::Deserialize;

use super::RestClient;
use crate::error::LoadtestError;

/// A picture on its way up. The id is made here, so that sending it twice stores it once.
#[derive(Clone, Debug)]
pub struct ScreenshotUpload {
    pub id: ScreenshotId,
    pub taken_at: UtcMillis,
    pub jpeg: Bytes,
}

/// A screenshot as the hub lists it.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ScreenshotRow {
    pub id: ScreenshotId,
    pub employee_id: EmployeeId,
}

#[derive(Deserialize)]
struct Stored {
    id: ScreenshotId,
}

impl RestClient {
    /// Uploads one screenshot; an employee's or a device's token may. Returns once the hub has stored it.
    pub async fn upload_screenshot(&self, upload: &ScreenshotUpload) -> Result<ScreenshotId, LoadtestError> {
        let length = upload.jpeg.len() as u64;
        let response = self
            .call(&Method::POST, "/api/uploads/screenshot", |request| {
                let picture = Part::stream_with_length(Body::from(upload.jpeg.clone()), length)
                    .file_name("screen.jpg")
                    .mime_str("image/jpeg")
                    .expect("image/jpeg is a media type");
                let form = Form::new()
                    .text("id", upload.id.to_string())
                    .text("ts", upload.taken_at.to_string())
                    .part("screenshot", picture);
                request.multipart(form)
            })
            .await?;
        let stored: Stored = response.json().await?;
        Ok(stored.id)
    }

    /// Every screenshot taken from `from` on that the caller may see.
    pub async fn screenshots(&self, from: UtcMillis) -> Result<Vec<ScreenshotRow>, LoadtestError> {
        self.get_all("/api/uploads/list", &[("from", from.to_string())]).await
    }
}
