//! People from a spreadsheet: a CSV file is read as a whole, and either everybody in it is created or nobody.

use std::collections::{HashMap, HashSet};

use actix_web::{HttpResponse, post};
use muster_db::{NewPerson, TeamRow};
use muster_domain::permission::{Action, Capabilities};
use muster_domain::{Principal, Role};
use muster_protocol::{EmployeeId, FieldError, TeamId, UtcMillis};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::create::created;
use super::may_manage;
use super::sheet::{Line, Sheet};
use crate::app::App;
use crate::http::changes::in_turn;
use crate::http::error::{ApiError, ApiResult};
use crate::http::extract::{Body, Permit, Validate, needs};
use crate::http::names::{NAME_RULE, is_name};
use crate::http::routes::setup::is_email;

/// A file to read.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ImportFile {
    /// At most 1,000 people. The first line names the columns, in any order: `name` and `email`, and if wanted `code`,
    /// `team` (by its name) and `role`. Commas, semicolons or tabs between them.
    csv: String,
    /// Only says what would happen.
    #[serde(default)]
    dry_run: bool,
}

impl Validate for ImportFile {}

/// What happens to a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ImportAction {
    Create,
    /// Somebody with this e-mail address is there already, or the line has a problem.
    Skip,
}

/// A line of the file, as it was understood.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ImportRow {
    /// Its number in the file, from 1; the first line names the columns.
    line: u64,
    name: String,
    email: String,
    code: String,
    /// The team's name.
    team: String,
    /// As it was written; employee when it was empty.
    role: String,
    /// Everything that is wrong with it, in words; null when nothing is.
    #[schema(required = true)]
    problem: Option<String>,
    action: ImportAction,
}

/// What became of a file, or would.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ImportResult {
    rows: Vec<ImportRow>,
    /// How many people were created: none in a dry run, and none when there is any problem.
    created: usize,
    /// How many lines have one.
    problems: usize,
}

/// Creates the people of a file, all or none. A manager creates employees of own teams. With problems nothing is changed,
/// and the answer says which.
#[utoipa::path(tag = "employees", request_body = ImportFile, responses((status = 200, body = ImportResult), (status = 403), (status = 409), (status = 413), (status = 422)))]
#[post("/api/employees/import")]
pub async fn import(permit: Permit<needs::ManagePeople>, Body(file): Body<ImportFile>) -> ApiResult<HttpResponse> {
    let sheet = Sheet::read(&file.csv).map_err(|problem| ApiError::invalid(vec![wrong_file(problem)]))?;
    let imported = in_turn(async move {
        let app = &permit.app;
        let plan = Plan::of(app, &permit.principal, sheet.lines).await?;
        let problems = plan.rows.iter().filter(|row| row.problem.is_some()).count();
        if file.dry_run || problems > 0 || plan.people.is_empty() {
            return Ok(ImportResult { rows: plan.rows, created: 0, problems });
        }
        let rows = app.hub.database.people().create_all(&plan.people).await?;
        for row in &rows {
            created(app, &permit.person, row.clone()).await;
        }
        Ok(ImportResult { rows: plan.rows, created: rows.len(), problems })
    });
    Ok(HttpResponse::Ok().json(imported.await?))
}

fn wrong_file(problem: String) -> FieldError {
    FieldError { field: "csv".to_owned(), message: problem }
}

/// What is to be done with each line.
#[derive(Default)]
struct Plan {
    rows: Vec<ImportRow>,
    people: Vec<NewPerson>,
}

impl Plan {
    async fn of(app: &App, principal: &Principal, lines: Vec<Line>) -> ApiResult<Self> {
        let teams = teams_by_name(app.hub.database.teams().all().await?);
        let mut check =
            Check { app, principal, teams, now: app.now().wall, emails: HashSet::new(), codes: HashSet::new() };
        let mut plan = Self::default();
        for line in lines {
            let outcome = check.line(&line);
            let (problem, person) = match outcome {
                Ok(person) => (None, person),
                Err(problems) => (Some(problems.0.join("; ")), None),
            };
            let action = if person.is_some() { ImportAction::Create } else { ImportAction::Skip };
            let role = if line.role.is_empty() { Role::Employee.to_string() } else { line.role };
            let Line { number, name, email, code, team, .. } = line;
            plan.rows.push(ImportRow { line: number, name, email, code, team, role, problem, action });
            plan.people.extend(person);
        }
        Ok(plan)
    }
}

fn teams_by_name(teams: Vec<TeamRow>) -> HashMap<String, TeamId> {
    teams.into_iter().map(|team| (team.name.to_lowercase(), team.id)).collect()
}

/// The rules of a line, and what the lines before it took.
struct Check<'a> {
    app: &'a App,
    principal: &'a Principal,
    teams: HashMap<String, TeamId>,
    now: UtcMillis,
    emails: HashSet<String>,
    codes: HashSet<EmployeeId>,
}

/// What is wrong with a line, in words.
#[derive(Default)]
struct Problems(Vec<String>);

impl Problems {
    fn one(problem: &str) -> Self {
        Self(vec![problem.to_owned()])
    }

    /// Notes what `problem` says unless `is_right`.
    fn unless(&mut self, is_right: bool, problem: impl FnOnce() -> String) {
        if !is_right {
            self.0.push(problem());
        }
    }

    /// What was read, or the problem noted.
    fn of<T>(&mut self, read: Result<T, String>) -> Option<T> {
        read.map_err(|problem| self.0.push(problem)).ok()
    }
}

impl Check<'_> {
    /// Whom the line makes; nobody when there is somebody with this e-mail address already. Otherwise everything that is
    /// wrong with it.
    fn line(&mut self, line: &Line) -> Result<Option<NewPerson>, Problems> {
        if let Some(problem) = &line.problem {
            return Err(Problems::one(problem));
        }
        let mut problems = Problems::default();
        problems.unless(is_name(&line.name), || format!("name: {NAME_RULE}"));
        problems.unless(is_email(&line.email), || "email: an e-mail address".to_owned());
        let is_first = line.email.is_empty() || self.emails.insert(line.email.to_lowercase());
        problems.unless(is_first, || "email: on an earlier line too".to_owned());
        let code = problems.of(self.code(&line.code)).flatten();
        let team = problems.of(self.team(&line.team)).flatten();
        let role = problems.of(role(&line.role));
        let Some(role) = role.filter(|_| problems.0.is_empty()) else { return Err(problems) };
        if let Some(known) = self.app.hub.people.by_email(&line.email) {
            let same = code.as_ref().is_none_or(|code| code == known.id());
            return if same { Ok(None) } else { Err(Problems::one("email: belongs to a person with another code")) };
        }
        if let Some(code) = &code {
            problems.of(self.take_code(code));
        }
        let owner = code.as_ref().unwrap_or(&self.principal.employee);
        let may_grant = role == Role::Employee || self.principal.may(Action::GrantRights, None);
        let may_create = may_grant && may_manage(self.principal, owner, role, team);
        problems.unless(may_create, || "you may only create employees of teams that you manage".to_owned());
        if problems.0.is_empty() { Ok(Some(self.person(line, code, team, role))) } else { Err(problems) }
    }

    fn code(&self, text: &str) -> Result<Option<EmployeeId>, String> {
        match text {
            "" => Ok(None),
            text => EmployeeId::new(text).map(Some).map_err(|error| format!("code: {error}")),
        }
    }

    fn take_code(&mut self, code: &EmployeeId) -> Result<(), String> {
        if self.app.hub.people.get(code).is_some() {
            return Err("code: belongs to somebody else".to_owned());
        }
        if self.codes.insert(code.clone()) { Ok(()) } else { Err("code: on an earlier line too".to_owned()) }
    }

    fn team(&self, name: &str) -> Result<Option<TeamId>, String> {
        if name.is_empty() {
            return Ok(None);
        }
        let team = self.teams.get(&name.to_lowercase()).copied();
        team.map(Some).ok_or_else(|| "team: there is no team of this name".to_owned())
    }

    fn person(&self, line: &Line, id: Option<EmployeeId>, team: Option<TeamId>, role: Role) -> NewPerson {
        NewPerson {
            id,
            name: line.name.clone(),
            email: line.email.clone(),
            role,
            team,
            managed_teams: Vec::new(),
            capabilities: Capabilities::usual_for(role),
            password_hash: None,
            created_at: self.now,
        }
    }
}

fn role(text: &str) -> Result<Role, String> {
    match text.to_lowercase().as_str() {
        "" => Ok(Role::Employee),
        text => text.parse().map_err(|_| "role: employee, manager or admin".to_owned()),
    }
}
