//! The watch over the clocks: whether somebody set one, and whether the machine was away.

use muster_domain::Now;
use muster_protocol::UtcMillis;

/// The clocks may drift apart by so much between two looks; more is a jump.
const DRIFT_MS_MAX: i64 = 2_000;
/// Looks are a second apart. After so long without one the machine slept, or the agent did: nobody knows of any work.
const ABSENCE_MS: i64 = 30_000;

/// Compares each reading with the one before.
#[derive(Clone, Copy, Debug, Default)]
pub struct ClockWatch {
    last: Option<Now>,
}

/// What two readings tell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Finding {
    /// Wall and monotonic clock drifted apart by so much: sleep, or a clock that was set; negative if set back.
    pub jumped_by_ms: Option<i64>,
    /// Nothing is known from here to now.
    pub away_since: Option<UtcMillis>,
}

impl ClockWatch {
    /// Takes a reading.
    pub fn look(&mut self, now: Now) -> Finding {
        let Some(last) = self.last.replace(now) else { return Finding::default() };
        let wall_ms = now.wall.since(last.wall);
        let mono_ms = i64::try_from(now.mono.since(last.mono)).unwrap_or(i64::MAX);
        let drift_ms = wall_ms.saturating_sub(mono_ms);
        // Some systems stop the monotonic clock while they sleep and some do not, so the wall clock decides.
        Finding {
            jumped_by_ms: (drift_ms.abs() > DRIFT_MS_MAX).then_some(drift_ms),
            away_since: (wall_ms >= ABSENCE_MS).then_some(last.wall),
        }
    }
}

#[cfg(test)]
mod tests {
    use muster_domain::MonoMillis;

    use super::*;

    #[test]
    fn two_readings_tell_sleep_from_a_clock_that_was_set() {
        const NOON: i64 = 1_795_000_000_000;
        let cases = [
            ("a second passes", (1_000, 1_000), None, None),
            ("a busy machine", (9_000, 9_000), None, None),
            ("the network's clock corrects a little", (2_900, 1_000), None, None),
            ("sleep, and the monotonic clock stood still", (3_600_000, 1_000), Some(3_599_000), Some(NOON)),
            ("sleep, and the monotonic clock ran on", (3_600_000, 3_600_000), None, Some(NOON)),
            ("set back", (-3_600_000, 1_000), Some(-3_601_000), None),
            ("set forward a little", (6_000, 1_000), Some(5_000), None),
        ];
        for (what, (wall_ms, mono_ms), jumped_by_ms, away_since) in cases {
            let mut watch = ClockWatch::default();
            let before = Now { mono: MonoMillis(500), wall: UtcMillis(NOON) };
            assert_eq!(watch.look(before), Finding::default());
            let after = Now { mono: before.mono.plus(mono_ms), wall: before.wall.plus(wall_ms) };
            let expected = Finding { jumped_by_ms, away_since: away_since.map(UtcMillis) };
            assert_eq!(watch.look(after), expected, "{what}");
        }
    }
}
