//! Agents that send what nobody asked for: it is counted, reaches nobody, and ends the agent at last.

use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use muster_protocol::frame::{FrameHeader, FrameKind, HEADER_BYTES, TIER_FOCUS, TIER_WALL};
use muster_protocol::limits::{AGENT_FRAME_BYTES_MAX, WALL_PICTURE_BYTES_MAX};
use muster_protocol::portal::{Tier, TrackPhase};
use muster_protocol::tiles::{Tile, write_tiles};
use tokio_tungstenite::tungstenite::Message;

use super::{E1, Neighbours, Scene, at_work, quick};
use crate::support::frames::{FOCUS, Frame, WALL, jpeg, large_jpeg};
use crate::support::{Agent, TestHub, Viewer};

/// What pictures that are refused may leave behind, in KiB: noise of a process that does other things too.
const GROWTH_KIB_MAX: u64 = 16 * 1024;

/// The pictures that the hub refused for this reason.
async fn refused(hub: &TestHub, why: &str) -> f64 {
    hub.metric(&format!("muster_live_frames_refused_total{{why=\"{why}\"}}")).await
}

/// A frame with another header.
fn with(frame: Frame, change: impl Fn(&mut FrameHeader)) -> Frame {
    let Frame { mut header, body } = frame;
    change(&mut header);
    Frame { header, body }
}

/// A frame with another body, whose length is stated as it is.
fn around(frame: &Frame, body: Vec<u8>) -> Frame {
    let length = u32::try_from(body.len()).unwrap();
    Frame { header: FrameHeader { length, ..frame.header }, body }
}

/// Everything that can be wrong with a picture for the wall, and the word under which it is counted.
fn wrong_pictures() -> Vec<(&'static str, Frame)> {
    let good = Frame::wall(1);
    let claiming = |height: u16, width: u16| {
        let mut jpeg = jpeg(WALL, 1);
        // The frame segment: marker, length, precision, height, width.
        let at = jpeg.windows(2).position(|pair| pair == [0xFF, 0xC0]).unwrap();
        jpeg[at + 5..at + 7].copy_from_slice(&height.to_be_bytes());
        jpeg[at + 7..at + 9].copy_from_slice(&width.to_be_bytes());
        jpeg
    };
    let mut cut = jpeg(WALL, 1);
    cut.truncate(cut.len() - 2);
    vec![
        ("not_jpeg", around(&good, b"this is no picture at all".to_vec())),
        ("not_jpeg", around(&good, Vec::new())),
        ("jpeg", around(&good, cut)),
        ("jpeg_size", around(&good, claiming(4_096, 8_192))),
        ("jpeg", around(&good, claiming(u16::MAX, u16::MAX))),
        ("jpeg_size", around(&good, jpeg((161, 90), 1))),
        ("length", with(good.clone(), |header| header.length += 1)),
        ("length", with(good.clone(), |header| header.length = u32::MAX)),
        ("parts", with(good.clone(), |header| header.parts = 2)),
        ("tier", with(good.clone(), |header| header.tier = 9)),
        ("size", with(good.clone(), |header| header.width = 0)),
        ("wall_bytes", around(&good, large_jpeg(WALL, 1, WALL_PICTURE_BYTES_MAX + 1))),
        ("same_with_body", with(good.clone(), |header| header.kind = FrameKind::Same)),
        ("tiles_on_wall", with(Frame::tiles(1, (256, 256), &[(0, 0)]), |header| header.tier = TIER_WALL)),
        ("unwatched", good.clone().on(3)),
        ("unwatched", good.on(u32::MAX)),
    ]
}

#[tokio::test]
async fn a_picture_that_is_wrong_is_refused_and_counted() {
    let mut scene = Scene::open(quick()).await;
    let mut viewer = scene.viewer().await;
    viewer.watch(&E1).await;
    let asked = scene.agent.watched().await;
    let mut counts = std::collections::BTreeMap::<_, f64>::new();
    for (why, frame) in wrong_pictures() {
        scene.agent.show_one(&frame).await;
        *counts.entry(why).or_default() += 1.0;
        if why != "unwatched" {
            assert_eq!(scene.agent.watched().await, asked, "{why}: a complete picture, please");
        }
    }
    for (why, count) in counts {
        assert_eq!(refused(&scene.hub, why).await, count, "{why}");
    }
    // More than was asked for may have been on its way when less was: dropped without blame, for a while.
    let wide = (490, 276);
    scene.agent.show_one(&Frame::whole(2, wide, jpeg(wide, 2))).await;
    scene.agent.show_one(&Frame::tiles(3, FOCUS, &[(0, 0)])).await;
    assert_eq!(scene.hub.metric("muster_live_frames_dropped_total").await, 2.0);
    scene.agent.show_one(&Frame::wall(4)).await;
    assert_eq!(viewer.picture().await.body, Frame::wall(4).body, "and nothing before it");
    assert_eq!(viewer.states.iter().filter(|state| state.state == TrackPhase::Live).count(), 1);
}

#[tokio::test]
async fn tiles_that_are_wrong_are_refused_and_counted() {
    let mut scene = Scene::open(quick().set("MUSTER__LIVE__FOCUS_WIDTH", "1280")).await;
    let mut viewer = scene.viewer().await;
    viewer.focus(&[], ("E1", 0)).await;
    let asked = scene.agent.watched().await;
    let good = Frame::tiles(1, FOCUS, &[(0, 0)]);
    let twice = [(0, 0), (0, 0)];
    let many = around(&good, [&u16::MAX.to_le_bytes()[..], &[0; 40]].concat());
    let garbage = around(&good, write_tiles(&[Tile { column: 0, row: 0, jpeg: b"garbage" }]));
    let square = jpeg((256, 256), 1);
    let edge = around(&good, write_tiles(&[Tile { column: 2, row: 1, jpeg: &square }]));
    let cases = [
        ("tile_outside", Frame::tiles(1, FOCUS, &[(3, 0)])),
        ("tile_outside", Frame::tiles(1, FOCUS, &[(0, 255)])),
        ("tile_twice", Frame::tiles(1, FOCUS, &twice)),
        ("too_many_tiles", many),
        ("not_jpeg", garbage),
        ("jpeg_size", edge),
        ("tiles", around(&good, good.body[..good.body.len() - 1].to_vec())),
        ("size", with(good.clone(), |header| header.width = 1921)),
    ];
    for (why, frame) in cases {
        let before = refused(&scene.hub, why).await;
        scene.agent.show_one(&frame).await;
        assert_eq!(refused(&scene.hub, why).await, before + 1.0, "{why}");
        assert_eq!(scene.agent.watched().await, asked);
    }
    // Asked for 1280.
    scene.agent.show_one(&Frame::tiles(2, (1300, 200), &[(0, 0)])).await;
    assert_eq!(scene.hub.metric("muster_live_frames_dropped_total").await, 1.0);
    let grid = Frame::tiles(3, (300, 200), &[(0, 0), (1, 0)]);
    scene.agent.show_one(&grid).await;
    let shown = viewer.picture().await;
    assert_eq!((shown.header.tier, &shown.body), (TIER_FOCUS, &grid.body));
}

/// Sends until the hub closes, without waiting for any answer. Returns the code.
async fn flood(agent: Agent, mut message: impl FnMut(u32) -> Vec<u8>) -> u16 {
    let (mut sink, mut stream) = agent.socket.split();
    let send = async {
        for seq in 1.. {
            if sink.send(Message::Binary(message(seq).into())).await.is_err() {
                break;
            }
        }
        std::future::pending().await
    };
    let closed = async {
        loop {
            match stream.next().await {
                Some(Ok(Message::Close(frame))) => return frame.map_or(1005, |frame| frame.code.into()),
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return 1006,
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(10), async {
        tokio::select! { code = closed => code, () = send => 0 }
    })
    .await
    .expect("the hub ends it")
}

#[tokio::test]
async fn an_agent_that_goes_on_is_closed_and_nobody_else_notices() {
    let mut scene = Scene::open(quick()).await;
    let neighbours = Neighbours::start(&scene.hub, &scene.admin).await;
    let device = scene.agent.device.clone();

    // Nobody watches, and it sends all the same.
    scene.agent.show_one(&Frame::wall(1)).await;
    assert_eq!((refused(&scene.hub, "unwatched").await, scene.agent.orders().len()), (1.0, 0));
    let unasked = Frame::wall(2).bytes();
    assert_eq!(flood(scene.agent, |_| unasked.clone()).await, 4503);
    scene.agent = Agent::connect(&scene.hub, &device).await;
    assert!(refused(&scene.hub, "unwatched").await >= 16.0);

    // Somebody watches, and it sends far too many, all of them right.
    let mut viewer = scene.viewer().await;
    viewer.watch(&E1).await;
    scene.agent.watched().await;
    assert_eq!(flood(scene.agent, |seq| Frame::wall(seq).bytes()).await, 4505);
    viewer.until("E1", 0, TrackPhase::Waiting).await;
    assert!(viewer.shown.len() <= 60, "{} pictures at thirty a second", viewer.shown.len());
    assert!(refused(&scene.hub, "too_fast").await >= 16.0);

    // It is watched, and what it sends is garbage.
    scene.agent = Agent::connect(&scene.hub, &device).await;
    scene.agent.watched().await;
    let garbage = around(&Frame::wall(1), vec![0xA5; 4_000]).bytes();
    assert_eq!(flood(scene.agent, |_| garbage.clone()).await, 4503);
    neighbours.undisturbed().await;
}

#[tokio::test]
async fn what_is_no_message_at_all_ends_the_agent_at_once() {
    let mut scene = Scene::open(quick()).await;
    let device = scene.agent.device.clone();
    let _viewer = scene.watched().await;
    let good = Frame::wall(2).bytes();
    let patched = |at: usize, byte: u8| {
        let mut bytes = good.clone();
        bytes[at] = byte;
        bytes
    };
    let no_frames = [
        (Vec::new(), 4503),
        (good[..HEADER_BYTES - 1].to_vec(), 4503),
        (patched(0, 2), 4503),
        (patched(1, 0), 4503),
        (patched(1, 4), 4503),
        // Part 1 of one.
        (patched(28, 1), 4503),
        (vec![1; AGENT_FRAME_BYTES_MAX + 1], 4504),
    ];
    for (message, code) in no_frames {
        let mut agent = Agent::connect(&scene.hub, &device).await;
        // The hub may close before it has read all of it.
        let _ = agent.socket.send(Message::Binary(message.clone().into())).await;
        assert_eq!(agent.closed().await, code, "{} bytes, {:?}", message.len(), &message[..message.len().min(32)]);
    }
}

#[tokio::test]
async fn large_pictures_that_are_refused_cost_no_memory() {
    let scene = Scene::open(quick()).await;
    let neighbours = Neighbours::start(&scene.hub, &scene.admin).await;
    let mut agents = vec![scene.agent];
    for code in ["H1", "H2", "H3"] {
        agents.push(at_work(&scene.hub, &scene.admin, code).await.1);
    }
    let mut viewer = Viewer::open(&scene.hub, &scene.admin).await;
    viewer.watch(&["E1", "H1", "H2", "H3"].map(|code| (code, 0, Tier::Focus))).await;
    // One of each first: what a socket with a large message costs at all.
    let largest = around(&Frame::wall(1), vec![0xFF; AGENT_FRAME_BYTES_MAX - HEADER_BYTES]).bytes();
    for agent in &mut agents {
        agent.watched().await;
        agent.socket.send(Message::Binary(largest.clone().into())).await.unwrap();
        agent.got(0, 1).await;
    }
    let before_kib = scene.hub.resident_kib();
    let floods = agents.into_iter().map(|agent| {
        let largest = largest.clone();
        tokio::spawn(flood(agent, move |_| largest.clone()))
    });
    for flood in floods.collect::<Vec<_>>() {
        let code = flood.await.unwrap();
        assert_eq!(code, 4503);
    }
    let grown_kib = scene.hub.resident_kib().saturating_sub(before_kib);
    assert!(grown_kib < GROWTH_KIB_MAX, "{grown_kib} KiB for 60 MiB of refused pictures");
    neighbours.undisturbed().await;
}
