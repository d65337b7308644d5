//! The first administrator: made through a link that the hub prints once. There is no default password.

use muster_db::{Database, DbError, TokenHash};

use super::secrets::random_secret;

/// Offers set-up if nobody has an account yet: returns the token of a new link, and makes older links void.
pub async fn offer(database: &Database, accounts: usize) -> Result<Option<String>, DbError> {
    if accounts > 0 {
        return Ok(None);
    }
    let token = random_secret();
    database.setup().offer(&TokenHash::of(&token)).await?;
    Ok(Some(token))
}
