//! Who may watch whom, from the first moment to the last.

use std::time::{Duration, Instant};

use muster_protocol::agent::EventKind;
use muster_protocol::portal::{BlankReason, Tier, TrackPhase, TrackState};
use muster_protocol::{EmployeeId, UtcMillis};
use serde_json::{Value, json};

use super::{E1, Scene, quick};
use crate::support::frames::Frame;
use crate::support::{Api, Viewer, eventually};

/// Within this a change of rights reaches whoever watches.
const SOON: Duration = Duration::from_secs(5);

async fn viewings(api: &Api) -> Vec<Value> {
    api.get("/api/viewings").await.ok()["items"].as_array().unwrap().clone()
}

/// E1 works in a team that BOSS manages; the other team has OTHER.
struct Teams {
    scene: Scene,
    mine: String,
    other: String,
    boss: Viewer,
}

impl Teams {
    async fn open() -> Self {
        let mut scene = Scene::open(quick()).await;
        let (mine, other) = (scene.admin.team("Mine").await, scene.admin.team("Other").await);
        scene.admin.patch("/api/employees/E1", json!({ "teamId": mine })).await.ok();
        scene.admin.create("BOSS", "manager", Some(&mine)).await;
        scene.admin.create("OTHER", "employee", Some(&other)).await;
        let mut boss = Viewer::open(&scene.hub, &scene.hub.sign_in("boss@example.org").await).await;
        boss.watch(&E1).await;
        scene.agent.watched().await;
        scene.agent.show_one(&Frame::wall(1)).await;
        boss.until("E1", 0, TrackPhase::Live).await;
        Self { scene, mine, other, boss }
    }

    /// The agent is told to stop and nobody watches any more, neither on its screen nor in the records.
    async fn is_over(&mut self) {
        self.scene.agent.unwatched(0).await;
        while !self.scene.agent.watchers().await.is_empty() {}
        eventually(|| async {
            let rows = viewings(&self.scene.admin).await;
            if rows.len() == 1 && rows[0]["to"].is_i64() { Ok(()) } else { Err(format!("{rows:?}")) }
        })
        .await;
    }
}

#[tokio::test]
async fn who_may_not_watch_learns_nothing_and_leaves_no_trace() {
    let mut scene = Scene::open(quick()).await;
    let (mine, other) = (scene.admin.team("Mine").await, scene.admin.team("Other").await);
    scene.admin.patch("/api/employees/E1", json!({ "teamId": other })).await.ok();
    scene.admin.create("BOSS", "manager", Some(&mine)).await;
    scene.admin.create("MATE", "employee", Some(&other)).await;
    scene.admin.create("GONE", "employee", Some(&mine)).await;
    scene.admin.delete("/api/employees/GONE").await.ok();
    for who in ["boss@example.org", "mate@example.org", "e1@example.org"] {
        let mut viewer = Viewer::open(&scene.hub, &scene.hub.sign_in(who).await).await;
        // One who is there, one who never was, one who is not any more.
        viewer.focus(&["E1", "GHOST", "GONE"].map(|code| (code, 0, Tier::Wall)), ("E1", 0)).await;
        let mut answers = Vec::new();
        for code in ["E1", "GHOST", "GONE"] {
            viewer.until_blank(code, 0, BlankReason::NotPermitted).await;
            let nobody = EmployeeId::new("X").unwrap();
            let state = viewer.state(code, 0).unwrap().clone();
            answers.push(TrackState { employee: nobody, number: 0, since: UtcMillis(0), ..state });
        }
        assert!(answers.iter().all(|answer| *answer == answers[0]), "{who}: {answers:#?}");
    }
    scene.agent.note(EventKind::WorkContinued).await;
    assert!(scene.agent.orders().is_empty(), "{:?}", scene.agent.orders());
    assert_eq!(viewings(&scene.admin).await, Vec::<Value>::new());
    assert_eq!(scene.hub.metric("muster_live_tracks").await, 0.0);
}

#[tokio::test]
async fn who_moves_to_another_team_is_out_of_sight() {
    let mut teams = Teams::open().await;
    let moved = Instant::now();
    teams.scene.admin.patch("/api/employees/E1", json!({ "teamId": teams.other })).await.ok();
    teams.boss.until_blank("E1", 0, BlankReason::NotPermitted).await;
    assert!(moved.elapsed() < SOON, "{:?}", moved.elapsed());
    teams.is_over().await;
    teams.boss.watch(&[]).await;
    teams.boss.watch(&E1).await;
    teams.boss.until_blank("E1", 0, BlankReason::NotPermitted).await;
    assert!(teams.scene.agent.orders().is_empty(), "{:?}", teams.scene.agent.orders());

    // It stays watched: whoever comes back is seen again.
    teams.scene.admin.patch("/api/employees/E1", json!({ "teamId": teams.mine })).await.ok();
    teams.scene.agent.watched().await;
    teams.scene.agent.show_one(&Frame::wall(2)).await;
    teams.boss.until("E1", 0, TrackPhase::Live).await;
}

#[tokio::test]
async fn a_page_that_looks_closer_in_the_moment_of_the_change_keeps_nothing() {
    let mut teams = Teams::open().await;
    teams.scene.admin.patch("/api/employees/E1", json!({ "teamId": teams.other })).await.ok();
    // Before the page is looked at again, it adds to what it watches already.
    teams.boss.focus(&E1, ("E1", 0)).await;
    teams.boss.until_blank("E1", 0, BlankReason::NotPermitted).await;
    teams.is_over().await;
}

#[tokio::test]
async fn a_manager_who_is_one_no_longer_is_sent_away() {
    let mut teams = Teams::open().await;
    let changed = Instant::now();
    teams.scene.admin.patch("/api/employees/BOSS", json!({ "role": "employee" })).await.ok();
    assert_eq!(teams.boss.closed().await, 4502);
    assert!(changed.elapsed() < SOON, "{:?}", changed.elapsed());
    teams.is_over().await;
}

#[tokio::test]
async fn an_account_that_is_closed_is_out_of_sight() {
    let mut teams = Teams::open().await;
    teams.scene.admin.delete("/api/employees/E1").await.ok();
    assert_eq!(teams.scene.agent.closed().await, 4502);
    teams.boss.until_blank("E1", 0, BlankReason::NotPermitted).await;
    eventually(|| async {
        let rows = viewings(&teams.scene.admin).await;
        if rows[0]["to"].is_i64() { Ok(()) } else { Err(format!("{rows:?}")) }
    })
    .await;
}
