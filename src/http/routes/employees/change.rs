//! Changes of an account, and its end.

use std::sync::Arc;

use actix_web::{HttpResponse, delete, patch};
use muster_actors::Person;
use muster_db::{PersonPatch, PersonRow};
use muster_domain::permission::{Action, Capabilities, Capability};
use muster_domain::{Principal, Role};
use muster_protocol::{EmployeeId, ErrorCode, FieldError, TeamId};
use serde::{Deserialize, Deserializer};
use utoipa::ToSchema;

use super::{Employee, check_teams, invited, may_manage};
use crate::app::App;
use crate::http::audit::{self, Event};
use crate::http::changes::{in_turn, take_person};
use crate::http::error::{ApiError, ApiResult};
use crate::http::extract::{Body, Caller, Permit, Validate, check, needs};
use crate::http::id::Id;
use crate::http::names::{NAME_RULE, is_name};
use crate::http::routes::setup::{is_email, is_password};
use crate::http::words;

/// What is to change; what is absent stays.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct EmployeeChange {
    name: Option<String>,
    email: Option<String>,
    /// Null takes the person out of the team.
    #[serde(alias = "team", alias = "team_id", deserialize_with = "present")]
    #[schema(value_type = Option<TeamId>)]
    team_id: Option<Option<TeamId>>,
    #[schema(value_type = Option<words::Role>)]
    role: Option<Role>,
    #[serde(alias = "managed_teams")]
    managed_teams: Option<Vec<TeamId>>,
    #[schema(value_type = Option<Vec<words::Capability>>)]
    capabilities: Option<Vec<Capability>>,
    /// False closes the account.
    active: Option<bool>,
    /// Only administrators set the password of somebody else. It ends every sign-in of the account.
    password: Option<String>,
}

/// Tells `null` from an absent field.
fn present<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

impl Validate for EmployeeChange {
    fn problems(&self) -> Vec<FieldError> {
        let mut problems = Vec::new();
        check(&mut problems, self.name.as_deref().is_none_or(is_name), "name", NAME_RULE);
        let right = self.email.as_deref().is_none_or(|email| is_email(email.trim()));
        check(&mut problems, right, "email", "an e-mail address");
        let right = self.password.as_deref().is_none_or(is_password);
        check(&mut problems, right, "password", "8 characters to 256 bytes");
        problems
    }
}

impl EmployeeChange {
    /// The end of an account.
    fn deactivation() -> Self {
        Self { active: Some(false), ..Self::default() }
    }

    /// What differs from `row`.
    fn patch(&self, row: &PersonRow) -> PersonPatch {
        let trimmed = |text: &Option<String>| text.as_deref().map(|text| text.trim().to_owned());
        let role = self.role.filter(|role| *role != row.role);
        // Who becomes a manager can do what managers usually can; who no longer is one keeps nothing of it.
        let usual = || role.map(Capabilities::usual_for);
        let capabilities = self.capabilities.clone().map(Capabilities::from).or_else(usual);
        PersonPatch {
            name: trimmed(&self.name).filter(|name| *name != row.name),
            email: trimmed(&self.email).filter(|email| *email != row.email),
            role,
            team: self.team_id.filter(|team| *team != row.team),
            managed_teams: self.managed_teams.clone().filter(|teams| *teams != row.managed_teams),
            capabilities: capabilities.filter(|set| *set != row.capabilities),
            active: self.active.filter(|active| *active != row.active),
        }
    }

    /// Changes `id` in the name of `caller`, whose turn it is.
    async fn apply(self, caller: &Caller, id: &EmployeeId, password_hash: Option<String>) -> ApiResult<Arc<Person>> {
        let app = &caller.app;
        let person = app.hub.people.find(id).ok_or_else(|| ApiError::not_found("employee"))?;
        let patch = self.patch(person.row());
        if is_empty(&patch) && password_hash.is_none() {
            return Ok(person);
        }
        check_rights(&caller.principal, person.row(), &patch, password_hash.is_some())?;
        check_last_administrator(app, &person, &patch)?;
        let managed = patch.managed_teams.iter().flatten().map(|team| ("managedTeams".to_owned(), *team));
        let own = patch.team.flatten().map(|team| ("teamId".to_owned(), team));
        check_teams(app, own.into_iter().chain(managed)).await?;
        let row = store(app, person.id(), &patch, password_hash.as_deref()).await?;
        audit::note(app, event(caller, person.id(), &patch, password_hash.is_some()));
        Ok(take_person(app, row).await)
    }
}

fn is_empty(patch: &PersonPatch) -> bool {
    let PersonPatch { name, email, role, team, managed_teams, capabilities, active } = patch;
    let texts = name.is_none() && email.is_none();
    texts && role.is_none() && team.is_none() && managed_teams.is_none() && capabilities.is_none() && active.is_none()
}

/// Refuses what `principal` may not do: neither to the account as it is nor to what it becomes.
fn check_rights(principal: &Principal, before: &PersonRow, patch: &PersonPatch, password: bool) -> ApiResult<()> {
    let (role, team) = (patch.role.unwrap_or(before.role), patch.team.unwrap_or(before.team));
    let manages =
        may_manage(principal, &before.id, before.role, before.team) && may_manage(principal, &before.id, role, team);
    let grants = patch.role.is_some() || patch.managed_teams.is_some() || patch.capabilities.is_some() || password;
    let may_grant = !grants || principal.may(Action::GrantRights, None);
    if manages && may_grant { Ok(()) } else { Err(ApiError::forbidden()) }
}

/// Without an administrator nobody could make one.
fn check_last_administrator(app: &App, person: &Person, patch: &PersonPatch) -> ApiResult<()> {
    let is_administrator = |row: &PersonRow| row.role == Role::Admin && row.active;
    let stays = patch.role.is_none_or(|role| role == Role::Admin) && patch.active != Some(false);
    if stays || !is_administrator(person.row()) {
        return Ok(());
    }
    let others =
        app.hub.people.all().into_iter().any(|other| other.id() != person.id() && is_administrator(other.row()));
    if others { Ok(()) } else { Err(ApiError::new(ErrorCode::Conflict, "this is the last administrator")) }
}

/// Commits. Tokens end before the rights change: a failure in between costs a sign-in, never lets a right live on.
async fn store(app: &App, id: &EmployeeId, patch: &PersonPatch, password_hash: Option<&str>) -> ApiResult<PersonRow> {
    let (people, closes) = (app.hub.database.people(), patch.active == Some(false));
    let rights = patch.role.is_some() || patch.managed_teams.is_some() || patch.capabilities.is_some();
    if closes || password_hash.is_some() {
        app.hub.database.tokens().revoke_all(id).await?;
    }
    if rights || password_hash.is_some() {
        people.bump_token_epoch(id).await?;
    }
    let others = PersonPatch { active: patch.active.filter(|active| *active), ..patch.clone() };
    let row = people.update(id, &others).await?;
    if let Some(hash) = password_hash {
        people.set_password_hash(id, hash).await?;
    }
    let row = PersonRow { password_hash: password_hash.map(str::to_owned).or(row.password_hash), ..row };
    if closes { Ok(people.deactivate(id).await?) } else { Ok(row) }
}

fn event(caller: &Caller, id: &EmployeeId, patch: &PersonPatch, password: bool) -> Event {
    let action = if patch.active == Some(false) { "employee_deactivated" } else { "employee_changed" };
    let list = |teams: &Vec<TeamId>| teams.iter().map(TeamId::to_string).collect::<Vec<_>>().join(" ");
    let capabilities = |set: &Capabilities| serde_json::to_string(set).unwrap_or_default();
    let changed = [
        ("name", patch.name.clone()),
        ("email", patch.email.clone()),
        ("role", patch.role.map(|role| role.to_string())),
        ("team", patch.team.map(|team| team.map_or("none".to_owned(), |team| team.to_string()))),
        ("managed_teams", patch.managed_teams.as_ref().map(list)),
        ("capabilities", patch.capabilities.as_ref().map(capabilities)),
        ("active", patch.active.map(|active| active.to_string())),
        ("password", password.then(|| "set".to_owned())),
    ];
    let known = changed.into_iter().filter_map(|(key, value)| Some((key, value?)));
    known.fold(Event::by(&caller.person, action).about(id), |event, (key, value)| event.with(key, value))
}

/// Changes a person. Roles, managed teams, capabilities and passwords are for administrators; a change of them ends the
/// person's sockets within two seconds.
#[utoipa::path(tag = "employees", params(("id" = String, Path, description = "Code or number")), request_body = EmployeeChange, responses((status = 200, body = Employee), (status = 403), (status = 404), (status = 409), (status = 422)))]
#[patch("/api/employees/{id}")]
pub async fn change(
    permit: Permit<needs::ManagePeople>,
    Id(id): Id<EmployeeId>,
    Body(changes): Body<EmployeeChange>,
) -> ApiResult<HttpResponse> {
    permit.subject(&id)?;
    changed(permit.clone(), id, changes).await
}

/// Closes an account: the person is signed out everywhere within five seconds; what is recorded stays.
#[utoipa::path(tag = "employees", params(("id" = String, Path, description = "Code or number")), responses((status = 200, body = Employee), (status = 403), (status = 404), (status = 409)))]
#[delete("/api/employees/{id}")]
pub async fn deactivate(permit: Permit<needs::ManagePeople>, Id(id): Id<EmployeeId>) -> ApiResult<HttpResponse> {
    permit.subject(&id)?;
    changed(permit.clone(), id, EmployeeChange::deactivation()).await
}

/// Answers with the person after the change. `/api/users` comes here too.
pub async fn changed(caller: Caller, id: EmployeeId, mut changes: EmployeeChange) -> ApiResult<HttpResponse> {
    let password_hash = match changes.password.take() {
        Some(_) if !caller.principal.may(Action::GrantRights, None) => return Err(ApiError::forbidden()),
        Some(password) => Some(caller.app.passwords.hash(password).await),
        None => None,
    };
    let app = caller.app.clone();
    let person = in_turn(async move { changes.apply(&caller, &id, password_hash).await }).await?;
    Ok(HttpResponse::Ok().json(Employee::of(&person, &invited(&app).await?)))
}

#[cfg(test)]
mod tests {
    use muster_protocol::UtcMillis;

    use super::*;

    fn ada(team: TeamId) -> PersonRow {
        PersonRow {
            id: EmployeeId::new("E1").unwrap(),
            number: 1,
            name: "Ada".to_owned(),
            email: "ada@example.org".to_owned(),
            role: Role::Employee,
            team: Some(team),
            managed_teams: Vec::new(),
            capabilities: Capabilities::NONE,
            password_hash: None,
            active: true,
            token_epoch: 0,
            created_at: UtcMillis(0),
        }
    }

    fn change(json: &str) -> EmployeeChange {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn null_is_not_absent() {
        assert_eq!(change("{}").team_id, None);
        assert_eq!(change(r#"{"teamId":null}"#).team_id, Some(None));
        let team = TeamId::generate();
        assert_eq!(change(&format!(r#"{{"team":"{team}"}}"#)).team_id, Some(Some(team)));
    }

    #[test]
    fn what_is_the_same_is_no_change() {
        let ada = ada(TeamId::generate());
        let same = change(r#"{"name":" Ada ","role":"employee","capabilities":[],"active":true}"#);
        assert!(is_empty(&same.patch(&ada)));
        assert!(!is_empty(&change(r#"{"teamId":null}"#).patch(&ada)));
    }

    #[test]
    fn a_new_role_brings_its_usual_capabilities_unless_others_are_named() {
        let ada = ada(TeamId::generate());
        let promoted = change(r#"{"role":"manager"}"#).patch(&ada);
        assert_eq!(promoted.capabilities, Some(Capabilities::usual_for(Role::Manager)));
        let named = change(r#"{"role":"manager","capabilities":["correct_time"]}"#).patch(&ada);
        assert_eq!(named.capabilities, Some(Capabilities::NONE.with(Capability::CorrectTime)));
    }

    #[test]
    fn a_manager_moves_people_between_own_teams_and_makes_no_managers() {
        let (mine, second, other) = (TeamId::generate(), TeamId::generate(), TeamId::generate());
        let manager = Principal {
            employee: EmployeeId::new("M1").unwrap(),
            role: Role::Manager,
            teams: Box::new([mine, second]),
            capabilities: Capabilities::usual_for(Role::Manager),
        };
        let may = |row: &PersonRow, patch: PersonPatch| check_rights(&manager, row, &patch, false).is_ok();
        let to = |team| PersonPatch { team: Some(team), ..PersonPatch::default() };
        assert!(may(&ada(mine), to(Some(second))));
        assert!(!may(&ada(mine), to(Some(other))) && !may(&ada(mine), to(None)) && !may(&ada(other), to(Some(mine))));
        assert!(!may(&ada(mine), PersonPatch { role: Some(Role::Manager), ..PersonPatch::default() }));
        assert!(!may(&ada(mine), PersonPatch { managed_teams: Some(vec![mine]), ..PersonPatch::default() }));
        assert!(!may(&PersonRow { role: Role::Manager, ..ada(mine) }, PersonPatch::default()));
        assert!(check_rights(&manager, &ada(mine), &PersonPatch::default(), true).is_err());
    }
}
