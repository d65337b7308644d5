//! When a screenshot is due: one in each interval, at a random moment inside it. Pure.

use rand::Rng;

/// The plan of one agent. Instants are monotonic milliseconds.
#[derive(Clone, Copy, Debug)]
pub struct CapturePlan {
    interval_ms: u64,
    window_from_ms: u64,
    due_at_ms: u64,
}

impl CapturePlan {
    /// A plan whose first window begins at `now_ms`.
    pub fn new(now_ms: u64, interval_ms: u64, rng: &mut impl Rng) -> Self {
        let mut plan = Self { interval_ms: interval_ms.max(1), window_from_ms: now_ms, due_at_ms: now_ms };
        plan.draw(rng);
        plan
    }

    /// The next screenshot comes at a random moment before `until_ms`, if that is earlier than planned.
    pub fn hurry(&mut self, now_ms: u64, until_ms: u64, rng: &mut impl Rng) {
        if until_ms < self.due_at_ms {
            self.due_at_ms = rng.random_range(now_ms.min(until_ms)..=until_ms);
        }
    }

    /// The instant of the next screenshot.
    #[must_use]
    pub fn due_at_ms(&self) -> u64 {
        self.due_at_ms
    }

    /// Whether one is due; if so, the next one is planned in the window after. Windows slept through are not made up for.
    pub fn take_due(&mut self, now_ms: u64, rng: &mut impl Rng) -> bool {
        if now_ms < self.due_at_ms {
            return false;
        }
        let windows = now_ms.saturating_sub(self.window_from_ms) / self.interval_ms + 1;
        self.window_from_ms += windows * self.interval_ms;
        self.draw(rng);
        true
    }

    /// Another interval, beginning now. The same interval changes nothing.
    pub fn set_interval(&mut self, now_ms: u64, interval_ms: u64, rng: &mut impl Rng) {
        if interval_ms.max(1) != self.interval_ms {
            *self = Self::new(now_ms, interval_ms, rng);
        }
    }

    fn draw(&mut self, rng: &mut impl Rng) {
        self.due_at_ms = self.window_from_ms + rng.random_range(0..self.interval_ms);
    }
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;
    use rand::rngs::SmallRng;

    use super::*;

    #[test]
    fn there_is_exactly_one_in_each_window() {
        let mut rng = SmallRng::seed_from_u64(3);
        let mut plan = CapturePlan::new(1_000, 600, &mut rng);
        for window in 0..500 {
            let due_at_ms = plan.due_at_ms();
            let from_ms = 1_000 + window * 600;
            assert!((from_ms..from_ms + 600).contains(&due_at_ms), "window {window}: {due_at_ms}");
            assert!(!plan.take_due(due_at_ms - 1, &mut rng));
            assert!(plan.take_due(due_at_ms, &mut rng));
        }
    }

    #[test]
    fn a_long_sleep_gives_one_screenshot() {
        let mut rng = SmallRng::seed_from_u64(3);
        let mut plan = CapturePlan::new(0, 600, &mut rng);
        assert!(plan.take_due(100_000, &mut rng));
        assert!(plan.due_at_ms() > 100_000);
    }

    #[test]
    fn a_hurry_changes_one_screenshot_only() {
        let mut rng = SmallRng::seed_from_u64(3);
        for _ in 0..100 {
            let mut plan = CapturePlan::new(1_000, 600_000, &mut rng);
            plan.hurry(1_000, 31_000, &mut rng);
            assert!((1_000..=31_000).contains(&plan.due_at_ms()));
            assert!(plan.take_due(31_000, &mut rng));
            assert!((601_000..1_201_000).contains(&plan.due_at_ms()));
        }
    }

    #[test]
    fn a_new_interval_counts_from_now() {
        let mut rng = SmallRng::seed_from_u64(3);
        let mut plan = CapturePlan::new(0, 600_000, &mut rng);
        plan.set_interval(5_000, 120_000, &mut rng);
        assert!((5_000..125_000).contains(&plan.due_at_ms()));
        let due_at_ms = plan.due_at_ms();
        plan.set_interval(6_000, 120_000, &mut rng);
        assert_eq!(plan.due_at_ms(), due_at_ms);
    }
}
