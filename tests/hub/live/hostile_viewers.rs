//! Pages that do not read, do not acknowledge, or want too much.

use std::time::{Duration, Instant};

use futures_util::{FutureExt, SinkExt, StreamExt};
use muster_protocol::portal::{Tier, TrackPhase};
use tokio::net::{TcpSocket, TcpStream};
use tokio_tungstenite::tungstenite::Message;

use super::{E1, Neighbours, Scene, at_work, quick};
use crate::support::agent::now;
use crate::support::frames::{Frame, WALL, large_jpeg};
use crate::support::viewer::Acks;
use crate::support::{Agent, HubBuilder, TestHub, Viewer, eventually};

/// Bytes of one picture in here.
const PICTURE_BYTES: usize = 20_000;
/// `live.window_start_bytes`.
const WINDOW_BYTES: usize = 64 * 1024;
/// What a page that does not read may cost, in KiB: its window, what the sockets hold, and noise.
const GROWTH_KIB_MAX: u64 = 16 * 1024;

/// A page that stops acknowledging is noticed soon.
fn impatient() -> HubBuilder {
    quick().set("MUSTER__LIVE__PAUSE_AFTER", "700ms").set("MUSTER__LIVE__SLOW_AFTER", "2s")
}

fn picture(seq: u32, bytes: usize) -> Frame {
    Frame::whole(seq, WALL, large_jpeg(WALL, seq, bytes))
}

/// Twenty pictures a second until the agent is told to stop. Returns how many.
async fn show_until_unwatched(agent: &mut Agent, bytes: usize) -> u32 {
    let mut ticks = tokio::time::interval(Duration::from_millis(50));
    let began = Instant::now();
    for seq in 1.. {
        ticks.tick().await;
        if agent.unwatched(0).now_or_never().is_some() {
            return seq;
        }
        assert!(began.elapsed().as_secs() < 20, "still captured");
        agent.show_one(&picture(seq, bytes)).await;
    }
    0
}

#[tokio::test]
async fn a_page_that_acknowledges_nothing_gets_its_window_and_is_closed() {
    let hub = impatient().start();
    let admin = hub.admin().await;
    let (_, mut silent) = at_work(&hub, &admin, "E1").await;
    let (_, mut inventive) = at_work(&hub, &admin, "E2").await;
    let (_, mut modest) = at_work(&hub, &admin, "E3").await;
    let case = async |code: &str, acks: Acks, agent: &mut Agent, bytes: usize| {
        let mut viewer = Viewer::open(&hub, &admin).await;
        viewer.acks = acks;
        viewer.watch(&[(code, 0, Tier::Wall)]).await;
        agent.watched().await;
        let began = now();
        let (sent, (ended_after_ms, viewer)) = tokio::join!(show_until_unwatched(agent, bytes), async {
            assert_eq!(viewer.closed().await, 4001);
            (now().since(began), viewer)
        });
        assert!(viewer.picture_bytes <= WINDOW_BYTES + bytes + 1_000, "{} bytes", viewer.picture_bytes);
        assert!((2_000..6_000).contains(&ended_after_ms), "closed after {ended_after_ms} ms");
        let last_ms = viewer.shown.back().unwrap().captured_at().since(began);
        assert!(last_ms < 1_700, "a picture after {last_ms} ms");
        assert!(sent > 20, "the agent went on: {sent} pictures");
        viewer.picture_bytes
    };
    // The third never fills its window: it gets pictures until they pause.
    let (first, second, third) = tokio::join!(
        case("E1", Acks::Never, &mut silent, PICTURE_BYTES),
        case("E2", Acks::MadeUp, &mut inventive, PICTURE_BYTES),
        case("E3", Acks::Never, &mut modest, 1)
    );
    assert!(first > WINDOW_BYTES && second > WINDOW_BYTES && third < WINDOW_BYTES, "{first}, {second}, {third} bytes");
    assert_eq!(hub.metric("muster_slow_viewers_closed_total").await, 3.0);
}

#[tokio::test]
async fn a_page_that_begins_to_acknowledge_again_goes_on() {
    let mut scene = Scene::open(quick()).await;
    let mut viewer = scene.viewer().await;
    viewer.acks = Acks::Never;
    viewer.watch(&E1).await;
    scene.agent.watched().await;
    let mut seq = 0;
    while viewer.picture_bytes < WINDOW_BYTES {
        seq += 1;
        scene.agent.show_one(&picture(seq, PICTURE_BYTES)).await;
        viewer.picture().await;
    }
    // The window is full: these are skipped, and the last of them is what it gets when it has room again.
    for _ in 0..4 {
        seq += 1;
        scene.agent.show_one(&picture(seq, PICTURE_BYTES)).await;
    }
    viewer.drain(Duration::from_millis(300)).await;
    assert_eq!(viewer.shown.len(), 0);
    viewer.acks = Acks::Each;
    viewer.catch_up().await;
    assert_eq!(viewer.picture().await.body, picture(seq, PICTURE_BYTES).body, "the newest");
    for _ in 0..3 {
        seq += 1;
        scene.agent.show_one(&picture(seq, PICTURE_BYTES)).await;
        assert_eq!(viewer.picture().await.body, picture(seq, PICTURE_BYTES).body);
    }
}

/// A connection that holds next to nothing of what nobody reads.
async fn narrow(hub: &TestHub) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(4 * 1024).unwrap();
    socket.connect(hub.portal.trim_start_matches("http://").parse().unwrap()).await.unwrap()
}

#[tokio::test]
async fn a_page_that_reads_nothing_is_let_go() {
    // Its window is larger than what the sockets hold, so that the hub's writing stops half-way.
    let builder = impatient().set("MUSTER__LIVE__WINDOW_START_BYTES", "8000000");
    let builder = builder.set("MUSTER__LIVE__WINDOW_MAX_BYTES", "8000000").set("MUSTER__LIVE__PAUSE_AFTER", "2900ms");
    let mut scene = Scene::open(builder.set("MUSTER__LIVE__SLOW_AFTER", "3s")).await;
    let neighbours = Neighbours::start(&scene.hub, &scene.admin).await;
    let before_kib = scene.hub.resident_kib();
    let open = async || scene.hub.metric("muster_portal_sockets").await;
    let sockets = open().await;
    let stream = narrow(&scene.hub).await;
    let mut viewer = Viewer::on(&scene.hub, &scene.admin, stream).await;
    viewer.until_signed_in().await;
    viewer.watch(&E1).await;
    assert_eq!(open().await, sockets + 1.0);
    scene.agent.watched().await;
    // 100 KB twenty times a second, of which the page reads nothing.
    let sent = show_until_unwatched(&mut scene.agent, 100_000).await;
    assert!(sent > 30, "{sent} pictures");
    let grown_kib = scene.hub.resident_kib().saturating_sub(before_kib);
    assert!(grown_kib < GROWTH_KIB_MAX, "{grown_kib} KiB");
    eventually(|| async {
        let now_open = scene.hub.metric("muster_portal_sockets").await;
        if now_open == sockets { Ok(()) } else { Err(format!("{now_open} sockets instead of {sockets}")) }
    })
    .await;
    neighbours.undisturbed().await;
    drop(viewer);
}

#[tokio::test]
async fn who_wants_too_much_is_closed() {
    let scene = Scene::open(quick()).await;
    let codes = (0..129).map(|number| format!("X{number}")).collect::<Vec<_>>();
    let all = codes.iter().map(|code| (code.as_str(), 0, Tier::Wall)).collect::<Vec<_>>();
    let mut within = scene.viewer().await;
    within.until_signed_in().await;
    within.watch(&all[..128]).await;
    within.until("X127", 0, TrackPhase::Blank).await;
    let mut greedy = scene.viewer().await;
    greedy.until_signed_in().await;
    greedy.watch(&all).await;
    assert_eq!(greedy.closed().await, 4504);

    let hasty = scene.viewer().await;
    let (mut sink, mut stream) = hasty.socket.split();
    let text = serde_json::json!({ "type": "watch", "tracks": [{ "employee": "E1", "track": 0, "tier": "wall" }] });
    let flood = async {
        while sink.send(Message::Text(text.to_string().into())).await.is_ok() {}
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
    let ended = async {
        tokio::select! { code = closed => code, () = flood => 0 }
    };
    let code: u16 = tokio::time::timeout(Duration::from_secs(10), ended).await.expect("the hub ends it");
    assert_eq!(code, 4505);
}
