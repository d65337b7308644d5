//! `GET /api/uploads/list`: which screenshots there are, newest first.

use actix_web::{HttpResponse, get};
use muster_db::{ScreenshotRow, Whose};
use muster_domain::{Span, Zone};
use muster_protocol::ids::ScreenshotId;
use muster_protocol::limits::PAGE_ROWS_MAX;
use muster_protocol::{EmployeeId, FieldError, TeamId, UtcMillis};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::app::App;
use crate::http::error::ApiResult;
use crate::http::export::{Cell, Format, Table, columns};
use crate::http::extract::{Permit, Query, Validate, needs};
use crate::http::page::{Page, check_limit, cursor_of, every_row, page_rows};
use crate::http::span::span_of;
use crate::http::whom::Whom;

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
    #[serde(alias = "employee")]
    #[param(value_type = Option<String>)]
    employee_id: Option<EmployeeId>,
    #[serde(alias = "teamId")]
    team: Option<TeamId>,
    /// A day such as 2026-11-20, or milliseconds.
    from: Option<String>,
    to: Option<String>,
    cursor: Option<String>,
    /// Rows on a page, 1 to 500.
    #[serde(default = "page_rows")]
    limit: usize,
    #[serde(default)]
    format: Format,
}

impl Validate for Filter {
    fn problems(&self) -> Vec<FieldError> {
        let mut problems = Vec::new();
        check_limit(&mut problems, self.limit);
        problems
    }
}

/// Lists screenshots of those whom the caller may see, newest first. The cursor of the next page is in `X-Next-Cursor`.
#[utoipa::path(tag = "uploads", params(Filter), responses((status = 200, body = Vec<Upload>), (status = 403), (status = 422)))]
#[get("/api/uploads/list")]
pub async fn list(permit: Permit<needs::SeeScreenshots>, Query(filter): Query<Filter>) -> ApiResult<HttpResponse> {
    let (app, zone) = (&permit.app, permit.app.hub.policies.zone());
    let span = match (&filter.from, &filter.to) {
        (None, None) => Span::ALL,
        (from, to) => span_of(from.as_deref(), to.as_deref(), &zone, app.now().wall)?,
    };
    let whom = Whom { employee: filter.employee_id.as_ref(), team: filter.team, ..Whom::default() };
    let ids = whom.ids(&permit)?;
    let whose = ids.as_deref().map_or(Whose::Everyone, Whose::These);
    let store = app.hub.database.screenshots();
    if filter.format == Format::Json {
        let cursor = cursor_of(filter.cursor.as_deref())?;
        let page = store.list(whose, span, cursor.as_ref(), filter.limit).await?;
        return Ok(Page::of(page, |row| Upload::of(&row)).respond_bare());
    }
    let read = async |cursor: Option<_>| store.list(whose, span, cursor.as_ref(), PAGE_ROWS_MAX).await;
    let rows = every_row(read).await?.iter().map(|row| export_row(app, row, &zone)).collect();
    Ok(Table { name: "screenshots".to_owned(), columns: columns(COLUMNS), rows }.respond(filter.format).await)
}

const COLUMNS: &[(&str, &str)] = &[
    ("employeeId", "Employee"),
    ("name", "Name"),
    ("takenAt", "Taken at"),
    ("width", "Width"),
    ("height", "Height"),
    ("bytes", "Bytes"),
    ("nearIdentical", "Like the one before"),
    ("id", "Screenshot"),
];

fn export_row(app: &App, row: &ScreenshotRow, zone: &Zone) -> Vec<Cell> {
    let person = app.hub.people.get(&row.employee);
    vec![
        Cell::text(&row.employee),
        Cell::or_empty(person, |person| Cell::text(&person.row().name)),
        Cell::at(row.taken_at, zone),
        Cell::Integer(row.width.into()),
        Cell::Integer(row.height.into()),
        Cell::Integer(i64::try_from(row.bytes).unwrap_or(i64::MAX)),
        Cell::Bool(row.near_identical),
        Cell::text(row.id),
    ]
}
