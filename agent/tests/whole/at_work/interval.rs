use serde_json::json;

use super::workplace::{JPEG_LEVELS, TERMINAL, Workplace};
use crate::support::x11::difference;
use crate::support::{eventually, holds, now};

/// A minute of the interval, shortened: two of them are three seconds, twenty half a minute.
const MINUTE_MS: u64 = 1_500;
const INTERVAL_MS: i64 = 2 * MINUTE_MS as i64;

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
    let begun_at = now();
    place.admin.assign_interval(2).await;
    hears(2).await;
    let heard_at = now();
    let before = place.desktop.still_picture();
    let shots = async |count: usize| {
        eventually(|| async {
            let mut shots = place.admin.screenshots().await;
            shots.retain(|(taken_at, _)| *taken_at >= begun_at);
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
    let (_, last) = shots.iter().find(|(taken_at, _)| *taken_at >= moved_at).unwrap();
    let picture = place.admin.picture(last).await;
    assert!(difference(&picture, &after) < JPEG_LEVELS && difference(&picture, &before) > 4.0 * JPEG_LEVELS);
    // One in each interval since it was set, none missing and none beside.
    for (index, (taken_at, id)) in (0..).zip(&shots) {
        let (earliest, latest) = (begun_at.0 + index * INTERVAL_MS, heard_at.0 + (index + 1) * INTERVAL_MS);
        assert!((earliest..latest).contains(&taken_at.0), "{id} of {taken_at:?} is not in {earliest}..{latest}");
    }
}
