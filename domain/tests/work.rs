//! The promise about hours: any order, doubling and splitting of what is known gives the same sessions, and the sums are
//! exact to the millisecond.

mod work_database;

use jiff::civil::{Date, date};
use muster_domain::work::{
    Correction, CorrectionKind, Mark, MarkKind, MarkSource, Segment, SegmentKind, WorkLog, WorkSession, clip,
    corrected, derive, totals,
};
use muster_domain::{Span, Zone};
use muster_protocol::{BootId, DeviceId, EmployeeId, UtcMillis};
use proptest::prelude::*;
use uuid::Uuid;
use work_database::Database;

const OFFLINE_AFTER_MS: i64 = 120;

/// Instants lie close together, so that ties, gaps and overlaps are common.
fn mark_kind() -> impl Strategy<Value = MarkKind> {
    prop_oneof![
        3 => Just(MarkKind::Start),
        2 => Just(MarkKind::Stop),
        1 => Just(MarkKind::Idle),
        1 => Just(MarkKind::Active),
        1 => Just(MarkKind::BreakBegan),
        1 => Just(MarkKind::BreakEnded),
        1 => Just(MarkKind::MeetingBegan),
        1 => Just(MarkKind::MeetingEnded),
        4 => (0..300_i64).prop_map(|length| MarkKind::Covered { to: UtcMillis(length) }),
    ]
}

fn marks() -> impl Strategy<Value = Vec<Mark>> {
    prop::collection::vec((0..2_000_i64, mark_kind()), 0..40).prop_map(|list| {
        let mark = |(seq, (at, kind)): (u64, (i64, MarkKind))| {
            let kind = match kind {
                MarkKind::Covered { to } => MarkKind::Covered { to: to.plus(at) },
                other => other,
            };
            Mark { at: UtcMillis(at), kind, source: source(1, seq) }
        };
        (0..).zip(list).map(mark).collect()
    })
}

fn source(device: u128, seq: u64) -> MarkSource {
    MarkSource { device: DeviceId(Uuid::from_u128(device)), boot: BootId(Uuid::from_u128(9)), seq }
}

/// Marks, and the same ones as they might be delivered: shuffled, some twice, in batches.
fn delivered() -> impl Strategy<Value = (Vec<Mark>, Vec<Vec<Mark>>)> {
    marks().prop_flat_map(|marks| {
        let doubled = [marks.clone(), marks.iter().step_by(3).copied().collect()].concat();
        let sizes = prop::collection::vec(1..6_usize, 0..60);
        (Just(marks), Just(doubled).prop_shuffle(), sizes).prop_map(|(marks, mut rest, sizes)| {
            let mut batches = Vec::new();
            for size in sizes {
                let tail = rest.split_off(size.min(rest.len()));
                batches.push(std::mem::replace(&mut rest, tail));
            }
            batches.push(rest);
            (marks, batches)
        })
    })
}

fn check_shape(sessions: &[WorkSession]) {
    for pair in sessions.windows(2) {
        assert!(pair[0].end <= pair[1].start && pair[0].start < pair[1].start, "sessions overlap: {pair:?}");
    }
    for session in sessions {
        let mut reached = session.start;
        for segment in &session.segments {
            assert_eq!(segment.from, reached, "a gap or an overlap");
            assert!(segment.from < segment.to, "an empty segment");
            reached = segment.to;
        }
        assert_eq!(reached, session.end);
        assert!(session.segments.windows(2).all(|pair| pair[0].kind != pair[1].kind), "neighbours of one kind");
        let sum = totals(&session.segments);
        assert_eq!(sum.active_ms, session.end.since(session.start));
        assert_eq!(sum.net_ms, sum.active_ms - sum.idle_ms - sum.break_ms);
    }
}

proptest! {
    #[test]
    fn sessions_are_contiguous_and_add_up(marks in marks()) {
        check_shape(&derive(&marks, OFFLINE_AFTER_MS));
    }

    #[test]
    fn any_order_and_doubling_gives_the_same_sessions((marks, batches) in delivered()) {
        prop_assert_eq!(derive(&batches.concat(), OFFLINE_AFTER_MS), derive(&marks, OFFLINE_AFTER_MS));
    }

    /// Through the log and a database: late marks older than the window, forgetting, restarts, writes that fail.
    #[test]
    fn any_delivery_through_the_log_stores_the_same_sessions(
        (marks, batches) in delivered(),
        faults in prop::collection::vec(0..5_u8, 80),
    ) {
        let mut database = Database::default();
        let mut log = WorkLog::new(OFFLINE_AFTER_MS, Span::ALL.from, vec![], vec![]);
        for (batch, fault) in batches.iter().zip(&faults) {
            match fault {
                1 => log = database.load_last(OFFLINE_AFTER_MS),
                2 => log.forget_before(UtcMillis(i64::MAX)),
                3 => {
                    let _lost = database.plan(&mut log, batch);
                    log.abandon();
                }
                _ => {}
            }
            let change = database.plan(&mut log, batch);
            database.write(&change);
            log.commit(change);
            prop_assert_eq!(database.sessions(), derive(&database.marks(), OFFLINE_AFTER_MS));
        }
        prop_assert_eq!(database.sessions(), derive(&marks, OFFLINE_AFTER_MS));
    }

    /// However late the marks come, beats heard meanwhile count as if each had been a mark of its own.
    #[test]
    fn beats_count_for_marks_that_arrive_later(
        (marks, batches) in delivered(),
        gaps in prop::collection::vec(1..=OFFLINE_AFTER_MS, 0..40),
        start in 0..1_000_i64,
    ) {
        let mut database = Database::default();
        let mut log = WorkLog::new(OFFLINE_AFTER_MS, Span::ALL.from, vec![], vec![]);
        let mut everything = marks;
        let (mut beat, mut seq) = (UtcMillis(start), 0);
        let mut batches = batches.into_iter();
        for gap in gaps {
            log.beat(beat);
            seq += 1;
            everything.push(Mark { at: beat, kind: MarkKind::Covered { to: beat }, source: source(2, seq) });
            beat = beat.plus(gap);
            let batch = batches.next().unwrap_or_default();
            let change = if batch.is_empty() { log.checkpoint().unwrap_or_default() } else { log.plan(&batch).unwrap() };
            database.write(&change);
            log.commit(change);
            prop_assert_eq!(database.sessions(), derive(&database.marks(), OFFLINE_AFTER_MS));
        }
        let change = log.plan(&batches.flatten().collect::<Vec<_>>()).unwrap();
        database.write(&change);
        log.commit(change);
        prop_assert_eq!(database.sessions(), derive(&everything, OFFLINE_AFTER_MS));
        prop_assert_eq!(log.checkpoint(), None, "everything is stored");
    }

    /// A session that crosses midnight, or the change of the clocks, counts in each day by its part.
    #[test]
    fn the_days_add_up_to_the_whole(
        zone in prop::sample::select(vec!["Europe/Berlin", "America/New_York", "Australia/Lord_Howe"]),
        first in prop::sample::select(changes_of_the_clocks()),
        lengths in prop::collection::vec((1..20_000_000_i64, 0..20_000_000_i64, 0..4_usize), 1..30),
    ) {
        let zone = Zone::named(zone).unwrap();
        let mut at = zone.day(first).from;
        let mut segments = Vec::new();
        for (length, pause, kind) in lengths {
            let kind = [SegmentKind::Active, SegmentKind::Idle, SegmentKind::Break, SegmentKind::Meeting][kind];
            segments.push(Segment { from: at.plus(pause), to: at.plus(pause + length), kind });
            at = at.plus(pause + length);
        }
        let mut day = first;
        let mut sum = muster_domain::work::Totals::default();
        while zone.day(day).from < at {
            sum += totals(&clip(&segments, zone.day(day)));
            day = day.tomorrow().unwrap();
        }
        prop_assert_eq!(sum, totals(&segments));
        prop_assert_eq!(totals(&clip(&segments, zone.days(first, day))), sum);
    }

    #[test]
    fn corrections_in_any_order_leave_segments_that_do_not_overlap(
        marks in marks(),
        (list, shuffled) in corrections().prop_flat_map(|list| (Just(list.clone()), Just(list).prop_shuffle())),
    ) {
        let raw: Vec<Segment> =
            derive(&marks, OFFLINE_AFTER_MS).into_iter().flat_map(|session| session.segments).collect();
        let result = corrected(&raw, &list);
        prop_assert_eq!(&corrected(&raw, &shuffled), &result);
        prop_assert!(result.windows(2).all(|pair| pair[0].to <= pair[1].from));
        prop_assert!(result.iter().all(|segment| segment.from < segment.to));
        if let Some(last) = list.iter().max_by_key(|correction| (correction.at, correction.id)) {
            let inside = totals(&clip(&result, last.span)).active_ms;
            let expected = if last.kind == CorrectionKind::Remove { 0 } else { last.span.length_ms() };
            prop_assert_eq!(inside, expected, "the last one holds in the whole of its span");
        }
    }
}

/// The day before each change of the clocks in 2026 in the three zones.
fn changes_of_the_clocks() -> Vec<Date> {
    vec![
        date(2026, 3, 28),
        date(2026, 10, 24),
        date(2026, 3, 7),
        date(2026, 10, 31),
        date(2026, 4, 4),
        date(2026, 10, 3),
    ]
}

fn corrections() -> impl Strategy<Value = Vec<Correction>> {
    let kind = prop_oneof![
        Just(CorrectionKind::Remove),
        Just(CorrectionKind::Set(SegmentKind::Active)),
        Just(CorrectionKind::Set(SegmentKind::Break)),
    ];
    prop::collection::vec((0..5_i64, 0..2_000_i64, 1..500_i64, kind), 0..8).prop_map(|list| {
        let correction = |(id, (at, from, length, kind)): (u128, (i64, i64, i64, CorrectionKind))| Correction {
            at: UtcMillis(at),
            id: Uuid::from_u128(id),
            author: EmployeeId::new("INT1").expect("a valid code"),
            reason: "forgot".to_owned(),
            span: Span { from: UtcMillis(from), to: UtcMillis(from + length) },
            kind,
        };
        (0..).zip(list).map(correction).collect()
    })
}
