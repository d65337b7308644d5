//! From the agent to the page: what is shown, and when nothing is captured.

use std::time::Instant;

use muster_protocol::UtcMillis;
use muster_protocol::agent::{AgentUp, EventKind, Hello};
use muster_protocol::frame::{FrameKind, TIER_WALL};
use muster_protocol::portal::{BlankReason, Tier, TrackPhase};

use super::{E1, Scene, at_work, quick};
use crate::support::agent::{Device, displays, hello, now, say};
use crate::support::frames::{Frame, WALL, large_jpeg};
use crate::support::{Agent, HubBuilder, TestHub, Viewer, eventually};

/// How far the agent's clock runs ahead of the hub's.
const SKEW_MS: i64 = 90_000;

#[tokio::test]
async fn a_picture_reaches_the_viewer_as_it_was_sent() {
    let hub = TestHub::start();
    let admin = hub.admin().await;
    admin.create("E1", "employee", None).await;
    let device = Device::enrol(&hub.sign_in("e1@example.org").await).await;
    let ahead = Hello { displays: displays(&[0]), sent_at: now().plus(SKEW_MS), ..hello(&device) };
    let mut agent = Agent::introduce(&hub, &device, ahead).await;
    agent.note(EventKind::WorkStarted).await;
    let mut viewer = Viewer::open(&hub, &admin).await;
    viewer.watch(&E1).await;
    let watch = agent.watched().await;
    assert_eq!((watch.track, watch.fps, watch.width, watch.quality), (0, 1.0, 480, 60));
    let number = viewer.until("E1", 0, TrackPhase::Waiting).await;
    assert_eq!(viewer.state("E1", 0).unwrap().display.as_deref(), Some("Display 0"));

    // Three parts of 32 KiB, the last one not full.
    let captured_at = now();
    let picture = Frame::whole(7, WALL, large_jpeg(WALL, 7, 80_000)).captured_at(captured_at.plus(SKEW_MS));
    agent.show(&picture).await;
    let shown = viewer.picture().await;
    assert_eq!(viewer.state("E1", 0).unwrap().state, TrackPhase::Live);
    assert!(shown.body == picture.body, "another picture");
    let header = shown.header;
    assert_eq!((header.kind, header.tier, header.track), (FrameKind::Whole, TIER_WALL, number));
    assert_eq!((header.width, header.height, header.parts), (WALL.0, WALL.1, 3));
    let off_ms = shown.captured_at().since(captured_at).abs();
    assert!(off_ms < 1_000, "captured {off_ms} ms off, on the hub's clock");

    agent.got(0, 7).await;
    agent.show(&Frame::wall(8).captured_at(now().plus(SKEW_MS))).await;
    let second = viewer.picture().await;
    assert_eq!((second.header.seq, &second.body), (header.seq + 1, &Frame::wall(8).body));
    agent.got(0, 8).await;

    // Both ways to say that nothing changed, each a moment later than what was known.
    later_than(second.captured_at()).await;
    say(&mut agent.socket, &AgentUp::Same { track: 0, seq: 8 }).await;
    agent.got(0, 8).await;
    let same = viewer.picture().await;
    assert_eq!((same.header.kind, same.header.seq), (FrameKind::Same, second.header.seq));
    later_than(same.captured_at()).await;
    agent.show(&Frame::same(8, TIER_WALL).captured_at(now().plus(SKEW_MS))).await;
    let again = viewer.picture().await;
    assert_eq!((again.header.kind, again.header.seq), (FrameKind::Same, second.header.seq));
    assert!(again.captured_at() > same.captured_at());
}

async fn later_than(at: UtcMillis) {
    eventually(|| async { if now() > at { Ok(()) } else { Err(format!("it is still {at}")) } }).await;
}

#[tokio::test]
async fn nobody_watches_and_nothing_is_captured() {
    let mut scene = Scene::open(HubBuilder::default().set("MUSTER__LIVE__LINGER", "1s")).await;
    scene.agent.beat(0).await;
    scene.agent.note(EventKind::WorkContinued).await;
    assert_eq!(scene.agent.orders().len(), 0, "{:?}", scene.agent.orders());

    let mut viewer = scene.watched().await;
    scene.agent.watchers().await;
    viewer.watch(&[]).await;
    let left = Instant::now();
    scene.agent.unwatched(0).await;
    let after_ms = left.elapsed().as_millis();
    assert!((900..3_000).contains(&after_ms), "{after_ms} ms after the last viewer left");
    assert_eq!(scene.hub.metric("muster_live_tracks").await, 0.0, "its pictures are forgotten");

    // Who comes back within the linger restarts nothing.
    viewer.watch(&E1).await;
    scene.agent.watched().await;
    viewer.watch(&[]).await;
    viewer.watch(&E1).await;
    viewer.until("E1", 0, TrackPhase::Waiting).await;
    scene.agent.note(EventKind::WorkContinued).await;
    let is_capture = |order: &String| !order.starts_with("Watchers");
    let orders = scene.agent.orders().iter().map(|order| format!("{order:?}")).filter(is_capture).collect::<Vec<_>>();
    assert!(orders.is_empty(), "{orders:?}");
}

#[tokio::test]
async fn an_agent_that_comes_back_inside_the_grace_leaves_a_picture_that_waits() {
    let mut scene = Scene::open(quick().set("MUSTER__PRESENCE__GRACE", "1500ms")).await;
    let mut viewer = scene.watched().await;
    let device = scene.agent.device.clone();
    drop(scene.agent);
    let number = viewer.until("E1", 0, TrackPhase::Waiting).await;

    let mut again = Agent::connect(&scene.hub, &device).await;
    again.watched().await;
    assert_eq!(again.watchers().await.len(), 1, "the new session shows who watches");
    // The agent counts from 1 again; the page's numbers go on, which `Viewer` checks.
    again.show_one(&Frame::wall(1)).await;
    let shown = viewer.picture().await;
    assert_eq!((shown.header.track, shown.header.seq), (number, 2));
    viewer.until("E1", 0, TrackPhase::Live).await;
    assert!(viewer.states.iter().all(|state| state.state != TrackPhase::Blank), "{:#?}", viewer.states);

    drop(again);
    viewer.until_blank("E1", 0, BlankReason::Offline).await;
    let waited = viewer.states.iter().rev().nth(1).unwrap();
    assert_eq!(waited.state, TrackPhase::Waiting, "the grace first");
}

#[tokio::test]
async fn a_wall_of_many_shows_each_its_own() {
    let hub = quick().start();
    let admin = hub.admin().await;
    let mut agents = Vec::new();
    for number in 1..=4 {
        agents.push(at_work(&hub, &admin, &format!("E{number}")).await.1);
    }
    let mut viewer = Viewer::open(&hub, &admin).await;
    viewer.watch(&["E1", "E2", "E3", "E4"].map(|code| (code, 0, Tier::Wall))).await;
    for (agent, seq) in agents.iter_mut().zip(1..) {
        agent.watched().await;
        agent.show_one(&Frame::wall(seq)).await;
    }
    for (code, seq) in [("E1", 1), ("E2", 2), ("E3", 3), ("E4", 4)] {
        let number = viewer.until(code, 0, TrackPhase::Live).await;
        assert_eq!(viewer.picture_of(number).await.body, Frame::wall(seq).body, "{code}");
    }
    // Without E2 the others go on under the numbers that they have.
    let before = viewer.state("E3", 0).unwrap().number;
    viewer.watch(&["E1", "E3", "E4"].map(|code| (code, 0, Tier::Wall))).await;
    agents[1].unwatched(0).await;
    agents[2].show_one(&Frame::wall(30)).await;
    assert_eq!(viewer.picture().await.header.track, before);
}
