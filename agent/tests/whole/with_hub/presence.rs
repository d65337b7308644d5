//! What the hub sees of the person.

use std::sync::atomic::Ordering;

use muster_agent::core::Command;
use muster_agent::core::status::Work;
use serde_json::json;

use crate::support::{Desk, Hub, eventually, holds};

#[tokio::test]
async fn the_person_is_seen_working_idle_and_gone() {
    let hub = Hub::start().await;
    let admin = hub.admin().await;
    admin.set_policy(json!({ "idleAfterMs": 30_000 })).await;
    let folder = tempfile::tempdir().unwrap();
    let desk = Desk::start(folder.path(), 60_000);
    desk.sign_in(&hub.url(), admin.code_for("E1").await).await;
    let seen = async |expected: Option<&str>| {
        let expected = expected.map(str::to_owned);
        eventually(|| async {
            let seen = admin.presence().await;
            holds(seen == expected, seen)
        })
        .await;
    };
    seen(Some("WORKING")).await;
    desk.wish(Command::PunchIn).await;
    desk.script.is_locked.store(true, Ordering::SeqCst);
    seen(Some("IDLE")).await;
    desk.script.is_locked.store(false, Ordering::SeqCst);
    seen(Some("WORKING")).await;
    desk.quit().await;
    seen(None).await;
}

#[tokio::test]
async fn hours_are_those_that_the_agent_recorded_idleness_dated_back() {
    let hub = Hub::start().await;
    let admin = hub.admin().await;
    let folder = tempfile::tempdir().unwrap();
    let desk = Desk::start(folder.path(), 60_000);
    desk.sign_in(&hub.url(), admin.code_for("E1").await).await;
    desk.wish(Command::PunchIn).await;
    desk.wait_for(|status| matches!(status.work, Work::Active { .. })).await;
    // Nobody has touched anything for an hour: idle since the start of work, because no idleness is older than that.
    desk.script.idle_ms.store(3_600_000, Ordering::SeqCst);
    desk.wait_for(|status| matches!(status.work, Work::Idle { .. })).await;
    desk.script.idle_ms.store(0, Ordering::SeqCst);
    desk.wait_for(|status| matches!(status.work, Work::Active { .. })).await;
    desk.wish(Command::BeginBreak).await;
    desk.wish(Command::EndBreak).await;
    desk.wish(Command::PunchOut).await;
    desk.wait_for(|status| status.work == Work::Off && status.waiting.events == 0).await;
    let own = desk.status().today;
    let hours = admin.today().await;
    let of_hub = [hours.active_ms, hours.idle_ms, hours.net_ms];
    assert_eq!([own.active_ms, own.idle_ms, own.net_ms].map(|ms| ms as i64), of_hub, "to the millisecond");
    assert!(hours.idle_ms > 0 && hours.net_ms < hours.active_ms, "{hours:?}");
    desk.quit().await;
}

#[tokio::test]
async fn an_assigned_interval_starts_the_work() {
    let hub = Hub::start().await;
    let admin = hub.admin().await;
    let folder = tempfile::tempdir().unwrap();
    let desk = Desk::start(folder.path(), 60_000);
    desk.sign_in(&hub.url(), admin.code_for("E1").await).await;
    assert_eq!(desk.status().work, Work::Off);
    admin.assign_interval(7).await;
    desk.wait_for(|status| matches!(status.work, Work::Active { .. })).await;
    desk.wait_for(|status| status.policy.as_ref().is_some_and(|policy| policy.capture_interval_minutes == 7)).await;
    desk.quit().await;
}
