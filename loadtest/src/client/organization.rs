//! The organization, and the notice that its people acknowledge.

use serde::Deserialize;

use super::RestClient;
use crate::error::LoadtestError;

/// The organization's settings, as far as a client needs them.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Organization {
    pub name: String,
    /// IANA name. A working day is a day of this zone.
    pub time_zone: String,
}

/// A published notice.
#[derive(Clone, Debug, Deserialize)]
pub struct NoticeRow {
    pub version: u64,
}

#[derive(Deserialize)]
struct NoticeState {
    notice: Option<NoticeRow>,
}

impl RestClient {
    /// The organization that the caller belongs to.
    pub async fn organization(&self) -> Result<Organization, LoadtestError> {
        self.get("/api/org", &[]).await
    }

    /// The notice that is in force; `text` is published if there is none (admin only).
    pub async fn ensure_notice(&self, text: &str) -> Result<NoticeRow, LoadtestError> {
        let state: NoticeState = self.get("/api/notice", &[]).await?;
        match state.notice {
            Some(notice) => Ok(notice),
            None => self.post("/api/notice", &serde_json::json!({ "text": text })).await,
        }
    }
}
