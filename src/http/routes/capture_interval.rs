//! `/api/capture-interval`: how often a screenshot of somebody is taken.

use std::sync::Arc;

use actix_web::web::ServiceConfig;
use actix_web::{HttpResponse, get, post};
use muster_actors::Person;
use muster_db::PolicyScope;
use muster_domain::policy::PolicyLayer;
use muster_protocol::agent::AgentDown;
use muster_protocol::limits::CAPTURE_INTERVAL_MINUTES;
use muster_protocol::portal::PortalEvent;
use muster_protocol::{EmployeeId, FieldError};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::policy::{Replacement, replace_layer};
use crate::app::App;
use crate::http::audit::{self, Event};
use crate::http::changes::{in_turn, tell};
use crate::http::error::ApiResult;
use crate::http::extract::{Body, Permit, Query, Validate, check, needs};

/// Registers the routes of this file.
pub fn configure(config: &mut ServiceConfig) {
    config.service(get).service(list).service(assign);
}

/// A person's interval.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CaptureInterval {
    employee_id: EmployeeId,
    interval_minutes: u8,
    policy_version: u64,
}

impl CaptureInterval {
    fn of(app: &App, person: &Person) -> Self {
        let policy = app.hub.policies.of(person);
        Self {
            employee_id: person.id().clone(),
            interval_minutes: policy.capture_interval_minutes,
            policy_version: policy.version,
        }
    }
}

/// Whose interval; without it the caller's.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase")]
pub struct WhoseInterval {
    #[serde(alias = "employee_id", alias = "user_id", alias = "employee")]
    #[param(value_type = Option<String>)]
    employee_id: Option<EmployeeId>,
}

impl Validate for WhoseInterval {}

/// The interval that holds for a person, whoever decided it.
#[utoipa::path(tag = "policy", params(WhoseInterval), responses((status = 200, body = CaptureInterval), (status = 403), (status = 404)))]
#[get("/api/capture-interval")]
pub async fn get(permit: Permit<needs::SeePresence>, Query(whose): Query<WhoseInterval>) -> ApiResult<HttpResponse> {
    let person = permit.subject_or_self(whose.employee_id.as_ref())?;
    Ok(HttpResponse::Ok().json(CaptureInterval::of(&permit.app, &person)))
}

/// One person's interval among those of others.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CaptureIntervalRow {
    employee_id: EmployeeId,
    interval_minutes: u8,
    /// Nobody decided it for this person: it is the team's or the organization's.
    inherited: bool,
}

/// The intervals of everyone whom the caller may see.
#[derive(Debug, Serialize, ToSchema)]
pub struct CaptureIntervals {
    items: Vec<CaptureIntervalRow>,
}

/// The interval that holds for each active person whom the caller may see, by name.
#[utoipa::path(tag = "policy", responses((status = 200, body = CaptureIntervals)))]
#[get("/api/capture-intervals")]
pub async fn list(permit: Permit<needs::SeePresence>) -> HttpResponse {
    let policies = &permit.app.hub.policies;
    let row = |person: &Arc<Person>| {
        let own = policies.settings(&PolicyScope::Employee(person.id().clone()));
        CaptureIntervalRow {
            employee_id: person.id().clone(),
            interval_minutes: policies.of(person).capture_interval_minutes,
            inherited: own.capture_interval_minutes.is_none(),
        }
    };
    let people = permit.visible();
    let active = people.iter().filter(|person| person.row().active);
    HttpResponse::Ok().json(CaptureIntervals { items: active.map(row).collect() })
}

/// An interval to assign.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct NewInterval {
    #[serde(alias = "employee_id", alias = "user_id")]
    employee_id: EmployeeId,
    /// 2 to 20.
    #[serde(alias = "interval_minutes")]
    interval_minutes: u8,
}

impl Validate for NewInterval {
    fn problems(&self) -> Vec<FieldError> {
        let mut problems = Vec::new();
        let right = CAPTURE_INTERVAL_MINUTES.contains(&self.interval_minutes);
        check(&mut problems, right, "intervalMinutes", "2 to 20");
        problems
    }
}

/// Assigns an interval. A running agent is told at once, and begins to track.
#[utoipa::path(tag = "policy", request_body = NewInterval, responses((status = 200, body = CaptureInterval), (status = 403), (status = 404), (status = 422)))]
#[post("/api/capture-interval")]
pub async fn assign(permit: Permit<needs::AssignInterval>, Body(new): Body<NewInterval>) -> ApiResult<HttpResponse> {
    let assigned = in_turn(async move {
        let (app, person) = (&permit.app, permit.subject(&new.employee_id)?);
        let scope = PolicyScope::Employee(person.id().clone());
        let capture_interval_minutes = Some(new.interval_minutes);
        let settings = PolicyLayer { capture_interval_minutes, ..app.hub.policies.settings(&scope) };
        replace_layer(&permit, Replacement { scope, settings, expected_version: None }).await?;
        tell(app, &person, AgentDown::StartWork);
        let (employee, minutes) = (person.id().clone(), new.interval_minutes);
        app.hub.announce(Some(person.id()), PortalEvent::IntervalAssigned { employee, minutes });
        let event = Event::by(&permit.person, "interval_assigned").about(person.id());
        audit::note(app, event.with("minutes", minutes));
        Ok(CaptureInterval::of(app, &person))
    });
    Ok(HttpResponse::Ok().json(assigned.await?))
}
