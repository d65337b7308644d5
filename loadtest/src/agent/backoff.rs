//! When to come back after a lost socket. Pure.

use rand::Rng;

/// The longest wait that the protocol asks for without a hint from the hub.
pub const DELAY_MS_MAX: u64 = 60_000;
/// The upper bound of the first wait; doubles with each failure.
const DELAY_MS_BASE: u64 = 1_000;
/// A session that lasted so long was a success: the next wait starts small again.
const STABLE_AFTER_MS: u64 = 60_000;

/// Full jitter over `0..min(60 s, 1 s · 2^n)`, n counting the failures in a row.
#[derive(Clone, Copy, Debug)]
pub struct Backoff {
    delay_ms_max: u64,
    failures: u32,
}

impl Backoff {
    /// No failure yet; waits below `delay_ms_max`, usually [`DELAY_MS_MAX`].
    #[must_use]
    pub fn new(delay_ms_max: u64) -> Self {
        Self { delay_ms_max: delay_ms_max.max(1), failures: 0 }
    }

    /// How long to wait, and one failure more. A hint of the hub replaces the guess, not the count.
    pub fn next_delay_ms(&mut self, hint_ms: Option<u64>, rng: &mut impl Rng) -> u64 {
        let bound_ms = DELAY_MS_BASE.saturating_mul(1 << self.failures.min(16)).min(self.delay_ms_max);
        self.failures = self.failures.saturating_add(1);
        hint_ms.unwrap_or_else(|| rng.random_range(0..bound_ms))
    }

    /// A session ended that had lasted `lasted_ms`.
    pub fn session_lasted(&mut self, lasted_ms: u64) {
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
            let delays: Vec<u64> = (0..2_000)
                .map(|_| Backoff { failures, ..Backoff::new(DELAY_MS_MAX) }.next_delay_ms(None, &mut rng))
                .collect();
            let (min, max) = (delays.iter().min().unwrap(), delays.iter().max().unwrap());
            assert!(*max < bound_ms && *max > bound_ms * 9 / 10, "failures {failures}: longest {max}");
            assert!(*min < bound_ms / 10, "failures {failures}: shortest {min}");
        }
    }

    #[test]
    fn a_test_may_be_less_patient() {
        let mut rng = SmallRng::seed_from_u64(1);
        let mut backoff = Backoff::new(500);
        assert!((0..100).all(|_| backoff.next_delay_ms(None, &mut rng) < 500));
    }

    #[test]
    fn the_hub_knows_better() {
        let mut rng = SmallRng::seed_from_u64(1);
        let mut backoff = Backoff { failures: 9, ..Backoff::new(DELAY_MS_MAX) };
        assert_eq!(backoff.next_delay_ms(Some(77_000), &mut rng), 77_000);
    }

    #[test]
    fn only_a_stable_session_resets_the_count() {
        let mut rng = SmallRng::seed_from_u64(1);
        let mut backoff = Backoff::new(DELAY_MS_MAX);
        for _ in 0..5 {
            backoff.next_delay_ms(None, &mut rng);
        }
        backoff.session_lasted(5_000);
        assert_eq!(backoff.failures, 5);
        backoff.session_lasted(60_000);
        assert_eq!(backoff.failures, 0);
    }
}
