//! Refresh tokens: each is good once, and a token that comes a second time ends its whole family.

use muster_protocol::{EmployeeId, UtcMillis};
use serde::{Deserialize, Serialize};
use surrealdb::types::{RecordId, Value};
use uuid::Uuid;

use crate::codec::{encode, encode_with_id};
use crate::error::THROW_CONFLICT;
use crate::script::Script;
use crate::{Database, DbError, TokenHash, keys};

/// A signing-in, `token_family:⟨uuid⟩`: the chain of tokens that came from it. Only the newest is good.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct TokenFamilyRow {
    employee: EmployeeId,
    current: TokenHash,
    previous: Option<TokenHash>,
    rotated_at: UtcMillis,
    expires_at: UtcMillis,
}

/// A signing-in to be remembered. The token's text must name the family, so that a later token is found by it.
#[derive(Clone, Debug)]
pub struct NewTokenFamily {
    pub family: Uuid,
    pub employee: EmployeeId,
    pub current: TokenHash,
    pub issued_at: UtcMillis,
    pub expires_at: UtcMillis,
}

/// A token is presented and wants to be exchanged for `next`.
#[derive(Clone, Debug)]
pub struct RotateToken {
    pub family: Uuid,
    pub presented: TokenHash,
    pub next: TokenHash,
    pub at: UtcMillis,
    /// Of the next token.
    pub expires_at: UtcMillis,
    /// The token before the current one is good for so long after the exchange: two tabs of a browser ask at once, and
    /// an answer may be lost on the way.
    pub reuse_grace_ms: i64,
}

/// What became of a presented token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rotation {
    /// The next token is good now.
    Renewed { employee: EmployeeId },
    /// It was used before, so somebody has a copy: the family is revoked.
    Reused { employee: EmployeeId },
    /// The family has expired, was revoked, or never was.
    Gone,
}

/// The store of refresh tokens.
#[derive(Clone)]
pub struct Tokens {
    database: Database,
}

impl Database {
    /// The store of refresh tokens.
    #[must_use]
    pub fn tokens(&self) -> Tokens {
        Tokens { database: self.clone() }
    }
}

impl Tokens {
    /// Remembers a signing-in.
    pub async fn issue(&self, new: &NewTokenFamily) -> Result<(), DbError> {
        let row = TokenFamilyRow {
            employee: new.employee.clone(),
            current: new.current,
            previous: None,
            rotated_at: new.issued_at,
            expires_at: new.expires_at,
        };
        let script = Script::new("INSERT INTO token_family $row RETURN NONE")
            .bind("row", encode_with_id(family_id(new.family), &row));
        self.database.tell(script).await
    }

    /// Exchanges a token.
    pub async fn rotate(&self, rotate: &RotateToken) -> Result<Rotation, DbError> {
        loop {
            let read = Script::new("SELECT * FROM $id").bind("id", family_id(rotate.family));
            let stored: Option<TokenFamilyRow> = self.database.ask(read, |answer| answer.row(0)).await?;
            let Some(family) = stored.filter(|family| rotate.at < family.expires_at) else {
                return Ok(Rotation::Gone);
            };
            let in_grace = rotate.at.since(family.rotated_at) <= rotate.reuse_grace_ms;
            let is_good = family.current == rotate.presented || (family.previous == Some(rotate.presented) && in_grace);
            if !is_good {
                self.revoke_family(rotate.family).await?;
                return Ok(Rotation::Reused { employee: family.employee });
            }
            match self.replace(rotate, &family).await {
                Ok(()) => return Ok(Rotation::Renewed { employee: family.employee }),
                // Another tab was quicker: judge the token again by what is stored now.
                Err(DbError::Conflict) => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// Ends a family: signing out.
    pub async fn revoke_family(&self, family: Uuid) -> Result<(), DbError> {
        self.database.tell(Script::new("DELETE $id RETURN NONE").bind("id", family_id(family))).await
    }

    /// Ends every family of a person; says how many.
    pub async fn revoke_all(&self, employee: &EmployeeId) -> Result<usize, DbError> {
        let script = Script::new("RETURN array::len((DELETE token_family WHERE employee = $employee RETURN BEFORE))");
        self.deleted(script.bind("employee", keys::employee(employee))).await
    }

    /// Deletes the families that have expired; says how many.
    pub async fn purge_expired(&self, at: UtcMillis) -> Result<usize, DbError> {
        let script = Script::new("RETURN array::len((DELETE token_family WHERE expires_at <= $at RETURN BEFORE))");
        self.deleted(script.bind("at", at.0)).await
    }

    /// Makes the next token the current one, unless the family changed since it was read.
    async fn replace(&self, rotate: &RotateToken, read: &TokenFamilyRow) -> Result<(), DbError> {
        let row = TokenFamilyRow {
            employee: read.employee.clone(),
            current: rotate.next,
            previous: Some(read.current),
            rotated_at: rotate.at,
            expires_at: rotate.expires_at,
        };
        let script = Script::new(
            "BEGIN;
             IF (SELECT VALUE current FROM ONLY $id) != $read { THROW $conflict };
             UPDATE $id CONTENT $row RETURN NONE;
             COMMIT;",
        )
        .bind("id", family_id(rotate.family))
        .bind("read", read.current.hex())
        .bind("conflict", Value::String(THROW_CONFLICT.to_owned()))
        .bind("row", encode(&row));
        self.database.tell(script).await
    }

    async fn deleted(&self, script: Script) -> Result<usize, DbError> {
        Ok(self.database.ask(script, |answer| answer.row(0)).await?.unwrap_or_default())
    }
}

fn family_id(family: Uuid) -> RecordId {
    keys::by_uuid("token_family", family)
}
