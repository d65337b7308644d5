//! First start: the one-time token that makes the first administrator.

use serde::{Deserialize, Serialize};

use crate::error::{THROW_NOT_FOUND, THROW_SETUP_DONE};
use crate::organization::{PUT_ORGANIZATION, bind_organization};
use crate::people::create_people;
use crate::script::Script;
use crate::{Database, DbError, NewPerson, OrganizationRow, PersonRow, TokenHash};

/// The store of the set-up token, `setup_token:current`.
#[derive(Clone)]
pub struct Setup {
    database: Database,
}

#[derive(Serialize, Deserialize)]
struct SetupTokenRow {
    hash: TokenHash,
}

impl Database {
    /// The store of the set-up token.
    #[must_use]
    pub fn setup(&self) -> Setup {
        Setup { database: self.clone() }
    }
}

impl Setup {
    /// Offers a token, in place of an earlier one. The hub prints its link.
    pub async fn offer(&self, token: &TokenHash) -> Result<(), DbError> {
        let script = Script::new("UPSERT setup_token:current SET hash = $hash RETURN NONE").bind("hash", token.hex());
        self.database.tell(script).await
    }

    /// The token that is on offer.
    pub async fn offered(&self) -> Result<Option<TokenHash>, DbError> {
        let script = Script::new("SELECT * FROM setup_token:current");
        let row: Option<SetupTokenRow> = self.database.ask(script, |answer| answer.row(0)).await?;
        Ok(row.map(|row| row.hash))
    }

    /// Creates the first administrator and the organization, and uses the token up, all or nothing.
    ///
    /// [`DbError::NotFound`]: this token is not on offer. [`DbError::AlreadyExists`]: there is an active administrator.
    /// [`DbError::Conflict`]: there is an organization of another version than `organization` names.
    pub async fn complete(
        &self,
        token: &TokenHash,
        administrator: &NewPerson,
        organization: &OrganizationRow,
    ) -> Result<PersonRow, DbError> {
        let stored = OrganizationRow { version: organization.version + 1, ..organization.clone() };
        self.check(token).await?;
        let people = std::slice::from_ref(administrator);
        let mut created = create_people(&self.database, people, |mut script| {
            script.text.to_mut().extend([PUT_ORGANIZATION, USE_TOKEN]);
            bind_organization(script, organization.version, &stored)
                .bind("hash", token.hex())
                .bind("not_found", THROW_NOT_FOUND.to_owned())
        })
        .await?;
        created.pop().ok_or(DbError::NotFound)
    }

    async fn check(&self, token: &TokenHash) -> Result<(), DbError> {
        let script = Script::new(
            "IF array::len(SELECT VALUE id FROM employee WHERE role = 'admin' AND active LIMIT 1) > 0 { THROW $done };
             IF (SELECT VALUE hash FROM ONLY setup_token:current) != $hash { THROW $not_found };",
        )
        .bind("hash", token.hex())
        .bind("done", THROW_SETUP_DONE.to_owned())
        .bind("not_found", THROW_NOT_FOUND.to_owned());
        self.database.tell(script).await
    }
}

/// Two people with the same link race for this record, so only one of them gets through.
const USE_TOKEN: &str = "
    IF (SELECT VALUE hash FROM ONLY setup_token:current) != $hash { THROW $not_found };
    DELETE setup_token:current RETURN NONE;";
