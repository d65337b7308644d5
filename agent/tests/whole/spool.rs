//! The spool on a real disk: what it answered is there after every kind of end.

use std::path::Path;

use bytes::Bytes;
use muster_agent::capture::Shot;
use muster_agent::core::Memory;
use muster_agent::spool::{Contents, Opened, Spool, SpoolError};
use muster_protocol::UtcMillis;
use muster_protocol::agent::{EventKind, RefusedEvent};
use muster_protocol::ids::ScreenshotId;
use proptest::prelude::*;

use crate::support::folder::opened;

const ROOM: u64 = 64 * 1024 * 1024;

fn open(folder: &Path) -> Spool {
    opened(folder, ROOM).spool
}

fn run<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

fn continued(at: i64) -> (EventKind, UtcMillis) {
    (EventKind::WorkContinued, UtcMillis(at))
}

fn shot(at: i64, bytes: usize) -> Shot {
    Shot { id: ScreenshotId::generate(), taken_at: UtcMillis(at), track: 2, jpeg: Bytes::from(vec![7; bytes]) }
}

fn contents(spool: &Spool) -> Contents {
    spool.contents().borrow().clone()
}

fn seqs(spool: &Spool) -> Vec<u64> {
    spool.events_after(0, usize::MAX).unwrap().iter().map(|event| event.seq).collect()
}

#[test]
fn events_and_memory_outlive_the_program() {
    let folder = tempfile::tempdir().unwrap();
    let memory = Memory { is_paused: true, last_sign: UtcMillis(77), ..Memory::default() };
    let boot = run(async {
        let spool = open(folder.path());
        spool.append(vec![continued(1), continued(2)], &memory).await.unwrap();
        spool.append(vec![continued(3)], &memory).await.unwrap();
        spool.boot()
    });
    let Opened { spool, memory: read, warning } = opened(folder.path(), ROOM);
    assert_eq!((spool.boot(), read, warning), (boot, memory, None));
    let events = spool.events_after(1, usize::MAX).unwrap();
    assert_eq!(events.iter().map(|event| (event.seq, event.at.0)).collect::<Vec<_>>(), [(2, 2), (3, 3)]);
    assert_eq!(contents(&spool).next_seq, 4);
}

#[test]
fn what_is_acknowledged_is_forgotten_and_its_number_is_never_used_again() {
    let folder = tempfile::tempdir().unwrap();
    run(async {
        let spool = open(folder.path());
        spool.append(vec![continued(1), continued(2), continued(3)], &Memory::default()).await.unwrap();
        spool.acknowledge(2).await.unwrap();
        assert_eq!(seqs(&spool), [3]);
        spool.acknowledge(9).await.unwrap();
    });
    run(async {
        let spool = open(folder.path());
        assert_eq!(contents(&spool).waiting.bytes, 0);
        spool.append(vec![continued(4)], &Memory::default()).await.unwrap();
        assert_eq!(seqs(&spool), [4]);
    });
}

#[test]
fn a_refused_event_is_set_aside_and_only_the_last_ten_are_shown() {
    let folder = tempfile::tempdir().unwrap();
    run(async {
        let spool = open(folder.path());
        spool.append((1..=14).map(continued).collect(), &Memory::default()).await.unwrap();
        let items = (2..=13).map(|seq| RefusedEvent { seq, reason: format!("because of {seq}") }).collect();
        spool.refuse(items, UtcMillis(99)).await.unwrap();
        assert_eq!(seqs(&spool), [1, 14]);
        let aside = contents(&spool).set_aside;
        let reasons: Vec<_> = aside.iter().map(|item| item.reason.as_str()).collect();
        let expected: Vec<_> = (4..=13).map(|seq| format!("because of {seq}")).collect();
        assert_eq!(reasons, expected);
        assert!(aside[0].what.contains("work_continued"), "{}", aside[0].what);
    });
    assert_eq!(contents(&open(folder.path())).set_aside.len(), 10, "after a restart too");
}

#[test]
fn screenshots_wait_in_the_order_in_which_they_were_taken() {
    let folder = tempfile::tempdir().unwrap();
    let (late, early) = (shot(2_000, 300), shot(1_000, 200));
    run(async {
        let spool = open(folder.path());
        spool.keep(late.clone()).await.unwrap();
        spool.keep(early.clone()).await.unwrap();
    });
    run(async {
        let spool = open(folder.path());
        assert_eq!(contents(&spool).waiting.bytes, 500);
        for expected in [&early, &late] {
            let oldest = contents(&spool).oldest_shot.unwrap();
            assert_eq!((oldest.id, oldest.taken_at, oldest.track), (expected.id, expected.taken_at, 2));
            assert_eq!(std::fs::read(&oldest.path).unwrap(), expected.jpeg);
            spool.forget_shot(oldest.clone()).await.unwrap();
            assert!(!oldest.path.exists());
        }
        assert_eq!(
            contents(&spool).waiting,
            muster_agent::core::status::Waiting { bytes_max: ROOM, ..Default::default() }
        );
    });
}

#[test]
fn a_screenshot_that_was_not_finished_never_existed() {
    let folder = tempfile::tempdir().unwrap();
    run(async { open(folder.path()).keep(shot(1_000, 200)).await.unwrap() });
    let half =
        folder.path().join("screenshots").join(format!("000000000002000-002-{}.jpg.part", ScreenshotId::generate()));
    std::fs::write(&half, b"half").unwrap();
    assert_eq!(contents(&open(folder.path())).waiting.screenshots, 1);
    assert!(!half.exists());
}

#[test]
fn a_refused_screenshot_makes_room_for_the_next() {
    let folder = tempfile::tempdir().unwrap();
    run(async {
        let spool = open(folder.path());
        spool.keep(shot(1_000, 200)).await.unwrap();
        spool.keep(shot(2_000, 200)).await.unwrap();
        let poison = contents(&spool).oldest_shot.unwrap();
        spool.refuse_shot(poison, "not a picture".to_owned(), UtcMillis(5)).await.unwrap();
        let contents = contents(&spool);
        assert_eq!(contents.oldest_shot.unwrap().taken_at, UtcMillis(2_000));
        assert_eq!((contents.waiting.screenshots, contents.set_aside[0].reason.as_str()), (1, "not a picture"));
    });
}

#[test]
fn a_full_spool_takes_no_screenshots_and_still_takes_events() {
    let folder = tempfile::tempdir().unwrap();
    let room = 1024 * 1024;
    run(async {
        let spool = opened(folder.path(), room).spool;
        let mut kept = 0;
        while spool.keep(shot(kept, 100_000)).await.is_ok() {
            kept += 1;
        }
        assert_eq!(kept, 9, "fifteen sixteenths of a mebibyte");
        assert_eq!(spool.keep(shot(99, 100_000)).await, Err(SpoolError::Full));
        let full = contents(&spool);
        assert!(full.is_full && full.waiting.is_nearly_full());
        spool.append(vec![continued(1)], &Memory::default()).await.unwrap();
        let oldest = full.oldest_shot.unwrap();
        spool.forget_shot(oldest).await.unwrap();
        assert!(!contents(&spool).is_full);
        spool.keep(shot(100, 100_000)).await.unwrap();
    });
}

#[test]
fn a_broken_spool_is_kept_aside_and_a_new_life_begins() {
    let folder = tempfile::tempdir().unwrap();
    let boot = run(async {
        let spool = open(folder.path());
        spool.append(vec![continued(1)], &Memory::default()).await.unwrap();
        spool.keep(shot(1_000, 200)).await.unwrap();
        spool.boot()
    });
    drop(opened(folder.path(), ROOM));
    let file = folder.path().join("spool.redb");
    for garbage in [vec![0x55; 8192], b"not a database".to_vec()] {
        std::fs::write(&file, garbage).unwrap();
        let Opened { spool, memory, warning } = opened(folder.path(), ROOM);
        assert!(warning.unwrap().contains("spool.broken-"));
        assert_eq!(memory, Memory::default());
        assert_ne!(spool.boot(), boot, "numbers begin anew, so their life does");
        assert_eq!((seqs(&spool).len(), contents(&spool).waiting.screenshots), (0, 1), "pictures do not depend on it");
    }
    assert!(folder.path().join("spool.broken-2.redb").exists());
}

#[test]
fn a_second_agent_on_the_same_files_is_turned_away() {
    let folder = tempfile::tempdir().unwrap();
    let _first = open(folder.path());
    assert_eq!(Spool::open(folder.path(), ROOM).unwrap_err(), SpoolError::Busy);
}

#[test]
fn whoever_asks_at_once_shares_commits_and_gets_numbers_without_gaps() {
    let folder = tempfile::tempdir().unwrap();
    run(async {
        let spool = open(folder.path());
        let appends = (0..200).map(|at| {
            let spool = spool.clone();
            async move { spool.append(vec![continued(at)], &Memory::default()).await }
        });
        for outcome in futures_util::future::join_all(appends).await {
            outcome.unwrap();
        }
        assert_eq!(seqs(&spool), (1..=200).collect::<Vec<_>>());
    });
}

#[test]
fn an_old_copy_that_was_put_back_gets_a_life_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    run(async {
        let spool = open(folder.path());
        spool.append((1..=5).map(continued).collect(), &Memory::default()).await.unwrap();
        spool.acknowledge(2).await.unwrap();
        let before = spool.boot();
        spool.renumber().await.unwrap();
        assert_ne!(spool.boot(), before);
        spool.append(vec![continued(6)], &Memory::default()).await.unwrap();
        let events = spool.events_after(0, usize::MAX).unwrap();
        assert_eq!(
            events.iter().map(|event| (event.seq, event.at.0)).collect::<Vec<_>>(),
            [(1, 3), (2, 4), (3, 5), (4, 6)]
        );
    });
}

#[test]
fn somebody_else_finds_nothing() {
    let folder = tempfile::tempdir().unwrap();
    run(async {
        let spool = open(folder.path());
        let memory = Memory { is_paused: true, ..Memory::default() };
        spool.append(vec![continued(1)], &memory).await.unwrap();
        spool.keep(shot(1_000, 200)).await.unwrap();
        let before = spool.boot();
        spool.begin_anew().await.unwrap();
        assert_ne!(spool.boot(), before);
        spool.append(vec![continued(2)], &Memory::default()).await.unwrap();
        assert_eq!(seqs(&spool), [1]);
        assert_eq!(contents(&spool).waiting.screenshots, 0);
    });
}

#[derive(Clone, Debug)]
enum Step {
    Append(usize),
    Acknowledge(u64),
    Refuse(u64),
    Reopen,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => (1..4usize).prop_map(Step::Append),
        2 => (0..20u64).prop_map(Step::Acknowledge),
        1 => (1..20u64).prop_map(Step::Refuse),
        1 => Just(Step::Reopen),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// The simplest spool that can be: a list of numbers.
    #[test]
    fn any_history_leaves_what_a_list_would_have_left(steps in prop::collection::vec(step(), 1..25)) {
        let folder = tempfile::tempdir().unwrap();
        let (mut list, mut next_seq) = (Vec::<u64>::new(), 1u64);
        let mut spool = open(folder.path());
        for step in steps {
            match step {
                Step::Append(count) => {
                    let events = (0..count as i64).map(continued).collect();
                    run(spool.append(events, &Memory::default())).unwrap();
                    list.extend(next_seq..next_seq + count as u64);
                    next_seq += count as u64;
                }
                Step::Acknowledge(seq) => {
                    run(spool.acknowledge(seq)).unwrap();
                    list.retain(|kept| *kept > seq);
                }
                Step::Refuse(seq) => {
                    let items = vec![RefusedEvent { seq, reason: "no".to_owned() }];
                    run(spool.refuse(items, UtcMillis(0))).unwrap();
                    list.retain(|kept| *kept != seq);
                }
                Step::Reopen => {
                    drop(spool);
                    spool = open(folder.path());
                }
            }
            prop_assert_eq!(seqs(&spool), list.clone());
            let contents = contents(&spool);
            prop_assert_eq!((contents.next_seq, contents.waiting.events), (next_seq, list.len() as u64));
            prop_assert_eq!(contents.waiting.bytes == 0, list.is_empty());
        }
    }
}
