//! Work time.

use muster_db::{CorrectionRow, Database, OpenSession, Write};
use muster_domain::Span;
use muster_domain::work::{
    Correction, CorrectionKind, Mark, MarkKind, MarkSource, Segment, SegmentKind, WorkChange, WorkSession,
};
use muster_protocol::{BootId, DeviceId};
use uuid::Uuid;

use crate::support::{at, employee, on_both_engines};

on_both_engines!(
    a_mark_that_comes_again_meets_itself,
    coverage_grows_in_place_and_never_shrinks,
    marks_are_read_by_span,
    sessions_that_reach_into_the_span_are_found,
    many_employees_are_read_in_the_order_asked,
    sessions_change_and_go,
    the_open_session_is_known,
    the_highest_acknowledged_number_stays,
    corrections_are_kept_and_found_by_span,
);

fn source(seq: u64) -> MarkSource {
    MarkSource { device: DeviceId(Uuid::from_u128(1)), boot: BootId(Uuid::from_u128(2)), seq }
}

fn mark(when: i64, kind: MarkKind, seq: u64) -> Mark {
    Mark { at: at(when), kind, source: source(seq) }
}

pub fn session(start: i64, middle: i64, end: i64, stopped: bool) -> WorkSession {
    let segment = |from, to, kind| Segment { from: at(from), to: at(to), kind };
    let segments = vec![segment(start, middle, SegmentKind::Active), segment(middle, end, SegmentKind::Idle)];
    WorkSession { start: at(start), end: at(end), stopped, segments }
}

pub fn work(id: &str, change: WorkChange) -> Write {
    Write::Work { employee: employee(id), change: Box::new(change) }
}

fn marks(marks: Vec<Mark>) -> WorkChange {
    WorkChange { marks, ..WorkChange::default() }
}

pub fn sessions(sessions: Vec<WorkSession>) -> WorkChange {
    WorkChange { sessions, ..WorkChange::default() }
}

const fn span(from: i64, to: i64) -> Span {
    Span { from: at(from), to: at(to) }
}

async fn a_mark_that_comes_again_meets_itself(database: &Database) {
    let all = vec![
        mark(10, MarkKind::Start, 1),
        mark(20, MarkKind::Idle, 2),
        mark(20, MarkKind::Active, 2),
        mark(30, MarkKind::Stop, u64::MAX),
        mark(-5, MarkKind::BreakBegan, 4),
    ];
    for _ in 0..2 {
        database.commit(&[work("A", marks(all.clone())), work("A", marks(all[..2].to_vec()))]).await.unwrap();
    }
    let mut found = database.work().marks(&employee("A"), Span::ALL).await.unwrap();
    assert_eq!(found[0].at, at(-5));
    assert!(found.is_sorted_by_key(|mark| mark.at));
    let key = |mark: &Mark| (mark.at, mark.source.seq, mark.kind);
    found.sort_by_key(key);
    let mut expected = all;
    expected.sort_by_key(key);
    assert_eq!(found, expected);
}

async fn coverage_grows_in_place_and_never_shrinks(database: &Database) {
    let covered = |to| work("A", marks(vec![mark(10, MarkKind::Covered { to: at(to) }, 1)]));
    for (writes, expected) in [(vec![covered(20)], 20), (vec![covered(50), covered(40)], 50), (vec![covered(30)], 50)] {
        database.commit(&writes).await.unwrap();
        let found = database.work().marks(&employee("A"), Span::ALL).await.unwrap();
        assert_eq!(found, [mark(10, MarkKind::Covered { to: at(expected) }, 1)]);
    }
}

async fn marks_are_read_by_span(database: &Database) {
    let all: Vec<_> = (0..5).map(|n| mark(n * 10, MarkKind::Active, 1)).collect();
    database.commit(&[work("A", marks(all.clone())), work("AA", marks(all.clone()))]).await.unwrap();
    let found = database.work().marks(&employee("A"), span(10, 30)).await.unwrap();
    assert_eq!(found, all[1..3]);
    assert_eq!(database.work().marks(&employee("A"), span(41, 50)).await.unwrap(), []);
    assert_eq!(database.work().marks(&employee("B"), Span::ALL).await.unwrap(), []);
}

async fn sessions_that_reach_into_the_span_are_found(database: &Database) {
    let all = vec![session(0, 50, 90, true), session(100, 150, 250, true), session(300, 310, 320, false)];
    database.commit(&[work("A", sessions(all.clone()))]).await.unwrap();
    let found = async |from, to| {
        let found = database.work().sessions(&employee("A"), span(from, to)).await.unwrap();
        found.into_iter().map(|session| session.start.0).collect::<Vec<_>>()
    };
    assert_eq!(database.work().sessions(&employee("A"), Span::ALL).await.unwrap(), all);
    for (from, to, expected) in [
        (200, 300, vec![100]),
        (200, 301, vec![100, 300]),
        (90, 100, vec![]),
        (89, 100, vec![0]),
        (250, 300, vec![]),
        (0, 1, vec![0]),
        (-10, 0, vec![]),
        (100, 400, vec![100, 300]),
    ] {
        assert_eq!(found(from, to).await, expected, "{from}..{to}");
    }
    for (when, expected) in [(-1, None), (0, Some(0)), (99, Some(0)), (100, Some(100)), (1_000, Some(300))] {
        let before = database.work().session_before(&employee("A"), at(when)).await.unwrap();
        assert_eq!(before.map(|session| session.start.0), expected, "{when}");
    }
}

async fn many_employees_are_read_in_the_order_asked(database: &Database) {
    let ids: Vec<String> = (0..600).map(|n| format!("E{n}")).collect();
    let writes: Vec<_> = ids.iter().map(|id| work(id, sessions(vec![session(10, 20, 30, true)]))).collect();
    database.commit(&writes).await.unwrap();
    let mut asked: Vec<_> = ids.iter().rev().map(|id| employee(id)).collect();
    asked.push(employee("nobody"));
    let found = database.work().sessions_of(&asked, span(0, 100)).await.unwrap();
    assert_eq!(found.iter().map(|found| found.employee.clone()).collect::<Vec<_>>(), asked);
    let (nobody, others) = found.split_last().unwrap();
    assert!(nobody.sessions.is_empty());
    assert!(others.iter().all(|found| found.sessions == [session(10, 20, 30, true)]));
}

async fn sessions_change_and_go(database: &Database) {
    let grown = session(100, 200, 300, false);
    database
        .commit(&[work("A", sessions(vec![session(0, 10, 20, true), session(100, 150, 200, false)]))])
        .await
        .unwrap();
    let change = WorkChange { removed_sessions: vec![at(0), at(55)], ..sessions(vec![grown.clone()]) };
    for _ in 0..2 {
        database.commit(&[work("A", change.clone())]).await.unwrap();
        assert_eq!(database.work().sessions(&employee("A"), Span::ALL).await.unwrap(), [grown.clone()]);
    }
    let back = WorkChange { removed_sessions: vec![at(100)], ..WorkChange::default() };
    database.commit(&[work("A", back), work("A", sessions(vec![grown.clone()]))]).await.unwrap();
    assert_eq!(database.work().sessions(&employee("A"), Span::ALL).await.unwrap(), [grown]);
}

async fn the_open_session_is_known(database: &Database) {
    let open = |start: Option<i64>| WorkChange { open: start.map(at), ..WorkChange::default() };
    database.commit(&[work("A", open(Some(10))), work("B", open(Some(20)))]).await.unwrap();
    database.commit(&[work("A", open(Some(30))), work("B", open(Some(40))), work("B", open(None))]).await.unwrap();
    let expected = [OpenSession { employee: employee("A"), start: at(30) }];
    assert_eq!(database.work().open_sessions().await.unwrap(), expected);
}

async fn the_highest_acknowledged_number_stays(database: &Database) {
    let (device, boot) = (DeviceId::generate(), BootId::generate());
    let acked = |seq| Write::Acked { device, boot, seq };
    assert_eq!(database.work().acked(device, boot).await.unwrap(), 0);
    for (writes, expected) in [(vec![acked(7), acked(5)], 7), (vec![acked(6)], 7), (vec![acked(8)], 8)] {
        database.commit(&writes).await.unwrap();
        assert_eq!(database.work().acked(device, boot).await.unwrap(), expected);
    }
    assert_eq!(database.work().acked(device, BootId::generate()).await.unwrap(), 0);
}

async fn corrections_are_kept_and_found_by_span(database: &Database) {
    let correction = |id: &str, from: i64, to: i64, kind| CorrectionRow {
        employee: employee(id),
        correction: Correction {
            at: at(1_000),
            id: Uuid::from_u128(from.unsigned_abs().into()),
            author: employee("M"),
            reason: "forgot to punch in".into(),
            span: span(from, to),
            kind,
        },
    };
    let first = correction("A", 10, 50, CorrectionKind::Set(SegmentKind::Break));
    let second = correction("A", 60, 80, CorrectionKind::Remove);
    let other = correction("B", 30, 40, CorrectionKind::Remove);
    for row in [&first, &second, &other, &first] {
        database.work().add_correction(row).await.unwrap();
    }
    let work = database.work();
    assert_eq!(work.corrections(&employee("A"), Span::ALL).await.unwrap(), [first.clone(), second.clone()]);
    assert_eq!(work.corrections(&employee("A"), span(49, 60)).await.unwrap(), [first.clone()]);
    assert_eq!(work.corrections(&employee("A"), span(50, 60)).await.unwrap(), []);
    let both = work.corrections_of(&[employee("B"), employee("A")], span(20, 70)).await.unwrap();
    assert_eq!(both, [other, first, second]);
}
