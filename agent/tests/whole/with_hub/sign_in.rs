//! Becoming a device of somebody, and ceasing to be one.

use std::sync::atomic::Ordering;

use muster_agent::control::Deed;
use muster_agent::core::Command;
use muster_agent::core::command::Credential;
use muster_agent::core::status::{Connection, Work};
use serde_json::Value;

use crate::support::process::{agent, sign_in_by_code, sign_in_by_password};
use crate::support::relay::Proxy;
use crate::support::{AgentProcess, Desk, Hub, eventually, holds};

fn said(output: &std::process::Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

#[tokio::test]
async fn a_password_signs_in_and_the_token_is_nobody_elses() {
    let hub = Hub::start().await;
    let folder = tempfile::tempdir().unwrap();
    let refused = sign_in_by_password(folder.path(), &hub.url(), "nobody@example.org");
    assert!(!refused.status.success() && said(&refused).contains("e-mail or password is wrong"), "{}", said(&refused));
    let signed_in = sign_in_by_password(folder.path(), &hub.url(), "e1@example.org");
    assert!(signed_in.status.success() && said(&signed_in).contains("as E1 Example"), "{}", said(&signed_in));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |name: &str| std::fs::metadata(folder.path().join(name)).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode("device-token"), mode(".")), (0o600, 0o700));
    }
    let agent = AgentProcess::start(folder.path()).await;
    agent.wait_online().await;
    assert_eq!(agent.status().await["person"], "E1 Example");
}

#[tokio::test]
async fn a_code_signs_in_once() {
    let hub = Hub::start().await;
    let code = hub.admin().await.code_for("E1").await;
    let (first, second) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let signed_in = sign_in_by_code(first.path(), &hub.url(), &code);
    assert!(signed_in.status.success() && said(&signed_in).contains("as E1"), "{}", said(&signed_in));
    let refused = sign_in_by_code(second.path(), &hub.url(), &code);
    assert!(
        !refused.status.success() && said(&refused).contains("unknown, used, or has expired"),
        "{}",
        said(&refused)
    );
}

#[tokio::test]
async fn what_does_not_answer_or_is_no_hub_is_said_in_words() {
    let folder = tempfile::tempdir().unwrap();
    for (address, words) in [("http://127.0.0.1:9", "cannot be reached"), ("ftp://hub", "is no address of a hub")] {
        let refused = sign_in_by_code(folder.path(), address, "AAAAA-AAAAA");
        assert!(!refused.status.success() && said(&refused).contains(words), "{}", said(&refused));
    }
}

#[tokio::test]
async fn the_command_line_reaches_the_agent_that_runs() {
    let hub = Hub::start().await;
    let folder = tempfile::tempdir().unwrap();
    let status = || agent(folder.path()).args(["status", "--json"]).output().unwrap();
    assert!(said(&status()).contains("no agent runs"), "{}", said(&status()));
    let running = AgentProcess::start(folder.path()).await;
    let refused = running.tell(Deed::PunchIn).await.unwrap_err().to_string();
    assert!(refused.contains("nobody has signed in"), "{refused}");
    let signed_in = sign_in_by_password(folder.path(), &hub.url(), "e1@example.org");
    assert!(signed_in.status.success(), "{}", said(&signed_in));
    running.wait_online().await;
    let punched_in = agent(folder.path()).args(["do", "punch-in"]).output().unwrap();
    assert!(punched_in.status.success(), "{}", said(&punched_in));
    let shown: Value = serde_json::from_slice(&status().stdout).unwrap();
    assert_eq!((&shown["work"]["kind"], &shown["connection"]["state"]), (&"active".into(), &"online".into()));
    let twice = agent(folder.path()).args(["do", "punch-in"]).output().unwrap();
    assert!(!twice.status.success() && said(&twice).contains("work goes on already"), "{}", said(&twice));
    let second = agent(folder.path()).arg("run").output().unwrap();
    assert!(!second.status.success() && said(&second).contains("running already"), "{}", said(&second));
    assert!(running.terminate().success());
}

#[tokio::test]
async fn a_certificate_of_the_organizations_own_is_trusted_where_the_configuration_says_so() {
    let hub = Hub::start_encrypted().await;
    let admin = hub.admin().await;
    let folder = tempfile::tempdir().unwrap();
    let refused = sign_in_by_code(folder.path(), &hub.url(), &admin.code_for("E1").await);
    assert!(!refused.status.success() && said(&refused).contains("certificate"), "{}", said(&refused));
    let trusted = format!("extra_ca = {:?}", hub.certificate());
    std::fs::write(folder.path().join("agent.toml"), trusted).unwrap();
    let signed_in = sign_in_by_code(folder.path(), &hub.url(), &admin.code_for("E1").await);
    assert!(signed_in.status.success(), "{}", said(&signed_in));
    let agent = AgentProcess::start(folder.path()).await;
    agent.wait_online().await;
    agent.tell(Deed::PunchIn).await.unwrap();
    agent.wait_sent().await;
    let warnings = agent.status().await["warnings"].to_string();
    assert!(!warnings.contains("not encrypted"), "{warnings}");
}

#[tokio::test]
async fn everything_goes_through_the_proxy_that_the_configuration_names() {
    let hub = Hub::start().await;
    let admin = hub.admin().await;
    let proxy = Proxy::open().await;
    let folder = tempfile::tempdir().unwrap();
    let desk = Desk::with(folder.path(), 60_000, Some(proxy.url.clone()));
    desk.sign_in(&hub.url(), admin.code_for("E1").await).await;
    assert_eq!(proxy.tunnels.load(Ordering::SeqCst), 1, "the socket");
    assert_eq!(proxy.requests.load(Ordering::SeqCst), 1, "the sign-in");
    desk.quit().await;
}

#[tokio::test]
async fn a_device_that_was_revoked_stops_and_may_sign_in_again() {
    let hub = Hub::start().await;
    let admin = hub.admin().await;
    let folder = tempfile::tempdir().unwrap();
    let desk = Desk::start(folder.path(), 60_000);
    desk.sign_in(&hub.url(), admin.code_for("E1").await).await;
    let devices = admin.get("/api/devices").await;
    let device =
        devices.as_array().or_else(|| devices["items"].as_array()).unwrap()[0]["deviceId"].as_str().unwrap().to_owned();
    admin.delete(&format!("/api/devices/{device}")).await;
    desk.wait_for(|status| matches!(status.connection, Connection::Stopped { .. })).await;
    desk.sign_in(&hub.url(), admin.code_for("E1").await).await;
    desk.quit().await;
}

#[tokio::test]
async fn signing_out_ends_the_work_and_leaves_no_token() {
    let hub = Hub::start().await;
    let admin = hub.admin().await;
    let folder = tempfile::tempdir().unwrap();
    let desk = Desk::start(folder.path(), 60_000);
    desk.sign_in(&hub.url(), admin.code_for("E1").await).await;
    desk.wish(Command::PunchIn).await;
    desk.wait_for(|status| matches!(status.work, Work::Active { .. })).await;
    desk.wish(Command::SignOut).await;
    desk.wait_for(|status| status.connection == Connection::SignedOut).await;
    assert_eq!(desk.status().waiting.events, 0, "the last events went out first");
    assert!(!folder.path().join("device-token").exists());
    eventually(|| async { holds(admin.presence().await.is_none(), "still online") }).await;
    // The same machine, somebody else: nothing of the first person is left.
    let code = admin.code_for("ADMIN").await;
    desk.wish(Command::SignIn { hub: hub.url(), by: Credential::Code(code) }).await;
    desk.wait_for(|status| matches!(status.connection, Connection::Online { .. })).await;
    assert_eq!(desk.status().person.as_deref(), Some("ADMIN"));
    assert_eq!(desk.status().today.active_ms, 0);
    desk.quit().await;
}
