//! The organization: one record. What it allows to be captured is its policy layer, see `policy.rs`.

use muster_domain::WorkingHours;
use serde::{Deserialize, Serialize};
use surrealdb::types::Value;

use crate::codec::encode;
use crate::error::THROW_CONFLICT;
use crate::script::Script;
use crate::{Database, DbError};

/// The organization, `organization:current`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrganizationRow {
    pub name: String,
    /// IANA name ("Europe/Berlin"): "today" is a day of this zone.
    pub time_zone: String,
    pub working_hours: WorkingHours,
    pub retention: RetentionDays,
    /// Grows with every change. Given back to [`Organization::put`] it says which one was read; 0 when there was none.
    pub version: u64,
}

/// For how many days each kind of record is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RetentionDays {
    pub screenshots: u32,
    pub work: u32,
    pub audit: u32,
}

/// The store of the organization.
#[derive(Clone)]
pub struct Organization {
    database: Database,
}

impl Database {
    /// The store of the organization.
    #[must_use]
    pub fn organization(&self) -> Organization {
        Organization { database: self.clone() }
    }
}

impl Organization {
    /// The organization, if it has been set up.
    pub async fn get(&self) -> Result<Option<OrganizationRow>, DbError> {
        self.database.ask(Script::new("SELECT * FROM organization:current"), |answer| answer.row(0)).await
    }

    /// Stores `row` over the version that it names, and returns it with its new version. [`DbError::Conflict`] when
    /// somebody else changed the organization meanwhile.
    pub async fn put(&self, row: &OrganizationRow) -> Result<OrganizationRow, DbError> {
        let stored = OrganizationRow { version: row.version + 1, ..row.clone() };
        let script = Script::new(format!("BEGIN; {PUT_ORGANIZATION} COMMIT;"));
        self.database.tell(bind_organization(script, row.version, &stored)).await?;
        Ok(stored)
    }
}

/// Statements that store `$organization` if version `$read` is still the stored one.
pub(crate) const PUT_ORGANIZATION: &str = "
    IF ((SELECT VALUE version FROM ONLY organization:current) ?? 0) != $read { THROW $conflict };
    UPSERT organization:current CONTENT $organization RETURN NONE;";

/// Binds the parameters of [`PUT_ORGANIZATION`].
pub(crate) fn bind_organization(script: Script, read_version: u64, stored: &OrganizationRow) -> Script {
    script
        .bind("read", read_version)
        .bind("conflict", Value::String(THROW_CONFLICT.to_owned()))
        .bind("organization", encode(stored))
}
