//! `/api/users`: who is here, in the words of the older clients, and accounts for administrators.

use actix_web::web::ServiceConfig;
use actix_web::{HttpResponse, get, patch, post};
use jiff::Timestamp;
use muster_actors::Person;
use muster_actors::employee::SetStatus;
use muster_actors::roster::{Snapshot, View};
use muster_domain::permission::{Action, Reach};
use muster_protocol::presence::Status;
use muster_protocol::{EmployeeId, ErrorCode, FieldError, UtcMillis};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::employees::{self, Employee, EmployeeChange};
use crate::app::App;
use crate::http::audit::{self, Event};
use crate::http::error::{ApiError, ApiResult};
use crate::http::extract::{Body, Caller, Permit, Query, Validate, needs};
use crate::http::id::Id;
use crate::http::page::{Page, check_limit, page_rows};
use crate::http::view::view_of;

/// Registers the routes of this file.
pub fn configure(config: &mut ServiceConfig) {
    config.service(heartbeat).service(online).service(online_status).service(set_online_status);
    config.service(list).service(change);
}

/// Whether somebody is here, as the older clients read it.
#[derive(Debug, Serialize, ToSchema)]
pub struct OnlineStatus {
    /// The person's number.
    user_id: u32,
    /// What the person signs in with.
    username: String,
    name: String,
    email: String,
    #[serde(rename = "employeeId")]
    employee_id: EmployeeId,
    online_status: OnlineWord,
    status: Status,
    /// ISO 8601, UTC; null when never.
    last_seen: Option<String>,
    is_online: bool,
}

/// The older clients' two words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OnlineWord {
    Online,
    Offline,
}

impl OnlineStatus {
    fn of(person: &Person, status: Status, last_seen: Option<UtcMillis>) -> Self {
        let row = person.row();
        let is_online = status != Status::Offline;
        Self {
            user_id: row.number,
            username: row.email.clone(),
            name: row.name.clone(),
            email: row.email.clone(),
            employee_id: row.id.clone(),
            online_status: if is_online { OnlineWord::Online } else { OnlineWord::Offline },
            status,
            last_seen: last_seen.and_then(iso),
            is_online,
        }
    }
}

/// `2026-11-20T09:04:12.340Z`: as many digits whatever they are, because older clients cut it apart.
fn iso(at: UtcMillis) -> Option<String> {
    let timestamp = Timestamp::from_millisecond(at.0).ok()?;
    Some(timestamp.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string())
}

/// A sign of life, from any client. Every request is one; this one does nothing else.
#[utoipa::path(tag = "users", responses((status = 200), (status = 401)))]
#[post("/api/users/heartbeat")]
pub async fn heartbeat(caller: Caller) -> HttpResponse {
    let last_seen = iso(caller.app.now().wall);
    HttpResponse::Ok()
        .json(serde_json::json!({ "ok": true, "online_status": OnlineWord::Online, "last_seen": last_seen }))
}

/// Everyone who is online and whom the caller may see.
#[utoipa::path(tag = "users", responses((status = 200, body = Vec<OnlineStatus>), (status = 403)))]
#[get("/api/users/admin/users/online")]
pub async fn online(permit: Permit<needs::SeePresence>) -> ApiResult<HttpResponse> {
    if permit.principal.reach(Action::SeePresence) <= Reach::Own {
        return Err(ApiError::forbidden());
    }
    let app = &permit.app;
    let snapshot = Snapshot { view: view_of(&permit.person) };
    let entries = app.hub.roster.send(snapshot).await.map_err(|_| ApiError::unavailable())?;
    let here = entries.into_iter().filter(|entry| entry.status != Status::Offline);
    let rows = here.filter_map(|entry| {
        let person = app.hub.people.get(&entry.employee)?;
        Some(OnlineStatus::of(&person, entry.status, entry.last_seen))
    });
    Ok(HttpResponse::Ok().json(rows.collect::<Vec<_>>()))
}

/// Whether one person is online.
#[utoipa::path(tag = "users", params(("id" = String, Path, description = "Code or number")), responses((status = 200, body = OnlineStatus), (status = 403), (status = 404)))]
#[get("/api/users/admin/users/{id}/online-status")]
pub async fn online_status(permit: Permit<needs::SeePresence>, Id(id): Id<EmployeeId>) -> ApiResult<HttpResponse> {
    let person = permit.subject(&id)?;
    let status = status_of(&permit.app, &person).await?;
    Ok(HttpResponse::Ok().json(OnlineStatus::of(&person, status, person.last_seen())))
}

/// Closed accounts are on no screen: offline.
async fn status_of(app: &App, person: &Person) -> ApiResult<Status> {
    let snapshot = Snapshot { view: View::Own(person.id().clone()) };
    let entries = app.hub.roster.send(snapshot).await.map_err(|_| ApiError::unavailable())?;
    Ok(entries.first().map_or(Status::Offline, |entry| entry.status))
}

/// The status to set.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewOnlineStatus {
    status: StatusWord,
}

/// Older clients say `online` for `active`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum StatusWord {
    Online,
    Active,
    Idle,
    Offline,
}

impl Validate for NewOnlineStatus {}

impl From<StatusWord> for Status {
    fn from(word: StatusWord) -> Self {
        match word {
            StatusWord::Online | StatusWord::Active => Self::Active,
            StatusWord::Idle => Self::Idle,
            StatusWord::Offline => Self::Offline,
        }
    }
}

/// Sets somebody's status. It holds until the person is heard from.
#[utoipa::path(tag = "users", params(("id" = String, Path, description = "Code or number")), request_body = NewOnlineStatus, responses((status = 200, body = OnlineStatus), (status = 403), (status = 404), (status = 409), (status = 422)))]
#[post("/api/users/admin/users/{id}/set-online-status")]
pub async fn set_online_status(
    permit: Permit<needs::SetOnlineStatus>,
    Id(id): Id<EmployeeId>,
    Body(new): Body<NewOnlineStatus>,
) -> ApiResult<HttpResponse> {
    let person = permit.subject(&id)?;
    if !person.row().active {
        return Err(ApiError::new(ErrorCode::Conflict, "this account is closed"));
    }
    let presence = permit.app.hub.ask(person.id(), SetStatus { status: new.status.into() }).await?;
    let word = serde_json::to_string(&presence.status).unwrap_or_default();
    let event = Event::by(&permit.person, "status_set").about(person.id());
    audit::note(&permit.app, event.with("status", word.trim_matches('"')));
    Ok(HttpResponse::Ok().json(OnlineStatus::of(&person, presence.status, person.last_seen())))
}

/// Which accounts.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct WhichUsers {
    active: Option<bool>,
    cursor: Option<String>,
    /// Rows on a page, 1 to 500.
    #[serde(default = "page_rows")]
    limit: usize,
}

impl Validate for WhichUsers {
    fn problems(&self) -> Vec<FieldError> {
        let mut problems = Vec::new();
        check_limit(&mut problems, self.limit);
        problems
    }
}

/// Every account with its rights, by name.
#[utoipa::path(tag = "users", params(WhichUsers), responses((status = 200, body = Page<Employee>), (status = 403)))]
#[get("/api/users")]
pub async fn list(permit: Permit<needs::GrantRights>, Query(which): Query<WhichUsers>) -> ApiResult<HttpResponse> {
    let mut people = permit.visible();
    people.retain(|person| which.active.is_none_or(|active| person.row().active == active));
    let page = Page::cut(people, which.cursor.as_deref(), which.limit, |person| person.id().to_string())?;
    let invited = employees::invited(&permit.app).await?;
    Ok(page.map(|person| Employee::of(&person, &invited)).respond())
}

/// Changes an account's role, capabilities, teams or password, or closes it. The same as for employees.
#[utoipa::path(tag = "users", params(("id" = String, Path, description = "Code or number")), request_body = EmployeeChange, responses((status = 200, body = Employee), (status = 403), (status = 404), (status = 409), (status = 422)))]
#[patch("/api/users/{id}")]
pub async fn change(
    permit: Permit<needs::GrantRights>,
    Id(id): Id<EmployeeId>,
    Body(changes): Body<EmployeeChange>,
) -> ApiResult<HttpResponse> {
    permit.subject(&id)?;
    employees::changed(permit.clone(), id, changes).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_are_iso_8601() {
        assert_eq!(iso(UtcMillis(1_795_000_000_120)).unwrap(), "2026-11-18T11:06:40.120Z");
        assert_eq!(iso(UtcMillis(i64::MAX)), None);
    }
}
