use muster_protocol::presence::{Overlay, Reason, Status};
use muster_protocol::{DeviceId, UtcMillis};
use uuid::Uuid;

use super::PresenceInput::{Break, Bye, Connect, Cover, Logout, Request, SetStatus, Touch, Wake};
use super::*;
use crate::{MonoMillis, Now};

const WALL_START_MS: i64 = 1_795_000_000_000;
const FIRST: LinkId = LinkId(1);
const SECOND: LinkId = LinkId(2);
const INPUT: Option<Activity> = Some(Activity::Input);

fn laptop() -> Option<DeviceId> {
    Some(DeviceId(Uuid::from_u128(1)))
}

fn desktop() -> Option<DeviceId> {
    Some(DeviceId(Uuid::from_u128(2)))
}

/// The wall clock `second` seconds after the start.
fn wall(second: f64) -> UtcMillis {
    UtcMillis(WALL_START_MS + (second * 1_000.0) as i64)
}

fn now(second: f64) -> Now {
    // An hour after boot: a stall can be longer than nothing.
    Now { mono: MonoMillis(3_600_000 + (second * 1_000.0) as u64), wall: wall(second) }
}

fn idle(since_second: f64) -> Option<Activity> {
    Some(Activity::Idle { since: wall(since_second) })
}

/// A machine and an exact timer for it.
struct Stage {
    machine: PresenceMachine,
    config: PresenceConfig,
    transitions: Vec<Presence>,
    published: Vec<Presence>,
}

impl Stage {
    fn new() -> Self {
        let machine = PresenceMachine::new(Presence::default());
        Self { machine, config: PresenceConfig::default(), transitions: vec![], published: vec![] }
    }

    fn apply(&mut self, input: PresenceInput, now: Now) -> PresenceEffects {
        let effects = self.machine.apply(input, &self.config, now);
        self.transitions.extend(effects.transition);
        self.published.extend(effects.publish);
        effects
    }

    /// Fires the timer whenever it is due until `second`, then applies `input`.
    fn at(&mut self, second: f64, input: PresenceInput) -> PresenceEffects {
        self.run_to(second);
        self.apply(input, now(second))
    }

    fn run_to(&mut self, second: f64) {
        while let Some(due) = self.machine.next_deadline().filter(|due| *due <= now(second).mono) {
            let after_ms = due.since(now(0.0).mono);
            self.apply(Wake, now(after_ms as f64 / 1_000.0));
        }
    }

    #[track_caller]
    fn expect(&self, status: Status, reason: Reason, since_second: f64) {
        let presence = self.machine.presence();
        assert_eq!((presence.status, presence.reason), (status, reason));
        assert_eq!(presence.since.since(wall(0.0)), wall(since_second).since(wall(0.0)), "since, ms after the start");
    }

    fn statuses(&self) -> Vec<Status> {
        self.transitions.iter().map(|presence| presence.status).collect()
    }
}

#[test]
fn silence_means_offline_after_two_minutes_since_the_moment_that_was_due() {
    let mut stage = Stage::new();
    stage.at(0.0, Request { activity: None });
    stage.expect(Status::Active, Reason::Seen, 0.0);
    stage.at(30.0, Request { activity: None });
    stage.run_to(149.999);
    stage.expect(Status::Active, Reason::Seen, 0.0);
    stage.run_to(150.0);
    stage.expect(Status::Offline, Reason::Timeout, 150.0);
    assert_eq!(stage.machine.presence().last_seen, Some(wall(30.0)));
    assert!(stage.machine.is_settled());
    assert_eq!(stage.published, stage.transitions);
}

#[test]
fn a_timer_that_is_a_little_late_dates_offline_to_the_deadline() {
    let mut stage = Stage::new();
    stage.apply(Request { activity: None }, now(0.0));
    stage.apply(Wake, now(121.5));
    stage.expect(Status::Offline, Reason::Timeout, 120.0);
}

#[test]
fn of_two_links_that_ended_the_later_one_counts() {
    let mut stage = Stage::new();
    stage.at(0.0, Connect { link: FIRST, device: laptop() });
    stage.at(0.0, Connect { link: SECOND, device: desktop() });
    stage.at(4.0, Break { link: FIRST });
    stage.at(5.0, Break { link: SECOND });
    stage.apply(Wake, now(25.5));
    stage.expect(Status::Offline, Reason::Disconnected, 25.0);
}

#[test]
fn beats_change_nothing_and_arm_nothing() {
    let mut stage = Stage::new();
    stage.at(0.0, Connect { link: FIRST, device: laptop() });
    stage.at(0.0, Touch { link: FIRST, activity: INPUT });
    let armed = stage.machine.next_deadline();
    for beat in 1..4 {
        let effects = stage.apply(Touch { link: FIRST, activity: INPUT }, now(f64::from(beat) * 30.0));
        assert_eq!(effects, PresenceEffects::default());
        assert_eq!(stage.machine.next_deadline(), armed);
    }
    let effects = stage.apply(Wake, now(120.0));
    assert_eq!(effects, PresenceEffects::default(), "the timer was lazy");
    assert_eq!(stage.machine.next_deadline(), Some(now(210.0).mono));
    assert_eq!(stage.apply(Wake, now(150.0)), PresenceEffects::default(), "an early timer does no harm");
    assert_eq!(stage.statuses(), [Status::Active]);
}

#[test]
fn idle_counts_from_the_last_input() {
    let mut stage = Stage::new();
    stage.at(0.0, Connect { link: FIRST, device: laptop() });
    for beat in 1..=13 {
        let second = f64::from(beat) * 30.0;
        let idle_ms = (second as u64 * 1_000).saturating_sub(100_000);
        let activity = Some(activity_of(idle_ms, false, &stage.config, now(second)));
        stage.at(second, Touch { link: FIRST, activity });
    }
    stage.expect(Status::Idle, Reason::NoInput, 100.0);
    stage.at(400.0, Touch { link: FIRST, activity: INPUT });
    stage.expect(Status::Active, Reason::Input, 400.0);
}

#[test]
fn idle_never_begins_before_the_presence_it_follows() {
    let mut stage = Stage::new();
    stage.at(0.0, Request { activity: idle(-600.0) });
    stage.expect(Status::Idle, Reason::NoInput, 0.0);
    stage.at(10.0, Request { activity: INPUT });
    stage.at(15.0, Request { activity: idle(3.0) });
    stage.expect(Status::Idle, Reason::NoInput, 10.001);
}

#[test]
fn what_a_beat_says_about_input() {
    let config = PresenceConfig::default();
    let at = now(1_000.0);
    let cases = [
        (0, false, Activity::Input),
        (179_999, false, Activity::Input),
        (180_000, false, Activity::Idle { since: wall(820.0) }),
        (5_000, true, Activity::Idle { since: wall(995.0) }),
    ];
    for (idle_ms, locked, expected) in cases {
        assert_eq!(activity_of(idle_ms, locked, &config, at), expected, "{idle_ms} {locked}");
    }
    let ages_ago = activity_of(u64::MAX, false, &config, at);
    assert!(matches!(ages_ago, Activity::Idle { since } if since < wall(0.0)));
}

#[test]
fn a_break_inside_the_grace_leaves_no_trace() {
    let mut stage = Stage::new();
    stage.at(0.0, Connect { link: FIRST, device: laptop() });
    stage.at(1.0, Touch { link: FIRST, activity: INPUT });
    stage.at(5.0, Break { link: FIRST });
    let effects = stage.at(24.9, Connect { link: SECOND, device: laptop() });
    assert_eq!(effects, PresenceEffects::default());
    stage.run_to(144.0);
    assert_eq!(stage.statuses(), [Status::Active]);
    assert_eq!(stage.machine.link_of(laptop().unwrap()), Some(SECOND));
}

#[test]
fn a_break_is_offline_after_the_grace() {
    let mut stage = Stage::new();
    stage.at(0.0, Connect { link: FIRST, device: laptop() });
    stage.at(5.0, Break { link: FIRST });
    assert!(!stage.machine.has_sessions() && !stage.machine.is_settled());
    stage.run_to(24.999);
    assert_eq!(stage.statuses(), [Status::Active]);
    stage.run_to(25.0);
    stage.expect(Status::Offline, Reason::Disconnected, 25.0);
    assert!(stage.machine.is_settled());
}

#[test]
fn the_grace_is_whole_even_when_silence_would_be_due_earlier() {
    let mut stage = Stage::new();
    stage.at(0.0, Connect { link: FIRST, device: laptop() });
    stage.at(110.0, Break { link: FIRST });
    stage.at(129.0, Connect { link: SECOND, device: laptop() });
    assert_eq!(stage.statuses(), [Status::Active]);
}

#[test]
fn a_newer_session_of_a_device_replaces_the_standing_one() {
    let mut stage = Stage::new();
    stage.at(0.0, Connect { link: FIRST, device: laptop() });
    let effects = stage.at(1.0, Connect { link: SECOND, device: laptop() });
    assert_eq!(effects, PresenceEffects { replaced: Some(FIRST), ..PresenceEffects::default() });
    for late in [Break { link: FIRST }, Bye { link: FIRST }, Touch { link: FIRST, activity: idle(-900.0) }] {
        assert_eq!(stage.at(2.0, late), PresenceEffects::default(), "{late:?}");
    }
    let before = stage.machine.presence();
    let effects = stage.at(3.0, Connect { link: FIRST, device: laptop() });
    assert_eq!(effects.replaced, Some(FIRST), "the late one is the one to close");
    assert_eq!(stage.machine.presence(), before);
    stage.run_to(30.0);
    assert_eq!(stage.statuses(), [Status::Active]);
}

#[test]
fn logout_is_offline_at_once_unless_another_session_lives() {
    let mut stage = Stage::new();
    stage.at(0.0, Request { activity: None });
    stage.at(5.0, Logout);
    stage.expect(Status::Offline, Reason::Logout, 5.0);
    stage.at(10.0, Request { activity: None });
    stage.at(11.0, Connect { link: FIRST, device: laptop() });
    stage.at(12.0, Logout);
    stage.expect(Status::Active, Reason::Seen, 10.0);
    stage.at(13.0, Bye { link: FIRST });
    stage.expect(Status::Offline, Reason::Logout, 13.0);
    assert_eq!(stage.machine.presence().last_seen, Some(wall(13.0)));
}

#[test]
fn a_page_that_broke_a_moment_ago_does_not_outlive_a_goodbye() {
    let mut stage = Stage::new();
    stage.at(0.0, Connect { link: FIRST, device: None });
    stage.at(1.0, Request { activity: None });
    stage.at(2.0, Break { link: FIRST });
    stage.at(3.0, Logout);
    stage.expect(Status::Offline, Reason::Logout, 3.0);
    assert!(stage.machine.is_settled());
}

#[test]
fn an_agent_that_lost_its_network_outlives_the_logout_of_a_page_by_its_grace() {
    let mut stage = Stage::new();
    stage.at(0.0, Connect { link: FIRST, device: laptop() });
    stage.at(2.0, Break { link: FIRST });
    stage.at(3.0, Logout);
    stage.run_to(21.9);
    assert_eq!(stage.statuses(), [Status::Active]);
    stage.run_to(22.0);
    stage.expect(Status::Offline, Reason::Disconnected, 22.0);
}

#[test]
fn two_devices_and_one_leaves() {
    let mut stage = Stage::new();
    stage.at(0.0, Connect { link: FIRST, device: laptop() });
    stage.at(1.0, Connect { link: SECOND, device: desktop() });
    stage.at(2.0, Touch { link: FIRST, activity: INPUT });
    stage.at(3.0, Touch { link: SECOND, activity: idle(-400.0) });
    assert_eq!(stage.statuses(), [Status::Active], "active counts more than idle");
    stage.at(4.0, Bye { link: FIRST });
    stage.expect(Status::Idle, Reason::NoInput, 0.001);
    stage.at(5.0, Bye { link: SECOND });
    stage.expect(Status::Offline, Reason::Logout, 5.0);
}

#[test]
fn idle_on_two_devices_counts_from_the_later_input() {
    let mut stage = Stage::new();
    stage.at(0.0, Connect { link: FIRST, device: laptop() });
    stage.at(0.0, Connect { link: SECOND, device: desktop() });
    stage.at(1.0, Touch { link: FIRST, activity: INPUT });
    stage.at(1.0, Touch { link: SECOND, activity: INPUT });
    stage.at(60.0, Touch { link: FIRST, activity: idle(20.0) });
    stage.at(61.0, Touch { link: SECOND, activity: idle(50.0) });
    stage.expect(Status::Idle, Reason::NoInput, 50.0);
}

#[test]
fn a_portal_in_the_background_makes_nobody_active() {
    let mut stage = Stage::new();
    stage.at(0.0, Connect { link: FIRST, device: laptop() });
    stage.at(1.0, Touch { link: FIRST, activity: idle(-200.0) });
    stage.at(2.0, Connect { link: SECOND, device: None });
    stage.at(3.0, Touch { link: SECOND, activity: None });
    stage.at(4.0, Request { activity: None });
    assert_eq!(stage.machine.presence().status, Status::Idle);
    stage.at(5.0, Bye { link: FIRST });
    stage.expect(Status::Active, Reason::Seen, 5.0);
}

#[test]
fn pages_that_are_reloaded_over_and_over_leave_one_link() {
    let mut stage = Stage::new();
    for page in 1..200_u32 {
        let second = f64::from(page) / 100.0;
        stage.at(second, Connect { link: LinkId(page.into()), device: None });
        stage.at(second, Break { link: LinkId(page.into()) });
    }
    assert_eq!(stage.statuses(), [Status::Active]);
    stage.at(3.0, Connect { link: LinkId(900), device: None });
    stage.at(4.0, Bye { link: LinkId(900) });
    stage.expect(Status::Offline, Reason::Logout, 4.0);
}

#[test]
fn a_socket_that_fell_silent_is_back_with_its_next_beat() {
    let mut stage = Stage::new();
    stage.at(0.0, Connect { link: FIRST, device: laptop() });
    stage.run_to(120.0);
    stage.expect(Status::Offline, Reason::Timeout, 120.0);
    assert!(!stage.machine.is_settled(), "the socket still stands");
    stage.at(500.0, Touch { link: FIRST, activity: INPUT });
    stage.expect(Status::Active, Reason::Input, 500.0);
    stage.run_to(620.0);
    stage.at(700.0, Break { link: FIRST });
    assert_eq!(stage.statuses(), [Status::Active, Status::Offline, Status::Active, Status::Offline]);
    assert!(stage.machine.is_settled());
}

#[test]
fn what_an_administrator_sets_holds_until_the_next_touch() {
    let mut stage = Stage::new();
    stage.at(0.0, SetStatus { status: Status::Active });
    stage.run_to(100_000.0);
    stage.expect(Status::Active, Reason::SetByAdmin, 0.0);
    assert!(!stage.machine.is_settled());
    stage.at(100_000.0, Request { activity: idle(99_000.0) });
    stage.expect(Status::Idle, Reason::NoInput, 99_000.0);
    stage.at(100_001.0, SetStatus { status: Status::Offline });
    stage.expect(Status::Offline, Reason::SetByAdmin, 100_001.0);
    stage.run_to(100_100.0);
    stage.at(100_100.0, Request { activity: None });
    stage.expect(Status::Idle, Reason::NoInput, 100_100.0);
}

#[test]
fn a_status_that_was_set_and_then_earned_does_not_hold_after_a_restart() {
    let mut stage = Stage::new();
    stage.at(0.0, SetStatus { status: Status::Active });
    stage.at(10.0, Request { activity: INPUT });
    stage.expect(Status::Active, Reason::Input, 10.0);
    stage.run_to(130.0);
    stage.expect(Status::Offline, Reason::Timeout, 130.0);
}

#[test]
fn covers_lie_over_idle_and_active_but_not_over_offline() {
    let mut stage = Stage::new();
    assert_eq!(stage.at(0.0, Cover { overlay: Some(Overlay::Class) }), PresenceEffects::default());
    assert!(!stage.machine.is_settled(), "the class is not over");
    stage.at(1.0, Request { activity: None });
    assert_eq!(stage.machine.presence().overlay, Some(Overlay::Class));
    let effects = stage.at(2.0, Cover { overlay: Some(Overlay::Break) });
    assert_eq!(effects.transition.map(|presence| presence.since), Some(wall(2.0)));
    assert_eq!(stage.at(3.0, Cover { overlay: Some(Overlay::Break) }), PresenceEffects::default());
    stage.at(4.0, Logout);
    assert_eq!(stage.machine.presence().overlay, None);
    stage.at(5.0, Cover { overlay: None });
    assert!(stage.machine.is_settled());
}

#[test]
fn flapping_is_held_on_screens_and_kept_in_history() {
    let mut stage = Stage::new();
    for (second, input) in [
        (0.0, Request { activity: INPUT }),
        (1.0, Request { activity: idle(0.5) }),
        (2.0, Request { activity: INPUT }),
        (3.0, Request { activity: idle(2.5) }),
        (40.0, Request { activity: INPUT }),
        (41.0, Request { activity: idle(40.5) }),
    ] {
        stage.at(second, input);
    }
    assert_eq!(stage.transitions.len(), 6);
    let shown: Vec<_> = stage.published.iter().map(|presence| (presence.status, presence.unstable)).collect();
    let (active, idle) = ((Status::Active, false), (Status::Idle, false));
    assert_eq!(shown, [active, idle, active, (Status::Idle, true)], "the fourth within a minute says unstable, once");
    stage.run_to(100.999);
    assert_eq!(stage.published.len(), 4);
    stage.run_to(101.0);
    let last = stage.published.last().unwrap();
    assert_eq!((last.status, last.since, last.unstable), (Status::Idle, wall(40.5), false));
    assert_eq!(stage.transitions.len(), 6);
}

#[test]
fn three_changes_a_minute_are_no_flapping() {
    let mut stage = Stage::new();
    for third in 0..30 {
        let second = f64::from(third) * 20.0;
        let activity = if third % 2 == 0 { INPUT } else { idle(second) };
        stage.at(second, Request { activity });
    }
    assert_eq!(stage.transitions.len(), 30);
    assert_eq!(stage.published, stage.transitions);
    assert!(!stage.machine.presence().unstable);
}

#[test]
fn a_stall_marks_nobody_offline() {
    let mut stage = Stage::new();
    stage.at(0.0, Connect { link: FIRST, device: laptop() });
    assert_eq!(stage.apply(Wake, now(160.0)), PresenceEffects::default(), "40 s late: the machine slept");
    assert_eq!(stage.machine.next_deadline(), Some(now(180.0).mono), "a grace to be heard again");
    stage.run_to(179.999);
    assert_eq!(stage.statuses(), [Status::Active]);
    stage.run_to(180.0);
    stage.expect(Status::Offline, Reason::Timeout, 180.0);
}

#[test]
fn a_stall_is_seen_by_the_lazy_timer_too() {
    let mut stage = Stage::new();
    stage.at(0.0, Connect { link: FIRST, device: laptop() });
    stage.at(100.0, Touch { link: FIRST, activity: None });
    // The timer of second 120 fires at 219, a second before silence is due: 99 s of that silence were ours.
    stage.apply(Wake, now(219.0));
    assert_eq!(stage.machine.next_deadline(), Some(now(319.0).mono));
}

#[test]
fn a_stall_gives_a_broken_socket_its_whole_grace_again() {
    let mut stage = Stage::new();
    stage.at(0.0, Connect { link: FIRST, device: laptop() });
    stage.at(5.0, Break { link: FIRST });
    stage.apply(Wake, now(65.0));
    assert_eq!(stage.at(84.0, Connect { link: SECOND, device: laptop() }), PresenceEffects::default());
}

#[test]
fn a_wall_clock_that_jumps_makes_nobody_offline_and_no_stretch_negative() {
    let mut stage = Stage::new();
    stage.at(0.0, Request { activity: INPUT });
    let mut history = vec![];
    for (second, jump_ms) in [(30.0, 3_600_000), (60.0, -3_600_000), (90.0, 0)] {
        for activity in [idle(second), INPUT] {
            let jumped = Now { mono: now(second).mono, wall: wall(second).plus(jump_ms) };
            history.extend(stage.apply(Request { activity }, jumped).transition);
        }
    }
    assert_eq!(history.len(), 6);
    assert!(history.windows(2).all(|pair| pair[0].since < pair[1].since), "{history:?}");
    assert!(history.iter().all(|presence| presence.status != Status::Offline));
}

#[test]
fn what_a_dead_process_left_behind_ended_at_its_checkpoint() {
    let active = Presence {
        status: Status::Active,
        overlay: Some(Overlay::Break),
        reason: Reason::Input,
        since: wall(0.0),
        last_seen: Some(wall(60.0)),
        unstable: true,
    };
    let ended = active.after_restart();
    assert_eq!((ended.status, ended.overlay, ended.reason), (Status::Offline, None, Reason::HubRestart));
    assert_eq!((ended.since, ended.unstable), (wall(60.0), false));
    assert_eq!(ended.after_restart(), ended);
    assert_eq!(Presence { last_seen: None, ..active }.after_restart().since, wall(0.001));
    let set = Presence { reason: Reason::SetByAdmin, ..active };
    assert_eq!(set.after_restart(), Presence { unstable: false, ..set });
    let mut machine = PresenceMachine::new(set);
    assert_eq!(machine.presence().status, Status::Active);
    let effects = machine.apply(Request { activity: None }, &PresenceConfig::default(), now(100.0));
    assert_eq!(effects.transition.map(|presence| presence.reason), Some(Reason::Seen));
}

#[test]
fn no_session_may_have_the_link_of_requests() {
    let mut stage = Stage::new();
    let link = LinkId::REQUESTS;
    stage.at(0.0, Connect { link, device: None });
    assert!(stage.machine.is_settled());
    stage.at(0.0, Request { activity: None });
    for input in [Break { link }, Bye { link }, Touch { link, activity: idle(0.0) }] {
        assert_eq!(stage.at(1.0, input), PresenceEffects::default());
    }
    stage.expect(Status::Active, Reason::Seen, 0.0);
}

#[test]
fn a_hundred_thousand_machines_are_small() {
    assert!(size_of::<PresenceMachine>() <= 176, "{}", size_of::<PresenceMachine>());
    assert!(size_of::<super::link::Link>() <= 72, "{}", size_of::<super::link::Link>());
}
