//! More starts that cannot be, and what a start says.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use muster_db::{Database, DatabaseConfig};
use serde_json::Value;

use crate::support::hub::add_user;
use crate::support::{HubBuilder, TestHub};

/// The one line that `serve` says on `data` before it gives up.
fn refused(data: &Path) -> String {
    let output = HubBuilder::default().fail_on(data);
    assert!(!output.status.success(), "it started");
    let said = String::from_utf8(output.stderr).unwrap();
    let lines = said.lines().filter(|line| !line.is_empty()).collect::<Vec<_>>();
    assert!(lines.len() == 1 && lines[0].starts_with("muster: "), "{said}");
    lines[0].to_owned()
}

#[tokio::test]
async fn data_of_a_newer_program_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    add_user(folder.path(), "ADMIN", "admin", None);
    let url = format!("surrealkv://{}?sync=every", folder.path().join("db").display());
    let database = Database::open(&DatabaseConfig::at(url)).await.unwrap();
    database.pretend_newer_schema().await.unwrap();
    database.close().await;
    let line = refused(folder.path());
    assert!(line.contains("start a newer program"), "{line}");
    assert_eq!(refused(folder.path()), line, "refusing changes nothing");
}

/// Nobody may make a folder in `/proc`, root included.
#[test]
fn a_data_folder_that_cannot_be_made() {
    let line = refused(Path::new("/proc/muster/data"));
    assert!(line.contains("/proc/muster/data"), "{line}");
}

/// Root may write everywhere: for root the folder is none that cannot be written, and the hub has to start on it.
#[test]
fn a_data_folder_that_may_only_be_read() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    std::fs::create_dir(&data).unwrap();
    std::fs::set_permissions(&data, PermissionsExt::from_mode(0o500)).unwrap();
    if std::fs::write(data.join("probe"), "").is_ok() {
        std::fs::remove_file(data.join("probe")).unwrap();
        drop(HubBuilder::default().start_on(&data));
        return;
    }
    let line = refused(&data);
    assert!(line.contains(&data.display().to_string()), "{line}");
}

#[tokio::test]
async fn logs_are_json_lines_when_asked() {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("log");
    let builder = HubBuilder::default().set("MUSTER__LOG__FORMAT", "json").set("MUSTER__LOG__FILTER", "muster=debug");
    let mut hub: TestHub = builder.log_to(&log).start();
    hub.anyone().get("/api/nothing").await.refused(404, "not_found");
    assert!(hub.terminate().success());
    let text = std::fs::read_to_string(&log).unwrap();
    let lines = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap_or_else(|_| panic!("{line}")));
    let lines = lines.collect::<Vec<_>>();
    let answered = lines.iter().find(|line| line["fields"]["message"] == "answered").expect("the request is logged");
    assert_eq!((&answered["level"], &answered["fields"]["status"]), (&Value::from("DEBUG"), &Value::from(404)));
    assert_eq!(answered["span"]["path"], "/api/nothing");
    assert!(!answered["span"]["id"].as_str().unwrap().is_empty());
    assert!(answered["timestamp"].is_string());
}
