//! Which devices there are: of oneself, of one's teams, or of everyone.

use std::collections::{HashMap, HashSet};

use actix_web::{HttpResponse, get};
use futures_util::future::join_all;
use muster_actors::employee::{ConnectedDevice, ConnectedDevices};
use muster_db::{DeviceRow, Whose};
use muster_domain::Zone;
use muster_protocol::limits::PAGE_ROWS_MAX;
use muster_protocol::{DeviceId, EmployeeId, FieldError, TeamId};
use serde::Deserialize;
use utoipa::IntoParams;

use super::Device;
use crate::app::App;
use crate::http::error::ApiResult;
use crate::http::export::{Cell, Format, Table, columns};
use crate::http::extract::{Permit, Query, Validate, needs};
use crate::http::page::{Page, check_limit, cursor_of, every_row, page_rows};
use crate::http::whom::Whom;

/// Which devices.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct WhichDevices {
    /// Whose. Default: of everyone whom the caller may see.
    #[serde(alias = "employeeId")]
    #[param(value_type = Option<String>)]
    employee: Option<EmployeeId>,
    #[serde(alias = "teamId")]
    team: Option<TeamId>,
    cursor: Option<String>,
    /// Rows on a page, 1 to 500.
    #[serde(default = "page_rows")]
    limit: usize,
    #[serde(default)]
    format: Format,
}

impl Validate for WhichDevices {
    fn problems(&self) -> Vec<FieldError> {
        let mut problems = Vec::new();
        check_limit(&mut problems, self.limit);
        problems
    }
}

/// Devices, the latest enrolled first.
#[utoipa::path(tag = "devices", params(WhichDevices), responses((status = 200, body = Page<Device>), (status = 403)))]
#[get("/api/devices")]
pub async fn list(permit: Permit<needs::SeeDevices>, Query(which): Query<WhichDevices>) -> ApiResult<HttpResponse> {
    let whom = Whom { employee: which.employee.as_ref(), team: which.team, ..Whom::default() };
    let (ids, app) = (whom.ids(&permit)?, &permit.app);
    let whose = ids.as_deref().map_or(Whose::Everyone, Whose::These);
    let store = app.hub.database.devices();
    if which.format == Format::Json {
        let cursor = cursor_of(which.cursor.as_deref())?;
        let page = store.page(whose, cursor.as_ref(), which.limit).await?;
        let connected = connected(app, &page.rows).await;
        return Ok(Page::of(page, |row| Device::of(app, row, &connected)).respond());
    }
    let rows = every_row(async |cursor: Option<_>| store.page(whose, cursor.as_ref(), PAGE_ROWS_MAX).await).await?;
    let (connected, zone) = (connected(app, &rows).await, app.hub.policies.zone());
    let rows = rows.into_iter().map(|row| export_row(Device::of(app, row, &connected), &zone)).collect();
    Ok(Table { name: "devices".to_owned(), columns: columns(COLUMNS), rows }.respond(which.format).await)
}

/// Which of these devices are connected now. Who does not answer has none.
pub async fn connected(app: &App, rows: &[DeviceRow]) -> HashMap<DeviceId, ConnectedDevice> {
    let owners = rows.iter().map(|row| &row.employee).collect::<HashSet<_>>();
    let asked = owners.into_iter().filter_map(|owner| app.hub.running(owner));
    let answers = join_all(asked.map(async |actor| actor.send(ConnectedDevices).await.unwrap_or_default())).await;
    answers.into_iter().flatten().map(|connected| (connected.device, connected)).collect()
}

const COLUMNS: &[(&str, &str)] = &[
    ("deviceId", "Device"),
    ("employeeId", "Employee"),
    ("employeeName", "Employee's name"),
    ("name", "Name"),
    ("os", "System"),
    ("agentVersion", "Agent"),
    ("enrolledAt", "Enrolled at"),
    ("connected", "Connected"),
    ("displays", "Displays"),
    ("lastSeen", "Last seen"),
    ("clockSkewMs", "Clock ahead by"),
    ("revokedAt", "Revoked at"),
];

fn export_row(device: Device, zone: &Zone) -> Vec<Cell> {
    vec![
        Cell::text(device.device_id),
        Cell::text(device.employee_id),
        Cell::or_empty(device.employee_name, Cell::Text),
        Cell::Text(device.name),
        Cell::Text(device.os),
        Cell::Text(device.agent_version),
        Cell::at(device.enrolled_at, zone),
        Cell::Bool(device.connected),
        Cell::Integer(device.displays.len() as i64),
        Cell::or_empty(device.last_seen, |at| Cell::at(at, zone)),
        Cell::or_empty(device.clock_skew_ms, Cell::Duration),
        Cell::or_empty(device.revoked_at, |at| Cell::at(at, zone)),
    ]
}
