//! Starts that cannot be: one clear line and a non-zero exit.

use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use crate::support::hub::{add_user, muster, signal};
use crate::support::{HubBuilder, TestHub};

/// Runs `serve` on `data` and returns the line on standard error.
fn refused(builder: &HubBuilder, data: &Path) -> String {
    let output = builder.fail_on(data);
    assert!(!output.status.success(), "it started");
    let said = String::from_utf8(output.stderr).unwrap();
    let lines = said.lines().filter(|line| line.starts_with("muster: ")).collect::<Vec<_>>();
    assert_eq!(lines.len(), 1, "{said}");
    lines[0].to_owned()
}

#[tokio::test]
async fn a_data_folder_that_is_in_use() {
    let hub = TestHub::start();
    let line = refused(&HubBuilder::default(), &hub.data);
    assert!(line.contains("in use"), "{line}");
}

#[test]
fn a_data_folder_that_cannot_be_used() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, "not a folder").unwrap();
    let line = refused(&HubBuilder::default(), &file.join("data"));
    assert!(line.contains("file"), "{line}");
}

#[test]
fn a_port_that_is_taken() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let folder = tempfile::tempdir().unwrap();
    let mut command = muster(folder.path(), "serve");
    let output = command.args(["--listen", &address, "--agent-listen", "127.0.0.1:0"]).output().unwrap();
    assert!(!output.status.success());
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains(&format!("cannot listen on {address}")), "{said}");
}

#[test]
fn a_bad_key_file() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    std::fs::create_dir(&data).unwrap();
    std::fs::write(data.join("master.key"), "this is no key").unwrap();
    let line = refused(&HubBuilder::default(), &data);
    assert!(line.contains("master.key"), "{line}");
}

#[test]
fn a_configuration_that_is_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let cases =
        [("MUSTER__PRESENCE__OFLINE_AFTER", "3s"), ("MUSTER__PRESENCE__GRACE", "soon"), ("JWT_SECRET", "short")];
    for (key, value) in cases {
        let line = refused(&HubBuilder::default().set(key, value), folder.path());
        assert!(line.contains("configuration"), "{key}: {line}");
    }
}

#[test]
fn a_demo_leaves_a_real_organization_alone_and_stays_on_loopback() {
    let folder = tempfile::tempdir().unwrap();
    add_user(folder.path(), "ADMIN", "admin", None);
    let output = muster(folder.path(), "serve")
        .args(["--listen", "127.0.0.1:0", "--agent-listen", "127.0.0.1:0", "--demo", "1"])
        .output()
        .unwrap();
    assert!(!output.status.success());
    assert!(String::from_utf8(output.stderr).unwrap().contains("--demo leaves the organization"));
    let open = muster(folder.path(), "serve").args(["--listen", "0.0.0.0:0", "--demo", "1"]).output().unwrap();
    assert!(String::from_utf8(open.stderr).unwrap().contains("loopback"));
}

#[test]
fn secrets_are_made_readable_by_their_owner_alone() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    drop(HubBuilder::default().start_on(&data));
    for name in ["jwt.key", "master.key"] {
        let mode = std::fs::metadata(data.join(name)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
}

#[test]
fn the_doctor_finds_nothing_wrong_with_a_healthy_folder() {
    let folder = tempfile::tempdir().unwrap();
    add_user(folder.path(), "ADMIN", "admin", None);
    let output = muster(folder.path(), "doctor").output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success() && said.contains("1 people") && said.contains("read back"), "{said}");
}

#[tokio::test]
async fn a_paused_process_calls_nobody_offline() {
    let hub = HubBuilder::default().quick().start();
    let admin = hub.admin().await;
    admin.create("E1", "employee", None).await;
    let device = crate::support::agent::Device::enrol(&hub.sign_in("e1@example.org").await).await;
    let mut agent = crate::support::Agent::connect(&hub, &device).await;
    agent.beat(0).await;
    signal(hub.pid(), "STOP");
    tokio::time::sleep(std::time::Duration::from_secs(6)).await;
    signal(hub.pid(), "CONT");
    agent.beat(0).await;
    let mut ticks = tokio::time::interval(std::time::Duration::from_millis(agent.welcome.beat_every_ms));
    for _ in 0..4 {
        ticks.tick().await;
        agent.beat(0).await;
    }
    let export = hub.sign_in("e1@example.org").await.get("/api/me/export").await.ok().to_string();
    assert!(!export.contains("\"timeout\""), "{export}");
}

#[tokio::test]
async fn health_and_metrics_tell_an_operator_and_nobody_elses_names() {
    let hub = TestHub::start();
    let admin = hub.admin().await;
    admin.create("E1", "employee", None).await;
    assert_eq!(hub.anyone().get("/healthz").await.status, 200);
    assert_eq!(hub.anyone().get("/readyz").await.ok()["ready"], true);
    let metrics = hub.anyone().get("/metrics").await.text();
    assert!(metrics.contains("muster_employees_online"), "{metrics}");
    assert!(!metrics.contains("E1") && !metrics.contains("example.org"));
    hub.anyone().get("/api/nothing").await.refused(404, "not_found");
    let page = hub.anyone().get("/deep/link").await;
    assert!(page.header("content-security-policy").unwrap().contains("script-src 'self'"));
}
