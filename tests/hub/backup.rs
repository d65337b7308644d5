//! `muster backup` and `muster restore`: everything is there again, and nothing is overwritten.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Output;

use serde_json::{Value, json};

use crate::support::hub::{add_user, muster};
use crate::support::pictures::jpeg;
use crate::support::{Api, HubBuilder, TestHub};

fn run(data: &Path, command: &str, file: &Path) -> Output {
    muster(data, command).arg(file).output().unwrap()
}

#[track_caller]
fn refused(output: &Output, reason: &str) {
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success(), "it was done");
    assert!(said.starts_with("muster: ") && said.contains(reason) && said.lines().count() == 1, "{said}");
}

#[track_caller]
fn done(output: &Output) {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// What a client sees of a hub, times of the last request aside.
async fn seen(admin: &Api, screenshot: &str) -> (Value, Value, Value, Vec<u8>) {
    let people = admin.get("/api/employees").await.ok();
    let codes = people["items"].as_array().or_else(|| people.as_array()).unwrap();
    let codes = codes.iter().map(|person| person["employeeId"].clone()).collect();
    let sessions = admin.get("/api/work/sessions?employee=E1").await.ok();
    let screenshots = admin.get("/api/uploads/list?employeeId=E1").await.ok();
    let picture = admin.get(&format!("/api/uploads/{screenshot}")).await;
    assert_eq!(picture.status, 200, "{}", picture.text());
    (codes, sessions, screenshots, picture.bytes)
}

#[tokio::test]
async fn a_restored_hub_has_everything() {
    let folder = tempfile::tempdir().unwrap();
    let (data, archive) = (folder.path().join("data"), folder.path().join("hub.tar"));
    add_user(&data, "ADMIN", "admin", None);
    let mut hub = HubBuilder::default().start_on(&data);
    let admin = hub.admin().await;
    admin.create("E1", "employee", None).await;
    let employee = hub.sign_in("e1@example.org").await;
    employee.post("/api/work/start", json!({})).await.ok();
    let upload = employee.upload(jpeg(7), &[]).await.ok();
    let screenshot = upload["id"].as_str().unwrap().to_owned();
    employee.post("/api/work/stop", json!({})).await.ok();
    let before = seen(&admin, &screenshot).await;

    refused(&run(&data, "backup", &archive), "in use");
    assert!(!archive.exists(), "a refused backup leaves no file");
    assert!(hub.terminate().success());
    let within = data.join("hub.tar");
    refused(&run(&data, "backup", &within), "lies in the data folder");
    assert!(!within.exists());
    done(&run(&data, "backup", &archive));
    assert_eq!(std::fs::metadata(&archive).unwrap().permissions().mode() & 0o777, 0o600);
    let written = std::fs::read(&archive).unwrap();
    refused(&run(&data, "backup", &archive), "exists");
    assert_eq!(std::fs::read(&archive).unwrap(), written, "an older backup is not overwritten");

    refused(&run(&data, "restore", &archive), "not empty");
    let restored = folder.path().join("restored");
    done(&run(&restored, "restore", &archive));
    for name in ["jwt.key", "master.key"] {
        let mode = std::fs::metadata(restored.join(name)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
    drop(hub);
    std::fs::remove_dir_all(&data).unwrap();
    let hub: TestHub = HubBuilder::default().start_on(&restored);
    assert_eq!(seen(&hub.admin().await, &screenshot).await, before);
    let signed_in_before = employee.at(&hub.portal);
    assert_eq!(signed_in_before.get("/api/auth/me").await.ok()["employeeId"], "E1", "sign-ins go on");
}

#[test]
fn a_file_that_is_no_backup_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("hub.tar");
    refused(&run(&folder.path().join("a"), "restore", &file), "hub.tar");
    std::fs::write(&file, "this is no archive, whatever its name says".repeat(100)).unwrap();
    refused(&run(&folder.path().join("b"), "restore", &file), "hub.tar");
}
