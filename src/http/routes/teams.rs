//! `/api/teams`: who belongs together. Managers see their own teams, employees the one they are in.

use std::sync::Arc;

use actix_web::web::ServiceConfig;
use actix_web::{HttpResponse, delete, get, patch, post};
use muster_actors::Person;
use muster_db::{PersonRow, TeamRow};
use muster_domain::Role;
use muster_domain::permission::Action;
use muster_protocol::{EmployeeId, ErrorCode, FieldError, TeamId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::app::App;
use crate::http::audit::{self, Event};
use crate::http::changes::{in_turn, take_person};
use crate::http::error::{ApiError, ApiResult};
use crate::http::export::{Cell, Format, Table, columns};
use crate::http::extract::{Body, Caller, Permit, Query, Validate, check, needs};
use crate::http::id::Id;
use crate::http::names::{NAME_RULE, is_name};
use crate::http::page::{Page, check_limit, page_rows};

/// Registers the routes of this file.
pub fn configure(config: &mut ServiceConfig) {
    config.service(list).service(create).service(rename).service(delete);
}

/// A team of employees.
#[derive(Debug, Serialize, ToSchema)]
pub struct Team {
    id: TeamId,
    name: String,
    /// How many active people are in it.
    people: usize,
    /// Active people who manage it, by name.
    managers: Vec<TeamManager>,
}

/// Somebody who manages a team.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TeamManager {
    employee_id: EmployeeId,
    name: String,
}

impl Team {
    /// The row with the people that it has now; `people` are everyone.
    fn of(row: TeamRow, people: &[Arc<Person>]) -> Self {
        let active = || people.iter().map(|person| person.row()).filter(|person| person.active);
        let manages = |person: &&PersonRow| person.role == Role::Manager && person.managed_teams.contains(&row.id);
        let managers = active().filter(manages);
        Self {
            people: active().filter(|person| person.team == Some(row.id)).count(),
            managers: managers
                .map(|person| TeamManager { employee_id: person.id.clone(), name: person.name.clone() })
                .collect(),
            id: row.id,
            name: row.name,
        }
    }
}

/// A page of a list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct WhichPage {
    pub cursor: Option<String>,
    /// Rows on a page, 1 to 500.
    #[serde(default = "page_rows")]
    pub limit: usize,
    #[serde(default)]
    pub format: Format,
}

impl Validate for WhichPage {
    fn problems(&self) -> Vec<FieldError> {
        let mut problems = Vec::new();
        check_limit(&mut problems, self.limit);
        problems
    }
}

/// The teams that the caller belongs to, manages or administers, by name.
#[utoipa::path(tag = "teams", params(WhichPage), responses((status = 200, body = Page<Team>)))]
#[get("/api/teams")]
pub async fn list(caller: Caller, Query(which): Query<WhichPage>) -> ApiResult<HttpResponse> {
    let mut teams = caller.app.hub.database.teams().all().await?;
    let all = caller.principal.may(Action::ManageTeams, None);
    let own = |team: &TeamRow| caller.person.row().team == Some(team.id) || caller.principal.teams.contains(&team.id);
    teams.retain(|team| all || own(team));
    teams.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
    let people = caller.app.hub.people.all();
    if which.format != Format::Json {
        let rows = teams.into_iter().map(|row| export_row(Team::of(row, &people))).collect();
        let table = Table { name: "teams".to_owned(), columns: columns(COLUMNS), rows };
        return Ok(table.respond(which.format).await);
    }
    let page = Page::cut(teams, which.cursor.as_deref(), which.limit, |team| team.id.to_string())?;
    Ok(page.map(|row| Team::of(row, &people)).respond())
}

const COLUMNS: &[(&str, &str)] = &[("id", "Team"), ("name", "Name"), ("people", "People"), ("managers", "Managers")];

fn export_row(team: Team) -> Vec<Cell> {
    let managers = team.managers.iter().map(|manager| manager.name.as_str()).collect::<Vec<_>>().join(", ");
    vec![Cell::text(team.id), Cell::Text(team.name), Cell::Integer(team.people as i64), Cell::Text(managers)]
}

/// The name of a team.
#[derive(Debug, Deserialize, ToSchema)]
pub struct TeamName {
    name: String,
}

impl Validate for TeamName {
    fn problems(&self) -> Vec<FieldError> {
        let mut problems = Vec::new();
        check(&mut problems, is_name(&self.name), "name", NAME_RULE);
        problems
    }
}

/// Two teams of one name could not be told apart on any screen.
async fn check_free(app: &App, name: &str, except: Option<TeamId>) -> ApiResult<()> {
    let name = name.to_lowercase();
    let teams = app.hub.database.teams().all().await?;
    let taken = teams.iter().any(|team| Some(team.id) != except && team.name.to_lowercase() == name);
    if taken { Err(ApiError::new(ErrorCode::Conflict, "a team of this name exists already")) } else { Ok(()) }
}

/// Creates a team.
#[utoipa::path(tag = "teams", request_body = TeamName, responses((status = 201, body = Team), (status = 403), (status = 409), (status = 422)))]
#[post("/api/teams")]
pub async fn create(permit: Permit<needs::ManageTeams>, Body(team): Body<TeamName>) -> ApiResult<HttpResponse> {
    let app = permit.app.clone();
    let created = in_turn(async move {
        let app = &permit.app;
        let row = TeamRow { id: TeamId::generate(), name: team.name.trim().to_owned(), created_at: app.now().wall };
        check_free(app, &row.name, None).await?;
        app.hub.database.teams().create(&row).await?;
        audit::note(app, Event::by(&permit.person, "team_created").with("team", row.id).with("name", &row.name));
        Ok(row)
    });
    Ok(HttpResponse::Created().json(Team::of(created.await?, &app.hub.people.all())))
}

/// Renames a team.
#[utoipa::path(tag = "teams", params(("id" = TeamId, Path)), request_body = TeamName, responses((status = 200, body = Team), (status = 403), (status = 404), (status = 409), (status = 422)))]
#[patch("/api/teams/{id}")]
pub async fn rename(
    permit: Permit<needs::ManageTeams>,
    Id(id): Id<TeamId>,
    Body(team): Body<TeamName>,
) -> ApiResult<HttpResponse> {
    let app = permit.app.clone();
    let renamed = in_turn(async move {
        let app = &permit.app;
        let name = team.name.trim();
        check_free(app, name, Some(id)).await?;
        let row = app.hub.database.teams().rename(id, name).await?;
        audit::note(app, Event::by(&permit.person, "team_renamed").with("team", id).with("name", name));
        Ok(row)
    });
    Ok(HttpResponse::Ok().json(Team::of(renamed.await?, &app.hub.people.all())))
}

/// Deletes a team. Its people stay, in no team; its managers manage one team less.
#[utoipa::path(tag = "teams", params(("id" = TeamId, Path)), responses((status = 204), (status = 403), (status = 404)))]
#[delete("/api/teams/{id}")]
pub async fn delete(permit: Permit<needs::ManageTeams>, Id(id): Id<TeamId>) -> ApiResult<HttpResponse> {
    in_turn(async move {
        let app = Arc::clone(&permit.app);
        app.hub.database.teams().delete(id).await?;
        audit::note(&app, Event::by(&permit.person, "team_deleted").with("team", id));
        for person in app.hub.people.all() {
            if let Some(row) = without_team(person.row(), id) {
                take_person(&app, row).await;
            }
        }
        Ok(())
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// What the deletion of `team` makes of a person; `None` when it has nothing to do with them.
fn without_team(row: &PersonRow, team: TeamId) -> Option<PersonRow> {
    if row.team != Some(team) && !row.managed_teams.contains(&team) {
        return None;
    }
    let managed_teams = row.managed_teams.iter().copied().filter(|managed| *managed != team).collect();
    Some(PersonRow { team: row.team.filter(|own| *own != team), managed_teams, ..row.clone() })
}
