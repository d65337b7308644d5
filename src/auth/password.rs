//! Passwords: Argon2id on a bounded number of threads.

use std::sync::Arc;

use argon2::password_hash::rand_core::OsRng;
use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::Semaphore;

/// 19 MiB, two passes, one lane: OWASP's recommendation, and what makes a hundred sign-ins at once cost 40 MiB, not 2 GiB,
/// because only [`HASHES_AT_ONCE`] run.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const HASHES_AT_ONCE: usize = 2;

/// The shortest password that is accepted for a new account, in characters (NIST SP 800-63B asks for 8 at least).
pub const PASSWORD_CHARS_MIN: usize = 8;
/// The longest, in bytes: hashing is bounded work.
pub const PASSWORD_BYTES_MAX: usize = 256;

/// Hashes and checks passwords off the actors' threads.
#[derive(Clone)]
pub struct Passwords {
    argon2: Argon2<'static>,
    turns: Arc<Semaphore>,
    /// A hash of nothing anybody knows: checked for unknown users, so that they take as long as known ones.
    decoy: Arc<str>,
}

impl Passwords {
    /// Ready to hash.
    pub fn new() -> Self {
        let params = Params::new(MEMORY_KIB, PASSES, 1, None).expect("the parameters are in range");
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let decoy = hash(&argon2, &super::secrets::random_secret()).into();
        Self { argon2, turns: Arc::new(Semaphore::new(HASHES_AT_ONCE)), decoy }
    }

    /// The hash of `password` in PHC form.
    pub async fn hash(&self, password: String) -> String {
        let argon2 = self.argon2.clone();
        self.in_turn(move || hash(&argon2, &password)).await
    }

    /// Whether `password` belongs to `stored`; with `None` it takes as long and is never right.
    pub async fn matches(&self, password: String, stored: Option<String>) -> bool {
        let argon2 = self.argon2.clone();
        let known = stored.is_some();
        let stored = stored.unwrap_or_else(|| self.decoy.to_string());
        let matches = move || {
            let parsed = PasswordHash::new(&stored);
            parsed.is_ok_and(|parsed| argon2.verify_password(password.as_bytes(), &parsed).is_ok())
        };
        self.in_turn(matches).await && known
    }

    async fn in_turn<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> T {
        let _turn = self.turns.acquire().await.expect("the semaphore is never closed");
        tokio::task::spawn_blocking(work).await.expect("hashing does not panic")
    }
}

fn hash(argon2: &Argon2<'_>, password: &str) -> String {
    let salt = SaltString::generate(&mut OsRng);
    argon2.hash_password(password.as_bytes(), &salt).expect("length and salt are in range").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_right_password_matches() {
        let passwords = Passwords::new();
        let stored = passwords.hash("correct horse".to_owned()).await;
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(passwords.matches("correct horse".to_owned(), Some(stored.clone())).await);
        assert!(!passwords.matches("wrong horse".to_owned(), Some(stored)).await);
        assert!(!passwords.matches("anything".to_owned(), None).await);
        assert!(!passwords.matches("anything".to_owned(), Some("not a hash".to_owned())).await);
    }
}
