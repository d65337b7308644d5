//! `/api/alerts`: what somebody should look at. Whoever may see a person's presence sees the person's alerts, the person
//! first of all.

pub mod settings;

use actix_web::web::ServiceConfig;
use actix_web::{HttpResponse, get};
use muster_actors::roster::alert_of;
use muster_db::{AlertRow, Whose};
use muster_domain::permission::{Action, Reach};
use muster_domain::{Span, Zone};
use muster_protocol::alert::Alert;
use muster_protocol::limits::PAGE_ROWS_MAX;
use muster_protocol::{EmployeeId, FieldError};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::app::App;
use crate::http::error::ApiResult;
use crate::http::export::{Cell, Format, Table, columns};
use crate::http::extract::{Permit, Query, Validate, needs};
use crate::http::page::{Page, check_limit, cursor_of, every_row, page_rows};

/// Registers the routes of this file and its folder.
pub fn configure(config: &mut ServiceConfig) {
    config.service(list).service(settings::get).service(settings::replace);
}

/// Which alerts.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct WhichAlerts {
    /// Whom they are about. Default: everyone whom the caller may see.
    #[serde(alias = "employeeId")]
    #[param(value_type = Option<String>)]
    employee: Option<EmployeeId>,
    cursor: Option<String>,
    /// Rows on a page, 1 to 500; those that go on come beside it, on the first page.
    #[serde(default = "page_rows")]
    limit: usize,
    #[serde(default)]
    format: Format,
}

impl Validate for WhichAlerts {
    fn problems(&self) -> Vec<FieldError> {
        let mut problems = Vec::new();
        check_limit(&mut problems, self.limit);
        problems
    }
}

/// Alerts: those that go on first, then those that are over, each the newest first.
#[utoipa::path(tag = "alerts", params(WhichAlerts), responses((status = 200, body = Page<Alert>), (status = 403)))]
#[get("/api/alerts")]
pub async fn list(permit: Permit<needs::SeePresence>, Query(which): Query<WhichAlerts>) -> ApiResult<HttpResponse> {
    let (app, store) = (&permit.app, permit.app.hub.database.alerts());
    let everyone = which.employee.is_none() && permit.principal.reach(Action::SeePresence) == Reach::Everyone;
    let people = if everyone { Vec::new() } else { permit.named_or_visible(which.employee.as_ref())? };
    let ids = people.iter().map(|person| person.id().clone()).collect::<Vec<_>>();
    let whose = if everyone { Whose::Everyone } else { Whose::These(&ids) };
    if which.format != Format::Json {
        let read = async |cursor: Option<_>| store.list(whose, Span::ALL, cursor.as_ref(), PAGE_ROWS_MAX).await;
        let zone = app.hub.policies.zone();
        let rows = every_row(read).await?.iter().map(|row| export_row(&alert(app, row), &zone)).collect();
        return Ok(Table { name: "alerts".to_owned(), columns: columns(COLUMNS), rows }.respond(which.format).await);
    }
    let cursor = cursor_of(which.cursor.as_deref())?;
    let mut open = if cursor.is_none() { store.open().await? } else { Vec::new() };
    open.retain(|row| everyone || ids.contains(&row.employee));
    open.sort_by_key(|row| std::cmp::Reverse(row.since));
    let past = store.list(whose, Span::ALL, cursor.as_ref(), which.limit).await?;
    let mut page = Page::of(past, |row| alert(app, &row));
    page.items.retain(|alert| alert.until.is_some());
    page.items.splice(0..0, open.iter().map(|row| alert(app, row)));
    Ok(page.respond())
}

/// The row with the name that the person has now.
pub fn alert(app: &App, row: &AlertRow) -> Alert {
    let name = app.hub.people.get(&row.employee).map(|person| person.row().name.clone());
    alert_of(row, name.unwrap_or_else(|| row.employee.to_string()))
}

const COLUMNS: &[(&str, &str)] = &[
    ("employeeId", "Employee"),
    ("name", "Name"),
    ("kind", "Alert"),
    ("since", "Since"),
    ("until", "Until"),
    ("detail", "Detail"),
];

fn export_row(alert: &Alert, zone: &Zone) -> Vec<Cell> {
    let kind = serde_json::to_value(alert.kind).ok().and_then(|kind| kind.as_str().map(str::to_owned));
    vec![
        Cell::text(&alert.employee),
        Cell::Text(alert.name.clone()),
        Cell::or_empty(kind, Cell::Text),
        Cell::at(alert.since, zone),
        Cell::or_empty(alert.until, |at| Cell::at(at, zone)),
        Cell::Text(alert.detail.clone()),
    ]
}
