use muster_protocol::{BootId, DeviceId, UtcMillis};
use uuid::Uuid;

use super::MarkKind::{Active, BreakBegan, BreakEnded, Covered, Idle, MeetingBegan, MeetingEnded, Start, Stop};
use super::*;

const OFFLINE_AFTER_MS: i64 = 120;

/// Marks as (instant, kind), each with a source of its own.
fn marks(list: &[(i64, MarkKind)]) -> Vec<Mark> {
    let (device, boot) = (DeviceId(Uuid::from_u128(1)), BootId(Uuid::from_u128(2)));
    let mark = |(seq, (at, kind)): (u64, &(i64, MarkKind))| Mark {
        at: UtcMillis(*at),
        kind: *kind,
        source: MarkSource { device, boot, seq },
    };
    (0..).zip(list).map(mark).collect()
}

/// Sessions as text: `0-300! A100 I200` is stopped and has 100 active, then 200 idle.
fn text(sessions: &[WorkSession]) -> String {
    let of_session = |session: &WorkSession| {
        let mut line = format!("{}-{}{}", session.start, session.end, if session.stopped { "!" } else { "" });
        let mut reached = session.start;
        for segment in &session.segments {
            assert_eq!(segment.from, reached, "a gap in {session:?}");
            line += &format!(" {:.1}{}", format!("{:?}", segment.kind), segment.span().length_ms());
            reached = segment.to;
        }
        assert_eq!(reached, session.end, "the segments do not reach the end of {session:?}");
        line
    };
    sessions.iter().map(of_session).collect::<Vec<_>>().join(" | ")
}

#[track_caller]
fn check(list: &[(i64, MarkKind)], expected: &str) {
    assert_eq!(text(&derive(&marks(list), OFFLINE_AFTER_MS)), expected);
    let reversed: Vec<_> = list.iter().rev().copied().collect();
    assert_eq!(text(&derive(&marks(&reversed), OFFLINE_AFTER_MS)), expected, "in reverse");
    let doubled = [marks(list), marks(list)].concat();
    assert_eq!(text(&derive(&doubled, OFFLINE_AFTER_MS)), expected, "doubled");
}

const fn to(to: i64) -> MarkKind {
    Covered { to: UtcMillis(to) }
}

#[test]
fn a_day_with_everything() {
    check(
        &[
            (0, Start),
            (0, to(900)),
            (100, Idle),
            (300, Active),
            (400, BreakBegan),
            (450, Idle),
            (500, BreakEnded),
            (520, Active),
            (600, MeetingBegan),
            (650, Idle),
            (700, MeetingEnded),
            (800, Active),
            (900, Stop),
        ],
        "0-900! A100 I200 A100 B100 I20 A80 M100 I100 A100",
    );
}

#[test]
fn a_start_without_anything_else_is_a_session_without_segments() {
    check(&[(5, Start)], "5-5");
    check(&[(5, Start), (5, to(5))], "5-5");
}

#[test]
fn a_start_inside_a_session_means_nothing() {
    check(&[(0, Start), (50, Idle), (60, Start), (100, Stop)], "0-100! A50 I50");
}

#[test]
fn a_start_forgets_idle_break_and_meeting_of_the_session_before() {
    for kind in [Idle, BreakBegan, MeetingBegan] {
        let session = derive(&marks(&[(0, Start), (10, kind), (20, Stop), (30, Start), (40, Stop)]), OFFLINE_AFTER_MS);
        assert_eq!(text(&session[1..]), "30-40! A10");
    }
}

#[test]
fn marks_outside_a_session_mean_nothing() {
    check(&[(0, Stop), (1, Idle), (2, to(90)), (3, BreakBegan), (50, Start), (60, Stop), (70, Stop)], "50-60! A10");
}

#[test]
fn silence_ends_a_session_where_its_coverage_ended() {
    check(&[(0, Start), (120, Active), (241, Active), (300, Stop)], "0-120 A120");
    check(&[(0, Start), (0, to(200)), (320, Active), (400, Stop)], "0-400! A400");
    check(&[(0, Start), (0, to(200)), (321, Active), (322, Start), (330, Stop)], "0-200 A200 | 322-330! A8");
}

#[test]
fn sleep_never_counts_as_work() {
    check(&[(0, Start), (0, to(100)), (50_000, to(60_000)), (60_000, Stop)], "0-100 A100");
}

#[test]
fn a_stop_ends_the_session_whatever_is_covered_beyond() {
    check(&[(0, Start), (0, to(500)), (100, Stop)], "0-100! A100");
    check(&[(0, Start), (0, to(500)), (100, Stop), (200, Start)], "0-100! A100 | 200-200");
}

#[test]
fn stop_and_start_at_one_instant_are_a_new_session() {
    check(&[(0, Start), (50, Stop), (50, Start), (60, Stop)], "0-50! A50 | 50-60! A10");
}

#[test]
fn at_one_instant_the_later_word_is_the_stronger_kind() {
    check(&[(0, Start), (10, Active), (10, Idle), (20, Stop)], "0-20! A10 I10");
    check(&[(0, Start), (10, BreakEnded), (10, BreakBegan), (20, Stop)], "0-20! A10 B10");
}

#[test]
fn a_kind_that_lasted_no_time_leaves_no_segment() {
    check(&[(0, Start), (10, BreakBegan), (10, Idle), (10, Active), (20, BreakEnded), (30, Stop)], "0-30! A10 B10 I10");
    check(&[(0, Start), (10, Active), (20, Active), (30, Stop)], "0-30! A30");
}

#[test]
fn a_session_is_open_until_it_is_stopped_or_silent() {
    let open = &derive(&marks(&[(0, Start), (0, to(100))]), OFFLINE_AFTER_MS)[0];
    assert!(open.is_open(UtcMillis(100), OFFLINE_AFTER_MS));
    assert!(open.is_open(UtcMillis(220), OFFLINE_AFTER_MS));
    assert!(!open.is_open(UtcMillis(221), OFFLINE_AFTER_MS));
    let stopped = &derive(&marks(&[(0, Start), (10, Stop)]), OFFLINE_AFTER_MS)[0];
    assert!(!stopped.is_open(UtcMillis(10), OFFLINE_AFTER_MS));
}

#[test]
fn the_ends_of_time_do_no_harm() {
    let ends = [(i64::MIN, Start), (i64::MIN, to(i64::MAX)), (0, Idle), (i64::MAX, Stop)];
    assert_eq!(derive(&marks(&ends), OFFLINE_AFTER_MS).len(), 1);
}
