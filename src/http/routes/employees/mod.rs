//! `/api/employees`: everyone with an account. Managers deal with employees of their own teams, administrators with everyone.

pub mod change;
pub mod create;
pub mod import;
mod sheet;

use std::collections::{HashMap, HashSet};

use actix_web::web::ServiceConfig;
use actix_web::{HttpResponse, get};
use muster_actors::Person;
use muster_domain::permission::{Action, Capability, Subject};
use muster_domain::{Principal, Role, Zone};
use muster_protocol::limits::PAGE_ROWS_MAX;
use muster_protocol::{EmployeeId, FieldError, TeamId, UtcMillis};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::app::App;
use crate::http::error::{ApiError, ApiResult};
use crate::http::export::{Cell, Format, Table, columns};
use crate::http::extract::{Permit, Query, Validate, needs};
use crate::http::id::Id;
use crate::http::page::{Page, check_limit};
use crate::http::words;

pub use change::{EmployeeChange, changed};

/// Registers the routes of this file and its folder.
pub fn configure(config: &mut ServiceConfig) {
    config.service(create::create).service(create::create_many).service(import::import).service(list).service(get);
    config.service(change::change).service(change::deactivate);
}

/// A person with an account.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Employee {
    /// The number that older clients call `user_id`.
    id: u32,
    employee_id: EmployeeId,
    name: String,
    email: String,
    #[schema(value_type = words::Role)]
    role: Role,
    team_id: Option<TeamId>,
    /// Without meaning for other roles than manager.
    managed_teams: Vec<TeamId>,
    #[schema(value_type = Vec<words::Capability>)]
    capabilities: Vec<Capability>,
    active: bool,
    sign_in: SignIn,
    /// The last sign of life; null when there was none.
    last_seen: Option<UtcMillis>,
    created_at: UtcMillis,
}

/// How somebody gets in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SignIn {
    Password,
    /// There is no password; a link to set one is out.
    Invited,
    None,
}

impl Employee {
    /// The person as others see them: without the password hash. `invited` has everyone whose invitation is good.
    pub fn of(person: &Person, invited: &HashSet<EmployeeId>) -> Self {
        let row = person.row();
        let sign_in = match row.password_hash {
            Some(_) => SignIn::Password,
            None if invited.contains(&row.id) => SignIn::Invited,
            None => SignIn::None,
        };
        Self {
            id: row.number,
            employee_id: row.id.clone(),
            name: row.name.clone(),
            email: row.email.clone(),
            role: row.role,
            team_id: row.team,
            managed_teams: row.managed_teams.clone(),
            capabilities: row.capabilities.into(),
            active: row.active,
            sign_in,
            last_seen: person.last_seen(),
            created_at: row.created_at,
        }
    }
}

/// Everyone whose invitation is good now.
pub async fn invited(app: &App) -> ApiResult<HashSet<EmployeeId>> {
    let open = app.hub.database.invitations().open(app.now().wall).await?;
    Ok(open.into_iter().map(|invitation| invitation.employee).collect())
}

/// Whether `principal` may create or change an account of `role` in `team`. The account's owner has no say in it.
pub fn may_manage(principal: &Principal, owner: &EmployeeId, role: Role, team: Option<TeamId>) -> bool {
    principal.may(Action::ManagePeople(role), Some(Subject { employee: owner, team }))
}

/// Refuses teams that do not exist.
async fn check_teams(app: &App, teams: impl Iterator<Item = (String, TeamId)>) -> ApiResult<()> {
    let mut teams = teams.peekable();
    if teams.peek().is_none() {
        return Ok(());
    }
    let known = app.hub.database.teams().all().await?;
    let unknown = teams.filter(|(_, team)| known.iter().all(|row| row.id != *team));
    let problem = |(field, _)| FieldError { field, message: "there is no such team".to_owned() };
    let problems = unknown.map(problem).collect::<Vec<_>>();
    if problems.is_empty() { Ok(()) } else { Err(ApiError::invalid(problems)) }
}

/// Which people.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase")]
pub struct Which {
    #[serde(alias = "team")]
    team_id: Option<TeamId>,
    #[param(value_type = Option<words::Role>)]
    role: Option<Role>,
    active: Option<bool>,
    /// A part of the name, the e-mail address or the code.
    search: Option<String>,
    cursor: Option<String>,
    /// Rows on a page, 1 to 500.
    #[serde(default = "most")]
    limit: usize,
    #[serde(default)]
    format: Format,
}

/// Older clients know no pages: they get the largest.
fn most() -> usize {
    PAGE_ROWS_MAX
}

impl Validate for Which {
    fn problems(&self) -> Vec<FieldError> {
        let mut problems = Vec::new();
        check_limit(&mut problems, self.limit);
        problems
    }
}

impl Which {
    fn includes(&self, person: &Person) -> bool {
        let row = person.row();
        let found = |text: &String| {
            let text = text.to_lowercase();
            [row.name.as_str(), &row.email, row.id.as_str()].iter().any(|part| part.to_lowercase().contains(&text))
        };
        self.team_id.is_none_or(|team| row.team == Some(team))
            && self.role.is_none_or(|role| row.role == role)
            && self.active.is_none_or(|active| row.active == active)
            && self.search.as_ref().is_none_or(found)
    }
}

/// Everyone whom the caller may manage, by name. The cursor of the next page is in `X-Next-Cursor`.
#[utoipa::path(tag = "employees", params(Which), responses((status = 200, body = Vec<Employee>), (status = 403)))]
#[get("/api/employees")]
pub async fn list(permit: Permit<needs::ManagePeople>, Query(which): Query<Which>) -> ApiResult<HttpResponse> {
    let mut people = permit.visible();
    people.retain(|person| which.includes(person));
    if which.format != Format::Json {
        let (teams, zone) = (team_names(&permit.app).await?, permit.app.hub.policies.zone());
        let rows = people.iter().map(|person| export_row(person, &teams, &zone)).collect();
        let table = Table { name: "employees".to_owned(), columns: columns(COLUMNS), rows };
        return Ok(table.respond(which.format).await);
    }
    let page = Page::cut(people, which.cursor.as_deref(), which.limit, |person| person.id().to_string())?;
    let invited = invited(&permit.app).await?;
    Ok(page.map(|person| Employee::of(&person, &invited)).respond_bare())
}

const COLUMNS: &[(&str, &str)] = &[
    ("employeeId", "Employee"),
    ("name", "Name"),
    ("email", "E-mail"),
    ("role", "Role"),
    ("team", "Team"),
    ("managedTeams", "Manages"),
    ("active", "Active"),
    ("lastSeen", "Last seen"),
];

async fn team_names(app: &App) -> ApiResult<HashMap<TeamId, String>> {
    Ok(app.hub.database.teams().all().await?.into_iter().map(|team| (team.id, team.name)).collect())
}

fn export_row(person: &Person, teams: &HashMap<TeamId, String>, zone: &Zone) -> Vec<Cell> {
    let row = person.row();
    let managed = row.managed_teams.iter().filter_map(|team| teams.get(team)).map(String::as_str);
    let managed = managed.collect::<Vec<_>>().join(", ");
    vec![
        Cell::text(&row.id),
        Cell::text(&row.name),
        Cell::text(&row.email),
        Cell::text(row.role),
        Cell::or_empty(row.team.and_then(|team| teams.get(&team)), Cell::text),
        Cell::Text(managed),
        Cell::Bool(row.active),
        Cell::or_empty(person.last_seen(), |at| Cell::at(at, zone)),
    ]
}

/// One person, by code or number.
#[utoipa::path(tag = "employees", params(("id" = String, Path, description = "Code or number")), responses((status = 200, body = Employee), (status = 403), (status = 404)))]
#[get("/api/employees/{id}")]
pub async fn get(permit: Permit<needs::ManagePeople>, Id(id): Id<EmployeeId>) -> ApiResult<HttpResponse> {
    let person = permit.subject(&id)?;
    Ok(HttpResponse::Ok().json(Employee::of(&person, &invited(&permit.app).await?)))
}
