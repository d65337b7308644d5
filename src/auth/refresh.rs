//! Refresh tokens: `<family>.<secret>`, renewed with every use. A token that comes back after it was renewed was stolen
//! by somebody: the whole family ends.

use muster_db::{Database, DbError, NewTokenFamily, RotateToken, Rotation, TokenHash};
use muster_protocol::{EmployeeId, UtcMillis};
use uuid::Uuid;

use super::secrets::random_secret;

/// Two tabs of one browser may renew at the same moment; within this the older token is forgiven.
const REUSE_GRACE_MS: i64 = 10_000;

/// A family of refresh tokens: one sign-in and all its renewals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefreshToken {
    pub family: Uuid,
    pub text: String,
}

impl RefreshToken {
    fn new(family: Uuid) -> Self {
        Self { family, text: format!("{family}.{}", random_secret()) }
    }

    /// Reads the family from a token's text.
    pub fn family_of(text: &str) -> Option<Uuid> {
        let (family, secret) = text.split_once('.')?;
        (secret.len() <= 64).then(|| Uuid::parse_str(family).ok()).flatten()
    }
}

/// What a renewal led to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Renewal {
    Renewed {
        employee: EmployeeId,
        token: RefreshToken,
    },
    /// Stolen or replayed: the family has ended.
    Reused {
        employee: EmployeeId,
    },
    /// Unknown, ended or run out.
    Gone,
}

/// Begins a family for `employee`.
pub async fn issue(
    database: &Database,
    employee: &EmployeeId,
    now: UtcMillis,
    ttl_ms: i64,
) -> Result<RefreshToken, DbError> {
    let token = RefreshToken::new(Uuid::now_v7());
    let family = NewTokenFamily {
        family: token.family,
        employee: employee.clone(),
        current: TokenHash::of(&token.text),
        issued_at: now,
        expires_at: now.plus(ttl_ms),
    };
    database.tokens().issue(&family).await?;
    Ok(token)
}

/// Takes `presented` and gives the next token of its family.
pub async fn renew(database: &Database, presented: &str, now: UtcMillis, ttl_ms: i64) -> Result<Renewal, DbError> {
    let Some(family) = RefreshToken::family_of(presented) else { return Ok(Renewal::Gone) };
    let next = RefreshToken::new(family);
    let rotation = RotateToken {
        family,
        presented: TokenHash::of(presented),
        next: TokenHash::of(&next.text),
        at: now,
        expires_at: now.plus(ttl_ms),
        reuse_grace_ms: REUSE_GRACE_MS,
    };
    Ok(match database.tokens().rotate(&rotation).await? {
        Rotation::Renewed { employee } => Renewal::Renewed { employee, token: next },
        Rotation::Reused { employee } => Renewal::Reused { employee },
        Rotation::Gone => Renewal::Gone,
    })
}
