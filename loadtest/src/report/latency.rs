//! Latencies of one kind, from microseconds to minutes, with three significant digits.

use std::sync::{Mutex, PoisonError};

use hdrhistogram::Histogram;
use serde::Serialize;

/// Longer ones count as this: two minutes.
const LATENCY_US_MAX: u64 = 120_000_000;

/// Recorded by many tasks at once.
#[derive(Debug)]
pub struct Latency {
    histogram: Mutex<Histogram<u64>>,
}

/// Milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct LatencySummary {
    pub count: u64,
    pub p50_ms: f64,
    pub p90_ms: f64,
    pub p99_ms: f64,
    pub p999_ms: f64,
    pub max_ms: f64,
}

impl Default for Latency {
    fn default() -> Self {
        let histogram = Histogram::new_with_bounds(1, LATENCY_US_MAX, 3).expect("the bounds above are valid");
        Self { histogram: Mutex::new(histogram) }
    }
}

impl Latency {
    /// One more, in microseconds.
    pub fn record_us(&self, latency_us: u64) {
        self.histogram
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .saturating_record(latency_us.clamp(1, LATENCY_US_MAX));
    }

    /// The percentiles so far.
    #[must_use]
    pub fn summary(&self) -> LatencySummary {
        let histogram = self.histogram.lock().unwrap_or_else(PoisonError::into_inner);
        if histogram.is_empty() {
            return LatencySummary::default();
        }
        let at = |quantile: f64| histogram.value_at_quantile(quantile) as f64 / 1000.0;
        LatencySummary {
            count: histogram.len(),
            p50_ms: at(0.5),
            p90_ms: at(0.9),
            p99_ms: at(0.99),
            p999_ms: at(0.999),
            max_ms: histogram.max() as f64 / 1000.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_those_of_what_was_recorded() {
        let latency = Latency::default();
        for ms in 1..=1000 {
            latency.record_us(ms * 1000);
        }
        let summary = latency.summary();
        assert_eq!(summary.count, 1000);
        for (got, want) in [(summary.p50_ms, 500.0), (summary.p99_ms, 990.0), (summary.max_ms, 1000.0)] {
            assert!((got - want).abs() <= want * 0.002, "{got} instead of {want}");
        }
    }

    #[test]
    fn nothing_recorded_is_no_panic() {
        assert_eq!(Latency::default().summary(), LatencySummary::default());
    }

    #[test]
    fn an_endless_wait_is_counted_at_the_bound() {
        let latency = Latency::default();
        latency.record_us(u64::MAX);
        assert!(latency.summary().max_ms >= 119_000.0);
    }
}
