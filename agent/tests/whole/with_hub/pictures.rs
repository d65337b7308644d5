//! Screenshots: when they are taken, how they travel, and what becomes of those that cannot.

use std::sync::atomic::Ordering;

use muster_agent::core::Command;
use muster_agent::core::status::Work;
use muster_agent::platform::CaptureError;
use muster_protocol::ids::ScreenshotId;
use serde_json::json;

use crate::support::folder::names;
use crate::support::{Desk, Hub, eventually, holds};

/// A minute of the screenshot interval, shortened: an interval of two minutes lasts a second, one of twenty ten.
const MINUTE_MS: u64 = 500;

async fn at_work(hub: &Hub, folder: &std::path::Path, minute_ms: u64) -> Desk {
    let admin = hub.admin().await;
    let desk = Desk::start(folder, minute_ms);
    desk.sign_in(&hub.url(), admin.code_for("E1").await).await;
    desk.wish(Command::PunchIn).await;
    desk.wait_for(|status| matches!(status.work, Work::Active { .. })).await;
    desk
}

#[tokio::test]
async fn a_picture_that_the_hub_will_never_take_blocks_nothing() {
    let hub = Hub::start().await;
    let admin = hub.admin().await;
    admin.set_policy(json!({ "captureIntervalMinutes": 2 })).await;
    let folder = tempfile::tempdir().unwrap();
    let album = folder.path().join("screenshots");
    std::fs::create_dir_all(&album).unwrap();
    let poison = ScreenshotId::generate();
    std::fs::write(album.join(format!("000000000000001-000-{poison}.jpg")), b"this is no picture").unwrap();
    let desk = at_work(&hub, folder.path(), MINUTE_MS).await;
    eventually(|| async {
        let shots = admin.screenshots().await;
        holds(!shots.is_empty(), shots)
    })
    .await;
    let aside = desk.status().set_aside.clone();
    assert!(aside.len() == 1 && aside[0].what.contains(&poison.to_string()), "{aside:?}");
    assert!(!aside[0].reason.is_empty());
    desk.quit().await;
}

#[tokio::test]
async fn a_screen_that_cannot_be_captured_is_an_event_with_its_reason() {
    let hub = Hub::start().await;
    let admin = hub.admin().await;
    admin.set_policy(json!({ "captureIntervalMinutes": 2 })).await;
    let folder = tempfile::tempdir().unwrap();
    let desk = at_work(&hub, folder.path(), MINUTE_MS).await;
    let trouble = CaptureError::NotPermitted("allow it in the settings".to_owned());
    *desk.script.trouble.lock().unwrap() = Some(trouble.clone());
    desk.wait_for(|status| status.capture_problem.is_some()).await;
    desk.wait_for(|status| status.waiting.events == 0).await;
    desk.quit().await;
    let (device, boot) = names(folder.path());
    let events = admin.events(&device, &boot).await;
    let reasons: Vec<_> = events
        .iter()
        .filter_map(|event| match &event.kind {
            muster_protocol::agent::EventKind::CaptureFailed { reason } => Some(reason.clone()),
            _ => None,
        })
        .collect();
    assert_eq!(reasons, [trouble.to_string()], "once");
}

#[tokio::test]
async fn nobody_watches_and_nothing_is_due_so_the_screen_is_not_looked_at() {
    let hub = Hub::start().await;
    let folder = tempfile::tempdir().unwrap();
    let desk = at_work(&hub, folder.path(), 60_000).await;
    desk.wait_for(|status| status.waiting.events == 0).await;
    assert_eq!(desk.script.grabs.load(Ordering::SeqCst), 0);
    desk.quit().await;
}
