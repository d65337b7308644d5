use std::collections::BTreeSet;

use jiff::civil::{Date, Weekday, date};
use jiff::tz::TimeZone;
use muster_protocol::UtcMillis;
use muster_protocol::agent::EventKind;

use super::*;

const COVER_MS: i64 = 108_000;
/// A Saturday at noon.
const TODAY: Date = date(2026, 11, 28);

fn berlin() -> TimeZone {
    TimeZone::get("Europe/Berlin").unwrap()
}

fn now() -> UtcMillis {
    UtcMillis(TODAY.at(12, 0, 0, 0).to_zoned(berlin()).unwrap().timestamp().as_millisecond())
}

fn worker(index: usize) -> Worker {
    Worker::new(1, index, berlin())
}

/// Every shift of the first hundred people in 120 days.
fn all() -> Vec<(Worker, WorkDay)> {
    let of = |index| {
        let worker = worker(index);
        worker.days(now(), 120).map(|day| (worker.clone(), day)).collect::<Vec<_>>()
    };
    (0..100).flat_map(of).collect()
}

#[test]
fn a_shift_is_one_piece_and_begins_and_ends_with_work() {
    for (_, day) in all() {
        let (first, last) = (day.stretches[0], day.stretches[day.stretches.len() - 1]);
        assert_eq!((first.from, last.to), (day.starts_at, day.ends_at()));
        assert_eq!((first.doing, last.doing), (Doing::Working, Doing::Working), "{day:?}");
        for pair in day.stretches.windows(2) {
            assert_eq!(pair[0].to, pair[1].from);
        }
        assert!(day.stretches.iter().all(|stretch| stretch.from < stretch.to), "{day:?}");
    }
}

#[test]
fn events_are_in_order_and_never_too_far_apart_unless_the_machine_slept() {
    for (_, day) in all() {
        let events = day.events(COVER_MS, UtcMillis(i64::MAX));
        for pair in events.windows(2) {
            let apart_ms = pair[1].0.since(pair[0].0);
            let slept = matches!(pair[1].1, EventKind::ClockJumped { by_ms } if by_ms == apart_ms);
            assert!((0..=COVER_MS).contains(&apart_ms) || slept, "{pair:?}");
        }
        assert_eq!(events[0], (day.starts_at, EventKind::WorkStarted));
        let count = |kind: &EventKind| events.iter().filter(|(_, other)| other == kind).count();
        assert_eq!(count(&EventKind::IdleBegan), count(&EventKind::IdleEnded));
        assert_eq!(count(&EventKind::BreakBegan), count(&EventKind::BreakEnded));
        assert_eq!(count(&EventKind::WorkStopped), usize::from(day.ending == Ending::PunchedOut));
    }
}

#[test]
fn nothing_is_told_of_what_has_not_happened_yet() {
    let day = worker(0).day(date(2026, 11, 26)).unwrap();
    let noon = day.starts_at.plus(3 * 3_600_000);
    let told = day.events(COVER_MS, noon);
    let all = day.events(COVER_MS, UtcMillis(i64::MAX));
    assert!(told.len() < all.len() && all.starts_with(&told), "a later run goes on where this one ends");
    assert!(worker(0).picture_moments(&day, 600_000, noon).iter().all(|at| *at <= noon));
}

#[test]
fn the_same_day_is_the_same_however_it_is_asked_for() {
    let worker = worker(2);
    let of_month: Vec<WorkDay> = worker.days(now(), 30).collect();
    let of_quarter: Vec<WorkDay> = worker.days(now(), 90).collect();
    assert!(of_quarter.ends_with(&of_month) && of_quarter.len() > of_month.len());
    assert_eq!(worker.day(of_month[0].date).as_ref(), Some(&of_month[0]));
    let other: Vec<WorkDay> = Worker::new(2, 2, berlin()).days(now(), 30).collect();
    assert_ne!(of_month, other, "another seed tells another story");
}

#[test]
fn an_office_is_full_on_weekdays_and_nearly_empty_at_weekends() {
    let office = (0..100).map(worker).filter(|worker| worker.contract() == Contract::Office).collect::<Vec<_>>();
    let present = |date| office.iter().filter(|worker| worker.day(date).is_some()).count() * 100 / office.len();
    for (day, weekday) in [(23, 80..=100), (25, 80..=100), (27, 80..=100), (28, 0..=12), (29, 0..=0)] {
        let date = date(2026, 11, day);
        assert!(weekday.contains(&present(date)), "{date}: {} %", present(date));
    }
}

#[test]
fn there_are_late_mornings_forgotten_punch_outs_closed_lids_and_corrections() {
    let all = all();
    let percent = |matching: fn(&(Worker, WorkDay)) -> bool| {
        all.iter().filter(|one| matching(one)).count() as f64 * 100.0 / all.len() as f64
    };
    let late = percent(|(_, day)| day.late_by_ms > 0);
    let silent = percent(|(_, day)| day.ending == Ending::FellSilent);
    let lids = percent(|(_, day)| day.stretches.iter().any(|stretch| stretch.doing == Doing::LidClosed));
    let corrected = percent(|(worker, day)| worker.correction(day).is_some());
    assert!((5.0..9.0).contains(&late), "{late} % late");
    assert!((2.5..4.5).contains(&silent), "{silent} % silent");
    assert!((3.0..10.0).contains(&lids), "{lids} % lids");
    assert!((2.0..6.0).contains(&corrected), "{corrected} % corrected");
    for (worker, day) in &all {
        if let Some(correction) = worker.correction(day) {
            let length_ms = correction.to.since(correction.from);
            assert!((60_000..3 * 3_600_000).contains(&length_ms), "{correction:?}");
        }
    }
}

#[test]
fn a_part_timer_works_mornings_and_a_night_goes_over_midnight() {
    let mornings = worker(3);
    assert_eq!(mornings.contract(), Contract::Mornings);
    for day in mornings.days(now(), 90) {
        assert_ne!(day.date.weekday(), Weekday::Wednesday);
        assert!(day.ends_at().since(day.starts_at) < 6 * 3_600_000);
    }
    let nights = worker(7);
    assert_eq!(nights.contract(), Contract::Nights);
    let over = nights.days(now(), 90).filter(|day| {
        let ends_on = jiff::Timestamp::from_millisecond(day.ends_at().0).unwrap().to_zoned(berlin()).date();
        ends_on > day.date
    });
    assert!(over.count() > 30);
}

#[test]
fn pictures_are_taken_at_work_and_everything_has_a_name_of_its_own() {
    let mut names = BTreeSet::new();
    let mut things = 0;
    for worker in (0..10).map(worker) {
        for day in worker.days(now(), 30) {
            let moments = worker.picture_moments(&day, 600_000, now());
            assert!(moments.windows(2).all(|pair| pair[0] < pair[1]));
            for at in &moments {
                let during = day.stretches.iter().find(|stretch| stretch.from <= *at && *at < stretch.to).unwrap();
                assert_eq!(during.doing, Doing::Working);
            }
            names.extend(moments.iter().map(|at| screenshot_id(&worker, *at).0));
            names.insert(boot_of(&worker, &day).0);
            things += moments.len() + 1;
        }
    }
    assert_eq!(names.len(), things);
    assert!(things > 5_000, "{things}");
}
