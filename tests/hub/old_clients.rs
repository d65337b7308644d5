//! An older client's day, as the script in the documentation does it with curl.

use std::process::Command;

use crate::support::TestHub;
use crate::support::hub::PASSWORD;
use crate::support::pictures::jpeg;

#[tokio::test]
async fn the_documented_day_works_as_it_is_written() {
    let hub = TestHub::start();
    let admin = hub.admin().await;
    admin.create("INT2607", "employee", None).await;
    let folder = tempfile::tempdir().unwrap();
    let picture = folder.path().join("screen.jpg");
    std::fs::write(&picture, jpeg(1)).unwrap();

    let output = Command::new("bash")
        .arg("docs/examples/old-clients.sh")
        .env("HUB", &hub.portal)
        .env("ADMIN_EMAIL", "admin@example.org")
        .env("ADMIN_PASSWORD", PASSWORD)
        .env("EMPLOYEE_ID", "INT2607")
        .env("EMPLOYEE_EMAIL", "int2607@example.org")
        .env("EMPLOYEE_PASSWORD", PASSWORD)
        .env("PICTURE", &picture)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{said}\n{}", String::from_utf8_lossy(&output.stderr));
    for step in [
        "login",
        "org",
        "employees",
        "interval",
        "start",
        "heartbeat",
        "screenshot",
        "live-status",
        "online",
        "stop",
        "summary",
        "logout",
    ] {
        assert!(said.contains(&format!("== {step}")), "{step} is missing:\n{said}");
    }
    assert!(said.contains("\"running\":false"), "{said}");
}
