//! Policy: the layers from which each employee's effective policy is made, and the version that grows with every
//! change.

use muster_domain::policy::PolicyLayer;
use muster_protocol::{EmployeeId, TeamId, UtcMillis};
use serde::{Deserialize, Serialize};
use surrealdb::types::RecordId;

use crate::codec::encode;
use crate::error::THROW_CONFLICT;
use crate::script::Script;
use crate::{Database, DbError, keys};

/// Whom a layer is about. Nearer layers win: employee, then team, then organization.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum PolicyScope {
    Organization,
    Team(TeamId),
    Employee(EmployeeId),
}

/// A stored text that names no scope.
#[derive(Debug, thiserror::Error)]
#[error("'{0}' is no scope of a policy")]
pub struct UnknownScope(String);

impl From<PolicyScope> for String {
    fn from(scope: PolicyScope) -> Self {
        match scope {
            PolicyScope::Organization => "organization".into(),
            PolicyScope::Team(team) => format!("team:{team}"),
            PolicyScope::Employee(employee) => format!("employee:{employee}"),
        }
    }
}

impl TryFrom<String> for PolicyScope {
    type Error = UnknownScope;

    fn try_from(text: String) -> Result<Self, UnknownScope> {
        let scope = match text.split_once(':') {
            None if text == "organization" => Some(Self::Organization),
            Some(("team", id)) => id.parse().ok().map(Self::Team),
            Some(("employee", id)) => id.parse().ok().map(Self::Employee),
            _ => None,
        };
        scope.ok_or(UnknownScope(text))
    }
}

/// A layer, `policy:⟨scope⟩`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PolicyRow {
    pub scope: PolicyScope,
    pub settings: PolicyLayer,
    /// The version of the whole policy since which the layer is as it is.
    pub version: u64,
    pub changed_at: UtcMillis,
    /// None: the hub itself.
    pub changed_by: Option<EmployeeId>,
}

/// A layer to be stored.
#[derive(Clone, Debug)]
pub struct NewPolicy {
    pub scope: PolicyScope,
    pub settings: PolicyLayer,
    /// The version of the layer that was read, 0 when there was none. None stores over whatever is there.
    pub expected_version: Option<u64>,
    pub at: UtcMillis,
    pub by: Option<EmployeeId>,
}

/// The store of policy.
#[derive(Clone)]
pub struct PolicyStore {
    database: Database,
}

impl Database {
    /// The store of policy.
    #[must_use]
    pub fn policy(&self) -> PolicyStore {
        PolicyStore { database: self.clone() }
    }
}

impl PolicyStore {
    /// Every layer. The hub keeps them in memory.
    pub async fn layers(&self) -> Result<Vec<PolicyRow>, DbError> {
        self.database.ask(Script::new("SELECT * FROM policy"), |answer| answer.rows(0)).await
    }

    /// The version of the whole policy; 0 before the first change.
    pub async fn version(&self) -> Result<u64, DbError> {
        let script = Script::new("SELECT VALUE last FROM counter:policy");
        Ok(self.database.ask(script, |answer| answer.row(0)).await?.unwrap_or_default())
    }

    /// Stores a layer under the next version. [`DbError::Conflict`] when the layer is not the expected one any more.
    pub async fn put(&self, new: &NewPolicy) -> Result<PolicyRow, DbError> {
        let row = PolicyRow {
            scope: new.scope.clone(),
            settings: new.settings,
            version: 0,
            changed_at: new.at,
            changed_by: new.by.clone(),
        };
        let script = Script::new(
            "BEGIN;
             IF $expected != NONE AND ((SELECT VALUE version FROM ONLY $id) ?? 0) != $expected { THROW $conflict };
             LET $next = (UPSERT ONLY counter:policy SET last = (last ?? 0) + 1 RETURN AFTER).last;
             UPSERT $id CONTENT $row + { version: $next } RETURN AFTER;
             COMMIT;",
        )
        .bind("id", scope_id(&new.scope))
        .bind("expected", new.expected_version)
        .bind("conflict", THROW_CONFLICT.to_owned())
        .bind("row", encode(&row));
        self.database.ask(script, |answer| answer.row(3)).await?.ok_or(DbError::NotFound)
    }

    /// Makes the version grow although no layer changed, for whatever else an agent must be told. Returns the new one.
    pub async fn bump_version(&self) -> Result<u64, DbError> {
        let script = Script::new("UPSERT ONLY counter:policy SET last = (last ?? 0) + 1 RETURN VALUE last");
        self.database.ask(script, |answer| answer.row(0)).await?.ok_or(DbError::NotFound)
    }
}

fn scope_id(scope: &PolicyScope) -> RecordId {
    keys::named("policy", &String::from(scope.clone()))
}
