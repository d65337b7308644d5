//! `GET /api/uploads/list`: which screenshots there are, newest first.

use actix_web::{HttpResponse, get};
use muster_db::{Cursor, ScreenshotRow, Whose};
use muster_domain::Span;
use muster_domain::permission::{Action, Reach};
use muster_protocol::ids::ScreenshotId;
use muster_protocol::limits::PAGE_ROWS_MAX;
use muster_protocol::{EmployeeId, FieldError, UtcMillis};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::http::error::{ApiError, ApiResult};
use crate::http::extract::{Permit, Query, Validate, check, needs};
use crate::http::span::span_of;

/// The header with the cursor of the next page; absent on the last.
pub const NEXT_CURSOR_HEADER: &str = "X-Next-Cursor";

/// A screenshot. `file` is a URL that checks who asks.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Upload {
    id: ScreenshotId,
    file: String,
    thumb: String,
    /// When it was taken, in milliseconds since 1970.
    ts: UtcMillis,
    employee_id: EmployeeId,
    width: u32,
    height: u32,
    bytes: u64,
    /// Looks like the one before.
    near_identical: bool,
}

impl Upload {
    /// The row, as clients see it.
    pub fn of(row: &ScreenshotRow) -> Self {
        Self {
            id: row.id,
            file: format!("/api/uploads/{}", row.id),
            thumb: format!("/api/uploads/{}/thumb", row.id),
            ts: row.taken_at,
            employee_id: row.employee.clone(),
            width: row.width,
            height: row.height,
            bytes: row.bytes,
            near_identical: row.near_identical,
        }
    }
}

/// Which screenshots. Without dates: all that are kept.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase")]
pub struct Filter {
    #[param(value_type = Option<String>)]
    employee_id: Option<EmployeeId>,
    /// A day such as 2026-11-20, or milliseconds.
    from: Option<String>,
    to: Option<String>,
    cursor: Option<String>,
    /// Rows on a page, 1 to 500.
    #[serde(default = "page_rows")]
    limit: usize,
}

fn page_rows() -> usize {
    100
}

impl Validate for Filter {
    fn problems(&self) -> Vec<FieldError> {
        let mut problems = Vec::new();
        check(&mut problems, (1..=PAGE_ROWS_MAX).contains(&self.limit), "limit", "1 to 500");
        problems
    }
}

/// Lists screenshots of those whom the caller may see.
#[utoipa::path(tag = "uploads", params(Filter), responses((status = 200, body = Vec<Upload>)))]
#[get("/api/uploads/list")]
pub async fn list(permit: Permit<needs::SeeScreenshots>, Query(filter): Query<Filter>) -> ApiResult<HttpResponse> {
    let policies = &permit.app.hub.policies;
    let span = match (&filter.from, &filter.to) {
        (None, None) => Span::ALL,
        (from, to) => span_of(from.as_deref(), to.as_deref(), &policies.zone(), permit.app.now().wall)?,
    };
    let cursor = filter.cursor.as_deref().map(str::parse::<Cursor>).transpose();
    let cursor = cursor.map_err(|_| ApiError::field("cursor", "the cursor of the page before"))?;
    let sees_all = filter.employee_id.is_none() && permit.principal.reach(Action::SeeScreenshots) == Reach::Everyone;
    let ids = if sees_all { Vec::new() } else { ids(&permit, filter.employee_id.as_ref())? };
    let whose = if sees_all { Whose::Everyone } else { Whose::These(&ids) };
    let page = permit.app.hub.database.screenshots().list(whose, span, cursor.as_ref(), filter.limit).await?;
    let mut response = HttpResponse::Ok();
    if let Some(next) = &page.next {
        response.insert_header((NEXT_CURSOR_HEADER, next.to_string()));
    }
    Ok(response.json(page.rows.iter().map(Upload::of).collect::<Vec<_>>()))
}

fn ids(permit: &Permit<needs::SeeScreenshots>, employee: Option<&EmployeeId>) -> ApiResult<Vec<EmployeeId>> {
    let people = permit.named_or_visible(employee)?;
    Ok(people.iter().map(|person| person.id().clone()).collect())
}
