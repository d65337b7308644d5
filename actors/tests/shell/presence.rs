//! Presence, seen from a screen.

use muster_actors::employee::{Bye, Disconnect, Logout, Request, SetStatus};
use muster_actors::roster::View;
use muster_domain::presence::Activity;
use muster_protocol::presence::{Reason, Status};
use muster_protocol::{CloseCode, DeviceId, agent::AgentDown};

use crate::universe::{self, Line, START, Screen, durable, id, pass};

#[test]
fn silence_is_offline_when_it_is_due_and_not_before() {
    universe::run(async || {
        let hub = universe::hub(1).await;
        let mut screen = Screen::watch(&hub, View::All).await;
        let line = Line::open(&hub, &id(0), DeviceId::generate());
        line.beat_for(300).await;
        assert_eq!(screen.changes().iter().map(|entry| entry.status).collect::<Vec<_>>(), [Status::Active]);

        pass(89).await;
        assert!(screen.changes().is_empty(), "119 s after the last beat");
        pass(2).await;
        let changes = screen.changes();
        assert_eq!((changes[0].status, changes[0].reason), (Status::Offline, Reason::Timeout));
        let last_beat = START.plus(270_000);
        assert!(changes[0].since.since(last_beat.plus(120_000)).abs() < 10, "{:?}", changes[0].since);
        assert_eq!(line.outbox.next().await, close(CloseCode::NoPong), "the socket that went silent is ended");
    });
}

fn close(code: CloseCode) -> AgentDown {
    AgentDown::Close(muster_protocol::close::Close::new(code, None))
}

#[test]
fn a_socket_that_returns_inside_the_grace_leaves_no_trace() {
    universe::run(async || {
        let hub = universe::hub(1).await;
        let mut screen = Screen::watch(&hub, View::All).await;
        let device = DeviceId::generate();
        let first = Line::open(&hub, &id(0), device);
        first.beat_for(60).await;
        screen.changes();

        hub.tell(&id(0), Disconnect { link: first.link });
        pass(19).await;
        let second = Line::open(&hub, &id(0), device);
        second.beat_for(120).await;
        assert!(screen.changes().is_empty());

        hub.tell(&id(0), Disconnect { link: first.link });
        hub.tell(&id(0), Bye { link: first.link });
        second.beat_for(60).await;
        assert!(screen.changes().is_empty(), "a late close of the older session is inert");

        hub.tell(&id(0), Disconnect { link: second.link });
        pass(21).await;
        assert_eq!(screen.changes()[0].reason, Reason::Disconnected);
    });
}

#[test]
fn two_devices_and_one_leaves() {
    universe::run(async || {
        let hub = universe::hub(1).await;
        let mut screen = Screen::watch(&hub, View::All).await;
        let desk = Line::open(&hub, &id(0), DeviceId::generate());
        let laptop = Line::open(&hub, &id(0), DeviceId::generate());
        pass(1).await;
        screen.changes();
        hub.tell(&id(0), Bye { link: laptop.link });
        desk.beat_for(60).await;
        let changes = screen.changes();
        assert_eq!(changes.iter().map(|entry| entry.status).collect::<Vec<_>>(), [Status::Active]);
        assert_eq!(changes[0].tracks, [0], "its displays are gone, and nothing else changed");
        hub.tell(&id(0), Bye { link: desk.link });
        pass(1).await;
        assert_eq!(screen.changes()[0].reason, Reason::Logout);
    });
}

#[test]
fn a_newer_session_of_the_same_device_replaces_the_older() {
    universe::run(async || {
        let hub = universe::hub(1).await;
        let device = DeviceId::generate();
        let older = Line::open(&hub, &id(0), device);
        let _newer = Line::open(&hub, &id(0), device);
        assert_eq!(older.outbox.next().await, close(CloseCode::Replaced));
    });
}

#[test]
fn idle_counts_from_the_last_input() {
    universe::run(async || {
        let hub = universe::hub(1).await;
        let mut screen = Screen::watch(&hub, View::All).await;
        let line = Line::open(&hub, &id(0), DeviceId::generate());
        line.beat_for(300).await;
        screen.changes();
        let last_input = START.plus(120_000);
        line.touch(Activity::Idle { since: last_input });
        pass(1).await;
        let changes = screen.changes();
        assert_eq!((changes[0].status, changes[0].since), (Status::Idle, last_input));
    });
}

#[test]
fn a_logout_is_offline_at_once_and_is_kept() {
    universe::run(async || {
        let hub = universe::hub(1).await;
        let mut screen = Screen::watch(&hub, View::All).await;
        hub.tell(&id(0), Request { device: None, activity: None });
        pass(1).await;
        hub.tell(&id(0), Logout);
        pass(1).await;
        let statuses = screen.changes().iter().map(|entry| entry.status).collect::<Vec<_>>();
        assert_eq!(statuses, [Status::Active, Status::Offline]);
        durable(hub.drain()).await;
        let stored = durable(hub.database.presence().all()).await.unwrap();
        assert_eq!((stored[0].status, stored[0].reason), (Status::Offline, Reason::Logout));
    });
}

#[test]
fn what_an_administrator_sets_holds_until_the_next_touch() {
    universe::run(async || {
        let hub = universe::hub(1).await;
        let line = Line::open(&hub, &id(0), DeviceId::generate());
        line.touch(Activity::Input);
        let set = hub.ask(&id(0), SetStatus { status: Status::Offline }).await.unwrap();
        assert_eq!((set.status, set.reason), (Status::Offline, Reason::SetByAdmin));
        let mut screen = Screen::watch(&hub, View::All).await;
        line.touch(Activity::Input);
        pass(1).await;
        assert_eq!(screen.changes()[0].status, Status::Active);
    });
}

#[test]
fn a_restart_closes_what_a_dead_process_left_at_its_checkpoint() {
    universe::run(async || {
        let database = universe::database(1).await;
        let hub = universe::hub_on(database.clone()).await;
        let line = Line::open(&hub, &id(0), DeviceId::generate());
        line.beat_for(90).await;
        durable(hub.drain()).await;

        let restarted = durable(universe::hub_on(database)).await;
        let mut screen = Screen::watch(&restarted, View::All).await;
        let muster_protocol::portal::PortalDown::PresenceState { entries, .. } = screen.next().await else { panic!() };
        assert_eq!((entries[0].status, entries[0].reason), (Status::Offline, Reason::HubRestart));
        let checkpoint = START.plus(60_000);
        assert!(entries[0].since <= checkpoint.plus(1_000), "{:?}", entries[0].since);
    });
}
