//! Invitations: one-time links with which somebody sets a password and signs in.

use muster_protocol::{EmployeeId, UtcMillis};
use serde::{Deserialize, Serialize};
use surrealdb::types::RecordId;

use crate::codec::encode_with_id;
use crate::error::THROW_NOT_FOUND;
use crate::people::employee_id;
use crate::script::Script;
use crate::{Database, DbError, PersonRow, TokenHash, keys};

/// An invitation, `invitation:⟨hash⟩`. Of each person at most one is good: the latest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationRow {
    pub token_hash: TokenHash,
    pub employee: EmployeeId,
    pub created_by: EmployeeId,
    pub created_at: UtcMillis,
    pub expires_at: UtcMillis,
}

/// The store of invitations.
#[derive(Clone)]
pub struct Invitations {
    database: Database,
}

impl Database {
    /// The store of invitations.
    #[must_use]
    pub fn invitations(&self) -> Invitations {
        Invitations { database: self.clone() }
    }
}

impl Invitations {
    /// Stores an invitation in place of an earlier one of the same person.
    pub async fn offer(&self, invitation: &InvitationRow) -> Result<(), DbError> {
        let script = Script::new(
            "BEGIN;
             DELETE invitation WHERE employee = $employee RETURN NONE;
             INSERT INTO invitation $row RETURN NONE;
             COMMIT;",
        )
        .bind("employee", keys::employee(&invitation.employee))
        .bind("row", encode_with_id(invitation_id(&invitation.token_hash), invitation));
        self.database.tell(script).await
    }

    /// The invitation with this token, if it is still good at `at`.
    pub async fn find(&self, token: &TokenHash, at: UtcMillis) -> Result<Option<InvitationRow>, DbError> {
        let script = Script::new("SELECT * FROM $id").bind("id", invitation_id(token));
        let row: Option<InvitationRow> = self.database.ask(script, |answer| answer.row(0)).await?;
        Ok(row.filter(|row| at < row.expires_at))
    }

    /// Uses an invitation up: its person has this password from now on, and every earlier token is worth nothing. Returns
    /// the person as stored then.
    ///
    /// [`DbError::NotFound`]: the invitation is unknown, used, replaced, has expired, or its account is closed.
    pub async fn accept(&self, token: &TokenHash, password_hash: &str, at: UtcMillis) -> Result<PersonRow, DbError> {
        let invitation = self.find(token, at).await?.ok_or(DbError::NotFound)?;
        let script = Script::new(
            "BEGIN;
             IF array::len((DELETE $id RETURN BEFORE)) = 0 { THROW $not_found };
             IF !(SELECT VALUE active FROM ONLY $person) { THROW $not_found };
             DELETE token_family WHERE employee = $employee RETURN NONE;
             UPDATE $person SET password_hash = $hash, token_epoch += 1 RETURN AFTER;
             COMMIT;",
        )
        .bind("id", invitation_id(token))
        .bind("person", employee_id(&invitation.employee))
        .bind("employee", keys::employee(&invitation.employee))
        .bind("hash", password_hash.to_owned())
        .bind("not_found", THROW_NOT_FOUND.to_owned());
        self.database.ask(script, |answer| answer.row(4)).await?.ok_or(DbError::NotFound)
    }

    /// Every invitation that is good at `at`, in no order.
    pub async fn open(&self, at: UtcMillis) -> Result<Vec<InvitationRow>, DbError> {
        let script = Script::new("SELECT * FROM invitation WHERE expires_at > $at").bind("at", at.0);
        self.database.ask(script, |answer| answer.rows(0)).await
    }

    /// Takes a person's invitation back. [`DbError::NotFound`]: there is none.
    pub async fn revoke(&self, employee: &EmployeeId) -> Result<(), DbError> {
        let script = Script::new("RETURN array::len((DELETE invitation WHERE employee = $employee RETURN BEFORE))")
            .bind("employee", keys::employee(employee));
        let deleted: usize = self.database.ask(script, |answer| answer.row(0)).await?.unwrap_or_default();
        if deleted == 0 { Err(DbError::NotFound) } else { Ok(()) }
    }

    /// Deletes the invitations that have expired; says how many.
    pub async fn purge_expired(&self, at: UtcMillis) -> Result<usize, DbError> {
        let script = Script::new("RETURN array::len((DELETE invitation WHERE expires_at <= $at RETURN BEFORE))");
        Ok(self.database.ask(script.bind("at", at.0), |answer| answer.row(0)).await?.unwrap_or_default())
    }
}

fn invitation_id(token: &TokenHash) -> RecordId {
    keys::named("invitation", &token.hex())
}
