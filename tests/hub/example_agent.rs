//! The agent in Python, written from docs/protocol.md alone: if it works, the page is enough.

use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};

use muster_protocol::frame::FrameKind;
use muster_protocol::portal::{BlankReason, Scope, Tier, TrackPhase};
use serde_json::{Value, json};

use crate::support::hub::signal;
use crate::support::{Api, HubBuilder, Portal, TestHub, Viewer, eventually};

/// The only display of the example.
const SCREEN: [(&str, u32, Tier); 1] = [("E1", 1, Tier::Wall)];

/// The running program. What it says is read from a file, so that it never waits for a reader.
struct Example {
    child: Child,
    folder: tempfile::TempDir,
}

impl Example {
    /// Starts it for E1 with a fresh code.
    async fn start(hub: &TestHub, admin: &Api, accepted_notice: u64) -> Self {
        let code = admin.post("/api/devices/codes", json!({ "employeeId": "E1" })).await.ok()["code"].clone();
        let folder = tempfile::tempdir().unwrap();
        let said = std::fs::File::create(folder.path().join("said")).unwrap();
        let child = Command::new("python3")
            .arg("docs/examples/agent.py")
            .args([&hub.portal, code.as_str().unwrap(), &accepted_notice.to_string()])
            .env_remove("http_proxy")
            .env("no_proxy", "*")
            .stderr(said.try_clone().unwrap())
            .stdout(said)
            .stdin(Stdio::null())
            .spawn()
            .expect("python3 starts");
        Self { child, folder }
    }

    fn said(&self) -> String {
        std::fs::read_to_string(Path::new(self.folder.path()).join("said")).unwrap()
    }

    /// Waits until it has printed a message of `kind`, and returns the last one.
    async fn heard(&self, kind: &str) -> Value {
        eventually(|| async {
            let said = self.said();
            let mut messages = said.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
            let last = messages.rfind(|message| message["type"] == kind);
            last.ok_or_else(|| format!("no {kind} in:\n{said}"))
        })
        .await
    }

    async fn ended(&mut self) -> ExitStatus {
        eventually(|| {
            let status = self.child.try_wait().unwrap();
            let said = self.said();
            async move { status.ok_or_else(|| format!("it still runs and says:\n{said}")) }
        })
        .await
    }
}

impl Drop for Example {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

async fn hub_with_employee() -> (TestHub, Api) {
    let hub = HubBuilder::default().set("MUSTER__LIVE__WALL_FPS", "10").set("MUSTER__LIVE__LINGER", "300ms").start();
    let admin = hub.admin().await;
    admin.create("E1", "employee", None).await;
    (hub, admin)
}

#[tokio::test]
async fn it_is_present_is_watched_and_says_by_whom_and_leaves() {
    let (hub, admin) = hub_with_employee().await;
    let mut example = Example::start(&hub, &admin, 0).await;
    let mut board = Portal::open(&hub.portal, &admin, Scope::All).await;
    board.wait_for_status("E1", "active").await;
    board.wait_for_tracks("E1", &[1]).await;

    let mut viewer = Viewer::open(&hub, &admin).await;
    viewer.watch(&SCREEN).await;
    viewer.until("E1", 1, TrackPhase::Live).await;
    let first = viewer.picture().await;
    assert_eq!(
        (first.header.kind, first.header.width, first.header.height),
        (FrameKind::Whole, 16, 9),
        "{:?}",
        first.header
    );
    assert!(first.body.starts_with(&[0xFF, 0xD8]) && first.body.ends_with(&[0xFF, 0xD9]), "a whole JPEG");
    let second = viewer.picture().await;
    assert_eq!(second.header.kind, FrameKind::Same, "the screen does not change");
    assert_eq!(example.heard("watchers").await["people"][0]["name"], "ADMIN Example");

    viewer.focus(&[("E1", 1, Tier::Focus)], ("E1", 1)).await;
    viewer
        .wait_for("a picture of the focus tier", |viewer| {
            viewer.shown.drain(..).find(|shown| shown.header.tier == 2).map(|_| ())
        })
        .await;

    viewer.watch(&[]).await;
    eventually(|| async {
        let people = example.heard("watchers").await["people"].clone();
        if people == json!([]) { Ok(()) } else { Err(format!("{people}")) }
    })
    .await;

    signal(example.child.id(), "TERM");
    assert!(example.ended().await.success(), "{}", example.said());
    board.wait_for_status("E1", "offline").await;
    let entry = board.entry("E1").unwrap();
    assert_eq!(serde_json::to_value(entry.reason).unwrap(), "logout", "it said goodbye");
    let sessions = admin.get("/api/work/sessions/today").await.ok();
    assert!(sessions.to_string().contains("E1"), "its work is recorded: {sessions}");
}

#[tokio::test]
async fn it_captures_nothing_before_the_notice_is_accepted() {
    let (hub, admin) = hub_with_employee().await;
    let published = admin.post("/api/notice", json!({ "text": "We look at your screen." })).await.ok();
    let version = published["version"].as_u64().unwrap();
    let unread = Example::start(&hub, &admin, 0).await;
    assert_eq!(unread.heard("welcome").await["notice"]["text"], "We look at your screen.");
    let mut viewer = Viewer::open(&hub, &admin).await;
    viewer.watch(&SCREEN).await;
    viewer.until_blank("E1", 1, BlankReason::NoticeNotAcknowledged).await;
    drop(unread);

    let _read = Example::start(&hub, &admin, version).await;
    viewer.watch(&[("E1", 1, Tier::Wall), ("E1", 257, Tier::Wall)]).await;
    viewer.picture().await;
}

#[tokio::test]
async fn it_stops_when_the_hub_says_stop() {
    let (hub, admin) = hub_with_employee().await;
    let mut example = Example::start(&hub, &admin, 0).await;
    let device = eventually(|| async {
        let devices = admin.get("/api/devices?employee=E1").await.ok();
        let id = devices["items"][0]["deviceId"].as_str().map(str::to_owned);
        id.ok_or_else(|| devices.to_string())
    })
    .await;
    example.heard("welcome").await;
    admin.delete(&format!("/api/devices/{device}")).await.ok();
    assert_eq!(example.ended().await.code(), Some(1), "{}", example.said());
}

#[test]
fn it_is_as_short_as_it_says() {
    let text = std::fs::read_to_string("docs/examples/agent.py").unwrap();
    let lines = text.lines().filter(|line| !line.trim().is_empty()).count();
    assert!(lines <= 100, "{lines} lines");
}
