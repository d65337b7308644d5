//! Latencies over time: one summary for each stretch, and one for all of it.

use std::sync::{Mutex, PoisonError};

use serde::Serialize;

use super::{Latency, LatencySummary};

/// Stretches that are kept; an hour of seconds.
const STRETCHES_MAX: usize = 3_600;

/// Recorded by many tasks at once; one of them calls [`Self::tick`].
#[derive(Debug, Default)]
pub struct LatencyTimeline {
    total: Latency,
    stretch: Latency,
    stretches: Mutex<Vec<LatencyPoint>>,
}

/// One stretch.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct LatencyPoint {
    /// Its end, in seconds since the measurement began.
    pub at_s: f64,
    #[serde(flatten)]
    pub latency: LatencySummary,
}

impl LatencyTimeline {
    /// One more, in microseconds.
    pub fn record_us(&self, latency_us: u64) {
        self.total.record_us(latency_us);
        self.stretch.record_us(latency_us);
    }

    /// A stretch ends. One without anything leaves a gap.
    pub fn tick(&self, at_s: f64) {
        let latency = self.stretch.take_summary();
        let mut stretches = self.stretches.lock().unwrap_or_else(PoisonError::into_inner);
        if latency.count > 0 && stretches.len() < STRETCHES_MAX {
            stretches.push(LatencyPoint { at_s, latency });
        }
    }

    /// Everything.
    #[must_use]
    pub fn total(&self) -> &Latency {
        &self.total
    }

    /// Every stretch that had something.
    #[must_use]
    pub fn stretches(&self) -> Vec<LatencyPoint> {
        self.stretches.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_stretch_has_its_own_figures_and_all_are_in_the_total() {
        let timeline = LatencyTimeline::default();
        timeline.record_us(1_000);
        timeline.tick(1.0);
        timeline.tick(2.0);
        timeline.record_us(9_000);
        timeline.record_us(9_000);
        timeline.tick(3.0);
        let stretches = timeline.stretches();
        let counts: Vec<_> = stretches.iter().map(|point| (point.at_s, point.latency.count)).collect();
        assert_eq!(counts, [(1.0, 1), (3.0, 2)]);
        assert!((stretches[1].latency.p50_ms - 9.0).abs() < 0.02, "{stretches:?}");
        assert_eq!(timeline.total().summary().count, 3);
    }
}
