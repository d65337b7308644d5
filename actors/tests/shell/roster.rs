//! Diffs: complete, in order, and only for those who may see them.

use muster_actors::employee::{Logout, Request};
use muster_actors::roster::{PersonChanged, Snapshot, View};
use muster_domain::presence::Activity;
use muster_protocol::portal::{PortalDown, PortalEvent};
use muster_protocol::presence::{PresenceEntry, Status};
use muster_protocol::{DeviceId, TeamId};

use crate::universe::{self, Line, Screen, id, pass};

/// What a client makes of state and diffs.
fn replay(messages: Vec<PortalDown>) -> Vec<PresenceEntry> {
    let (mut entries, mut last_seq) = (Vec::<PresenceEntry>::new(), None);
    for message in messages {
        match message {
            PortalDown::PresenceState { seq, entries: all, .. } => (entries, last_seq) = (all, Some(seq)),
            PortalDown::PresenceDiff { seq, changed, gone, .. } => {
                assert_eq!(Some(seq), last_seq.map(|last| last + 1), "a gap");
                last_seq = Some(seq);
                entries.retain(|entry| !changed.iter().any(|new| new.employee == entry.employee));
                entries.retain(|entry| !gone.contains(&entry.employee));
                entries.extend(changed);
            }
            _ => {}
        }
    }
    entries.sort_by(|a, b| a.employee.cmp(&b.employee));
    entries
}

#[test]
fn replaying_the_diffs_gives_the_state() {
    universe::run(async || {
        let hub = universe::hub(20).await;
        let mut screen = Screen::watch(&hub, View::All).await;
        let mut messages = Vec::new();
        for round in 0..10 {
            for index in (0..20).filter(|index| (index + round) % 3 == 0) {
                match round % 2 {
                    0 => assert!(hub.tell(&id(index), Request { device: None, activity: Some(Activity::Input) })),
                    _ => assert!(hub.tell(&id(index), Logout)),
                }
            }
            pass(50).await;
            messages.extend(screen.seen());
        }
        let mut entries = hub.roster.send(Snapshot { view: View::All }).await.unwrap();
        entries.sort_by(|a, b| a.employee.cmp(&b.employee));
        assert_eq!(replay(messages), entries);
        assert!(entries.iter().any(|entry| entry.status == Status::Active));
    });
}

#[test]
fn a_hundred_changes_within_a_tick_are_one_message() {
    universe::run(async || {
        let hub = universe::hub(100).await;
        let mut screen = Screen::watch(&hub, View::All).await;
        screen.next().await;
        for index in 0..100 {
            hub.tell(&id(index), Request { device: None, activity: None });
        }
        pass(1).await;
        let diffs = screen.seen();
        let PortalDown::PresenceDiff { changed, .. } = &diffs[0] else { panic!("{diffs:?}") };
        assert_eq!((diffs.len(), changed.len()), (1, 100));
    });
}

#[test]
fn nobody_learns_of_people_outside_the_own_view() {
    universe::run(async || {
        let hub = universe::hub(3).await;
        let team = TeamId::generate();
        let mut row = hub.people.get(&id(1)).unwrap().row().clone();
        row.team = Some(team);
        hub.people.put(row.clone());
        let mut manager = Screen::watch(&hub, View::of_teams(vec![team], id(0))).await;
        let mut own = Screen::watch(&hub, View::Own(id(2))).await;
        for index in 0..3 {
            hub.tell(&id(index), Request { device: None, activity: None });
        }
        pass(1).await;
        let seen =
            |screen: &mut Screen| replay(screen.seen()).into_iter().map(|entry| entry.employee).collect::<Vec<_>>();
        assert_eq!(seen(&mut manager), [id(0), id(1)]);
        assert_eq!(seen(&mut own), [id(2)]);

        row.team = None;
        hub.people.put(row);
        hub.roster.send(PersonChanged { employee: id(1), team_before: Some(team) }).await.unwrap();
        pass(1).await;
        let left = manager.seen();
        let PortalDown::PresenceDiff { changed, gone, .. } = &left[0] else { panic!("{left:?}") };
        assert!(changed.is_empty());
        assert_eq!(gone, &[id(1)]);
    });
}

#[test]
fn a_mass_drop_is_one_notice() {
    universe::run(async || {
        let hub = universe::hub(50).await;
        let lines = (0..50).map(|index| Line::open(&hub, &id(index), DeviceId::generate())).collect::<Vec<_>>();
        let mut screen = Screen::watch(&hub, View::All).await;
        pass(1).await;
        screen.seen();
        for line in &lines {
            hub.tell(&line.employee, muster_actors::employee::Disconnect { link: line.link });
        }
        pass(30).await;
        let is_notice = |message: &PortalDown| matches!(message, PortalDown::Event(PortalEvent::MassDrop { .. }));
        assert_eq!(screen.seen().iter().filter(|message| is_notice(message)).count(), 1);
    });
}
