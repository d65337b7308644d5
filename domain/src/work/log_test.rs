use muster_protocol::{BootId, DeviceId, UtcMillis};
use uuid::Uuid;

use super::*;
use crate::Span;

const OFFLINE_AFTER_MS: i64 = 120_000;

fn mark(seq: u64, at: i64, kind: MarkKind) -> Mark {
    let source = MarkSource { device: DeviceId(Uuid::from_u128(1)), boot: BootId(Uuid::from_u128(2)), seq };
    Mark { at: UtcMillis(at), kind, source }
}

fn empty() -> WorkLog {
    WorkLog::new(OFFLINE_AFTER_MS, Span::ALL.from, vec![], vec![])
}

#[track_caller]
fn write(log: &mut WorkLog, marks: &[Mark]) -> WorkChange {
    let change = log.plan(marks).unwrap();
    log.commit(change.clone());
    change
}

fn segment(from: i64, to: i64, kind: SegmentKind) -> Segment {
    Segment { from: UtcMillis(from), to: UtcMillis(to), kind }
}

#[test]
fn a_start_writes_a_session_and_a_stop_its_segment() {
    let mut log = empty();
    let start = mark(1, 0, MarkKind::Start);
    let change = write(&mut log, &[start]);
    assert_eq!((change.marks, change.segments, change.open), (vec![start], vec![], Some(UtcMillis(0))));
    assert_eq!(log.current(UtcMillis(1_000)).unwrap().start, UtcMillis(0));
    let change = write(&mut log, &[mark(2, 60_000, MarkKind::Stop)]);
    assert_eq!(change.segments, [segment(0, 60_000, SegmentKind::Active)]);
    assert_eq!((change.sessions.len(), change.sessions[0].stopped, change.open), (1, true, None));
    assert_eq!(log.current(UtcMillis(60_000)), None);
}

#[test]
fn what_is_known_already_writes_nothing() {
    let mut log = empty();
    let marks = [mark(1, 0, MarkKind::Start), mark(2, 60_000, MarkKind::Stop)];
    write(&mut log, &[marks[1], marks[0], marks[1]]);
    let change = log.plan(&marks).unwrap();
    assert!(change.is_empty());
    assert!(log.plan(&marks).unwrap().is_empty(), "nothing is in flight");
}

#[test]
fn one_change_at_a_time_and_an_abandoned_one_never_happened() {
    let mut log = empty();
    let start = [mark(1, 0, MarkKind::Start)];
    let change = log.plan(&start).unwrap();
    assert_eq!(log.plan(&start), Err(PlanError::InFlight));
    log.abandon();
    assert_eq!(log.current(UtcMillis(0)), None);
    assert_eq!(log.plan(&start), Ok(change));
}

#[test]
fn after_a_change_of_unknown_outcome_the_beats_are_still_there() {
    for was_written in [false, true] {
        let mut log = empty();
        write(&mut log, &[mark(1, 0, MarkKind::Start)]);
        let (mut marks, mut stored) = (log.marks().to_vec(), log.sessions().to_vec());
        (1..=3).for_each(|minute| log.beat(UtcMillis(minute * 60_000)));
        let unknown = log.checkpoint().unwrap();
        if was_written {
            marks.extend(&unknown.marks);
            stored = unknown.sessions;
        }
        (4..=30).for_each(|minute| log.beat(UtcMillis(minute * 60_000)));
        log.reload(Span::ALL.from, marks, stored);
        let change = log.checkpoint().unwrap();
        assert_eq!(change.segments, [segment(0, 1_800_000, SegmentKind::Active)], "written: {was_written}");
    }
}

#[test]
fn beats_are_stored_by_the_minute_under_one_name() {
    let mut log = empty();
    write(&mut log, &[mark(1, 0, MarkKind::Start)]);
    let mut sources = std::collections::HashSet::new();
    for minute in 0..5 {
        for beat in [10_000, 40_000] {
            log.beat(UtcMillis(minute * 60_000 + beat));
        }
        let change = log.checkpoint().unwrap();
        let end = minute * 60_000 + 40_000;
        assert_eq!(change.segments, [segment(0, end, SegmentKind::Active)]);
        assert_eq!(change.marks[0].kind, MarkKind::Covered { to: UtcMillis(end) });
        sources.insert(change.marks[0].source);
        log.commit(change);
        assert_eq!(log.checkpoint(), None, "nothing new");
    }
    assert_eq!((sources.len(), log.marks().len()), (1, 2));
}

#[test]
fn the_current_session_has_the_beats_that_are_not_stored() {
    let mut log = empty();
    write(&mut log, &[mark(1, 0, MarkKind::Start), mark(2, 30_000, MarkKind::Idle)]);
    log.beat(UtcMillis(100_000));
    let current = log.current(UtcMillis(110_000)).unwrap();
    assert_eq!(
        current.segments,
        [segment(0, 30_000, SegmentKind::Active), segment(30_000, 100_000, SegmentKind::Idle)]
    );
    assert_eq!(log.current(UtcMillis(220_001)), None, "silent for too long");
}

#[test]
fn idle_that_is_dated_back_splits_what_is_stored() {
    let mut log = empty();
    write(&mut log, &[mark(1, 0, MarkKind::Start)]);
    log.beat(UtcMillis(100_000));
    let checkpoint = log.checkpoint().unwrap();
    log.commit(checkpoint);
    let change = write(&mut log, &[mark(2, 40_000, MarkKind::Idle)]);
    assert_eq!(change.segments, [segment(0, 40_000, SegmentKind::Active), segment(40_000, 100_000, SegmentKind::Idle)]);
    let change = write(&mut log, &[mark(3, 0, MarkKind::Idle)]);
    assert_eq!(change.segments, [segment(0, 100_000, SegmentKind::Idle)]);
    assert_eq!(change.removed_segments, [UtcMillis(40_000)]);
}

#[test]
fn beats_from_before_a_silence_are_stored_even_after_it() {
    let mut log = empty();
    write(&mut log, &[mark(1, 0, MarkKind::Start)]);
    log.beat(UtcMillis(90_000));
    log.beat(UtcMillis(900_000));
    let change = write(&mut log, &[mark(2, 900_000, MarkKind::Start)]);
    assert_eq!(change.segments, [segment(0, 90_000, SegmentKind::Active)]);
    assert_eq!(change.open, Some(UtcMillis(900_000)));
}

#[test]
fn every_silence_keeps_the_beats_before_it() {
    let mut log = empty();
    for session in 0..4_i64 {
        let start = session * 1_000_000;
        log.beat(UtcMillis(start));
        let change = write(&mut log, &[mark(session.unsigned_abs(), start, MarkKind::Start)]);
        let before = segment(start - 1_000_000, start - 910_000, SegmentKind::Active);
        assert_eq!(change.segments, if session == 0 { vec![] } else { vec![before] });
        log.beat(UtcMillis(start + 90_000));
    }
}

#[test]
fn beats_after_a_stop_do_not_write_the_closed_session_again() {
    let mut log = empty();
    log.beat(UtcMillis(0));
    write(&mut log, &[mark(1, 0, MarkKind::Start)]);
    log.beat(UtcMillis(50_000));
    write(&mut log, &[mark(2, 50_000, MarkKind::Stop)]);
    log.beat(UtcMillis(100_000));
    assert_eq!(log.checkpoint(), None);
    let start = mark(3, 100_000, MarkKind::Start);
    let change = write(&mut log, &[start]);
    assert_eq!((change.marks, change.sessions.len()), (vec![start], 1));
}

#[test]
fn a_silence_while_a_change_is_on_its_way_loses_no_beat() {
    let mut log = empty();
    write(&mut log, &[mark(1, 0, MarkKind::Start)]);
    log.beat(UtcMillis(50_000));
    let change = log.checkpoint().unwrap();
    log.beat(UtcMillis(90_000));
    log.beat(UtcMillis(900_000));
    log.commit(change);
    assert_eq!(log.checkpoint().unwrap().segments, [segment(0, 90_000, SegmentKind::Active)]);
}

#[test]
fn a_start_that_arrives_late_is_covered_by_the_beats_since() {
    let mut log = empty();
    for beat in 0..20 {
        log.beat(UtcMillis(beat * 30_000));
    }
    let change = write(&mut log, &[mark(1, 60_000, MarkKind::Start)]);
    assert_eq!(change.segments, [segment(60_000, 570_000, SegmentKind::Active)]);
    assert_eq!(derive(log.marks(), OFFLINE_AFTER_MS), log.sessions(), "what is stored says the same");
}

#[test]
fn older_marks_need_what_was_stored_before_them() {
    let first = [mark(1, 0, MarkKind::Start), mark(2, 50_000, MarkKind::Stop)];
    let second = [mark(3, 200_000, MarkKind::Start), mark(4, 250_000, MarkKind::Stop)];
    let all = [first, second].concat();
    let sessions = derive(&all, OFFLINE_AFTER_MS);
    let mut log = WorkLog::new(OFFLINE_AFTER_MS, UtcMillis(200_000), second.to_vec(), sessions[1..].to_vec());
    let late = mark(5, 20_000, MarkKind::BreakBegan);
    assert!(!log.covers(late.at));
    assert_eq!(log.plan(&[late]), Err(PlanError::NotLoaded(UtcMillis(20_000))));
    log.load_older(UtcMillis(0), &all, sessions);
    let change = write(&mut log, &[late]);
    assert_eq!(change.segments, [segment(0, 20_000, SegmentKind::Active), segment(20_000, 50_000, SegmentKind::Break)]);
    assert_eq!(change.sessions.len(), 1);
}

#[test]
fn forgetting_keeps_the_last_session_whole() {
    let mut log = empty();
    write(
        &mut log,
        &[
            mark(1, 0, MarkKind::Start),
            mark(2, 50_000, MarkKind::Stop),
            mark(3, 200_000, MarkKind::Start),
            mark(4, 210_000, MarkKind::Idle),
        ],
    );
    log.forget_before(UtcMillis(205_000));
    assert_eq!((log.marks().len(), log.sessions().len()), (2, 1));
    assert!(log.covers(UtcMillis(200_000)) && !log.covers(UtcMillis(199_999)));
    log.forget_before(UtcMillis(100));
    assert_eq!(log.marks().len(), 2, "what is forgotten does not come back");
    let change = write(&mut log, &[mark(5, 250_000, MarkKind::Stop)]);
    assert_eq!(change.segments, [segment(210_000, 250_000, SegmentKind::Idle)]);
    assert_eq!((change.removed_segments, change.removed_sessions), (vec![], vec![]));
}

#[test]
fn rows_that_do_not_follow_from_the_marks_are_put_right() {
    let wrong = WorkSession {
        start: UtcMillis(5),
        end: UtcMillis(9),
        stopped: true,
        segments: vec![segment(5, 9, SegmentKind::Break)],
    };
    let mut log = WorkLog::new(OFFLINE_AFTER_MS, Span::ALL.from, vec![mark(1, 0, MarkKind::Start)], vec![wrong]);
    log.forget_before(UtcMillis(9));
    assert!(log.covers(UtcMillis(0)), "nothing is forgotten before that");
    let change = log.plan(&[]).unwrap();
    assert_eq!((change.removed_sessions, change.removed_segments), (vec![UtcMillis(5)], vec![UtcMillis(5)]));
    assert_eq!(change.sessions.len(), 1);
}

#[test]
fn coverage_of_one_source_keeps_the_latest_end() {
    let mut log = empty();
    let covered = |to| mark(2, 0, MarkKind::Covered { to: UtcMillis(to) });
    write(&mut log, &[covered(30_000), mark(1, 0, MarkKind::Start), covered(60_000), covered(10_000)]);
    assert_eq!((log.marks().len(), log.sessions()[0].end), (2, UtcMillis(60_000)));
    assert!(log.plan(&[covered(50_000)]).unwrap().is_empty());
    assert_eq!(write(&mut log, &[covered(70_000)]).segments, [segment(0, 70_000, SegmentKind::Active)]);
}

#[test]
fn a_hundred_thousand_logs_are_small() {
    assert!(size_of::<WorkLog>() <= 128, "{}", size_of::<WorkLog>());
}

/// A minute of beats, then a clock that was set by `jump_ms`, then another minute.
fn across_a_jump(jump_ms: i64, quiet_ms: i64) -> WorkLog {
    let mut log = empty();
    write(&mut log, &[mark(1, 0, MarkKind::Start)]);
    for at in [0, 30_000, 60_000, 90_000 + jump_ms, 120_000 + jump_ms] {
        log.beat_after(UtcMillis(at), if at == 90_000 + jump_ms { quiet_ms } else { 30_000 });
    }
    log
}

#[test]
fn a_clock_that_was_set_is_no_silence() {
    for jump_ms in [0, 150_000, 3_600_000] {
        let mut log = across_a_jump(jump_ms, 30_000);
        let now = UtcMillis(121_000 + jump_ms);
        assert_eq!(log.current(now).map(|session| session.start), Some(UtcMillis(0)), "{jump_ms}");
        let change = write(&mut log, &[mark(2, 120_000 + jump_ms, MarkKind::Stop)]);
        assert_eq!(change.sessions.len(), 1, "one session, also as it is stored");
        assert_eq!(change.segments, [segment(0, 120_000 + jump_ms, SegmentKind::Active)]);
    }
}

#[test]
fn a_clock_that_was_set_back_takes_nothing_away() {
    let mut log = across_a_jump(-3_600_000, 30_000);
    let session = log.current(UtcMillis(60_000)).unwrap();
    assert_eq!((session.start, session.end), (UtcMillis(0), UtcMillis(60_000)));
    log.beat_after(UtcMillis(90_000), 30_000);
    assert_eq!(log.current(UtcMillis(90_000)).unwrap().end, UtcMillis(90_000));
}

#[test]
fn silence_ends_a_session_and_so_does_a_clock_that_says_nothing() {
    for (jump_ms, quiet_ms) in [(150_000, 180_000), (3_600_000, 3_630_000), (8 * 3_600_000, 30_000)] {
        let log = across_a_jump(jump_ms, quiet_ms);
        assert_eq!(log.current(UtcMillis(121_000 + jump_ms)), None, "{jump_ms} {quiet_ms}");
    }
}
