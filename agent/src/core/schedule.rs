//! When the next screenshot is due: once in each interval, at a moment that nobody can foresee.

use muster_domain::MonoMillis;
use muster_domain::policy::next_screenshot;
use muster_protocol::UtcMillis;

/// The moments of one stretch of work under one interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Schedule {
    begun_at: MonoMillis,
    interval_ms: u64,
    seed: u64,
    /// The interval whose moment comes next.
    index: u64,
}

impl Schedule {
    /// Intervals begin at `now`. `seed` is drawn when the agent starts and told to nobody.
    #[must_use]
    pub const fn begun(now: MonoMillis, interval_ms: u64, seed: u64) -> Self {
        Self { begun_at: now, interval_ms, seed, index: 0 }
    }

    /// The next moment.
    #[must_use]
    pub fn due_at(&self) -> MonoMillis {
        let after = next_screenshot(self.interval_ms, UtcMillis(0), self.index, self.seed);
        self.begun_at.plus(u64::try_from(after.0).unwrap_or_default())
    }

    /// Whether the moment has come. It comes once; of several that were missed only the last one counts.
    pub fn is_due(&mut self, now: MonoMillis) -> bool {
        let mut is_due = false;
        while self.due_at() <= now {
            self.index += 1;
            is_due = true;
        }
        is_due
    }

    #[must_use]
    pub const fn interval_ms(&self) -> u64 {
        self.interval_ms
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_one_moment_in_each_interval() {
        for seed in 0..50 {
            let mut schedule = Schedule::begun(MonoMillis(7_000), 120_000, seed);
            let moments: Vec<u64> = (7_000..1_207_000)
                .step_by(500)
                .filter(|ms| schedule.is_due(MonoMillis(*ms)))
                .map(|ms| (ms - 7_000) / 120_000)
                .collect();
            // A moment in the last half second of an interval is seen at the next look.
            assert!((9..=10).contains(&moments.len()), "seed {seed}: {moments:?}");
        }
    }

    #[test]
    fn what_was_missed_is_not_made_up_for() {
        let mut schedule = Schedule::begun(MonoMillis(0), 120_000, 3);
        assert!(schedule.is_due(MonoMillis(10_000_000)));
        assert!(schedule.due_at() > MonoMillis(10_000_000) && !schedule.is_due(MonoMillis(10_000_000)));
    }
}
