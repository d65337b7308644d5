//! Mass drop: many sessions that break at once are one event (a switch, a proxy, a provider), not thousands.

use std::collections::VecDeque;

use crate::MonoMillis;

/// Losses are counted in steps of this length, which bounds the memory whatever breaks.
const STEP_MS: u64 = 100;

/// When losses are a mass drop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MassDropConfig {
    /// More than this share of the sessions …
    pub share_percent: u64,
    /// … and at least so many …
    pub lost_min: u64,
    /// … lost within this time. After so long without new losses above the limits the next one is told again.
    pub window_ms: u64,
}

impl Default for MassDropConfig {
    fn default() -> Self {
        Self { share_percent: 10, lost_min: 10, window_ms: 5_000 }
    }
}

/// Tell the managers, once: `lost` sessions up to now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MassDrop {
    pub lost: u64,
}

/// Watches the losses of the whole hub. The roster owns it.
#[derive(Clone, Debug, Default)]
pub struct MassDropDetector {
    config: MassDropConfig,
    steps: VecDeque<(MonoMillis, u64)>,
    lost_in_window: u64,
    /// The last moment over the limits, while the drop that was told is going on.
    told_at: Option<MonoMillis>,
}

impl MassDropDetector {
    #[must_use]
    pub fn new(config: MassDropConfig) -> Self {
        Self { config, ..Self::default() }
    }

    /// A session was lost and `remaining` are left. A clean leave is no loss.
    pub fn lost(&mut self, remaining: u64, now: MonoMillis) -> Option<MassDrop> {
        self.forget_before(now);
        match self.steps.back_mut() {
            Some((step, count)) if now.since(*step) < STEP_MS => *count += 1,
            _ => self.steps.push_back((now, 1)),
        }
        self.lost_in_window += 1;
        let before = remaining.saturating_add(self.lost_in_window);
        let over_share = self.lost_in_window.saturating_mul(100) > before.saturating_mul(self.config.share_percent);
        if !over_share || self.lost_in_window < self.config.lost_min {
            return None;
        }
        let goes_on = self.told_at.is_some_and(|told_at| now.since(told_at) < self.config.window_ms);
        self.told_at = Some(now);
        (!goes_on).then_some(MassDrop { lost: self.lost_in_window })
    }

    fn forget_before(&mut self, now: MonoMillis) {
        while let Some((step, count)) = self.steps.front().copied() {
            if now.since(step) < self.config.window_ms {
                break;
            }
            self.lost_in_window -= count;
            self.steps.pop_front();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Loses `count` of `sessions`, one every `every_ms`, from `from_ms`; returns the notices.
    fn lose(detector: &mut MassDropDetector, sessions: u64, count: u64, from_ms: u64, every_ms: u64) -> Vec<MassDrop> {
        (0..count).filter_map(|i| detector.lost(sessions - i - 1, MonoMillis(from_ms + i * every_ms))).collect()
    }

    #[test]
    fn ten_thousand_at_once_are_one_notice() {
        let mut detector = MassDropDetector::default();
        assert_eq!(lose(&mut detector, 10_000, 10_000, 0, 0), [MassDrop { lost: 1_001 }]);
        assert!(detector.steps.len() <= 50);
    }

    #[test]
    fn a_tenth_is_not_more_than_a_tenth() {
        assert_eq!(lose(&mut MassDropDetector::default(), 1_000, 100, 0, 1), []);
        assert_eq!(lose(&mut MassDropDetector::default(), 1_000, 101, 0, 1), [MassDrop { lost: 101 }]);
    }

    #[test]
    fn a_small_office_going_home_is_no_drop() {
        assert_eq!(lose(&mut MassDropDetector::default(), 9, 9, 0, 0), []);
    }

    #[test]
    fn slow_losses_are_no_drop() {
        assert_eq!(lose(&mut MassDropDetector::default(), 1_000, 400, 0, 100), [], "50 of 600 or more in any 5 s");
    }

    #[test]
    fn it_is_told_again_after_it_was_quiet() {
        let mut detector = MassDropDetector::default();
        assert_eq!(lose(&mut detector, 100, 50, 0, 10).len(), 1);
        assert_eq!(lose(&mut detector, 50, 20, 2_000, 10).len(), 0, "the same drop goes on");
        assert_eq!(lose(&mut detector, 100, 20, 60_000, 10).len(), 1, "a new one");
    }

    #[test]
    fn the_memory_is_bounded() {
        let mut detector = MassDropDetector::default();
        lose(&mut detector, 1_000_000, 100_000, 0, 1);
        assert!(detector.steps.len() <= 51, "{}", detector.steps.len());
    }
}
