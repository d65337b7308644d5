//! Nothing is captured before the notice is accepted: neither a screenshot nor a live picture leaves the machine.

use std::sync::atomic::Ordering;

use muster_agent::core::Command;
use muster_agent::core::status::Work;
use muster_protocol::portal::Tier;
use serde_json::json;

use crate::support::{Desk, Hub, Page, eventually, holds};

/// A minute of the screenshot interval, shortened: an interval of two minutes lasts a second.
const MINUTE_MS: u64 = 500;

#[tokio::test]
async fn no_screenshot_and_no_picture_before_the_acceptance_and_both_after_it() {
    let hub = Hub::start().await;
    let admin = hub.admin().await;
    admin.post("/api/notice", json!({ "text": "We look at screens." })).await;
    admin.set_policy(json!({ "captureIntervalMinutes": 2 })).await;
    let folder = tempfile::tempdir().unwrap();
    let desk = Desk::start(folder.path(), MINUTE_MS);
    desk.sign_in(&hub.url(), admin.code_for("E1").await).await;
    desk.wish(Command::PunchIn).await;
    desk.wait_for(|status| matches!(status.work, Work::Active { .. }) && status.notice.is_some()).await;
    let page = Page::watch(&hub.url(), &admin, Tier::Wall).await;
    assert_eq!(page.wait_for_state("blank").await["reason"], "notice_not_acknowledged");
    // Several intervals of work, told by the sums of the agent itself.
    desk.wait_for(|status| status.today.as_of.0 > 0).await;
    let begun = std::time::Instant::now();
    eventually(|| async { holds(begun.elapsed().as_millis() > 3_000, "time passes") }).await;
    assert_eq!(desk.script.grabs.load(Ordering::SeqCst), 0, "the screen was not even looked at");
    assert_eq!(admin.screenshots().await, []);

    let version = desk.status().notice.as_ref().unwrap().version;
    desk.wish(Command::AcceptNotice { version }).await;
    page.wait_for_picture().await;
    eventually(|| async {
        let shots = admin.screenshots().await;
        holds(!shots.is_empty(), shots)
    })
    .await;
    desk.wait_for(|status| status.watchers.iter().any(|watcher| watcher.name.contains("ADMIN"))).await;

    desk.wish(Command::BeginBreak).await;
    assert_eq!(page.wait_for_state("blank").await["reason"], "on_break");
    desk.wish(Command::EndBreak).await;
    page.wait_for_picture().await;
    desk.quit().await;
}
