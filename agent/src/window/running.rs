//! Figures that grow while one looks at them.

use muster_protocol::UtcMillis;

use crate::core::status::{Today, Work};

/// `today` as it is at `now`, if what the person does has gone on since `today.as_of`.
#[must_use]
pub fn today_at(today: Today, work: Work, now: UtcMillis) -> Today {
    let grown_ms = now.since(today.as_of).max(0).unsigned_abs();
    let mut grown = Today { as_of: now, ..today };
    match work {
        Work::Off => return today,
        Work::Active { .. } => grown.net_ms += grown_ms,
        Work::Idle { .. } => grown.idle_ms += grown_ms,
        Work::Break { .. } => grown.break_ms += grown_ms,
    }
    grown.active_ms += grown_ms;
    grown
}

/// How long the present state has lasted; `None` when nothing runs.
#[must_use]
pub fn lasted_ms(work: Work, now: UtcMillis) -> Option<u64> {
    since(work).map(|since| now.since(since).max(0).unsigned_abs())
}

/// When the present state began; `None` when nothing runs.
#[must_use]
pub fn since(work: Work) -> Option<UtcMillis> {
    match work {
        Work::Off => None,
        Work::Active { since } | Work::Idle { since } | Work::Break { since } => Some(since),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SINCE: UtcMillis = UtcMillis(1_000);
    const TODAY: Today =
        Today { as_of: UtcMillis(10_000), active_ms: 9_000, idle_ms: 2_000, break_ms: 1_000, net_ms: 6_000 };

    #[test]
    fn what_runs_grows_and_net_stays_the_difference() {
        for work in [Work::Active { since: SINCE }, Work::Idle { since: SINCE }, Work::Break { since: SINCE }] {
            let grown = today_at(TODAY, work, UtcMillis(13_000));
            assert_eq!(grown.active_ms, 12_000, "{work:?}");
            assert_eq!(grown.net_ms, grown.active_ms - grown.idle_ms - grown.break_ms, "{work:?}");
        }
        assert_eq!(today_at(TODAY, Work::Idle { since: SINCE }, UtcMillis(13_000)).idle_ms, 5_000);
    }

    #[test]
    fn nothing_grows_off_work_or_backwards() {
        assert_eq!(today_at(TODAY, Work::Off, UtcMillis(99_000)), TODAY);
        let before = today_at(TODAY, Work::Active { since: SINCE }, UtcMillis(5_000));
        assert_eq!(before.active_ms, TODAY.active_ms);
        assert_eq!(lasted_ms(Work::Active { since: SINCE }, UtcMillis(0)), Some(0));
        assert_eq!(lasted_ms(Work::Off, UtcMillis(0)), None);
    }
}
