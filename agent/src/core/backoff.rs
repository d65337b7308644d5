//! When to come back after a lost socket: full jitter, so that a fleet does not come back as one.

use rand::Rng;

/// The longest wait without a hint from the hub.
const DELAY_MS_MAX: u64 = 60_000;
/// The bound of the first wait; doubles with each failure.
const DELAY_MS_BASE: u64 = 1_000;
/// A session that held so long was a success: the next wait starts small again.
const STABLE_AFTER_MS: u64 = 60_000;

/// A random time between 0 and min(60 s, 1 s · 2ⁿ), n counting the failures in a row.
#[derive(Clone, Copy, Debug, Default)]
pub struct Backoff {
    failures: u32,
}

impl Backoff {
    /// How long to wait, and one failure more. The hub's own hint replaces the guess once, not the count.
    pub fn next_delay_ms(&mut self, hint_ms: Option<u64>, rng: &mut impl Rng) -> u64 {
        let bound_ms = DELAY_MS_BASE.saturating_mul(1 << self.failures.min(16)).min(DELAY_MS_MAX);
        self.failures = self.failures.saturating_add(1);
        hint_ms.unwrap_or_else(|| rng.random_range(0..=bound_ms))
    }

    /// What was tried held for `lasted_ms`.
    pub const fn held(&mut self, lasted_ms: u64) {
        if lasted_ms >= STABLE_AFTER_MS {
            self.failures = 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;
    use rand::rngs::SmallRng;

    use super::*;

    #[test]
    fn each_wait_is_within_its_bound_and_all_of_it_is_used() {
        let mut rng = SmallRng::seed_from_u64(1);
        for (failures, bound_ms) in [(0, 1_000), (1, 2_000), (5, 32_000), (6, 60_000), (40, 60_000)] {
            let delays: Vec<u64> = (0..2_000).map(|_| Backoff { failures }.next_delay_ms(None, &mut rng)).collect();
            let (min, max) = (delays.iter().min().unwrap(), delays.iter().max().unwrap());
            assert!(*max <= bound_ms && *max > bound_ms * 9 / 10, "{failures} failures: longest {max}");
            assert!(*min < bound_ms / 10, "{failures} failures: shortest {min}");
        }
    }

    #[test]
    fn the_hub_knows_better_and_only_what_held_begins_anew() {
        let mut rng = SmallRng::seed_from_u64(1);
        let mut backoff = Backoff { failures: 9 };
        assert_eq!(backoff.next_delay_ms(Some(77_000), &mut rng), 77_000);
        backoff.held(59_999);
        assert_eq!(backoff.failures, 10);
        backoff.held(60_000);
        assert_eq!(backoff.failures, 0);
    }
}
