//! What closes a screen: each reason is shown, nothing passes meanwhile, and pictures come back by themselves.

use muster_protocol::agent::{AgentDown, BeatState, EventKind};
use muster_protocol::portal::{BlankReason, Tier, TrackPhase};
use reqwest::Method;
use serde_json::{Value, json};

use super::{E1, Scene, quick};
use crate::support::frames::Frame;
use crate::support::{Agent, Viewer};

/// A scene with a page on which E1 is live, and the number of the next picture.
struct Gate {
    scene: Scene,
    viewer: Viewer,
    next: u32,
}

impl Gate {
    async fn open() -> Self {
        let mut scene = Scene::open(quick()).await;
        let viewer = scene.watched().await;
        Self { scene, viewer, next: 2 }
    }

    /// The page goes blank for `reason`, the agent is told to stop, and what it sends is seen by nobody.
    async fn is_closed(&mut self, reason: BlankReason) {
        self.viewer.until_blank("E1", 0, reason).await;
        self.scene.agent.unwatched(0).await;
        self.scene.agent.show_one(&Frame::wall(self.next)).await;
        self.next += 1;
    }

    /// The agent is asked again; the next thing that the page shows is what comes then.
    async fn is_open(&mut self) {
        self.scene.agent.watched().await;
        self.viewer.until("E1", 0, TrackPhase::Waiting).await;
        let frame = Frame::wall(self.next);
        self.next += 1;
        self.scene.agent.show_one(&frame).await;
        let shown = self.viewer.picture().await;
        assert_eq!(shown.body, frame.body, "something else than the picture that was allowed");
        self.viewer.until("E1", 0, TrackPhase::Live).await;
    }

    async fn policy(&self, settings: Value) {
        let layer = json!({ "scope": { "employee": "E1" }, "settings": settings });
        let admin = &self.scene.admin;
        admin.send(admin.request(Method::PUT, "/api/policy").json(&layer)).await.ok();
    }
}

#[tokio::test]
async fn who_does_not_work_or_is_on_a_break_is_not_shown() {
    let mut gate = Gate::open().await;
    gate.scene.agent.note(EventKind::WorkStopped).await;
    let before_the_acknowledgement = gate.scene.agent.orders();
    assert!(before_the_acknowledgement.contains(&&AgentDown::Unwatch { track: 0 }), "{before_the_acknowledgement:?}");
    gate.is_closed(BlankReason::NotWorking).await;
    gate.scene.agent.note(EventKind::WorkStarted).await;
    gate.is_open().await;

    gate.scene.agent.note(EventKind::BreakBegan).await;
    gate.is_closed(BlankReason::OnBreak).await;
    gate.scene.agent.note(EventKind::BreakEnded).await;
    gate.is_open().await;

    // The same from the portal.
    gate.scene.employee.post("/api/work/break/start", json!({})).await.ok();
    gate.is_closed(BlankReason::OnBreak).await;
    gate.scene.employee.post("/api/work/break/stop", json!({})).await.ok();
    gate.is_open().await;
    gate.scene.employee.post("/api/work/stop", json!({})).await.ok();
    gate.is_closed(BlankReason::NotWorking).await;
    let dropped = gate.scene.hub.metric("muster_live_frames_dropped_total").await;
    assert_eq!(dropped, 4.0, "one for each time that it was closed");
    assert_eq!(gate.viewer.shown.len(), 0);
}

#[tokio::test]
async fn a_pause_counts_where_the_policy_allows_it() {
    let mut gate = Gate::open().await;
    gate.scene.agent.beat_in(0, BeatState::Paused).await;
    gate.scene.agent.note(EventKind::WorkContinued).await;
    assert_eq!(gate.viewer.state("E1", 0).unwrap().state, TrackPhase::Live, "nobody asked the policy");

    gate.policy(json!({ "pauseAllowed": true })).await;
    gate.is_closed(BlankReason::Paused).await;
    gate.scene.agent.beat(0).await;
    gate.is_open().await;
    gate.scene.agent.beat_in(0, BeatState::Paused).await;
    gate.is_closed(BlankReason::Paused).await;
    gate.policy(json!({ "pauseAllowed": false })).await;
    gate.is_open().await;

    gate.policy(json!({ "liveView": false })).await;
    gate.is_closed(BlankReason::LiveViewOff).await;
    gate.policy(json!({ "liveView": true })).await;
    gate.is_open().await;
}

#[tokio::test]
async fn a_notice_comes_first() {
    let mut gate = Gate::open().await;
    let publish = async |gate: &mut Gate| {
        gate.scene.admin.post("/api/notice", json!({ "text": "Your screen may be watched." })).await.ok();
        let notice = |message: &AgentDown| match message {
            AgentDown::Notice(notice) => Some(notice.version),
            _ => None,
        };
        gate.scene.agent.wait_for(notice).await
    };
    let version = publish(&mut gate).await;
    gate.is_closed(BlankReason::NoticeNotAcknowledged).await;
    gate.scene.agent.note(EventKind::NoticeAcknowledged { version }).await;
    gate.is_open().await;

    let version = publish(&mut gate).await;
    gate.is_closed(BlankReason::NoticeNotAcknowledged).await;
    gate.scene.employee.post("/api/notice/acknowledge", json!({ "version": version })).await.ok();
    gate.is_open().await;
}

#[tokio::test]
async fn who_is_away_is_offline_and_a_display_that_is_not_there_is_none() {
    let mut gate = Gate::open().await;
    gate.viewer.watch(&[("E1", 0, Tier::Wall), ("E1", 5, Tier::Wall)]).await;
    gate.viewer.until_blank("E1", 5, BlankReason::NoSuchTrack).await;
    gate.viewer.watch(&E1).await;

    let device = gate.scene.agent.device.clone();
    gate.scene.agent.bye().await;
    gate.viewer.until_blank("E1", 0, BlankReason::Offline).await;
    gate.scene.agent = Agent::connect(&gate.scene.hub, &device).await;
    gate.next = 1;
    gate.is_open().await;

    // Somebody who was never seen, and who comes while the page waits.
    gate.scene.admin.create("E2", "employee", None).await;
    gate.viewer.watch(&[("E1", 0, Tier::Wall), ("E2", 0, Tier::Wall)]).await;
    gate.viewer.until_blank("E2", 0, BlankReason::Offline).await;
    let employee = gate.scene.hub.sign_in("e2@example.org").await;
    let device = crate::support::agent::Device::enrol(&employee).await;
    let mut agent = Agent::connect(&gate.scene.hub, &device).await;
    gate.viewer.until_blank("E2", 0, BlankReason::NotWorking).await;
    agent.note(EventKind::WorkStarted).await;
    agent.watched().await;
    agent.show_one(&Frame::wall(1)).await;
    gate.viewer.until("E2", 0, TrackPhase::Live).await;
}

#[tokio::test]
async fn a_capture_that_fails_says_why_and_the_next_picture_ends_it() {
    let mut scene = Scene::open(quick()).await;
    let mut viewer = scene.viewer().await;
    viewer.watch(&E1).await;
    scene.agent.watched().await;
    scene.agent.note(EventKind::CaptureFailed { reason: "the display sleeps".to_owned() }).await;
    viewer.until_blank("E1", 0, BlankReason::CaptureFailed).await;
    assert_eq!(viewer.state("E1", 0).unwrap().detail.as_deref(), Some("the display sleeps"));
    scene.agent.show_one(&Frame::wall(1)).await;
    viewer.until("E1", 0, TrackPhase::Live).await;
    let state = viewer.state("E1", 0).unwrap();
    assert_eq!((state.reason, state.detail.as_deref()), (None, None));
    // It goes on: a failure while pictures come blanks nothing.
    scene.agent.note(EventKind::CaptureFailed { reason: "one of many".to_owned() }).await;
    scene.agent.show_one(&Frame::wall(2)).await;
    viewer.picture().await;
    assert_eq!(viewer.picture().await.body, Frame::wall(2).body);
    assert_eq!(viewer.state("E1", 0).unwrap().state, TrackPhase::Live);
}
