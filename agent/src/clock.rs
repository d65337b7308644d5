//! The only place of this crate that reads a clock. Everything else is told the time.

use std::time::{Instant, SystemTime, UNIX_EPOCH};

use muster_protocol::UtcMillis;

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

    /// Monotonic milliseconds: for deadlines.
    #[must_use]
    pub fn mono_ms(&self) -> u64 {
        u64::try_from(self.origin.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    /// The wall clock.
    #[must_use]
    pub fn utc(&self) -> UtcMillis {
        let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        UtcMillis(i64::try_from(since_epoch.as_millis()).unwrap_or(i64::MAX))
    }
}
