//! Teams.

use muster_protocol::{TeamId, UtcMillis};
use serde::{Deserialize, Serialize};
use surrealdb::types::RecordId;

use crate::codec::encode_with_id;
use crate::script::Script;
use crate::{Database, DbError, keys};

/// A team, `team:⟨uuid⟩`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamRow {
    #[serde(rename = "team")]
    pub id: TeamId,
    pub name: String,
    pub created_at: UtcMillis,
}

/// The store of teams.
#[derive(Clone)]
pub struct Teams {
    database: Database,
}

impl Database {
    /// The store of teams.
    #[must_use]
    pub fn teams(&self) -> Teams {
        Teams { database: self.clone() }
    }
}

impl Teams {
    /// Creates a team under an id that the caller made.
    pub async fn create(&self, team: &TeamRow) -> Result<(), DbError> {
        let script =
            Script::new("INSERT INTO team $row RETURN NONE").bind("row", encode_with_id(team_id(team.id), team));
        self.database.tell(script).await
    }

    /// Renames a team.
    pub async fn rename(&self, id: TeamId, name: &str) -> Result<TeamRow, DbError> {
        let script = Script::new("UPDATE $id SET name = $name RETURN AFTER")
            .bind("id", team_id(id))
            .bind("name", name.to_owned());
        self.database.ask(script, |answer| answer.row(0)).await?.ok_or(DbError::NotFound)
    }

    /// Deletes a team. Its people belong to no team then, its managers manage one less.
    pub async fn delete(&self, id: TeamId) -> Result<(), DbError> {
        let script = Script::new(
            "BEGIN;
             DELETE $id RETURN BEFORE;
             UPDATE employee SET team = NONE WHERE team = $team RETURN NONE;
             UPDATE employee SET managed_teams -= $team WHERE managed_teams CONTAINS $team RETURN NONE;
             COMMIT;",
        )
        .bind("id", team_id(id))
        .bind("team", id.to_string());
        let deleted: Option<TeamRow> = self.database.ask(script, |answer| answer.row(1)).await?;
        deleted.map(drop).ok_or(DbError::NotFound)
    }

    /// A team by id.
    pub async fn get(&self, id: TeamId) -> Result<Option<TeamRow>, DbError> {
        self.database.ask(Script::new("SELECT * FROM $id").bind("id", team_id(id)), |answer| answer.row(0)).await
    }

    /// All teams, in the order of their creation when their ids are version 7.
    pub async fn all(&self) -> Result<Vec<TeamRow>, DbError> {
        self.database.ask(Script::new("SELECT * FROM team"), |answer| answer.rows(0)).await
    }
}

fn team_id(id: TeamId) -> RecordId {
    keys::by_uuid("team", id.0)
}
