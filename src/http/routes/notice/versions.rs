//! `/api/notice/versions`: every text that was ever published.

use actix_web::{HttpResponse, get};
use muster_db::NoticeRow;
use muster_protocol::{EmployeeId, FieldError, UtcMillis};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::app::App;
use crate::http::error::ApiResult;
use crate::http::extract::{Permit, Query, Validate, check, needs};
use crate::http::page::Page;

/// Texts are long: a page has few.
const ROWS_MAX: usize = 50;

/// Which versions.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct WhichVersions {
    /// The version before which the page begins.
    cursor: Option<u64>,
    /// Rows on a page, 1 to 50.
    #[serde(default = "some")]
    limit: usize,
}

fn some() -> usize {
    20
}

impl Validate for WhichVersions {
    fn problems(&self) -> Vec<FieldError> {
        let mut problems = Vec::new();
        check(&mut problems, (1..=ROWS_MAX).contains(&self.limit), "limit", "1 to 50");
        problems
    }
}

/// A text that was published.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct NoticeVersion {
    version: u64,
    text: String,
    published_at: UtcMillis,
    published_by: EmployeeId,
    published_by_name: Option<String>,
    /// How many people have acknowledged it.
    acknowledged: u64,
}

impl NoticeVersion {
    fn of(app: &App, row: NoticeRow) -> Self {
        Self {
            version: row.notice.version,
            text: row.notice.text,
            published_at: row.notice.published_at,
            published_by_name: app.hub.people.get(&row.published_by).map(|person| person.row().name.clone()),
            published_by: row.published_by,
            acknowledged: row.acknowledged,
        }
    }
}

/// Every version, newest first.
#[utoipa::path(tag = "notice", params(WhichVersions), responses((status = 200, body = Page<NoticeVersion>), (status = 403)))]
#[get("/api/notice/versions")]
pub async fn list(permit: Permit<needs::ManageNotice>, Query(which): Query<WhichVersions>) -> ApiResult<HttpResponse> {
    let mut rows = permit.app.hub.database.notices().versions(which.cursor, which.limit + 1).await?;
    let more = rows.len() > which.limit;
    rows.truncate(which.limit);
    let next = if more { rows.last().map(|row| row.notice.version.to_string()) } else { None };
    Ok(Page { items: rows.into_iter().map(|row| NoticeVersion::of(&permit.app, row)).collect(), next }.respond())
}
