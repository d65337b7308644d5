//! Device tokens: what an agent shows at its door and with its uploads.

use muster_db::TokenHash;

use super::secrets::random_secret;

/// Tells a device token from an access token, and a leaked one in a log from noise.
pub const PREFIX: &str = "mdt_";

/// A new device token. Only its hash is stored.
pub fn new_token() -> String {
    format!("{PREFIX}{}", random_secret())
}

/// The hash by which a presented token is looked up, if it can be a device token at all.
pub fn hash_of(presented: &str) -> Option<TokenHash> {
    (presented.starts_with(PREFIX) && presented.len() <= 64).then(|| TokenHash::of(presented))
}

/// A new enrolment code: short enough to type (50 bits, valid for a day, tried at most a few times a minute).
pub fn new_code() -> String {
    const LETTERS: &[u8] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    let pick = |_| char::from(LETTERS[usize::from(rand::random::<u8>()) % LETTERS.len()]);
    let (first, second) = ((0..5).map(pick).collect::<String>(), (0..5).map(pick).collect::<String>());
    format!("{first}-{second}")
}

/// The form in which a typed code is looked up: case and dashes do not matter.
pub fn code_hash(typed: &str) -> TokenHash {
    let letters = typed.chars().filter(char::is_ascii_alphanumeric).take(64).collect::<String>();
    TokenHash::of(&letters.to_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_may_be_typed_in_small_letters_and_without_its_dash() {
        let code = new_code();
        assert_eq!(code.len(), 11);
        assert_eq!(code_hash(&code), code_hash(&code.to_lowercase().replace('-', " ")));
        assert_ne!(code_hash(&code), code_hash(&new_code()));
    }

    #[test]
    fn an_access_token_is_no_device_token() {
        assert!(hash_of("eyJhbGciOiJIUzI1NiJ9.e30.x").is_none());
        assert!(hash_of(&new_token()).is_some());
    }
}
