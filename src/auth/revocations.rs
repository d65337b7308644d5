//! Sign-ins that were signed out: their access tokens end now, not in a quarter of an hour.

use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

use muster_domain::MonoMillis;
use uuid::Uuid;

/// The families that have ended and whose access tokens may still be around.
pub struct Revocations {
    ended: RwLock<HashMap<Uuid, MonoMillis>>,
    /// As long as an access token lives.
    keep_ms: u64,
}

impl Revocations {
    /// Remembers each family for `keep_ms`.
    pub fn new(keep_ms: u64) -> Self {
        Self { ended: RwLock::default(), keep_ms }
    }

    /// Ends `family`, and forgets those whose tokens have run out by themselves.
    pub fn revoke(&self, family: Uuid, now: MonoMillis) {
        let mut ended = self.ended.write().unwrap_or_else(PoisonError::into_inner);
        ended.retain(|_, at| now.since(*at) <= self.keep_ms);
        ended.insert(family, now);
    }

    /// Whether `family` has ended.
    pub fn contains(&self, family: Uuid) -> bool {
        self.ended.read().unwrap_or_else(PoisonError::into_inner).contains_key(&family)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ended_family_is_remembered_as_long_as_its_tokens_live() {
        let revocations = Revocations::new(1_000);
        let (first, second) = (Uuid::now_v7(), Uuid::now_v7());
        revocations.revoke(first, MonoMillis(0));
        assert!(revocations.contains(first) && !revocations.contains(second));
        revocations.revoke(second, MonoMillis(1_001));
        assert!(!revocations.contains(first) && revocations.contains(second));
    }
}
