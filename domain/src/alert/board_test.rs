//! The board as stories: what is heard, and what is told about it.

use muster_protocol::alert::AlertKind;
use muster_protocol::presence::{Overlay, Status};
use muster_protocol::{EmployeeId, UtcMillis};

use super::settings::{After, AgentOutdated, CaptureFailing};
use super::{AlertBoard, AlertChange, AlertSettings};
use crate::Span;
use crate::presence::Presence;

const MINUTE_MS: i64 = 60_000;
/// Nine in the morning, some day.
const NINE: UtcMillis = UtcMillis(1_795_000_000_000);
const SHIFT: Span = Span { from: NINE, to: UtcMillis(NINE.0 + 9 * 60 * MINUTE_MS) };

fn at(minute: i64) -> UtcMillis {
    NINE.plus(minute * MINUTE_MS)
}

fn asha() -> EmployeeId {
    EmployeeId::new("INT2607").unwrap()
}

fn all_on() -> AlertSettings {
    AlertSettings {
        not_logged_in: After { enabled: true, after_minutes: 15 },
        idle_too_long: After { enabled: true, after_minutes: 30 },
        capture_failing: CaptureFailing { enabled: true, failures: 2, within_minutes: 60 },
        agent_outdated: AgentOutdated { enabled: true, minimum: None },
    }
}

fn board(settings: AlertSettings) -> AlertBoard {
    AlertBoard::new(settings, "1.2.0".parse().unwrap(), [])
}

fn shown(status: Status, minute: i64) -> Presence {
    Presence { status, since: at(minute), ..Presence::default() }
}

fn raised(kind: AlertKind, since: UtcMillis, detail: &str) -> AlertChange {
    AlertChange::Raised { employee: asha(), kind, since, detail: detail.to_owned() }
}

fn cleared(kind: AlertKind, until: UtcMillis) -> AlertChange {
    AlertChange::Cleared { employee: asha(), kind, until }
}

fn tick(board: &mut AlertBoard, minute: i64) -> Vec<AlertChange> {
    board.tick(Some(SHIFT).filter(|shift| shift.contains(at(minute))), |_| vec![], at(minute))
}

#[test]
fn idle_at_work_is_told_when_it_has_lasted_and_ends_with_input() {
    let mut board = board(all_on());
    assert_eq!(board.presence_changed(&asha(), &shown(Status::Idle, 60), true, at(63)), []);
    assert_eq!(tick(&mut board, 89), []);
    assert_eq!(tick(&mut board, 90), [raised(AlertKind::IdleTooLong, at(60), "")], "from the last input");
    assert_eq!(tick(&mut board, 91), [], "once");
    let back = board.presence_changed(&asha(), &shown(Status::Active, 95), true, at(95));
    assert_eq!(back, [cleared(AlertKind::IdleTooLong, at(95))]);
    assert_eq!(tick(&mut board, 200), []);
}

#[test]
fn a_break_a_meeting_and_free_time_are_not_idle_for_too_long() {
    let meeting = Presence { overlay: Some(Overlay::Meeting), ..shown(Status::Idle, 60) };
    let stories = [(meeting, true), (shown(Status::Idle, 60), false), (shown(Status::Active, 60), true)];
    for (presence, is_working) in stories {
        let mut board = board(all_on());
        board.presence_changed(&asha(), &presence, is_working, at(61));
        assert_eq!(tick(&mut board, 400), [], "{presence:?}");
    }
}

#[test]
fn whoever_is_absent_is_told_once_after_the_wait_and_until_they_come() {
    let mut board = board(all_on());
    let absent = |_: Span| vec![asha()];
    assert_eq!(board.tick(Some(SHIFT), absent, at(14)), []);
    assert_eq!(board.tick(Some(SHIFT), absent, at(15)), [raised(AlertKind::NotLoggedIn, NINE, "")]);
    assert_eq!(board.tick(Some(SHIFT), absent, at(16)), []);
    let came = board.presence_changed(&asha(), &shown(Status::Active, 40), false, at(40));
    assert_eq!(came, [cleared(AlertKind::NotLoggedIn, at(40))]);
    assert_eq!(board.tick(Some(SHIFT), absent, at(41)), [], "hours are checked once");
}

#[test]
fn nobody_is_missing_from_hours_that_are_over() {
    let mut board = board(all_on());
    board.tick(Some(SHIFT), |_| vec![asha()], at(15));
    assert_eq!(tick(&mut board, 9 * 60), [cleared(AlertKind::NotLoggedIn, at(9 * 60))]);
}

#[test]
fn captures_that_fail_are_told_with_the_reason_and_end_with_a_picture() {
    let mut board = board(all_on());
    let kind = AlertKind::CaptureFailing;
    assert_eq!(board.capture_failed(&asha(), at(1), "asleep", at(1)), None, "one of two");
    assert_eq!(board.capture_failed(&asha(), at(2), "locked", at(2)), Some(raised(kind, at(1), "locked")));
    assert_eq!(board.capture_failed(&asha(), at(3), "locked", at(3)), None, "told already");
    assert_eq!(board.captured(&asha(), at(2), at(4)), None, "a picture from before the last failure");
    assert_eq!(board.captured(&asha(), at(5), at(6)), Some(cleared(kind, at(6))));
    assert_eq!(board.capture_failed(&asha(), at(7), "asleep", at(7)), None, "counted anew");
}

#[test]
fn failures_that_lie_far_apart_or_far_back_are_none() {
    let mut board = board(all_on());
    assert_eq!(board.capture_failed(&asha(), at(0), "asleep", at(0)), None);
    assert_eq!(board.capture_failed(&asha(), at(61), "asleep", at(61)), None, "an hour later");
    assert_eq!(board.capture_failed(&asha(), at(-300), "asleep", at(62)), None, "out of a spool");
}

#[test]
fn who_is_offline_neither_idles_nor_fails() {
    let mut board = board(all_on());
    board.presence_changed(&asha(), &shown(Status::Idle, 0), true, at(3));
    tick(&mut board, 31);
    board.capture_failed(&asha(), at(32), "", at(32));
    board.capture_failed(&asha(), at(33), "", at(33));
    let gone = board.presence_changed(&asha(), &shown(Status::Offline, 40), false, at(40));
    assert_eq!(gone, [cleared(AlertKind::IdleTooLong, at(40)), cleared(AlertKind::CaptureFailing, at(40))]);
}

#[test]
fn an_old_agent_is_told_until_a_newer_one_says_hello() {
    let mut board = board(all_on());
    let kind = AlertKind::AgentOutdated;
    let told = board.agent_seen(&asha(), "1.1.9", at(1));
    assert_eq!(told, Some(raised(kind, at(1), "1.1.9, needed is 1.2.0")));
    assert_eq!(board.agent_seen(&asha(), "a build of mine", at(2)), None);
    assert_eq!(board.agent_seen(&asha(), "1.2.0", at(3)), Some(cleared(kind, at(3))));
}

#[test]
fn what_is_not_wanted_is_not_told_and_ends_when_it_is_switched_off() {
    let mut off = all_on();
    off.idle_too_long.enabled = false;
    off.capture_failing.enabled = false;
    off.agent_outdated.enabled = false;
    let mut board = board(all_on());
    board.presence_changed(&asha(), &shown(Status::Idle, 0), true, at(3));
    tick(&mut board, 30);
    board.agent_seen(&asha(), "0.1.0", at(31));
    let ended = board.change_settings(off, at(32));
    assert_eq!(ended, [cleared(AlertKind::IdleTooLong, at(32)), cleared(AlertKind::AgentOutdated, at(32))]);
    assert_eq!(board.agent_seen(&asha(), "0.1.0", at(33)), None);
    assert_eq!(board.capture_failed(&asha(), at(34), "", at(34)), None);
    assert_eq!(tick(&mut board, 400), []);
}

#[test]
fn another_wait_moves_the_deadline_of_who_idles_already() {
    let mut board = board(all_on());
    board.presence_changed(&asha(), &shown(Status::Idle, 0), true, at(3));
    let mut sooner = all_on();
    sooner.idle_too_long.after_minutes = 5;
    board.change_settings(sooner, at(4));
    assert_eq!(tick(&mut board, 5), [raised(AlertKind::IdleTooLong, at(0), "")]);
}

#[test]
fn alerts_that_were_open_before_a_restart_are_not_told_again_and_still_end() {
    let open = [(asha(), AlertKind::NotLoggedIn, NINE)];
    let mut board = AlertBoard::new(all_on(), "1.0.0".parse().unwrap(), open);
    assert_eq!(board.tick(Some(SHIFT), |_| vec![asha()], at(20)), []);
    assert_eq!(board.forget(&asha(), at(21)), [cleared(AlertKind::NotLoggedIn, at(21))]);
}
