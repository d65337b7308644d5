//! Access tokens: short-lived JWTs, HS256 and nothing else.

use jsonwebtoken::errors::ErrorKind;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, encode};
use muster_protocol::{EmployeeId, UtcMillis};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

const ISSUER: &str = "muster";
const AUDIENCE: &str = "muster-hub";
/// Keeps an access token from being taken for any other token that the same key may sign one day.
const TOKEN_TYPE: &str = "access";

/// What an access token says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AccessClaims {
    pub sub: EmployeeId,
    pub iss: String,
    pub aud: String,
    pub typ: String,
    /// Seconds since 1970, as JWT has it.
    pub iat: i64,
    pub exp: i64,
    /// The account's token epoch: raised when a role changes or everything is signed out.
    pub epoch: u32,
    /// The refresh family it was issued with; nil when without.
    pub family: Uuid,
}

/// Why a token is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    #[error("the token has run out")]
    Expired,
    #[error("the token is not valid")]
    Invalid,
}

/// Signs and checks access tokens.
pub struct AccessTokens {
    encoding: EncodingKey,
    decoding: DecodingKey,
    ttl_ms: u64,
}

impl AccessTokens {
    /// Tokens signed with `secret` that live for `ttl_ms`.
    pub fn new(secret: &str, ttl_ms: u64) -> Self {
        let encoding = EncodingKey::from_secret(secret.as_bytes());
        Self { encoding, decoding: DecodingKey::from_secret(secret.as_bytes()), ttl_ms }
    }

    /// Milliseconds that a new token lives.
    pub fn ttl_ms(&self) -> u64 {
        self.ttl_ms
    }

    /// A token for `employee`.
    pub fn issue(&self, employee: &EmployeeId, epoch: u32, family: Uuid, now: UtcMillis) -> String {
        let ttl_ms = i64::try_from(self.ttl_ms).unwrap_or(i64::MAX);
        let claims = AccessClaims {
            sub: employee.clone(),
            iss: ISSUER.to_owned(),
            aud: AUDIENCE.to_owned(),
            typ: TOKEN_TYPE.to_owned(),
            iat: now.0 / 1000,
            exp: now.plus(ttl_ms).0 / 1000,
            epoch,
            family,
        };
        encode(&Header::new(Algorithm::HS256), &claims, &self.encoding).expect("claims are plain JSON")
    }

    /// The claims of `token`, if it is one of ours and has not run out at `now`.
    pub fn check(&self, token: &str, now: UtcMillis) -> Result<AccessClaims, TokenError> {
        let mut validation = Validation::new(Algorithm::HS256);
        validation.set_issuer(&[ISSUER]);
        validation.set_audience(&[AUDIENCE]);
        validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
        // The hub's clock decides below; the library would read its own.
        validation.validate_exp = false;
        let decoded =
            decode::<AccessClaims>(token, &self.decoding, &validation).map_err(|error| match error.kind() {
                ErrorKind::ExpiredSignature => TokenError::Expired,
                _ => TokenError::Invalid,
            })?;
        match decoded.claims {
            claims if claims.typ != TOKEN_TYPE => Err(TokenError::Invalid),
            claims if claims.exp <= now.0 / 1000 => Err(TokenError::Expired),
            claims => Ok(claims),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: UtcMillis = UtcMillis(1_795_000_000_000);
    const SECRET: &str = "0123456789abcdef0123456789abcdef";

    fn tokens() -> AccessTokens {
        AccessTokens::new(SECRET, 900_000)
    }

    fn ada() -> EmployeeId {
        EmployeeId::new("INT1").unwrap()
    }

    #[test]
    fn a_token_is_accepted_until_it_runs_out() {
        let token = tokens().issue(&ada(), 3, Uuid::nil(), NOW);
        let claims = tokens().check(&token, NOW.plus(899_000)).unwrap();
        assert_eq!((claims.sub, claims.epoch), (ada(), 3));
        assert_eq!(tokens().check(&token, NOW.plus(900_000)), Err(TokenError::Expired));
    }

    #[test]
    fn a_foreign_a_changed_and_an_unsigned_token_are_refused() {
        let token = tokens().issue(&ada(), 0, Uuid::nil(), NOW);
        let foreign = AccessTokens::new("another secret of thirty-two char", 900_000);
        assert_eq!(foreign.check(&token, NOW), Err(TokenError::Invalid));

        let [header, payload, signature] = token.split('.').collect::<Vec<_>>()[..] else { panic!("three parts") };
        let changed = format!("{header}.{}x.{signature}", &payload[..payload.len() - 1]);
        assert_eq!(tokens().check(&changed, NOW), Err(TokenError::Invalid));
        // {"alg":"none"}
        let unsigned = format!("eyJhbGciOiJub25lIn0.{payload}.");
        assert_eq!(tokens().check(&unsigned, NOW), Err(TokenError::Invalid));
    }

    #[test]
    fn another_algorithm_or_type_is_refused() {
        let claims = tokens().check(&tokens().issue(&ada(), 0, Uuid::nil(), NOW), NOW).unwrap();
        let key = EncodingKey::from_secret(SECRET.as_bytes());
        let longer = encode(&Header::new(Algorithm::HS512), &claims, &key).unwrap();
        assert_eq!(tokens().check(&longer, NOW), Err(TokenError::Invalid));
        let refresh = AccessClaims { typ: "refresh".to_owned(), ..claims };
        let refresh = encode(&Header::new(Algorithm::HS256), &refresh, &key).unwrap();
        assert_eq!(tokens().check(&refresh, NOW), Err(TokenError::Invalid));
    }
}
