//! Days at a desk: what happens, and what the machine makes of it.

use bytes::Bytes;
use muster_domain::{MonoMillis, Now, Zone};
use muster_protocol::agent::{AgentDown, Beat, BeatState, Display, EventKind, Limits, Watch, Watcher, Welcome};
use muster_protocol::policy::{Blur, Notice, Policy, StartMode};
use muster_protocol::{SessionId, UtcMillis};

use super::{Machine, Timing};
use crate::capture::{Order, Report, Shot};
use crate::core::status::{Connection, Work};
use crate::core::{Command, Effect, Event, Look, Memory, Picture, Status};
use crate::platform::CaptureError;

const NOON: UtcMillis = UtcMillis(1_795_867_200_000);
const TRACK: u32 = 3;

pub(super) fn policy() -> Policy {
    Policy {
        version: 1,
        capture_interval_minutes: 10,
        screenshots: true,
        blur: Blur::Light,
        live_view: true,
        start_mode: StartMode::Manual,
        idle_after_ms: 180_000,
        pause_allowed: true,
    }
}

fn notice(version: u64) -> Notice {
    Notice { version, text: "We look at screens.".to_owned(), published_at: NOON }
}

fn watch() -> Watch {
    Watch { track: TRACK, fps: 2.0, width: 480, quality: 60 }
}

/// A machine, its clocks, and somebody who types or does not.
pub(super) struct Desk {
    machine: Machine,
    now: Now,
    last_input: UtcMillis,
    is_locked: bool,
    is_typing: bool,
    done: Vec<Effect>,
}

impl Desk {
    pub(super) fn new() -> Self {
        Self::remembering(Memory::default(), NOON)
    }

    fn remembering(memory: Memory, wall: UtcMillis) -> Self {
        let now = Now { mono: MonoMillis(1), wall };
        let machine = Machine::new(memory, Zone::UTC, Timing::default(), 7, now);
        Self { machine, now, last_input: wall, is_locked: false, is_typing: true, done: Vec::new() }
    }

    /// Online, at work, the display watched.
    pub(super) fn at_work(policy: Policy) -> Self {
        let mut desk = Self::new();
        desk.open(policy, None);
        desk.wish(Command::PunchIn);
        desk.tell(AgentDown::Watch(watch()));
        desk.done.clear();
        desk
    }

    /// The agent is killed and comes back `after_ms` later.
    fn killed_for(self, after_ms: i64) -> Self {
        let wall = self.now.wall.plus(after_ms);
        Self::remembering(self.machine.memory().clone(), wall)
    }

    pub(super) fn apply(&mut self, event: Event) -> Vec<Effect> {
        let effects = self.machine.apply(event, self.now);
        self.done.extend(effects.clone());
        effects
    }

    pub(super) fn open(&mut self, policy: Policy, notice: Option<Notice>) -> Vec<Effect> {
        let welcome = Box::new(Welcome {
            session_id: SessionId::generate(),
            server_time: self.now.wall,
            beat_every_ms: 30_000,
            offline_after_ms: 120_000,
            limits: Limits {
                text_bytes_max: 65_536,
                frame_bytes_max: 1_048_576,
                events_per_message_max: 256,
                messages_per_second_max: 50,
            },
            policy,
            notice,
            acked_seq: 0,
        });
        let displays = self.machine.displays().to_vec();
        self.apply(Event::Opened { welcome, displays })
    }

    pub(super) fn tell(&mut self, message: AgentDown) -> Vec<Effect> {
        self.apply(Event::Told(Box::new(message)))
    }

    pub(super) fn wish(&mut self, command: Command) -> Vec<Effect> {
        self.apply(Event::Wished(command))
    }

    fn frame(&mut self) -> Vec<Effect> {
        self.apply(Event::Captured(Report::Frame { track: TRACK, seq: 1, message: Bytes::from_static(b"jpeg") }))
    }

    /// Time passes, looked at once a second.
    pub(super) fn sit(&mut self, seconds: i64) {
        for _ in 0..seconds {
            self.now = Now { mono: self.now.mono.plus(1_000), wall: self.now.wall.plus(1_000) };
            self.look();
        }
    }

    /// The clocks go on without anybody looking.
    fn sleep(&mut self, wall_ms: i64, mono_ms: u64) {
        self.now = Now { mono: self.now.mono.plus(mono_ms), wall: self.now.wall.plus(wall_ms) };
        self.look();
    }

    fn look(&mut self) {
        if self.is_typing {
            self.last_input = self.now.wall;
        }
        let idle_ms = u64::try_from(self.now.wall.since(self.last_input)).unwrap_or_default();
        self.apply(Event::Looked(Look { idle_ms: Some(idle_ms), is_locked: self.is_locked }));
    }

    /// What was recorded since this was asked last, in seconds since noon.
    pub(super) fn records(&mut self) -> Vec<(i64, EventKind)> {
        let done = std::mem::take(&mut self.done);
        let record = |effect| match effect {
            Effect::Record { kind, at } => Some((at.since(NOON) / 1_000, kind)),
            _ => None,
        };
        done.into_iter().filter_map(record).collect()
    }

    fn screenshots(&mut self) -> usize {
        let done = std::mem::take(&mut self.done);
        done.iter().filter(|effect| matches!(effect, Effect::Capture(Order::Screenshot { .. }))).count()
    }

    fn beats(&mut self) -> Vec<Beat> {
        let done = std::mem::take(&mut self.done);
        let beat = |effect| if let Effect::Beat(beat) = effect { Some(beat) } else { None };
        done.into_iter().filter_map(beat).collect()
    }

    pub(super) fn status(&self) -> Status {
        let mut status = Status { connection: Connection::Connecting, ..Status::default() };
        self.machine.show(&mut status);
        status
    }
}

#[test]
fn idleness_is_dated_back_to_the_last_input() {
    let mut desk = Desk::at_work(policy());
    desk.sit(10);
    desk.is_typing = false;
    desk.sit(179);
    assert_eq!(desk.records(), [], "not idle yet");
    desk.sit(1);
    assert_eq!(desk.records(), [(10, EventKind::IdleBegan)]);
    assert_eq!(desk.status().work, Work::Idle { since: NOON.plus(10_000) });
    desk.sit(60);
    desk.is_typing = true;
    desk.sit(1);
    assert_eq!(desk.records(), [(251, EventKind::IdleEnded)]);
}

#[test]
fn a_locked_screen_is_idle_from_the_last_input_whatever_moves() {
    let mut desk = Desk::at_work(policy());
    desk.sit(10);
    desk.is_locked = true;
    desk.is_typing = false;
    desk.sit(5);
    assert_eq!(desk.records(), [(10, EventKind::IdleBegan)]);
    desk.is_typing = true;
    desk.sit(30);
    assert_eq!(desk.records(), [], "a mouse at a locked screen is nobody at work");
    desk.is_locked = false;
    desk.sit(1);
    assert_eq!(desk.records(), [(46, EventKind::IdleEnded)]);
}

#[test]
fn idleness_matters_only_at_work() {
    let mut desk = Desk::new();
    desk.open(policy(), None);
    desk.is_typing = false;
    desk.sit(600);
    assert_eq!(desk.records(), []);
    desk.wish(Command::PunchIn);
    desk.sit(1);
    // Whoever starts work by a click elsewhere is idle from the start of work, not from before it.
    assert_eq!(desk.records(), [(600, EventKind::WorkStarted), (600, EventKind::IdleBegan)]);
}

#[test]
fn a_day_by_hand() {
    let mut desk = Desk::new();
    desk.open(policy(), None);
    for (command, expected) in [
        (Command::PunchOut, None),
        (Command::BeginBreak, None),
        (Command::PunchIn, Some(EventKind::WorkStarted)),
        (Command::PunchIn, None),
        (Command::EndBreak, None),
        (Command::BeginBreak, Some(EventKind::BreakBegan)),
        (Command::BeginBreak, None),
        (Command::EndBreak, Some(EventKind::BreakEnded)),
        (Command::PunchOut, Some(EventKind::WorkStopped)),
    ] {
        desk.done.clear();
        desk.wish(command.clone());
        let recorded: Vec<_> = desk.records().into_iter().map(|(_, kind)| kind).collect();
        assert_eq!(recorded, expected.into_iter().collect::<Vec<_>>(), "{command:?}");
        desk.sit(60);
    }
    let today = desk.status().today;
    assert_eq!([today.active_ms, today.break_ms, today.net_ms].map(|ms| ms / 60_000), [6, 2, 4]);
}

#[test]
fn whatever_forbids_capture_halts_it_first_and_what_permits_it_starts_it_again() {
    let forbidden = Policy { version: 2, live_view: false, ..policy() };
    let permitted = Policy { version: 3, ..policy() };
    let closers: [(&str, Event, Event); 5] = [
        ("a break", Event::Wished(Command::BeginBreak), Event::Wished(Command::EndBreak)),
        ("a pause", Event::Wished(Command::Pause), Event::Wished(Command::Resume)),
        ("punching out", Event::Wished(Command::PunchOut), Event::Wished(Command::PunchIn)),
        (
            "a notice",
            Event::Told(Box::new(AgentDown::Notice(notice(4)))),
            Event::Wished(Command::AcceptNotice { version: 4 }),
        ),
        (
            "the policy",
            Event::Told(Box::new(AgentDown::Policy(forbidden))),
            Event::Told(Box::new(AgentDown::Policy(permitted))),
        ),
    ];
    for (what, close, open) in closers {
        let mut desk = Desk::at_work(policy());
        assert_eq!(desk.frame().len(), 1, "{what}: a picture passes while it may");
        let closing = desk.apply(close);
        assert_eq!(closing.first(), Some(&Effect::Capture(Order::Halt)), "{what} comes before everything else");
        assert_eq!(desk.frame(), [], "{what}: a picture that was on its way is dropped");
        let opening = desk.apply(open);
        assert_eq!(opening.last(), Some(&Effect::Capture(Order::Watch(watch()))), "{what} is over");
        assert_eq!(desk.frame().len(), 1, "{what}: pictures pass again");
    }
}

#[test]
fn a_lost_socket_ends_every_watch() {
    let mut desk = Desk::at_work(policy());
    desk.tell(AgentDown::Watchers { people: vec![Watcher { name: "Grace".to_owned(), since: NOON, track: TRACK }] });
    assert_eq!(desk.status().watchers.len(), 1);
    assert_eq!(desk.apply(Event::Lost).first(), Some(&Effect::Capture(Order::Halt)));
    assert_eq!(desk.status().watchers, []);
    let opening = desk.open(policy(), None);
    assert!(opening.contains(&Effect::Capture(Order::Begin)));
    assert!(!opening.contains(&Effect::Capture(Order::Watch(watch()))), "the hub has to ask again");
}

#[test]
fn unwatch_and_got_reach_the_capture_thread() {
    let mut desk = Desk::at_work(policy());
    let got = desk.tell(AgentDown::Got { track: TRACK, seq: 1 });
    assert_eq!(got, [Effect::Capture(Order::Got { track: TRACK, seq: 1 })]);
    assert_eq!(desk.tell(AgentDown::Unwatch { track: TRACK }), [Effect::Capture(Order::Unwatch { track: TRACK })]);
    assert_eq!(desk.frame(), [], "nobody watches");
}

#[test]
fn nothing_is_captured_before_the_notice_is_accepted() {
    let mut desk = Desk::new();
    desk.open(policy(), Some(notice(1)));
    desk.wish(Command::PunchIn);
    desk.tell(AgentDown::Watch(watch()));
    desk.tell(AgentDown::TakeScreenshot { request_id: "r".to_owned() });
    desk.sit(3_600);
    let captures = desk.done.iter().filter(|effect| matches!(effect, Effect::Capture(order) if *order != Order::Begin));
    assert_eq!(captures.count(), 0);
    assert_eq!(desk.status().notice, Some(notice(1)));
    assert_eq!(desk.wish(Command::AcceptNotice { version: 9 }), [], "only what was shown can be accepted");
    let accepted = desk.wish(Command::AcceptNotice { version: 1 });
    let at = desk.now.wall;
    assert_eq!(accepted.first(), Some(&Effect::Record { kind: EventKind::NoticeAcknowledged { version: 1 }, at }));
    assert_eq!(accepted.last(), Some(&Effect::Capture(Order::Watch(watch()))));
}

#[test]
fn a_notice_that_was_seen_gates_also_after_a_restart_without_the_hub() {
    let mut desk = Desk::at_work(policy());
    desk.tell(AgentDown::Notice(notice(4)));
    let mut desk = desk.killed_for(60_000);
    desk.sit(3_600);
    assert_eq!(desk.screenshots(), 0);
    assert_eq!(desk.status().notice, Some(notice(4)));
}

#[test]
fn an_acceptance_that_the_hub_has_not_heard_of_is_not_asked_for_again() {
    let mut desk = Desk::at_work(policy());
    desk.tell(AgentDown::Notice(notice(4)));
    desk.apply(Event::Lost);
    desk.wish(Command::AcceptNotice { version: 4 });
    desk.open(policy(), Some(notice(4)));
    assert_eq!(desk.status().notice, None);
    desk.open(policy(), Some(notice(5)));
    assert_eq!(desk.status().notice, Some(notice(5)));
    let other_hub = Notice { published_at: NOON.plus(1), ..notice(4) };
    desk.open(policy(), Some(other_hub.clone()));
    assert_eq!(desk.status().notice, Some(other_hub), "a hub that began anew counts from one");
}

#[test]
fn each_interval_has_one_screenshot_with_the_policys_blur() {
    let mut desk = Desk::at_work(policy());
    desk.sit(100 * 60);
    let blur = Effect::Capture(Order::Screenshot { blur: Blur::Light });
    assert!(desk.done.contains(&blur));
    assert_eq!(desk.screenshots(), 10);
}

/// A name, and what happens.
type Story = (&'static str, fn(&mut Desk));

#[test]
fn no_screenshot_while_nobody_works_there() {
    let cases: [Story; 7] = [
        ("idle", |desk| {
            desk.is_typing = false;
            desk.sit(200);
        }),
        ("locked", |desk| desk.is_locked = true),
        ("on a break", |desk| drop(desk.wish(Command::BeginBreak))),
        ("paused", |desk| drop(desk.wish(Command::Pause))),
        ("punched out", |desk| drop(desk.wish(Command::PunchOut))),
        ("not wanted", |desk| {
            desk.tell(AgentDown::Policy(Policy { version: 2, screenshots: false, ..policy() }));
        }),
        ("without room", |desk| drop(desk.apply(Event::Room { is_full: true }))),
    ];
    for (what, enter) in cases {
        let mut desk = Desk::at_work(policy());
        enter(&mut desk);
        desk.sit(1);
        desk.done.clear();
        desk.sit(3_600);
        desk.tell(AgentDown::TakeScreenshot { request_id: "r".to_owned() });
        assert_eq!(desk.screenshots(), 0, "{what}");
    }
    let mut desk = Desk::at_work(policy());
    desk.tell(AgentDown::TakeScreenshot { request_id: "r".to_owned() });
    assert_eq!(desk.screenshots(), 1);
}

#[test]
fn a_new_interval_holds_for_the_very_next_screenshot() {
    let mut desk = Desk::at_work(Policy { capture_interval_minutes: 20, ..policy() });
    desk.sit(60);
    desk.done.clear();
    desk.tell(AgentDown::Policy(Policy { version: 2, capture_interval_minutes: 2, ..policy() }));
    desk.sit(2 * 60);
    assert_eq!(desk.screenshots(), 1, "within two minutes of the change");
    desk.tell(AgentDown::Policy(Policy { version: 1, capture_interval_minutes: 20, ..policy() }));
    assert_eq!(desk.status().policy.unwrap().capture_interval_minutes, 2, "an older version changes nothing");
}

#[test]
fn a_screenshot_that_comes_too_late_is_dropped() {
    let shot = || {
        Report::Screenshot(Shot {
            id: "0197a000-0000-7000-8000-000000000000".parse().unwrap(),
            taken_at: NOON,
            track: TRACK,
            jpeg: Bytes::from_static(b"jpeg"),
        })
    };
    let mut desk = Desk::at_work(policy());
    assert!(matches!(desk.apply(Event::Captured(shot())).as_slice(), [Effect::Keep(_)]));
    desk.wish(Command::BeginBreak);
    assert_eq!(desk.apply(Event::Captured(shot())), []);
}

#[test]
fn a_failed_capture_is_said_once_with_its_reason() {
    let mut desk = Desk::at_work(policy());
    let failed = || Event::Captured(Report::Failed { reason: CaptureError::NotPermitted("ask the admin".to_owned()) });
    desk.apply(failed());
    desk.apply(failed());
    let reason = "the system does not permit capture: ask the admin".to_owned();
    assert_eq!(desk.records(), [(0, EventKind::CaptureFailed { reason: reason.clone() })]);
    assert_eq!(desk.status().capture_problem, Some(reason));
    desk.apply(Event::Captured(Report::Recovered));
    assert_eq!(desk.status().capture_problem, None);
    desk.apply(failed());
    assert_eq!(desk.records().len(), 1, "it is news again");
}

#[test]
fn why_there_are_no_pictures_is_said_when_there_should_be_some() {
    let mut desk = Desk::new();
    desk.open(policy(), None);
    desk.apply(Event::Captured(Report::Failed { reason: CaptureError::NoDisplay("no DISPLAY".to_owned()) }));
    assert_eq!(desk.records(), [], "nobody works, nothing would be captured");
    desk.wish(Command::PunchIn);
    let reason = "there is no display to capture: no DISPLAY".to_owned();
    assert_eq!(desk.records(), [(0, EventKind::WorkStarted), (0, EventKind::CaptureFailed { reason })]);
}

#[test]
fn a_full_spool_is_a_warning_and_one_failed_capture() {
    let mut desk = Desk::at_work(policy());
    for is_full in [true, true, false, true] {
        desk.apply(Event::Room { is_full });
    }
    assert_eq!(desk.records().len(), 2);
    assert!(desk.status().warnings[0].contains("no room"));
    desk.apply(Event::Room { is_full: false });
    assert_eq!(desk.status().warnings, [] as [String; 0]);
}

#[test]
fn beats_keep_the_hubs_cadence_and_changes_go_at_once() {
    let mut desk = Desk::new();
    desk.open(policy(), None);
    assert_eq!(desk.beats().len(), 1, "at once");
    desk.sit(300);
    assert_eq!(desk.beats().len(), 10);
    desk.is_locked = true;
    desk.is_typing = false;
    desk.sit(2);
    assert_eq!(desk.beats(), [Beat { idle_ms: 1_000, state: BeatState::Locked }]);
    desk.wish(Command::Pause);
    assert_eq!(desk.beats(), [Beat { idle_ms: 2_000, state: BeatState::Paused }]);
    desk.apply(Event::Lost);
    desk.sit(300);
    assert_eq!(desk.beats(), [], "nobody would hear them");
}

#[test]
fn a_pause_needs_the_policy() {
    let strict = Policy { pause_allowed: false, version: 2, ..policy() };
    let mut desk = Desk::at_work(strict.clone());
    assert_eq!(desk.wish(Command::Pause), []);
    let mut desk = Desk::at_work(policy());
    desk.wish(Command::Pause);
    assert!(desk.status().is_paused);
    desk.tell(AgentDown::Policy(strict));
    assert!(!desk.status().is_paused, "a pause that is not allowed any more is over");
}

#[test]
fn displays_that_change_are_told_by_a_new_hello() {
    let display = |track| Display { track, name: "HDMI".to_owned(), width: 1920, height: 1080, primary: true };
    let mut desk = Desk::new();
    assert_eq!(desk.apply(Event::Captured(Report::Displays(vec![display(0)]))), []);
    desk.open(policy(), None);
    assert_eq!(desk.apply(Event::Captured(Report::Displays(vec![display(0)]))), []);
    let two = Report::Displays(vec![display(0), display(1)]);
    assert_eq!(desk.apply(Event::Captured(two)), [Effect::Reconnect]);
}

#[test]
fn a_picture_that_still_holds_passes_like_a_new_one() {
    let mut desk = Desk::at_work(policy());
    let same = desk.apply(Event::Captured(Report::Same { track: TRACK, seq: 8 }));
    assert_eq!(same, [Effect::Show { track: TRACK, seq: 8, picture: Picture::Same }]);
}

#[test]
fn without_the_hub_work_says_every_minute_that_it_goes_on() {
    let mut desk = Desk::at_work(policy());
    desk.sit(100);
    assert_eq!(desk.records(), [], "the hub hears the beats");
    desk.apply(Event::Lost);
    assert_eq!(desk.records(), [(100, EventKind::WorkContinued)], "nobody knows which beats arrived");
    desk.sit(180);
    let minutes = [160, 220, 280].map(|at| (at, EventKind::WorkContinued));
    assert_eq!(desk.records(), minutes);
    desk.wish(Command::PunchOut);
    desk.sit(180);
    assert_eq!(desk.records(), [(280, EventKind::WorkStopped)]);
}

#[test]
fn a_nap_is_cut_out_of_the_work() {
    let mut desk = Desk::at_work(policy());
    desk.sit(10);
    desk.wish(Command::BeginBreak);
    desk.done.clear();
    desk.sleep(60_000, 0);
    let expected = [
        (70, EventKind::ClockJumped { by_ms: 60_000 }),
        (10, EventKind::WorkStopped),
        (70, EventKind::WorkStarted),
        (70, EventKind::BreakBegan),
    ];
    assert_eq!(desk.records(), expected);
    assert_eq!(desk.status().today.active_ms, 10_000);
}

#[test]
fn a_long_sleep_ends_the_work_where_it_began() {
    // Some systems stop the monotonic clock while they sleep and some do not.
    for mono_ms in [500, 3_600_000] {
        let mut desk = Desk::at_work(policy());
        desk.sit(10);
        desk.done.clear();
        desk.sleep(3_600_000, mono_ms);
        assert!(desk.records().contains(&(10, EventKind::WorkStopped)), "{mono_ms}");
        let status = desk.status();
        assert_eq!((status.work, status.today.active_ms), (Work::Off, 10_000));
        assert!(status.warnings[0].contains("Work ended at 2026-11-28 12:00:10"), "{:?}", status.warnings);
        desk.wish(Command::PunchIn);
        assert_eq!(desk.status().warnings, [] as [String; 0]);
    }
}

#[test]
fn automatic_work_starts_when_the_agent_comes_and_not_after_a_lost_socket() {
    let auto = Policy { start_mode: StartMode::Auto, ..policy() };
    let mut desk = Desk::new();
    desk.open(auto.clone(), None);
    assert_eq!(desk.records(), [(0, EventKind::WorkStarted)]);
    desk.sit(10);
    desk.wish(Command::PunchOut);
    desk.apply(Event::Lost);
    desk.open(auto.clone(), None);
    assert_eq!(desk.status().work, Work::Off, "whoever punched out has punched out");
    desk.apply(Event::Lost);
    desk.sleep(3_600_000, 500);
    desk.records();
    desk.open(auto, None);
    assert_eq!(desk.records(), [(3_610, EventKind::WorkStarted)], "a new arrival");
}

#[test]
fn an_assigned_interval_starts_work_once() {
    let mut desk = Desk::new();
    desk.open(policy(), None);
    desk.tell(AgentDown::StartWork);
    desk.sit(5);
    desk.tell(AgentDown::StartWork);
    assert_eq!(desk.records(), [(0, EventKind::WorkStarted)]);
}

#[test]
fn a_clock_that_is_set_is_said_and_does_not_end_work() {
    for by_ms in [-3_600_000, 10_000] {
        let mut desk = Desk::at_work(policy());
        desk.sit(100);
        desk.done.clear();
        desk.sleep(1_000 + by_ms, 1_000);
        let records = desk.records();
        assert!(records.iter().any(|(_, kind)| *kind == EventKind::ClockJumped { by_ms }), "{records:?}");
        assert!(matches!(desk.status().work, Work::Active { .. }));
    }
}

#[test]
fn a_restart_goes_on_within_the_hubs_patience_and_not_beyond() {
    for (away_ms, goes_on) in [(30_000, true), (100_000, true), (200_000, false)] {
        let mut desk = Desk::at_work(policy());
        desk.sit(120);
        let mut desk = desk.killed_for(away_ms);
        assert_eq!(desk.records(), [], "the hub concludes the same from the silence");
        assert_eq!(matches!(desk.status().work, Work::Active { .. }), goes_on, "{away_ms}");
        let expected = if goes_on { 120_000 + away_ms as u64 } else { 120_000 };
        assert_eq!(desk.status().today.active_ms, expected, "{away_ms}");
    }
}

#[test]
fn a_restart_without_the_hub_leaves_a_sign_at_once_when_one_is_due() {
    let mut desk = Desk::at_work(policy());
    desk.apply(Event::Lost);
    desk.sit(30);
    let mut desk = desk.killed_for(40_000);
    desk.look();
    assert_eq!(desk.records(), [(70, EventKind::WorkContinued)]);
}

#[test]
fn quitting_leaves_a_last_sign_and_signing_out_ends_the_work() {
    let mut desk = Desk::at_work(policy());
    desk.sit(20);
    desk.apply(Event::Ending);
    desk.apply(Event::Lost);
    assert_eq!(desk.records(), [(20, EventKind::WorkContinued)]);
    let mut desk = Desk::at_work(policy());
    desk.wish(Command::SignOut);
    assert_eq!(desk.records(), [(0, EventKind::WorkStopped)]);
}
