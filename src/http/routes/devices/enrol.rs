//! Enrolment: a device becomes somebody's, and gets the token that its agent shows.

use std::sync::Arc;

use actix_web::{HttpResponse, post};
use muster_actors::Person;
use muster_db::{DbError, DeviceRow, EnrolmentRow, Existing, NewDevice, TokenHash};
use muster_domain::permission::Action;
use muster_protocol::{DeviceId, EmployeeId, ErrorCode, FieldError, UtcMillis};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::app::App;
use crate::auth::device::{code_hash, new_code, new_token};
use crate::http::audit::{self, Event};
use crate::http::changes::{end_sessions, in_turn, to_the_end};
use crate::http::error::{ApiError, ApiResult};
use crate::http::extract::{Body, Caller, Open, Permit, Validate, check, needs};
use crate::http::names::{NAME_RULE, is_name};

/// How long a code may lie around.
const CODE_TTL_MS: i64 = 24 * 3_600_000;
/// Devices that somebody may enrol without an administrator.
const OWN_DEVICES_MAX: usize = 20;
/// Devices in one call.
const BULK_MAX: usize = 1_000;
/// A typed code, in characters; ours have eleven.
const CODE_CHARS_MAX: usize = 64;

/// Whom a code is for.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CodeFor {
    employee_id: EmployeeId,
}

impl Validate for CodeFor {}

/// A code that enrols one device, once.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct EnrolmentCode {
    code: String,
    employee_id: EmployeeId,
    expires_at: UtcMillis,
}

/// Makes a code for a device of oneself or of somebody whom the caller manages. It is shown once and good for a day.
#[utoipa::path(tag = "devices", request_body = CodeFor, responses((status = 201, body = EnrolmentCode), (status = 403), (status = 404), (status = 409)))]
#[post("/api/devices/codes")]
pub async fn offer(permit: Permit<needs::ActAs>, Body(whose): Body<CodeFor>) -> ApiResult<HttpResponse> {
    let person = owner_of(&permit, &whose.employee_id)?;
    check_active(&person)?;
    if person.id() == permit.person.id() {
        check_own_devices(&permit, None).await?;
    }
    let (code, now) = (new_code(), permit.app.now().wall);
    let enrolment = EnrolmentRow {
        code_hash: code_hash(&code),
        employee: person.id().clone(),
        created_by: permit.person.id().clone(),
        created_at: now,
        expires_at: now.plus(CODE_TTL_MS),
    };
    permit.app.hub.database.devices().offer_enrolment(&enrolment).await?;
    audit::note(&permit.app, Event::by(&permit.person, "device_code_made").about(person.id()));
    let EnrolmentRow { employee, expires_at, .. } = enrolment;
    Ok(HttpResponse::Created().json(EnrolmentCode { code, employee_id: employee, expires_at }))
}

/// The caller, or somebody whose account the caller may change.
fn owner_of(caller: &Caller, employee: &EmployeeId) -> ApiResult<Arc<Person>> {
    let person = caller.app.hub.people.find(employee);
    let may = |person: &Person| {
        let action = Action::ManagePeople(person.row().role);
        person.id() == caller.person.id() || caller.principal.may(action, Some(person.subject()))
    };
    match person {
        Some(person) if may(&person) => Ok(person),
        None if caller.principal.may(Action::ManageDevices, None) => Err(ApiError::not_found("employee")),
        _ => Err(ApiError::forbidden()),
    }
}

/// Refuses one more device than [`OWN_DEVICES_MAX`], those that were revoked and `except` not counted.
async fn check_own_devices(caller: &Caller, except: Option<DeviceId>) -> ApiResult<()> {
    let own = caller.app.hub.database.devices().of_employee(caller.person.id()).await?;
    let others = own.iter().filter(|known| known.revoked_at.is_none() && Some(known.id) != except);
    if others.count() >= OWN_DEVICES_MAX {
        return Err(ApiError::new(ErrorCode::Conflict, "you have 20 devices; revoke one first"));
    }
    Ok(())
}

fn check_active(person: &Person) -> ApiResult<()> {
    if person.row().active { Ok(()) } else { Err(ApiError::new(ErrorCode::Conflict, "this account is closed")) }
}

/// A device of the person who is signed in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct OwnDevice {
    name: String,
    #[serde(default)]
    os: String,
    /// The installation, when it was enrolled before: it keeps its id and what it has spooled.
    #[serde(default)]
    device_id: Option<DeviceId>,
}

impl Validate for OwnDevice {
    fn problems(&self) -> Vec<FieldError> {
        let mut problems = Vec::new();
        check(&mut problems, is_name(&self.name), "name", NAME_RULE);
        check(&mut problems, self.os.is_empty() || is_name(&self.os), "os", NAME_RULE);
        problems
    }
}

/// A device that holds a code.
#[derive(Debug, Deserialize, ToSchema)]
pub struct CodedDevice {
    code: String,
    #[serde(flatten)]
    device: OwnDevice,
}

impl Validate for CodedDevice {
    fn problems(&self) -> Vec<FieldError> {
        let mut problems = self.device.problems();
        let right = (1..=CODE_CHARS_MAX).contains(&self.code.len());
        check(&mut problems, right, "code", "the code that you were given");
        problems
    }
}

/// What an agent keeps. The token is never shown again.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct EnrolledDevice {
    device_id: DeviceId,
    token: String,
    employee_id: EmployeeId,
    /// Where the agent connects.
    agent_url: String,
}

/// Enrols a device with a code; no sign-in is needed.
#[utoipa::path(tag = "devices", request_body = CodedDevice, responses((status = 201, body = EnrolledDevice), (status = 404), (status = 409), (status = 422), (status = 429)))]
#[post("/api/devices/enrol")]
pub async fn enrol(open: Open, Body(coded): Body<CodedDevice>) -> ApiResult<HttpResponse> {
    // By address and by code: a limit that all enrolments share could be used up by anybody.
    open.app.limits.sign_in(open.address, &format!("enrol {}", coded.code)).map_err(ApiError::too_many)?;
    let enrolled = to_the_end(async move {
        let app = &open.app;
        let (token, OwnDevice { name, os, device_id }) = (new_token(), coded.device);
        let device = NewDevice {
            id: device_id.unwrap_or_else(DeviceId::generate),
            name: name.trim().to_owned(),
            os,
            agent_version: String::new(),
            token_hash: TokenHash::of(&token),
        };
        let row = app.hub.database.devices().enrol(&code_hash(&coded.code), &device, app.now().wall).await;
        let row = row.map_err(|error| match error {
            DbError::NotFound => ApiError::new(ErrorCode::NotFound, "this code is unknown, used, or has expired"),
            other => refusal(other),
        })?;
        let owner = app.hub.people.get(&row.employee).ok_or_else(|| ApiError::not_found("employee"))?;
        end_older(app, device_id, &row).await;
        Ok(answer(app, &owner, row, token))
    });
    Ok(HttpResponse::Created().json(enrolled.await?))
}

fn refusal(error: DbError) -> ApiError {
    match error {
        DbError::AlreadyExists { what: Existing::Device } => {
            ApiError::new(ErrorCode::Conflict, "this device is enrolled for somebody else")
        }
        other => other.into(),
    }
}

/// The token that an enrolled device had before is worth nothing now, and so is a session that it opened.
async fn end_older(app: &App, enrolled_before: Option<DeviceId>, row: &DeviceRow) {
    if let Some(device) = enrolled_before {
        app.devices.forget(device);
        end_sessions(app, &row.employee, Some(device)).await;
    }
}

fn answer(app: &App, by: &Person, row: DeviceRow, token: String) -> EnrolledDevice {
    let event = Event::by(by, "device_enrolled").about(&row.employee);
    audit::note(app, event.with("device", row.id).with("name", &row.name));
    EnrolledDevice { device_id: row.id, token, employee_id: row.employee, agent_url: app.agent_url.clone() }
}

/// Enrols a device for the person who is signed in.
#[utoipa::path(tag = "devices", request_body = OwnDevice, responses((status = 201, body = EnrolledDevice), (status = 409), (status = 422)))]
#[post("/api/devices")]
pub async fn create(permit: Permit<needs::ActAs>, Body(device): Body<OwnDevice>) -> ApiResult<HttpResponse> {
    let created = in_turn(async move {
        let (app, employee) = (&permit.app, permit.person.id());
        let devices = app.hub.database.devices();
        check_own_devices(&permit, device.device_id).await?;
        let (token, device_id) = (new_token(), device.device_id);
        let row = row_of(device, employee, &token, app.now().wall);
        devices.put(&row).await.map_err(refusal)?;
        end_older(app, device_id, &row).await;
        Ok(answer(app, &permit.person, row, token))
    });
    Ok(HttpResponse::Created().json(created.await?))
}

fn row_of(device: OwnDevice, employee: &EmployeeId, token: &str, now: UtcMillis) -> DeviceRow {
    DeviceRow {
        id: device.device_id.unwrap_or_else(DeviceId::generate),
        employee: employee.clone(),
        name: device.name.trim().to_owned(),
        os: device.os,
        agent_version: String::new(),
        token_hash: TokenHash::of(token),
        enrolled_at: now,
        last_seen: None,
        clock_skew_ms: None,
        revoked_at: None,
    }
}

/// One new device for each of these people.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct NewDevices {
    /// At most 1,000.
    employee_ids: Vec<EmployeeId>,
    name: String,
    #[serde(default)]
    os: String,
}

impl Validate for NewDevices {
    fn problems(&self) -> Vec<FieldError> {
        let mut problems = Vec::new();
        check(&mut problems, (1..=BULK_MAX).contains(&self.employee_ids.len()), "employeeIds", "1 to 1000 people");
        check(&mut problems, is_name(&self.name), "name", NAME_RULE);
        check(&mut problems, self.os.is_empty() || is_name(&self.os), "os", NAME_RULE);
        problems
    }
}

/// Prepares the devices of a fleet.
#[utoipa::path(tag = "devices", request_body = NewDevices, responses((status = 201, body = Vec<EnrolledDevice>), (status = 403), (status = 404), (status = 422)))]
#[post("/api/devices/bulk")]
pub async fn create_many(permit: Permit<needs::ManageDevices>, Body(new): Body<NewDevices>) -> ApiResult<HttpResponse> {
    let created = to_the_end(async move {
        let (app, now) = (&permit.app, permit.app.now().wall);
        let people = new.employee_ids.iter().map(|employee| permit.subject(employee)).collect::<ApiResult<Vec<_>>>()?;
        let device = || OwnDevice { name: new.name.clone(), os: new.os.clone(), device_id: None };
        let with_token = |person: &Arc<Person>| {
            let token = new_token();
            (row_of(device(), person.id(), &token, now), token)
        };
        let devices = people.iter().map(with_token).collect::<Vec<_>>();
        let rows = devices.iter().map(|(row, _)| row.clone()).collect::<Vec<_>>();
        app.hub.database.devices().put_all(&rows).await?;
        let answers = devices.into_iter().map(|(row, token)| answer(app, &permit.person, row, token));
        Ok(answers.collect::<Vec<_>>())
    });
    Ok(HttpResponse::Created().json(created.await?))
}
