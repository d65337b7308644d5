use super::*;

const START_MS: u64 = 1_000_000;

fn record(kind: EventKind, at_ms: u64) -> Act {
    Act::Record { kind, at_ms: START_MS + at_ms }
}

/// Runs commands at instants after the start and compares every act, then the beat and whether capture is allowed.
#[track_caller]
fn check(script: &[(u64, Option<Command>)], acts: &[Act], beat_at_end: Beat, may_be_captured: bool) {
    let mut person = Behaviour::new(Pace::STEADY, 1, START_MS);
    person.set_idle_after(180_000);
    let mut done = Vec::new();
    for (at_ms, command) in script {
        let now_ms = START_MS + at_ms;
        done.extend(match command {
            Some(command) => person.obey(*command, now_ms),
            None => person.advance(now_ms),
        });
    }
    let end_ms = START_MS + script.last().unwrap().0;
    assert_eq!(done, acts);
    assert_eq!(person.beat(end_ms), beat_at_end);
    assert_eq!(person.may_be_captured(), may_be_captured);
}

const fn normal(idle_ms: u64) -> Beat {
    Beat { idle_ms, state: BeatState::Normal }
}

const START: (u64, Option<Command>) = (0, Some(Command::StartWork));
const RESUME: Option<Command> = Some(Command::Resume);

const fn pause(pause: Pause) -> Option<Command> {
    Some(Command::Pause(pause))
}

#[test]
fn work_starts_and_stops_once() {
    check(
        &[START, (5, Some(Command::StartWork)), (9, Some(Command::StopWork)), (10, Some(Command::StopWork))],
        &[record(EventKind::WorkStarted, 0), record(EventKind::WorkStopped, 9)],
        normal(10),
        false,
    );
}

#[test]
fn a_short_pause_is_no_idle_time() {
    check(
        &[START, (1_000, pause(Pause::HandsOff)), (180_999, None), (180_999, RESUME)],
        &[record(EventKind::WorkStarted, 0)],
        normal(999),
        true,
    );
}

#[test]
fn idle_is_dated_back_to_the_last_input() {
    check(
        &[START, (1_000, pause(Pause::HandsOff)), (181_000, None), (200_000, None)],
        &[record(EventKind::WorkStarted, 0), record(EventKind::IdleBegan, 1_000), Act::Beat],
        normal(199_000),
        false,
    );
}

#[test]
fn idle_that_nobody_looked_at_is_still_reported_before_its_end() {
    check(
        &[START, (1_000, pause(Pause::HandsOff)), (300_000, RESUME)],
        &[
            record(EventKind::WorkStarted, 0),
            record(EventKind::IdleBegan, 1_000),
            Act::Beat,
            record(EventKind::IdleEnded, 300_000),
            Act::Beat,
        ],
        normal(0),
        true,
    );
}

#[test]
fn a_locked_screen_is_idle_at_once() {
    check(
        &[START, (4_000, pause(Pause::Locked)), (5_000, None)],
        &[record(EventKind::WorkStarted, 0), record(EventKind::IdleBegan, 4_000), Act::Beat],
        Beat { idle_ms: 1_000, state: BeatState::Locked },
        false,
    );
}

#[test]
fn a_break_begins_and_ends() {
    check(
        &[START, (4_000, pause(Pause::Rest)), (9_000, RESUME)],
        &[
            record(EventKind::WorkStarted, 0),
            record(EventKind::BreakBegan, 4_000),
            Act::Beat,
            record(EventKind::BreakEnded, 9_000),
            Act::Beat,
        ],
        normal(1_000),
        true,
    );
}

#[test]
fn a_clean_leave_stops_the_work_and_a_return_starts_it() {
    check(
        &[START, (4_000, pause(Pause::Away)), (9_000, RESUME)],
        &[
            record(EventKind::WorkStarted, 0),
            record(EventKind::WorkStopped, 4_000),
            Act::Leave,
            record(EventKind::WorkStarted, 9_000),
            Act::Return,
        ],
        normal(1_000),
        true,
    );
}

#[test]
fn a_lost_network_does_not_stop_the_work() {
    check(
        &[START, (4_000, pause(Pause::Unplugged)), (9_000, RESUME)],
        &[record(EventKind::WorkStarted, 0), Act::Unplug, Act::Return],
        normal(1_000),
        true,
    );
}

#[test]
fn one_pause_after_another_ends_the_first() {
    check(
        &[START, (4_000, pause(Pause::Rest)), (9_000, pause(Pause::Locked))],
        &[
            record(EventKind::WorkStarted, 0),
            record(EventKind::BreakBegan, 4_000),
            Act::Beat,
            record(EventKind::BreakEnded, 9_000),
            Act::Beat,
            record(EventKind::IdleBegan, 9_000),
            Act::Beat,
        ],
        Beat { idle_ms: 0, state: BeatState::Locked },
        false,
    );
}

/// Lets the script run and returns what happened, with the instants.
fn scripted(seed: u64, until_ms: u64) -> Vec<(u64, Act)> {
    let mut person = Behaviour::new(Pace::HUMAN, seed, 0);
    let mut acts: Vec<(u64, Act)> = person.start_work(0).into_iter().map(|act| (0, act)).collect();
    while let Some(at_ms) = person.next_at_ms().filter(|at_ms| *at_ms < until_ms) {
        acts.extend(person.advance(at_ms).into_iter().map(|act| (at_ms, act)));
    }
    acts
}

#[test]
fn the_same_seed_lives_the_same_day() {
    const WORKING_DAY_MS: u64 = 8 * 3_600_000;
    let day = scripted(7, WORKING_DAY_MS);
    assert_eq!(day, scripted(7, WORKING_DAY_MS));
    assert_ne!(day, scripted(8, WORKING_DAY_MS));
}

#[test]
fn a_scripted_month_is_well_formed() {
    const MONTH_MS: u64 = 30 * 24 * 3_600_000;
    for seed in 0..20 {
        let (mut working, mut idle, mut resting, mut gone) = (false, false, false, false);
        for (at_ms, act) in scripted(seed, MONTH_MS) {
            let flag = match &act {
                Act::Record { kind: EventKind::WorkStarted, .. } => (&mut working, true),
                Act::Record { kind: EventKind::WorkStopped, .. } => (&mut working, false),
                Act::Record { kind: EventKind::IdleBegan, .. } => (&mut idle, true),
                Act::Record { kind: EventKind::IdleEnded, .. } => (&mut idle, false),
                Act::Record { kind: EventKind::BreakBegan, .. } => (&mut resting, true),
                Act::Record { kind: EventKind::BreakEnded, .. } => (&mut resting, false),
                Act::Leave | Act::Unplug => (&mut gone, true),
                Act::Return => (&mut gone, false),
                Act::Beat => continue,
                Act::Record { .. } => panic!("seed {seed}: {act:?} is not in the script"),
            };
            assert_ne!(*flag.0, flag.1, "seed {seed}, {at_ms} ms: {act:?} twice in a row");
            *flag.0 = flag.1;
        }
    }
}
