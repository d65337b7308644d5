//! The only place of this crate that reads a clock. Everything else is told the time.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use muster_protocol::UtcMillis;
use tokio::time::Instant;

/// The count of a fresh [`Clock`]: one day, so that an instant before the start ("idle since an hour") has a number too.
const START_MS: u64 = 24 * 60 * 60 * 1000;

/// Monotonic and wall time of one run. Copies share the origin, so their counts compare.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    origin: Instant,
}

#[expect(clippy::disallowed_methods, reason = "this module is the one that may read clocks")]
impl Clock {
    /// A clock whose monotonic count begins now.
    #[must_use]
    pub fn start() -> Self {
        Self { origin: Instant::now() }
    }

    /// Monotonic microseconds: for latencies.
    #[must_use]
    pub fn mono_us(&self) -> u64 {
        START_MS * 1000 + u64::try_from(self.origin.elapsed().as_micros()).unwrap_or(u64::MAX)
    }

    /// Monotonic milliseconds: for deadlines.
    #[must_use]
    pub fn mono_ms(&self) -> u64 {
        self.mono_us() / 1000
    }

    /// The wall clock.
    #[must_use]
    pub fn utc(&self) -> UtcMillis {
        let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        UtcMillis(i64::try_from(since_epoch.as_millis()).unwrap_or(i64::MAX))
    }

    /// The wall clock as it was (or will be) at the monotonic instant `mono_ms`.
    #[must_use]
    pub fn utc_at_ms(&self, mono_ms: u64) -> UtcMillis {
        let now_ms = i64::try_from(self.mono_ms()).unwrap_or(i64::MAX);
        let then_ms = i64::try_from(mono_ms).unwrap_or(i64::MAX);
        self.utc().plus(then_ms.saturating_sub(now_ms))
    }

    /// Sleeps until the monotonic count is `mono_ms`; returns at once when it has passed.
    pub async fn sleep_until_ms(&self, mono_ms: u64) {
        tokio::time::sleep_until(self.origin + Duration::from_millis(mono_ms.saturating_sub(START_MS))).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_in_the_past_has_its_wall_time() {
        let clock = Clock::start();
        let hour_ago = clock.utc_at_ms(clock.mono_ms() - 3_600_000);
        let error_ms = (clock.utc().since(hour_ago) - 3_600_000).abs();
        assert!(error_ms < 1000, "{error_ms} ms off");
    }

    #[tokio::test]
    async fn sleeping_reaches_the_deadline() {
        let clock = Clock::start();
        let deadline_ms = clock.mono_ms() + 5;
        clock.sleep_until_ms(deadline_ms).await;
        assert!(clock.mono_ms() >= deadline_ms);
    }
}
