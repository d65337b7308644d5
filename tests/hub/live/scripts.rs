//! `/api/live/…`: live view without a socket.

use std::time::Instant;

use muster_media::live::shrink_jpeg;
use muster_protocol::UtcMillis;
use muster_protocol::agent::EventKind;
use muster_protocol::limits::WATCHED_TRACKS_MAX;
use muster_protocol::portal::TrackPhase;
use serde_json::{Value, json};

use super::{E1, Scene, at_work, quick};
use crate::support::agent::{Device, now};
use crate::support::eventually;
use crate::support::frames::{Frame, WALL, jpeg};

const FRAME: &str = "/api/live/E1/0/frame";
const HISTORY: &str = "/api/live/E1/0/history";
const WATCH: &str = "/api/live/E1/watch";

/// Width and height in the header of a JPEG that decodes.
fn size_of(jpeg: &[u8]) -> (u16, u16) {
    shrink_jpeg(jpeg, 32).expect("it decodes");
    let at = jpeg.windows(2).position(|pair| pair == [0xFF, 0xC0]).unwrap();
    let side = |at: usize| u16::from_be_bytes([jpeg[at], jpeg[at + 1]]);
    (side(at + 7), side(at + 5))
}

#[tokio::test]
async fn a_watch_without_a_socket_is_a_viewing_and_runs_out() {
    let mut scene = Scene::open(quick()).await;
    let begun = scene.admin.post(WATCH, json!({ "seconds": 1 })).await.ok();
    assert_eq!((&begun["employeeId"], &begun["track"]), (&json!("E1"), &json!(0)));
    assert_eq!((&begun["state"], &begun["reason"]), (&json!("waiting"), &Value::Null), "{begun}");
    let lasts_ms = begun["expiresAt"].as_i64().unwrap() - now().0;
    assert!((1..=1_000).contains(&lasts_ms), "{lasts_ms} ms");
    assert_eq!(scene.agent.watched().await.width, 480);
    assert_eq!(scene.agent.watchers().await[0].name, "ADMIN Example");
    scene.agent.show_one(&Frame::wall(1)).await;
    // Prolonged, never shortened, and to another tier.
    let longer = scene.admin.post(WATCH, json!({ "seconds": 2, "tier": "focus" })).await.ok();
    assert_eq!(longer["state"], "live");
    assert_eq!(scene.agent.watched().await.width, 1920);
    let expires_at = longer["expiresAt"].as_i64().unwrap();
    let shorter = scene.admin.post(WATCH, json!({ "seconds": 1, "tier": "focus" })).await.ok();
    let moved_ms = shorter["expiresAt"].as_i64().unwrap() - expires_at;
    assert!(moved_ms.abs() <= 5, "{moved_ms} ms");
    scene.agent.unwatched(0).await;
    assert!(now().0 >= expires_at, "it ran out {} ms too early", expires_at - now().0);
    while !scene.agent.watchers().await.is_empty() {}

    scene.admin.post(WATCH, json!({ "seconds": 300 })).await.ok();
    scene.agent.watched().await;
    assert_eq!(scene.admin.delete(WATCH).await.status, 204);
    scene.agent.unwatched(0).await;
    scene.admin.delete(WATCH).await.refused(404, "not_found");
    let rows = eventually(|| async {
        let rows = scene.admin.get("/api/viewings").await.ok();
        let items = rows["items"].as_array().unwrap();
        let closed = items.iter().filter(|row| row["to"].is_i64()).count();
        if closed == 2 { Ok(items.clone()) } else { Err(rows.to_string()) }
    })
    .await;
    assert_eq!(rows.len(), 2, "{rows:#?}");
}

#[tokio::test]
async fn a_picture_is_asked_for_with_one_request() {
    let mut scene = Scene::open(quick()).await;
    let (answer, captured_at) = tokio::join!(scene.admin.get(FRAME), async {
        scene.agent.watched().await;
        let captured_at = now();
        scene.agent.show_one(&Frame::wall(1).captured_at(captured_at)).await;
        captured_at
    });
    assert_eq!((answer.status.as_u16(), answer.header("content-type")), (200, Some("image/jpeg")));
    assert!(answer.bytes == Frame::wall(1).body, "another picture");
    assert_eq!((answer.header("x-muster-seq"), answer.header("cache-control")), (Some("1"), Some("no-store")));
    let said: i64 = answer.header("x-muster-captured-at").unwrap().parse().unwrap();
    assert!((said - captured_at.0).abs() < 1_000, "{said}, not {captured_at}");
    let age_ms: i64 = answer.header("x-muster-age-ms").unwrap().parse().unwrap();
    assert!((0..1_000).contains(&age_ms), "{age_ms}");

    let large = Frame::whole(2, (320, 180), jpeg((320, 180), 2));
    scene.agent.show_one(&large).await;
    let small = scene.admin.get(&format!("{FRAME}?width=100")).await;
    assert_eq!((size_of(&small.bytes), small.header("x-muster-seq")), ((100, 56), Some("2")));
    assert!(scene.admin.get(&format!("{FRAME}?width=480")).await.bytes == large.body, "never enlarged");

    scene.agent.note(EventKind::BreakBegan).await;
    let refused = scene.admin.get(FRAME).await.refused(409, "conflict");
    assert!(refused["message"].as_str().unwrap().contains("break"), "{refused}");
    scene.admin.get("/api/live/E1/7/frame").await.refused(409, "conflict");
    scene.agent.note(EventKind::BreakEnded).await;
    // Nothing comes: the request waits, and says that it may be asked again.
    let asked = Instant::now();
    let waiting = scene.admin.get(FRAME).await;
    assert!(waiting.header("retry-after").is_some());
    waiting.refused(503, "unavailable");
    assert!((4..10).contains(&asked.elapsed().as_secs()), "{:?}", asked.elapsed());
}

#[tokio::test]
async fn the_strip_is_there_for_who_watches_and_for_nobody_else() {
    let builder = quick().set("MUSTER__LIVE__HISTORY_EVERY", "100ms");
    let mut scene = Scene::open(builder.set("MUSTER__LIVE__HISTORY_PICTURES", "3")).await;
    assert_eq!(scene.admin.get(HISTORY).await.ok()["items"], json!([]));
    scene.admin.get(&format!("{HISTORY}/1")).await.refused(409, "conflict");
    let mut viewer = scene.watched().await;
    let strip = scene.admin.get(HISTORY).await.ok();
    assert_eq!((&strip["employeeId"], &strip["track"]), (&json!("E1"), &json!(0)));
    assert_eq!(strip["items"].as_array().unwrap().len(), 1);
    // Pictures that were captured closer to each other than the strip wants are left out of it.
    let began = now();
    let mut show = async |seq: u32, at: UtcMillis| {
        eventually(|| async { if now() >= at { Ok(()) } else { Err("not yet".to_owned()) } }).await;
        let frame = Frame::whole(seq, (320, 180), jpeg((320, 180), seq)).captured_at(at);
        scene.agent.show_one(&frame).await;
        viewer.picture().await;
    };
    for (seq, at_ms) in [(2, 200), (3, 400), (4, 410), (5, 600), (6, 800)] {
        show(seq, began.plus(at_ms)).await;
    }
    let strip = scene.admin.get(HISTORY).await.ok();
    let items = strip["items"].as_array().unwrap();
    let ids = items.iter().map(|item| item["id"].as_u64().unwrap()).collect::<Vec<_>>();
    assert_eq!(ids, [3, 4, 5], "three of five, of six: {strip}");
    assert!(items.windows(2).all(|pair| pair[0]["at"].as_i64() < pair[1]["at"].as_i64()));
    assert_eq!((&items[0]["width"], &items[0]["height"]), (&json!(320), &json!(180)));
    let past = scene.admin.get(&format!("{HISTORY}/4")).await;
    assert!(past.bytes == jpeg((320, 180), 5), "picture 4 was not kept, so the fourth is 5");
    let small = scene.admin.get(&format!("{HISTORY}/4?width=160")).await;
    assert_eq!(size_of(&small.bytes), (160, 90));
    for gone in ["1", "6"] {
        scene.admin.get(&format!("{HISTORY}/{gone}")).await.refused(404, "not_found");
    }

    // Somebody else who may watch, and does not.
    scene.admin.create("ADA", "admin", None).await;
    let ada = scene.hub.sign_in("ada@example.org").await;
    assert_eq!(ada.get(HISTORY).await.ok()["items"], json!([]));
    ada.get(&format!("{HISTORY}/4")).await.refused(409, "conflict");
    ada.post(WATCH, json!({})).await.ok();
    assert_eq!(ada.get(HISTORY).await.ok(), strip, "the same for everyone who watches");
    // What was allowed is forgotten when it is not any more.
    scene.agent.note(EventKind::BreakBegan).await;
    assert_eq!(scene.admin.get(HISTORY).await.ok()["items"], json!([]));
    scene.admin.get(&format!("{HISTORY}/4")).await.refused(404, "not_found");
}

#[tokio::test]
async fn one_person_has_as_many_watches_as_a_page() {
    let mut scene = Scene::open(quick().set("MUSTER__AUTH__REQUESTS_PER_SECOND", "1000")).await;
    for track in 0..WATCHED_TRACKS_MAX {
        scene.admin.post(WATCH, json!({ "track": track })).await.ok();
    }
    let refused = scene.admin.post(WATCH, json!({ "track": WATCHED_TRACKS_MAX })).await.refused(429, "too_many");
    assert!(refused["message"].as_str().unwrap().contains("screens"), "{refused}");
    scene.admin.post(WATCH, json!({ "track": 5 })).await.ok();
    scene.admin.delete(&format!("{WATCH}?track=5")).await;
    scene.admin.post(WATCH, json!({ "track": WATCHED_TRACKS_MAX })).await.ok();
    // The only display that there is is asked for once.
    assert_eq!(scene.agent.watched().await.track, 0);
    scene.agent.note(EventKind::WorkContinued).await;
    assert!(scene.agent.orders().iter().all(|order| format!("{order:?}").starts_with("Watchers")));
}

#[tokio::test]
async fn what_makes_no_sense_is_refused_with_the_field_that_is_wrong() {
    let mut scene = Scene::open(quick()).await;
    let bodies = [
        (json!({ "seconds": 0 }), "seconds"),
        (json!({ "seconds": 301 }), "seconds"),
        (json!({ "seconds": -1 }), "seconds"),
        (json!({ "tier": "cinema" }), "tier"),
        (json!({ "track": -1 }), "track"),
        (json!({ "track": "first" }), "track"),
        (json!({ "second": 10 }), "second"),
    ];
    for (body, field) in bodies {
        let refused = scene.admin.post(WATCH, body.clone()).await.refused(422, "invalid");
        assert!(refused["fields"][0]["field"].as_str().unwrap().contains(field), "{body}: {refused}");
    }
    for width in ["31", "481", "0", "-5", "wide"] {
        scene.admin.get(&format!("{FRAME}?width={width}")).await.refused(422, "invalid");
    }
    for path in ["/api/live/GHOST/0/frame", "/api/live/GHOST/0/history", "/api/live/E1/first/frame"] {
        scene.admin.get(path).await.refused(404, "not_found");
    }
    scene.admin.post("/api/live/GHOST/watch", json!({})).await.refused(404, "not_found");
    scene.agent.note(EventKind::WorkContinued).await;
    assert!(scene.agent.orders().is_empty(), "{:?}", scene.agent.orders());
}

#[tokio::test]
async fn a_script_watches_only_whom_its_person_may_watch() {
    let mut scene = Scene::open(quick()).await;
    let (mine, other) = (scene.admin.team("Mine").await, scene.admin.team("Other").await);
    scene.admin.patch("/api/employees/E1", json!({ "teamId": mine })).await.ok();
    scene.admin.create("BOSS", "manager", Some(&mine)).await;
    let (_, mut foreign) = at_work(&scene.hub, &scene.admin, "F1").await;
    scene.admin.patch("/api/employees/F1", json!({ "teamId": other })).await.ok();
    let boss = scene.hub.sign_in("boss@example.org").await;
    for (caller, code) in [(&boss, "F1"), (&boss, "GHOST"), (&scene.employee, "E1"), (&scene.employee, "F1")] {
        caller.post(&format!("/api/live/{code}/watch"), json!({})).await.refused(403, "forbidden");
        caller.get(&format!("/api/live/{code}/0/frame")).await.refused(403, "forbidden");
        caller.get(&format!("/api/live/{code}/0/history")).await.refused(403, "forbidden");
    }
    // A device acts for its person, and watches nobody.
    let device = Device::enrol(&scene.admin).await;
    let device = scene.admin.with_token(&device.token);
    device.post(WATCH, json!({})).await.refused(403, "forbidden");
    device.get(FRAME).await.refused(403, "forbidden");
    foreign.note(EventKind::WorkContinued).await;
    assert!(foreign.orders().is_empty(), "{:?}", foreign.orders());

    // Whoever may not watch any more is stopped, as on a page.
    boss.post(WATCH, json!({ "seconds": 300 })).await.ok();
    scene.agent.watched().await;
    scene.admin.patch("/api/employees/E1", json!({ "teamId": other })).await.ok();
    let moved = Instant::now();
    scene.agent.unwatched(0).await;
    assert!(moved.elapsed().as_secs() < 5, "{:?}", moved.elapsed());
    while !scene.agent.watchers().await.is_empty() {}
}

#[tokio::test]
async fn a_script_and_a_page_watch_the_same_screen() {
    let mut scene = Scene::open(quick()).await;
    let mut page = scene.watched().await;
    let answer = scene.admin.get(FRAME).await;
    assert!(answer.bytes == Frame::wall(1).body, "what the page sees");
    page.watch(&[]).await;
    // The script's own watch goes on.
    let mut again = scene.viewer().await;
    again.watch(&E1).await;
    again.until("E1", 0, TrackPhase::Live).await;
    assert!(again.picture().await.body == jpeg(WALL, 1));
    let metrics = scene.hub.metric("muster_live_tracks").await;
    assert_eq!(metrics, 1.0);
}
