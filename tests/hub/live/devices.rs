//! Several devices and several displays of one person.

use muster_protocol::agent::EventKind;
use muster_protocol::portal::{BlankReason, Scope, Tier, TrackPhase};

use super::quick;
use crate::support::agent::Device;
use crate::support::frames::Frame;
use crate::support::{Agent, Portal, Viewer};

#[tokio::test]
async fn each_device_has_numbers_of_its_own() {
    let hub = quick().start();
    let admin = hub.admin().await;
    admin.create("E1", "employee", None).await;
    let employee = hub.sign_in("e1@example.org").await;
    let (desk, laptop) = (Device::enrol(&employee).await, Device::enrol(&employee).await);
    let mut board = Portal::open(&hub.portal, &admin, Scope::All).await;
    let mut desk = Agent::with_displays(&hub, &desk, &[0, 1]).await;
    desk.note(EventKind::WorkStarted).await;
    board.wait_for_tracks("E1", &[0, 1]).await;
    let mut laptop = Agent::with_displays(&hub, &laptop, &[0, 1]).await;
    laptop.note(EventKind::WorkContinued).await;
    board.wait_for_tracks("E1", &[0, 1, 256, 257]).await;

    let mut viewer = Viewer::open(&hub, &admin).await;
    viewer.watch(&[("E1", 256, Tier::Wall)]).await;
    assert_eq!(laptop.watched().await.track, 0, "the laptop's own number");
    assert_eq!(laptop.watchers().await[0].track, 0);
    viewer.until("E1", 256, TrackPhase::Waiting).await;
    desk.note(EventKind::WorkContinued).await;
    assert!(desk.orders().iter().all(|order| format!("{order:?}").starts_with("Watchers")), "{:?}", desk.orders());

    // The desk's display 0 was not asked for, although both call theirs 0.
    desk.show_one(&Frame::wall(1)).await;
    laptop.show_one(&Frame::wall(2)).await;
    let shown = viewer.picture().await;
    assert_eq!(shown.body, Frame::wall(2).body);
    assert_eq!(hub.metric("muster_live_frames_refused_total{why=\"unwatched\"}").await, 1.0);

    viewer.watch(&[("E1", 256, Tier::Wall), ("E1", 1, Tier::Wall), ("E1", 257, Tier::Wall)]).await;
    assert_eq!(desk.watched().await.track, 1);
    assert_eq!(laptop.watched().await.track, 1);
    desk.show_one(&Frame::wall(10).on(1)).await;
    laptop.show_one(&Frame::wall(20).on(1)).await;
    for (track, seq, name) in [(1, 10, "Display 1"), (257, 20, "Display 1"), (256, 2, "Display 0")] {
        let number = viewer.until("E1", track, TrackPhase::Live).await;
        assert_eq!(viewer.state("E1", track).unwrap().display.as_deref(), Some(name));
        if track != 256 {
            assert_eq!(viewer.picture_of(number).await.body, Frame::wall(seq).body, "track {track}");
        }
    }

    // One of them goes: its displays are gone, the other goes on.
    laptop.bye().await;
    board.wait_for_tracks("E1", &[0, 1]).await;
    viewer.until_blank("E1", 256, BlankReason::NoSuchTrack).await;
    desk.show_one(&Frame::wall(11).on(1)).await;
    assert_eq!(viewer.picture().await.body, Frame::wall(11).body);
}
