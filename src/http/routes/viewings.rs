//! `/api/viewings`: who watched whom. Nobody watches without one of these.

use actix_web::web::ServiceConfig;
use actix_web::{HttpResponse, get};
use muster_db::{ViewingRow, Whose};
use muster_domain::permission::{Action, Reach};
use muster_domain::{Span, Zone};
use muster_protocol::limits::PAGE_ROWS_MAX;
use muster_protocol::{EmployeeId, FieldError, UtcMillis};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::app::App;
use crate::http::error::ApiResult;
use crate::http::export::{Cell, Format, Table, columns};
use crate::http::extract::{Permit, Query, Validate, needs};
use crate::http::page::{Page, check_limit, cursor_of, every_row, page_rows};
use crate::http::span::span_of;

/// Registers the routes of this file.
pub fn configure(config: &mut ServiceConfig) {
    config.service(list);
}

/// The record that somebody watched.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Viewing {
    id: Uuid,
    /// Who was watched.
    employee_id: EmployeeId,
    employee_name: Option<String>,
    /// Who watched.
    viewer: EmployeeId,
    viewer_name: Option<String>,
    /// What was watched, such as `screen 1`.
    what: String,
    from: UtcMillis,
    /// Null while it goes on.
    to: Option<UtcMillis>,
}

impl Viewing {
    /// The row with the names that people have now.
    pub fn of(app: &App, row: ViewingRow) -> Self {
        let name = |id: &EmployeeId| app.hub.people.get(id).map(|person| person.row().name.clone());
        Self {
            id: row.id,
            employee_name: name(&row.employee),
            viewer_name: name(&row.viewer),
            employee_id: row.employee,
            viewer: row.viewer,
            what: row.what,
            from: row.from,
            to: row.to,
        }
    }
}

/// Which viewings.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct WhichViewings {
    /// Who was watched. Default: everyone whom the caller may see.
    #[serde(alias = "employeeId")]
    #[param(value_type = Option<String>)]
    employee: Option<EmployeeId>,
    /// A day such as 2026-11-20, or milliseconds since 1970. Default: all that is kept.
    from: Option<String>,
    /// A day (included) or milliseconds (excluded).
    to: Option<String>,
    cursor: Option<String>,
    /// Rows on a page, 1 to 500.
    #[serde(default = "page_rows")]
    limit: usize,
    #[serde(default)]
    format: Format,
}

impl Validate for WhichViewings {
    fn problems(&self) -> Vec<FieldError> {
        let mut problems = Vec::new();
        check_limit(&mut problems, self.limit);
        problems
    }
}

/// Viewings that began in a range, newest first: of oneself, of one's teams, or of everyone.
#[utoipa::path(tag = "records", params(WhichViewings), responses((status = 200, body = Page<Viewing>), (status = 403)))]
#[get("/api/viewings")]
pub async fn list(permit: Permit<needs::SeeViewings>, Query(which): Query<WhichViewings>) -> ApiResult<HttpResponse> {
    let (app, zone) = (&permit.app, permit.app.hub.policies.zone());
    let span = match (which.from.as_deref(), which.to.as_deref()) {
        (None, None) => Span::ALL,
        (from, to) => span_of(from, to, &zone, app.now().wall)?,
    };
    let everyone = which.employee.is_none() && permit.principal.reach(Action::SeeViewings) == Reach::Everyone;
    let people = if everyone { Vec::new() } else { permit.named_or_visible(which.employee.as_ref())? };
    let ids = people.iter().map(|person| person.id().clone()).collect::<Vec<_>>();
    let whose = if everyone { Whose::Everyone } else { Whose::These(&ids) };
    let store = app.hub.database.viewings();
    if which.format == Format::Json {
        let cursor = cursor_of(which.cursor.as_deref())?;
        let page = store.list(whose, span, cursor.as_ref(), which.limit).await?;
        return Ok(Page::of(page, |row| Viewing::of(app, row)).respond());
    }
    let read = async |cursor: Option<_>| store.list(whose, span, cursor.as_ref(), PAGE_ROWS_MAX).await;
    let rows = every_row(read).await?.into_iter().map(|row| export_row(Viewing::of(app, row), &zone)).collect();
    Ok(Table { name: "viewings".to_owned(), columns: columns(COLUMNS), rows }.respond(which.format).await)
}

const COLUMNS: &[(&str, &str)] = &[
    ("employeeId", "Employee"),
    ("employeeName", "Name"),
    ("viewer", "Viewer"),
    ("viewerName", "Viewer's name"),
    ("what", "What"),
    ("from", "From"),
    ("to", "To"),
];

fn export_row(viewing: Viewing, zone: &Zone) -> Vec<Cell> {
    vec![
        Cell::text(viewing.employee_id),
        Cell::or_empty(viewing.employee_name, Cell::Text),
        Cell::text(viewing.viewer),
        Cell::or_empty(viewing.viewer_name, Cell::Text),
        Cell::Text(viewing.what),
        Cell::at(viewing.from, zone),
        Cell::or_empty(viewing.to, |at| Cell::at(at, zone)),
    ]
}
