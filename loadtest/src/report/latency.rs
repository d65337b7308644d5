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

/// One figure of a summary, in milliseconds, and its name: what a line of a plot shows.
pub(crate) type Percentile = (&'static str, fn(&LatencySummary) -> f64);

/// One point of a distribution.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct CurvePoint {
    /// Of all latencies, 0 to 1.
    pub share: f64,
    /// At most so long.
    pub ms: f64,
}

/// Evenly spaced in orders of magnitude of what lies beyond.
const CURVE_SHARES: [f64; 22] = [
    0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.925, 0.95, 0.975, 0.99, 0.9925, 0.995, 0.9975, 0.999,
    0.9995, 0.9999, 0.99999,
];

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
        LatencySummary::of(&self.histogram.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The percentiles so far; from now on it counts anew.
    pub fn take_summary(&self) -> LatencySummary {
        let mut histogram = self.histogram.lock().unwrap_or_else(PoisonError::into_inner);
        let summary = LatencySummary::of(&histogram);
        histogram.reset();
        summary
    }

    /// The milliseconds below which each of these shares of all lie, for a plot: from the smallest to 99.999 %.
    #[must_use]
    pub fn curve(&self) -> Vec<CurvePoint> {
        let histogram = self.histogram.lock().unwrap_or_else(PoisonError::into_inner);
        // A share that not even one value lies beyond would only repeat the maximum.
        let last = CURVE_SHARES.iter().take_while(|share| (1.0 - **share) * histogram.len() as f64 >= 1.0).count();
        let shares = CURVE_SHARES.iter().take(last);
        shares
            .map(|share| CurvePoint { share: *share, ms: histogram.value_at_quantile(*share) as f64 / 1000.0 })
            .collect()
    }
}

impl LatencySummary {
    fn of(histogram: &Histogram<u64>) -> Self {
        if histogram.is_empty() {
            return Self::default();
        }
        let at = |quantile: f64| histogram.value_at_quantile(quantile) as f64 / 1000.0;
        Self {
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
    fn a_curve_ends_where_the_values_do() {
        let latency = Latency::default();
        assert_eq!(latency.curve(), []);
        for ms in 1..=1000 {
            latency.record_us(ms * 1000);
        }
        let curve = latency.curve();
        assert_eq!((curve[5].share, curve.last().unwrap().share), (0.5, 0.999));
        assert!((curve[5].ms - 500.0).abs() < 1.0 && curve.is_sorted_by_key(|point| point.ms));
    }

    #[test]
    fn taking_begins_anew() {
        let latency = Latency::default();
        latency.record_us(5_000);
        assert_eq!((latency.take_summary().count, latency.take_summary().count), (1, 0));
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
