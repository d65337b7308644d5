use serde_json::json;

use super::workplace::{JPEG_LEVELS, TERMINAL, Workplace};
use crate::support::desktops::difference;
use crate::support::{eventually, holds, now};

/// A minute of the interval, shortened: two of them are three seconds, twenty half a minute.
const MINUTE_MS: u64 = 1_500;
const INTERVAL_MS: i64 = 2 * MINUTE_MS as i64;
/// What a busy machine adds.
const LATE_MS_MAX: i64 = 1_000;

#[tokio::test(flavor = "multi_thread")]
async fn the_next_screenshot_follows_the_interval_that_was_just_set_and_shows_this_very_desktop() {
    let place = Workplace::open(MINUTE_MS, json!({ "captureIntervalMinutes": 20 })).await;
    let agent = place.begin_work().await;
    let hears = async |minutes: u8| {
        eventually(|| async {
            let policy = agent.status().await["policy"].clone();
            holds(policy["capture_interval_minutes"] == minutes, policy)
        })
        .await;
    };
    hears(20).await;
    place.admin.assign_interval(2).await;
    hears(2).await;
    let heard_at = now();
    let before = place.desktop.still_picture();
    let shots = async |count: usize| {
        eventually(|| async {
            let mut shots = place.admin.screenshots().await;
            shots.retain(|(taken_at, _)| *taken_at >= heard_at);
            if shots.len() >= count { Ok(shots) } else { Err(format!("{} screenshots", shots.len())) }
        })
        .await
    };
    let first = shots(1).await;
    let picture = place.admin.picture(&first[0].1).await;
    assert!(difference(&picture, &before) < JPEG_LEVELS);

    place.desktop.move_window(TERMINAL, 300, 150);
    let after = place.desktop.still_picture();
    let moved_at = now();
    let shots = shots(5).await;
    let (_, moved) = shots.iter().find(|(taken_at, _)| *taken_at >= moved_at).unwrap();
    let picture = place.admin.picture(moved).await;
    assert!(difference(&picture, &after) < JPEG_LEVELS && difference(&picture, &before) > 4.0 * JPEG_LEVELS);

    // One in each interval since the change. The first of them may have been taken before this test knew of it.
    let waited_ms = shots[0].0.since(heard_at);
    assert!(waited_ms < 2 * INTERVAL_MS + LATE_MS_MAX, "the first came after {waited_ms} ms");
    let span_ms = shots[4].0.since(shots[0].0);
    assert!((3 * INTERVAL_MS..5 * INTERVAL_MS + LATE_MS_MAX).contains(&span_ms), "five in {span_ms} ms");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_screenshot_that_somebody_asks_for_is_taken_now() {
    let place = Workplace::open(60_000, json!({ "captureIntervalMinutes": 20 })).await;
    let _agent = place.begin_work().await;
    let desktop = place.desktop.still_picture();
    let asked_at = now();
    place.admin.post("/api/uploads/request", json!({ "employeeId": "E1" })).await;
    let (taken_at, id) = eventually(|| async {
        let shots = place.admin.screenshots().await;
        shots.into_iter().find(|(taken_at, _)| *taken_at >= asked_at).ok_or_else(|| "none".to_owned())
    })
    .await;
    assert!(taken_at <= now());
    assert!(difference(&place.admin.picture(&id).await, &desktop) < JPEG_LEVELS);
}
