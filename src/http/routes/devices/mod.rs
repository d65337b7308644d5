//! `/api/devices`: the desktops that agents run on.

pub mod enrol;
pub mod events;

use actix_web::web::ServiceConfig;
use actix_web::{HttpResponse, delete, get};
use muster_db::{DeviceRow, Whose};
use muster_domain::permission::Action;
use muster_protocol::limits::PAGE_ROWS_MAX;
use muster_protocol::{DeviceId, EmployeeId, FieldError, UtcMillis};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::http::audit::{self, Event};
use crate::http::changes::{end_sessions, to_the_end};
use crate::http::error::{ApiError, ApiResult};
use crate::http::export::{Cell, Format, Table, columns};
use crate::http::extract::{Caller, Permit, Query, Validate, needs};
use crate::http::id::Id;
use crate::http::page::{Page, check_limit, cursor_of, every_row, page_rows};

/// Registers the routes of this file and its folder.
pub fn configure(config: &mut ServiceConfig) {
    config.service(enrol::offer).service(enrol::enrol).service(enrol::create_many).service(enrol::create);
    config.service(list).service(events::list).service(revoke);
}

/// A device. Its token is shown once, to whom enrols it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Device {
    device_id: DeviceId,
    employee_id: EmployeeId,
    name: String,
    os: String,
    /// Empty before its first hello.
    agent_version: String,
    enrolled_at: UtcMillis,
    /// Of its last hello.
    last_seen: Option<UtcMillis>,
    /// The device's clock minus the hub's, at its last hello.
    clock_skew_ms: Option<i64>,
    /// Since then its token is worth nothing.
    revoked_at: Option<UtcMillis>,
}

impl From<DeviceRow> for Device {
    fn from(row: DeviceRow) -> Self {
        Self {
            device_id: row.id,
            employee_id: row.employee,
            name: row.name,
            os: row.os,
            agent_version: row.agent_version,
            enrolled_at: row.enrolled_at,
            last_seen: row.last_seen,
            clock_skew_ms: row.clock_skew_ms,
            revoked_at: row.revoked_at,
        }
    }
}

/// Which devices.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct WhichDevices {
    /// Default: for administrators everyone's, for others their own.
    #[serde(alias = "employeeId")]
    #[param(value_type = Option<String>)]
    employee: Option<EmployeeId>,
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
pub async fn list(permit: Permit<needs::ActAs>, Query(which): Query<WhichDevices>) -> ApiResult<HttpResponse> {
    let owner = owner_of(&permit, which.employee.as_ref())?;
    let whose = owner.as_ref().map_or(Whose::Everyone, |owner| Whose::These(std::slice::from_ref(owner)));
    let store = permit.app.hub.database.devices();
    if which.format == Format::Json {
        let cursor = cursor_of(which.cursor.as_deref())?;
        let page = store.page(whose, cursor.as_ref(), which.limit).await?;
        return Ok(Page::of(page, Device::from).respond());
    }
    let devices = every_row(async |cursor: Option<_>| store.page(whose, cursor.as_ref(), PAGE_ROWS_MAX).await).await?;
    let zone = permit.app.hub.policies.zone();
    let row = |device: DeviceRow| {
        vec![
            Cell::text(device.id),
            Cell::text(device.employee),
            Cell::Text(device.name),
            Cell::Text(device.os),
            Cell::Text(device.agent_version),
            Cell::at(device.enrolled_at, &zone),
            Cell::or_empty(device.last_seen, |at| Cell::at(at, &zone)),
            Cell::or_empty(device.revoked_at, |at| Cell::at(at, &zone)),
        ]
    };
    let rows = devices.into_iter().map(row).collect();
    Ok(Table { name: "devices".to_owned(), columns: columns(COLUMNS), rows }.respond(which.format).await)
}

const COLUMNS: &[(&str, &str)] = &[
    ("deviceId", "Device"),
    ("employeeId", "Employee"),
    ("name", "Name"),
    ("os", "System"),
    ("agentVersion", "Agent"),
    ("enrolledAt", "Enrolled at"),
    ("lastSeen", "Last seen"),
    ("revokedAt", "Revoked at"),
];

/// Whose devices the caller asks for; `None`: everyone's.
fn owner_of(caller: &Caller, employee: Option<&EmployeeId>) -> ApiResult<Option<EmployeeId>> {
    let administers = caller.principal.may(Action::ManageDevices, None);
    let Some(employee) = employee else { return Ok((!administers).then(|| caller.person.id().clone())) };
    let person = caller.app.hub.people.find(employee);
    let is_own = person.as_ref().is_some_and(|person| person.id() == caller.person.id());
    match person {
        Some(person) if administers || is_own => Ok(Some(person.id().clone())),
        None if administers => Err(ApiError::not_found("employee")),
        _ => Err(ApiError::forbidden()),
    }
}

/// The device, if it is the caller's own or the caller administers all. Others learn nothing about which there are.
async fn device_of(caller: &Caller, id: DeviceId) -> ApiResult<DeviceRow> {
    let administers = caller.principal.may(Action::ManageDevices, None);
    let device = caller.app.hub.database.devices().get(id).await?;
    let device = device.filter(|device| administers || device.employee == *caller.person.id());
    device.ok_or_else(|| ApiError::not_found("device"))
}

/// Makes a device's token worthless and ends its session.
#[utoipa::path(tag = "devices", params(("id" = DeviceId, Path)), responses((status = 200, body = Device), (status = 404)))]
#[delete("/api/devices/{id}")]
pub async fn revoke(permit: Permit<needs::ActAs>, Id(id): Id<DeviceId>) -> ApiResult<HttpResponse> {
    device_of(&permit, id).await?;
    let revoked = to_the_end(async move {
        let app = &permit.app;
        let device = app.hub.database.devices().revoke(id, app.now().wall).await?;
        app.devices.forget(id);
        end_sessions(app, &device.employee, Some(id)).await;
        let event = Event::by(&permit.person, "device_revoked").about(&device.employee);
        audit::note(app, event.with("device", id).with("name", &device.name));
        Ok(device)
    });
    Ok(HttpResponse::Ok().json(Device::from(revoked.await?)))
}
