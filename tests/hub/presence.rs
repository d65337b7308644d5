//! Presence on a real clock, seen on a portal socket.

use std::time::Instant;

use muster_protocol::portal::Scope;
use serde_json::json;

use crate::support::agent::Device;
use crate::support::{Agent, HubBuilder, Portal};

/// What `quick()` sets.
const OFFLINE_AFTER_MS: u128 = 2_000;
/// The bound that we promise (`bars.md`), and what a busy test machine may add.
const LATE_MS_MAX: u128 = 250 + 500;

#[tokio::test]
async fn a_login_is_online_silence_is_offline_in_time_and_a_logout_at_once() {
    let hub = HubBuilder::default().quick().start();
    let admin = hub.admin().await;
    admin.create("E1", "employee", None).await;
    let mut board = Portal::open(&hub.portal, &admin, Scope::All).await;
    assert_eq!(serde_json::to_value(board.entry("E1").unwrap().reason).unwrap(), json!("never_seen"));

    let employee = hub.sign_in("e1@example.org").await;
    board.wait_for_status("E1", "active").await;
    let silent_since = Instant::now();
    board.wait_for_status("E1", "offline").await;
    let after_ms = silent_since.elapsed().as_millis();
    assert!((OFFLINE_AFTER_MS - 500..OFFLINE_AFTER_MS + LATE_MS_MAX).contains(&after_ms), "{after_ms} ms");

    employee.post("/api/users/heartbeat/", json!({})).await.ok();
    board.wait_for_status("E1", "active").await;
    let logged_out = Instant::now();
    employee.post("/api/auth/logout", json!({})).await.ok();
    board.wait_for_status("E1", "offline").await;
    assert!(logged_out.elapsed().as_millis() < LATE_MS_MAX);
    assert_eq!(serde_json::to_value(board.entry("E1").unwrap().reason).unwrap(), json!("logout"));
}

#[tokio::test]
async fn beats_keep_a_person_here_and_idle_is_dated_back() {
    let hub = HubBuilder::default().quick().set("MUSTER__PORTAL__PING_EVERY", "30s").start();
    let admin = hub.admin().await;
    admin.create("E1", "employee", None).await;
    let device = Device::enrol(&hub.sign_in("e1@example.org").await).await;
    let mut board = Portal::open(&hub.portal, &admin, Scope::All).await;
    let mut agent = Agent::connect(&hub, &device).await;
    board.wait_for_tracks("E1", &[0]).await;
    board.history.clear();
    let began = Instant::now();
    let mut ticks = tokio::time::interval(std::time::Duration::from_millis(agent.welcome.beat_every_ms));
    while began.elapsed().as_millis() < 2 * OFFLINE_AFTER_MS {
        ticks.tick().await;
        agent.beat(0).await;
    }
    agent.beat(200_000).await;
    board.wait_for_status("E1", "idle").await;
    let changes = board.history.iter().filter(|entry| entry.employee.as_str() == "E1").count();
    assert_eq!(changes, 1, "nothing changed between");
    let entry = board.entry("E1").unwrap();
    assert!(entry.since < entry.last_seen.unwrap(), "{entry:?}");
}

#[tokio::test]
async fn a_socket_that_returns_inside_the_grace_leaves_no_trace() {
    let hub = HubBuilder::default().set("MUSTER__PRESENCE__GRACE", "3s").start();
    let admin = hub.admin().await;
    admin.create("E1", "employee", None).await;
    let employee = hub.sign_in("e1@example.org").await;
    let device = Device::enrol(&employee).await;
    employee.post("/api/auth/logout", json!({})).await.ok();
    let mut board = Portal::open(&hub.portal, &admin, Scope::All).await;
    let agent = Agent::connect(&hub, &device).await;
    board.wait_for_status("E1", "active").await;
    board.history.clear();
    drop(agent);
    let again = Agent::connect(&hub, &device).await;
    // Something else happens, so that a diff comes which would show a trace before it.
    admin.create("E2", "employee", None).await;
    board.wait_for(|board| board.entry("E2").map(|_| ()).ok_or("no E2".to_owned())).await;
    let traces = board.history.iter().filter(|entry| entry.employee.as_str() == "E1").collect::<Vec<_>>();
    assert!(traces.is_empty(), "{traces:?}");
    let left = Instant::now();
    drop(again);
    board.wait_for_status("E1", "offline").await;
    assert!(left.elapsed().as_millis() >= 2_900, "only after the grace");
    assert_eq!(serde_json::to_value(board.entry("E1").unwrap().reason).unwrap(), json!("disconnected"));
}

#[tokio::test]
async fn two_devices_and_one_leaves() {
    let hub = HubBuilder::default().start();
    let admin = hub.admin().await;
    admin.create("E1", "employee", None).await;
    let employee = hub.sign_in("e1@example.org").await;
    let (desk, laptop) = (Device::enrol(&employee).await, Device::enrol(&employee).await);
    employee.post("/api/auth/logout", json!({})).await.ok();
    let mut board = Portal::open(&hub.portal, &admin, Scope::All).await;
    let desk = Agent::connect(&hub, &desk).await;
    let laptop = Agent::connect(&hub, &laptop).await;
    board.wait_for_status("E1", "active").await;
    laptop.bye().await;
    let online = admin.get("/api/users/admin/users/E1/online-status/").await.ok();
    assert_eq!(online["online_status"], "online");
    desk.bye().await;
    board.wait_for_status("E1", "offline").await;
}

#[tokio::test]
async fn the_older_admin_endpoints_say_the_same() {
    let hub = HubBuilder::default().start();
    let admin = hub.admin().await;
    admin.create("E1", "employee", None).await;
    let employee = hub.sign_in("e1@example.org").await;
    let idle = json!({ "employeeId": "E1", "status": "IDLE", "duration_seconds": 200, "timestamp": 1_700_000_000.5 });
    employee.post("/api/activity/live-status", idle).await.ok();
    let all = crate::support::eventually(|| async {
        let all = admin.get("/api/activity/live-status/all").await.ok();
        let row = all.as_array().unwrap().iter().find(|row| row["employeeId"] == "E1").cloned();
        row.filter(|row| row["currentStatus"] == "IDLE").ok_or(format!("{all}"))
    })
    .await;
    assert!(all["lastPing"].as_i64().unwrap() + 10 >= all["lastUpdated"].as_i64().unwrap(), "{all}");

    let working = json!({ "employeeId": "E1", "status": "WORKING", "duration_seconds": 3, "timestamp": 1_700_000_000 });
    employee.post("/api/activity/live-status", working).await.ok();
    let online = admin.get("/api/users/admin/users/online/").await.ok();
    let rows = online.as_array().or_else(|| online["items"].as_array()).unwrap();
    let row = rows.iter().find(|row| row["employeeId"] == "E1").unwrap();
    assert_eq!((&row["user_id"], &row["online_status"]), (&json!(2), &json!("online")));
    assert!(row["last_seen"].as_str().unwrap().contains('T'));

    // Somebody else, because more than three changes in a minute are held back as unstable.
    admin.create("E2", "employee", None).await;
    let other = hub.sign_in("e2@example.org").await;
    admin.post("/api/users/admin/users/3/set-online-status/", json!({ "status": "offline" })).await.ok();
    let status = admin.get("/api/users/admin/users/3/online-status/").await.ok();
    assert_eq!(status["online_status"], "offline");
    other.post("/api/users/heartbeat/", json!({})).await.ok();
    crate::support::eventually(|| async {
        let status = admin.get("/api/users/admin/users/3/online-status/").await.ok();
        if status["online_status"] == "online" { Ok(()) } else { Err(status.to_string()) }
    })
    .await;
}
