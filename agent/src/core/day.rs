//! The sums of today, from the machine's own marks: the person sees them also while the hub is away.

use muster_domain::work::{Mark, MarkKind, MarkSource, clip, derive, totals};
use muster_domain::{Now, Zone};
use muster_protocol::agent::EventKind;
use muster_protocol::{BootId, DeviceId, UtcMillis};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::status::Today;

/// The marks that are kept: a day of work has about a hundred.
const MARKS_MAX: usize = 2_000;

/// What this machine recorded of work since yesterday began.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DayMarks(Vec<(UtcMillis, EventKind)>);

impl DayMarks {
    /// Keeps `kind` if it changes what is worked.
    pub fn add(&mut self, kind: &EventKind, at: UtcMillis) {
        if mark_kind(kind).is_none() {
            return;
        }
        self.0.push((at, kind.clone()));
        if self.0.len() > MARKS_MAX {
            self.0.drain(..MARKS_MAX / 2);
        }
    }

    /// Forgets what ended before yesterday. Marks of the shift that began at `shift_since` stay.
    pub fn forget_old(&mut self, now: Now, zone: &Zone, shift_since: Option<UtcMillis>) {
        let day = zone.day_of(now.wall);
        let yesterday = zone.day(day.yesterday().unwrap_or(day)).from;
        let from = shift_since.map_or(yesterday, |since| since.min(yesterday));
        self.0.retain(|(at, _)| *at >= from);
    }

    /// Today's sums up to `now`. Every end of work is marked here, silence included, so no gap ends it.
    #[must_use]
    pub fn today(&self, now: Now, zone: &Zone, is_working: bool) -> Today {
        let mut marks: Vec<Mark> = self.0.iter().filter_map(|(at, kind)| Some(mark(*at, mark_kind(kind)?))).collect();
        if is_working {
            marks.push(mark(now.wall, MarkKind::Covered { to: now.wall }));
        }
        let sessions = derive(&marks, i64::MAX);
        let segments = sessions.into_iter().flat_map(|session| session.segments).collect::<Vec<_>>();
        let sums = totals(&clip(&segments, zone.day(zone.day_of(now.wall))));
        let ms = |sum: i64| u64::try_from(sum).unwrap_or_default();
        Today {
            as_of: now.wall,
            active_ms: ms(sums.active_ms),
            idle_ms: ms(sums.idle_ms),
            break_ms: ms(sums.break_ms),
            net_ms: ms(sums.net_ms),
        }
    }
}

/// Here a mark needs no name: the list has each of them once.
const fn mark(at: UtcMillis, kind: MarkKind) -> Mark {
    let source = MarkSource { device: DeviceId(Uuid::nil()), boot: BootId(Uuid::nil()), seq: 0 };
    Mark { at, kind, source }
}

const fn mark_kind(kind: &EventKind) -> Option<MarkKind> {
    match kind {
        EventKind::WorkStarted => Some(MarkKind::Start),
        EventKind::WorkStopped => Some(MarkKind::Stop),
        EventKind::IdleBegan => Some(MarkKind::Idle),
        EventKind::IdleEnded => Some(MarkKind::Active),
        EventKind::BreakBegan => Some(MarkKind::BreakBegan),
        EventKind::BreakEnded => Some(MarkKind::BreakEnded),
        EventKind::WorkContinued
        | EventKind::NoticeAcknowledged { .. }
        | EventKind::CaptureFailed { .. }
        | EventKind::ClockJumped { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use muster_domain::MonoMillis;

    use super::*;

    const HOUR_MS: i64 = 3_600_000;
    const MIDNIGHT: UtcMillis = UtcMillis(1_795_824_000_000);

    fn at(hours: i64) -> UtcMillis {
        MIDNIGHT.plus(hours * HOUR_MS)
    }

    fn marks(list: &[(i64, EventKind)]) -> DayMarks {
        let mut marks = DayMarks::default();
        for (hours, kind) in list {
            marks.add(kind, at(*hours));
        }
        marks
    }

    fn hours(sum: Today) -> [u64; 4] {
        [sum.active_ms, sum.idle_ms, sum.break_ms, sum.net_ms].map(|ms| ms / HOUR_MS as u64)
    }

    #[test]
    fn a_day_is_the_sum_of_its_shifts_and_of_the_one_that_runs() {
        use EventKind::{BreakBegan, BreakEnded, IdleBegan, IdleEnded, WorkStarted, WorkStopped};
        let day = [
            (8, WorkStarted),
            (9, IdleBegan),
            (10, IdleEnded),
            (12, WorkStopped),
            (13, WorkStarted),
            (14, BreakBegan),
            (15, BreakEnded),
        ];
        // Up to when, whether work goes on there, and active, idle, break, net in hours.
        for (until, is_working, expected) in
            [(12, false, [4, 1, 0, 3]), (14, true, [5, 1, 0, 4]), (18, true, [9, 1, 1, 7])]
        {
            let so_far: Vec<_> = day.iter().filter(|(hour, _)| *hour <= until).cloned().collect();
            let now = Now { mono: MonoMillis(0), wall: at(until) };
            assert_eq!(hours(marks(&so_far).today(now, &Zone::UTC, is_working)), expected, "until {until}");
        }
    }

    #[test]
    fn yesterday_counts_only_from_midnight_on_and_is_forgotten_later() {
        let mut marks =
            marks(&[(-26, EventKind::WorkStarted), (-25, EventKind::WorkStopped), (-2, EventKind::WorkStarted)]);
        let now = Now { mono: MonoMillis(0), wall: at(3) };
        assert_eq!(hours(marks.today(now, &Zone::UTC, true)), [3, 0, 0, 3]);
        marks.forget_old(now, &Zone::UTC, Some(at(-2)));
        assert_eq!(marks.0.len(), 1, "the day before yesterday is gone");
        marks.forget_old(Now { mono: MonoMillis(0), wall: at(80) }, &Zone::UTC, Some(at(-2)));
        assert_eq!(marks.0.len(), 1, "the shift that runs is whole");
    }
}
