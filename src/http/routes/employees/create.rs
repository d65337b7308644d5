//! New people, one by one or many at once.

use std::collections::HashSet;
use std::sync::Arc;

use actix_web::{HttpResponse, post};
use muster_actors::Person;
use muster_db::{NewPerson, PersonRow};
use muster_domain::permission::{Action, Capabilities, Capability};
use muster_domain::{Principal, Role};
use muster_protocol::{EmployeeId, FieldError, TeamId, UtcMillis};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{Employee, check_teams, may_manage};
use crate::app::App;
use crate::http::audit::{self, Event};
use crate::http::changes::{in_turn, take_person};
use crate::http::error::{ApiError, ApiResult};
use crate::http::extract::{Body, Permit, Validate, check, needs};
use crate::http::names::{NAME_RULE, is_name};
use crate::http::routes::setup::{is_email, is_password};
use crate::http::words;

/// People in one call: one transaction.
const BULK_MAX: usize = 1_000;
/// Problems that are told at once: nobody reads a thousand.
const PROBLEMS_MAX: usize = 50;

/// A person to create. Without a password nobody signs in as them; their devices still connect.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct NewEmployee {
    /// The organization's code. Default: the person's number.
    #[serde(default, alias = "code", alias = "employee_code", alias = "employee_id")]
    employee_id: Option<EmployeeId>,
    name: String,
    email: String,
    #[serde(default, alias = "team", alias = "team_id")]
    team_id: Option<TeamId>,
    /// Default: employee.
    #[serde(default)]
    #[schema(value_type = words::Role)]
    role: Role,
    #[serde(default)]
    password: Option<String>,
    /// For managers. Only administrators decide it.
    #[serde(default, alias = "managed_teams")]
    managed_teams: Vec<TeamId>,
    /// Default: what is usual for the role. Only administrators decide it.
    #[serde(default)]
    #[schema(value_type = Option<Vec<words::Capability>>)]
    capabilities: Option<Vec<Capability>>,
}

impl Validate for NewEmployee {
    fn problems(&self) -> Vec<FieldError> {
        let mut problems = Vec::new();
        check(&mut problems, is_name(&self.name), "name", NAME_RULE);
        check(&mut problems, is_email(self.email.trim()), "email", "an e-mail address");
        let right = self.password.as_deref().is_none_or(is_password);
        check(&mut problems, right, "password", "8 characters to 256 bytes");
        problems
    }
}

impl NewEmployee {
    /// Refuses what `principal` may not create.
    fn check_rights(&self, principal: &Principal) -> ApiResult<()> {
        let grants = self.role != Role::Employee || !self.managed_teams.is_empty() || self.capabilities.is_some();
        let may_grant = !grants || principal.may(Action::GrantRights, None);
        let owner = self.employee_id.as_ref().unwrap_or(&principal.employee);
        let may_create = may_manage(principal, owner, self.role, self.team_id);
        if may_grant && may_create { Ok(()) } else { Err(ApiError::forbidden()) }
    }

    /// Every team that is named, with its field.
    fn teams<'a>(&'a self, prefix: &str) -> impl Iterator<Item = (String, TeamId)> + use<'a> {
        let (own, managed) = (format!("{prefix}teamId"), format!("{prefix}managedTeams"));
        let managed = self.managed_teams.iter().map(move |team| (managed.clone(), *team));
        self.team_id.map(|team| (own, team)).into_iter().chain(managed)
    }

    fn person(self, password_hash: Option<String>, created_at: UtcMillis) -> NewPerson {
        NewPerson {
            id: self.employee_id,
            name: self.name.trim().to_owned(),
            email: self.email.trim().to_owned(),
            role: self.role,
            team: self.team_id,
            managed_teams: self.managed_teams,
            capabilities: self.capabilities.map_or_else(|| Capabilities::usual_for(self.role), Capabilities::from),
            password_hash,
            created_at,
        }
    }
}

/// Creates a person. A manager creates employees of own teams.
#[utoipa::path(tag = "employees", request_body = NewEmployee, responses((status = 201, body = Employee), (status = 403), (status = 409), (status = 422)))]
#[post("/api/employees")]
pub async fn create(permit: Permit<needs::ManagePeople>, Body(mut new): Body<NewEmployee>) -> ApiResult<HttpResponse> {
    new.check_rights(&permit.principal)?;
    let app = permit.app.clone();
    let password_hash = match new.password.take() {
        Some(password) => Some(app.passwords.hash(password).await),
        None => None,
    };
    let person = in_turn(async move {
        check_teams(&app, new.teams("")).await?;
        let row = app.hub.database.people().create(&new.person(password_hash, app.now().wall)).await?;
        Ok(created(&app, &permit.person, row).await)
    });
    let person = person.await?;
    Ok(HttpResponse::Created().json(Employee::of(&person, &HashSet::new())))
}

pub(super) async fn created(app: &App, by: &Person, row: PersonRow) -> Arc<Person> {
    let event = Event::by(by, "employee_created").about(&row.id).with("email", &row.email).with("role", row.role);
    audit::note(app, event);
    take_person(app, row).await
}

/// People to create, all or none.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewEmployees {
    /// At most 1,000, without passwords.
    employees: Vec<NewEmployee>,
}

impl Validate for NewEmployees {
    fn problems(&self) -> Vec<FieldError> {
        let mut problems = Vec::new();
        let right = (1..=BULK_MAX).contains(&self.employees.len());
        check(&mut problems, right, "employees", "1 to 1000 people");
        let passwords = self.employees.iter().any(|new| new.password.is_some());
        check(&mut problems, !passwords, "employees", "no passwords: each person's is set on its own");
        let of_each = self.employees.iter().take(BULK_MAX).enumerate().flat_map(|(place, new)| {
            let named = move |problem: FieldError| FieldError {
                field: format!("employees[{place}].{}", problem.field),
                message: problem.message,
            };
            new.problems().into_iter().map(named)
        });
        problems.extend(of_each.take(PROBLEMS_MAX));
        problems
    }
}

/// Creates many people in one transaction: an import.
#[utoipa::path(tag = "employees", request_body = NewEmployees, responses((status = 201, body = Vec<Employee>), (status = 403), (status = 409), (status = 422)))]
#[post("/api/employees/bulk")]
pub async fn create_many(permit: Permit<needs::GrantRights>, Body(new): Body<NewEmployees>) -> ApiResult<HttpResponse> {
    let app = permit.app.clone();
    let people = in_turn(async move {
        let each = new.employees.iter().enumerate();
        check_teams(&app, each.flat_map(|(place, new)| new.teams(&format!("employees[{place}].")))).await?;
        let now = app.now().wall;
        let people = new.employees.into_iter().map(|new| new.person(None, now)).collect::<Vec<_>>();
        let rows = app.hub.database.people().create_all(&people).await?;
        let mut people = Vec::with_capacity(rows.len());
        for row in rows {
            people.push(created(&app, &permit.person, row).await);
        }
        Ok(people)
    });
    let people = people.await?.into_iter().map(|person| Employee::of(&person, &HashSet::new()));
    Ok(HttpResponse::Created().json(people.collect::<Vec<_>>()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn new(json: &str) -> NewEmployee {
        serde_json::from_str(json).unwrap()
    }

    fn manager_of(team: TeamId) -> Principal {
        Principal {
            employee: EmployeeId::new("M1").unwrap(),
            role: Role::Manager,
            teams: Box::new([team]),
            capabilities: Capabilities::usual_for(Role::Manager),
        }
    }

    #[test]
    fn older_names_of_fields_are_understood() {
        let short = new(r#"{"name":"Ada","email":"ada@example.org","code":7}"#);
        assert_eq!((short.employee_id.unwrap().as_str(), short.role), ("7", Role::Employee));
    }

    #[test]
    fn a_manager_makes_employees_of_own_teams_and_nothing_else() {
        let (mine, other) = (TeamId::generate(), TeamId::generate());
        let manager = manager_of(mine);
        let ada = NewEmployee { team_id: Some(mine), ..new(r#"{"name":"Ada","email":"ada@example.org"}"#) };
        assert!(ada.check_rights(&manager).is_ok());
        let refused = [
            NewEmployee { team_id: None, ..ada.clone() },
            NewEmployee { team_id: Some(other), ..ada.clone() },
            NewEmployee { role: Role::Manager, ..ada.clone() },
            NewEmployee { managed_teams: vec![mine], ..ada.clone() },
            NewEmployee { capabilities: Some(vec![Capability::WatchScreen]), ..ada },
        ];
        assert!(refused.iter().all(|new| new.check_rights(&manager).is_err()));
    }

    #[test]
    fn a_wrong_row_of_many_is_named() {
        let ada = new(r#"{"name":"Ada","email":"ada@example.org"}"#);
        let bob = NewEmployee { email: "bob".to_owned(), ..ada.clone() };
        let fields = |employees| NewEmployees { employees }.problems().into_iter().map(|problem| problem.field);
        assert_eq!(fields(vec![ada.clone(), bob.clone()]).collect::<Vec<_>>(), ["employees[1].email"]);
        assert_eq!(fields(Vec::new()).collect::<Vec<_>>(), ["employees"]);
        assert_eq!(fields(vec![ada; BULK_MAX + 1]).collect::<Vec<_>>(), ["employees"]);
        assert_eq!(fields(vec![bob; BULK_MAX]).count(), PROBLEMS_MAX);
    }
}
