//! Every message of the portal door.

use muster_protocol::agent::Watcher;
use muster_protocol::close::Close;
use muster_protocol::ids::ScreenshotId;
use muster_protocol::portal::{
    BlankReason, PolicyScope, PortalDown, PortalEvent, PortalUp, Scope, Tier, TrackPhase, TrackRef, TrackState,
    WatchTrack,
};
use muster_protocol::presence::{Overlay, PresenceEntry, Reason, Status};
use muster_protocol::{CloseCode, EmployeeId, TeamId, UtcMillis};

use crate::golden;

const NOON: UtcMillis = UtcMillis(1_795_000_000_123);

fn employee(code: &str) -> EmployeeId {
    EmployeeId::new(code).unwrap()
}

fn team() -> TeamId {
    "0193a4d0-7c00-7000-8000-00000000feed".parse().unwrap()
}

fn screenshot() -> ScreenshotId {
    "0193a4d0-7c00-7000-8000-00000005c4ee".parse().unwrap()
}

fn idle_in_a_meeting() -> PresenceEntry {
    PresenceEntry {
        employee: employee("INT2607"),
        name: "Asha Verma".into(),
        team: Some(team()),
        status: Status::Idle,
        overlay: Some(Overlay::Meeting),
        reason: Reason::NoInput,
        since: NOON.minus(190_000),
        last_seen: Some(NOON),
        unstable: true,
        working_since: Some(NOON.minus(3_600_000)),
        tracks: vec![0, 1],
    }
}

fn never_seen() -> PresenceEntry {
    PresenceEntry {
        employee: employee("INT2608"),
        name: "Ravi Iyer".into(),
        team: None,
        status: Status::Offline,
        overlay: None,
        reason: Reason::NeverSeen,
        since: UtcMillis(0),
        last_seen: None,
        unstable: false,
        working_since: None,
        tracks: vec![],
    }
}

#[test]
fn what_a_portal_says() {
    let tile = WatchTrack { employee: employee("INT2607"), track: 1, tier: Tier::Wall };
    let full_view = WatchTrack { tier: Tier::Focus, ..tile.clone() };
    let focus = TrackRef { employee: employee("INT2607"), track: 1 };
    let samples = [
        ("authenticate", PortalUp::Authenticate { ticket: "b64url-of-32-random-bytes".into() }),
        ("subscribe", PortalUp::Subscribe { presence: Scope::All }),
        ("subscribe.team", PortalUp::Subscribe { presence: Scope::Team(team()) }),
        ("subscribe.own", PortalUp::Subscribe { presence: Scope::Own }),
        ("watch", PortalUp::Watch { tracks: vec![tile], focus: None }),
        ("watch.focus", PortalUp::Watch { tracks: vec![full_view], focus: Some(focus) }),
        ("ack", PortalUp::Ack { message_id: 9, painted_at: NOON }),
        ("pong", PortalUp::Pong),
    ];
    golden::check("portal_up", &samples);
    golden::check_complete("type", &samples);
}

#[test]
fn what_the_hub_says_to_a_portal() {
    let watcher = Watcher { name: "Meera Nair".into(), since: NOON, track: 1 };
    let live = TrackState {
        employee: employee("INT2607"),
        track: 1,
        number: 4,
        state: TrackPhase::Live,
        reason: None,
        detail: None,
        since: NOON,
        display: Some("DP-1".into()),
    };
    let failed = TrackState {
        state: TrackPhase::Blank,
        reason: Some(BlankReason::CaptureFailed),
        detail: Some("the display is asleep".into()),
        ..live.clone()
    };
    let of = employee("INT2607");
    let stored = PortalEvent::ScreenshotStored { employee: of, id: screenshot(), at: NOON, near_identical: false };
    let samples = [
        ("ready", PortalDown::Ready { server_time: NOON, ping_every_ms: 30_000 }),
        (
            "presence_state",
            PortalDown::PresenceState { epoch: 3, seq: 90, entries: vec![idle_in_a_meeting(), never_seen()] },
        ),
        (
            "presence_diff",
            PortalDown::PresenceDiff {
                epoch: 3,
                seq: 91,
                changed: vec![idle_in_a_meeting()],
                gone: vec![employee("INT2608")],
            },
        ),
        ("track_state", PortalDown::TrackState(live)),
        ("track_state.blank", PortalDown::TrackState(failed)),
        ("event", PortalDown::Event(stored)),
        ("watchers", PortalDown::Watchers { people: vec![watcher] }),
        ("ping", PortalDown::Ping),
        ("close", PortalDown::Close(Close::new(CloseCode::Expired, None))),
    ];
    golden::check("portal_down", &samples);
    golden::check_complete("type", &samples);
}

#[test]
fn what_a_page_may_show_at_once() {
    let of = employee("INT2607");
    let stored = |near_identical| PortalEvent::ScreenshotStored {
        employee: of.clone(),
        id: screenshot(),
        at: NOON,
        near_identical,
    };
    let samples = [
        ("screenshot_stored", stored(false)),
        ("screenshot_stored.near_identical", stored(true)),
        ("screenshot_deleted", PortalEvent::ScreenshotDeleted { employee: of.clone(), id: screenshot() }),
        ("interval_assigned", PortalEvent::IntervalAssigned { employee: of.clone(), minutes: 5 }),
        (
            "capture_failed",
            PortalEvent::CaptureFailed { employee: of.clone(), at: NOON, reason: "the display is asleep".into() },
        ),
        ("mass_drop", PortalEvent::MassDrop { lost: 1_204, at: NOON }),
        ("policy_changed", PortalEvent::PolicyChanged { scope: PolicyScope::Organization }),
        ("policy_changed.team", PortalEvent::PolicyChanged { scope: PolicyScope::Team(team()) }),
        ("policy_changed.employee", PortalEvent::PolicyChanged { scope: PolicyScope::Employee(of.clone()) }),
        ("notice_published", PortalEvent::NoticePublished { version: 4, at: NOON }),
        ("person_changed", PortalEvent::PersonChanged { employee: Some(of.clone()) }),
        ("person_changed.many", PortalEvent::PersonChanged { employee: None }),
        ("hours_changed", PortalEvent::HoursChanged { employee: of }),
    ];
    golden::check("portal_event", &samples);
    golden::check_complete("kind", &samples);
}
