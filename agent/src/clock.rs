//! The only module of the agent that reads clocks and asks which zone the machine is in.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use muster_domain::{MonoMillis, Now, Zone};
use muster_protocol::UtcMillis;
use tokio::time::Instant;

/// Reads both clocks. All copies share the origin, so their counts compare.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    origin: Instant,
}

#[expect(clippy::disallowed_methods, reason = "this is the module that the rest of the agent asks for the time")]
impl Clock {
    /// The machine's clocks; the monotonic count begins now.
    #[must_use]
    pub fn start() -> Self {
        Self { origin: Instant::now() }
    }

    /// One reading of both.
    #[must_use]
    pub fn now(&self) -> Now {
        Now { mono: MonoMillis(self.mono_ms()), wall: self.utc() }
    }

    /// Monotonic milliseconds: for deadlines.
    #[must_use]
    pub fn mono_ms(&self) -> u64 {
        u64::try_from(self.origin.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    /// The wall clock: for records.
    #[must_use]
    pub fn utc(&self) -> UtcMillis {
        let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        UtcMillis(i64::try_from(since_epoch.as_millis()).unwrap_or(i64::MAX))
    }

    /// Sleeps until the monotonic count is `at`; returns at once when it has passed.
    pub async fn sleep_until(&self, at: MonoMillis) {
        tokio::time::sleep_until(self.origin + Duration::from_millis(at.0)).await;
    }
}

/// The zone whose days the person lives in: `TZ` if it names one, otherwise the system's setting; universal time when neither
/// does.
#[must_use]
pub fn machine_zone() -> Zone {
    let from_environment = std::env::var("TZ").ok().and_then(|name| Zone::named(name.trim_start_matches(':')).ok());
    from_environment
        .or_else(|| iana_time_zone::get_timezone().ok().and_then(|name| Zone::named(&name).ok()))
        .unwrap_or(Zone::UTC)
}

/// How far `zone` is ahead of universal time at `at`, in minutes east.
#[must_use]
pub fn offset_min(zone: &Zone, at: UtcMillis) -> i16 {
    let zone = TimeZone::get(zone.name()).unwrap_or(TimeZone::UTC);
    let at = Timestamp::from_millisecond(at.0).unwrap_or_default();
    i16::try_from(zone.to_offset(at).seconds() / 60).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_offset_follows_the_clocks_of_the_zone() {
        const JANUARY: UtcMillis = UtcMillis(1_768_478_400_000);
        const JULY: UtcMillis = UtcMillis(1_784_116_800_000);
        for (zone, at, minutes) in [
            ("Europe/Berlin", JANUARY, 60),
            ("Europe/Berlin", JULY, 120),
            ("America/New_York", JANUARY, -300),
            ("Asia/Kolkata", JULY, 330),
        ] {
            assert_eq!(offset_min(&Zone::named(zone).unwrap(), at), minutes, "{zone}");
        }
    }

    #[tokio::test]
    async fn sleeping_reaches_the_deadline() {
        let clock = Clock::start();
        let deadline = clock.now().mono.plus(5);
        clock.sleep_until(deadline).await;
        assert!(clock.now().mono >= deadline);
    }
}
