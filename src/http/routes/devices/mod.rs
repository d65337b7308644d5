//! `/api/devices`: the desktops that agents run on.

pub mod enrol;
pub mod events;
pub mod list;

use std::collections::HashMap;

use actix_web::web::ServiceConfig;
use actix_web::{HttpResponse, delete};
use muster_actors::employee::ConnectedDevice;
use muster_db::DeviceRow;
use muster_domain::permission::Action;
use muster_protocol::agent::Display;
use muster_protocol::{DeviceId, EmployeeId, UtcMillis};
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::App;
use crate::http::audit::{self, Event};
use crate::http::changes::{end_sessions, to_the_end};
use crate::http::error::{ApiError, ApiResult};
use crate::http::extract::{Caller, Permit, needs};
use crate::http::id::Id;

/// Registers the routes of this file and its folder.
pub fn configure(config: &mut ServiceConfig) {
    config.service(enrol::offer).service(enrol::enrol).service(enrol::create_many).service(enrol::create);
    config.service(list::list).service(events::list).service(revoke);
}

/// A device. Its token is shown once, to whom enrols it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Device {
    device_id: DeviceId,
    employee_id: EmployeeId,
    employee_name: Option<String>,
    name: String,
    os: String,
    /// Empty before its first hello.
    agent_version: String,
    enrolled_at: UtcMillis,
    /// Its agent is here now.
    connected: bool,
    /// What can be watched while it is connected; an agent that names no display has one.
    displays: Vec<Display>,
    /// Of its last hello.
    last_seen: Option<UtcMillis>,
    /// The device's clock minus the hub's, at its last hello.
    clock_skew_ms: Option<i64>,
    /// Since then its token is worth nothing.
    revoked_at: Option<UtcMillis>,
}

impl Device {
    /// The row with the name that its owner has now, and what is connected.
    pub fn of(app: &App, row: DeviceRow, connected: &HashMap<DeviceId, ConnectedDevice>) -> Self {
        let connected = connected.get(&row.id);
        Self {
            device_id: row.id,
            employee_name: app.hub.people.get(&row.employee).map(|person| person.row().name.clone()),
            employee_id: row.employee,
            name: row.name,
            os: row.os,
            agent_version: row.agent_version,
            enrolled_at: row.enrolled_at,
            connected: connected.is_some(),
            displays: connected.map(|device| device.displays.to_vec()).unwrap_or_default(),
            last_seen: row.last_seen,
            clock_skew_ms: row.clock_skew_ms,
            revoked_at: row.revoked_at,
        }
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
    let app = permit.app.clone();
    let revoked = to_the_end(async move {
        let app = &permit.app;
        let device = app.hub.database.devices().revoke(id, app.now().wall).await?;
        app.devices.forget(id);
        end_sessions(app, &device.employee, Some(id)).await;
        let event = Event::by(&permit.person, "device_revoked").about(&device.employee);
        audit::note(app, event.with("device", id).with("name", &device.name));
        Ok(device)
    });
    Ok(HttpResponse::Ok().json(Device::of(&app, revoked.await?, &HashMap::new())))
}
