//! `/api/policy`: what may be captured. Decided for the organization, for teams, and for single people; the nearer wins.

mod layer;

use std::sync::Arc;

use actix_web::web::ServiceConfig;
use actix_web::{HttpResponse, get, put};
use muster_actors::Person;
use muster_actors::roster::Audience;
use muster_db::{NewPolicy, PolicyRow, PolicyScope};
use muster_domain::permission::Action;
use muster_domain::policy::{PolicyError, PolicyLayer, effective};
use muster_protocol::policy::Policy;
use muster_protocol::portal::{self, PortalEvent};
use muster_protocol::{EmployeeId, FieldError, TeamId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

pub use layer::{Layer, LayerScope, Settings};

use crate::app::App;
use crate::http::audit::{self, Event};
use crate::http::changes::{for_many, in_turn, tell_policy};
use crate::http::error::{ApiError, ApiResult};
use crate::http::extract::{Body, Caller, Permit, Query, Validate, check, needs};

/// Registers the routes of this file.
pub fn configure(config: &mut ServiceConfig) {
    config.service(get).service(exceptions).service(replace);
}

/// The policy of a scope: what holds, and which layers made it.
#[derive(Debug, Serialize, ToSchema)]
pub struct PolicyView {
    effective: Settings,
    /// From the organization to the nearest; a layer that decides nothing is absent.
    layers: Vec<Layer>,
}

/// Whose policy; without both the organization's.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct WhichPolicy {
    #[serde(alias = "teamId")]
    team: Option<TeamId>,
    #[serde(alias = "employeeId")]
    #[param(value_type = Option<String>)]
    employee: Option<EmployeeId>,
}

impl Validate for WhichPolicy {}

/// The policy of the organization, of a team that the caller belongs to or manages, or of a person whom the caller may see.
#[utoipa::path(tag = "policy", params(WhichPolicy), responses((status = 200, body = PolicyView), (status = 403), (status = 404)))]
#[get("/api/policy")]
pub async fn get(permit: Permit<needs::SeePresence>, Query(which): Query<WhichPolicy>) -> ApiResult<HttpResponse> {
    let scopes = match (&which.employee, which.team) {
        (Some(employee), _) => scopes_of(&*permit.subject(employee)?),
        (None, Some(team)) => {
            let own = permit.person.row().team == Some(team) || permit.principal.teams.contains(&team);
            if !own && !permit.principal.may(Action::ManagePolicy, None) {
                return Err(ApiError::forbidden());
            }
            vec![PolicyScope::Organization, PolicyScope::Team(team)]
        }
        (None, None) => vec![PolicyScope::Organization],
    };
    let effective = Settings::from(&effective_in(&permit.app, &scopes));
    let layers = scopes.iter().filter_map(|scope| permit.app.hub.policies.layer(scope));
    let layers = layers.map(|row| Layer::of(&permit.app, row)).collect();
    Ok(HttpResponse::Ok().json(PolicyView { effective, layers }))
}

/// Layers of the organization, of teams and of people.
#[derive(Debug, Serialize, ToSchema)]
pub struct Layers {
    items: Vec<Layer>,
}

/// Every layer that decides something, the latest changed first: where an exception was made.
#[utoipa::path(tag = "policy", responses((status = 200, body = Layers), (status = 403)))]
#[get("/api/policy/layers")]
pub async fn exceptions(permit: Permit<needs::ManagePolicy>) -> HttpResponse {
    let mut rows = permit.app.hub.policies.layers();
    rows.sort_by_key(|row| std::cmp::Reverse((row.changed_at, row.version)));
    HttpResponse::Ok().json(Layers { items: rows.into_iter().map(|row| Layer::of(&permit.app, row)).collect() })
}

fn scopes_of(person: &Person) -> Vec<PolicyScope> {
    let team = person.row().team.map(PolicyScope::Team);
    let own = PolicyScope::Employee(person.id().clone());
    [Some(PolicyScope::Organization), team, Some(own)].into_iter().flatten().collect()
}

/// What `scopes`, the nearest last, make of the policy. Its version is that of the newest of their layers.
pub fn effective_in(app: &App, scopes: &[PolicyScope]) -> Policy {
    let layers = scopes.iter().filter_map(|scope| app.hub.policies.layer(scope)).collect::<Vec<_>>();
    let version = layers.iter().map(|row| row.version).max().unwrap_or_default();
    effective(&layers.iter().map(|row| row.settings).collect::<Vec<_>>(), version)
}

/// A layer to be stored in place of what is there.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct NewLayer {
    scope: LayerScope,
    settings: Settings,
    /// The layer's version that was read, 0 when there was none; absent: whatever is there.
    #[serde(default)]
    expected_version: Option<u64>,
}

impl Validate for NewLayer {
    fn problems(&self) -> Vec<FieldError> {
        let mut problems = Vec::new();
        for error in PolicyLayer::from(self.settings).errors() {
            let field = match error {
                PolicyError::CaptureInterval => "settings.captureIntervalMinutes",
                PolicyError::IdleAfter => "settings.idleAfterMs",
            };
            check(&mut problems, false, field, &error.to_string());
        }
        problems
    }
}

/// Stores a layer. Every agent that it concerns is told at once.
#[utoipa::path(tag = "policy", request_body = NewLayer, responses((status = 200, body = Layer), (status = 403), (status = 404), (status = 409), (status = 422)))]
#[put("/api/policy")]
pub async fn replace(permit: Permit<needs::ManagePolicy>, Body(new): Body<NewLayer>) -> ApiResult<HttpResponse> {
    let app = permit.app.clone();
    let row = in_turn(async move {
        let scope = match new.scope {
            LayerScope::Organization(_) => PolicyScope::Organization,
            LayerScope::Team(team) => {
                let found = permit.app.hub.database.teams().get(team).await?;
                PolicyScope::Team(found.ok_or_else(|| ApiError::field("scope.team", "there is no such team"))?.id)
            }
            LayerScope::Employee(employee) => PolicyScope::Employee(permit.subject(&employee)?.id().clone()),
        };
        let settings = new.settings.into();
        replace_layer(&permit, Replacement { scope, settings, expected_version: new.expected_version }).await
    });
    Ok(HttpResponse::Ok().json(Layer::of(&app, row.await?)))
}

/// What replaces a layer.
pub struct Replacement {
    pub scope: PolicyScope,
    pub settings: PolicyLayer,
    pub expected_version: Option<u64>,
}

/// Commits a layer in the name of `caller`, whose turn it is, and tells every running agent that it concerns.
pub async fn replace_layer(caller: &Caller, new: Replacement) -> ApiResult<PolicyRow> {
    let app = &caller.app;
    let Replacement { scope, settings, expected_version } = new;
    let (at, by) = (app.now().wall, Some(caller.person.id().clone()));
    let row = app.hub.database.policy().put(&NewPolicy { scope, settings, expected_version, at, by }).await?;
    app.hub.policies.put_layer(row.clone());
    audit::note(app, event(caller, &row));
    announce(app, &row.scope);
    let concerned = concerned(app, &row.scope);
    for_many(&concerned, |person| tell_policy(app, person)).await;
    Ok(row)
}

fn concerned(app: &App, scope: &PolicyScope) -> Vec<Arc<Person>> {
    match scope {
        PolicyScope::Employee(employee) => app.hub.people.get(employee).into_iter().collect(),
        PolicyScope::Organization => app.hub.people.all(),
        PolicyScope::Team(team) => {
            let mut people = app.hub.people.all();
            people.retain(|person| person.row().team == Some(*team));
            people
        }
    }
}

/// Tells the pages of those whom a layer is about, and of those who may see them.
fn announce(app: &App, scope: &PolicyScope) {
    let (to, scope) = match scope {
        PolicyScope::Organization => (Audience::Everyone, portal::PolicyScope::Organization),
        PolicyScope::Team(team) => (Audience::Team(*team), portal::PolicyScope::Team(*team)),
        PolicyScope::Employee(employee) => {
            (Audience::About(employee.clone()), portal::PolicyScope::Employee(employee.clone()))
        }
    };
    app.hub.announce_to(to, PortalEvent::PolicyChanged { scope });
}

fn event(caller: &Caller, row: &PolicyRow) -> Event {
    let settings = serde_json::to_string(&Settings::from(row.settings)).unwrap_or_default();
    let event = Event::by(&caller.person, "policy_changed").with("settings", settings).with("version", row.version);
    match &row.scope {
        PolicyScope::Organization => event.with("scope", "organization"),
        PolicyScope::Team(team) => event.with("scope", "team").with("team", team),
        PolicyScope::Employee(employee) => event.with("scope", "employee").about(employee),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrong_settings_are_named_as_the_client_wrote_them() {
        let json =
            r#"{"scope":{"organization":true},"settings":{"captureIntervalMinutes":1,"idleAfterMs":5,"blur":"light"}}"#;
        let layer: NewLayer = serde_json::from_str(json).unwrap();
        let fields = layer.problems().into_iter().map(|problem| problem.field).collect::<Vec<_>>();
        assert_eq!(fields, ["settings.captureIntervalMinutes", "settings.idleAfterMs"]);
    }
}
