//! People and teams.

use std::collections::HashSet;

use muster_protocol::{EmployeeId, TeamId};
use reqwest::Method;
use serde::{Deserialize, Serialize};

use super::RestClient;
use crate::error::LoadtestError;
use crate::secret::Secret;

/// What the hub takes in one bulk call.
const EMPLOYEES_PER_CALL_MAX: usize = 1000;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    #[default]
    Employee,
    Manager,
    Admin,
}

impl Role {
    /// As the wire says it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Employee => "employee",
            Self::Manager => "manager",
            Self::Admin => "admin",
        }
    }
}

/// A person to create. Without a password nobody signs in as them; their devices still connect.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NewEmployee {
    pub employee_id: EmployeeId,
    pub name: String,
    pub email: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub team_id: Option<TeamId>,
    pub role: Role,
    /// For managers: whom they manage.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub managed_teams: Vec<TeamId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub password: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
pub struct TeamRow {
    #[serde(alias = "teamId")]
    pub id: TeamId,
    pub name: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct EmployeeRow {
    employee_id: EmployeeId,
}

impl RestClient {
    /// The team called `name`, created if there is none.
    pub async fn ensure_team(&self, name: &str) -> Result<TeamRow, LoadtestError> {
        let teams: Vec<TeamRow> = self.get_all("/api/teams", &[]).await?;
        match teams.into_iter().find(|team| team.name == name) {
            Some(team) => Ok(team),
            None => self.post("/api/teams", &serde_json::json!({ "name": name })).await,
        }
    }

    /// Creates one person; a manager or admin may.
    pub async fn create_employee(&self, employee: &NewEmployee) -> Result<(), LoadtestError> {
        self.call(&Method::POST, "/api/employees", |request| request.json(employee)).await.map(|_| ())
    }

    /// Makes sure that all of these exist (admin only). People of an earlier run stay as they are.
    pub async fn ensure_employees(&self, employees: &[NewEmployee]) -> Result<(), LoadtestError> {
        let known: Vec<EmployeeRow> = self.get_all("/api/employees", &[]).await?;
        let known: HashSet<EmployeeId> = known.into_iter().map(|row| row.employee_id).collect();
        let missing: Vec<&NewEmployee> =
            employees.iter().filter(|person| !known.contains(&person.employee_id)).collect();
        for chunk in missing.chunks(EMPLOYEES_PER_CALL_MAX) {
            let body = serde_json::json!({ "employees": chunk });
            self.call(&Method::POST, "/api/employees/bulk", |request| request.json(&body)).await?;
        }
        Ok(())
    }

    /// Gives somebody a password (admin only); ends every sign-in of the account.
    pub async fn set_password(&self, employee: &EmployeeId, password: &Secret) -> Result<(), LoadtestError> {
        let body = serde_json::json!({ "password": password.expose() });
        let path = format!("/api/employees/{employee}");
        self.call(&Method::PATCH, &path, |request| request.json(&body)).await.map(|_| ())
    }
}
