//! Builds of the agent: offered with their sums, and nothing else of the folder.

use serde_json::json;

use crate::support::TestHub;

const AGENT: &str = "muster-agent-0.2.0-x86_64-unknown-linux-gnu.tar.gz";

#[tokio::test]
async fn a_build_comes_whole_and_nothing_beside_it() {
    let hub = TestHub::start();
    let admin = hub.admin().await;
    assert_eq!(admin.get("/api/downloads").await.ok(), json!({ "items": [] }));
    // More than one part of a stream, and not a multiple of it.
    let build = (0..300_001_u32).map(|number| (number % 251) as u8).collect::<Vec<_>>();
    let folder = hub.data.join("downloads");
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(folder.join(AGENT), &build).unwrap();
    let sum = "0123456789abcdef".repeat(4);
    std::fs::write(folder.join("SHA256SUMS"), format!("{sum}  {AGENT}\n{sum}  ../master.key\n")).unwrap();

    admin.create("E1", "employee", None).await;
    let employee = hub.sign_in("e1@example.org").await;
    let items = employee.get("/api/downloads").await.ok()["items"].clone();
    let expected = json!([{
        "file": AGENT,
        "platform": "linux",
        "target": "x86_64-unknown-linux-gnu",
        "kind": "agent",
        "version": "0.2.0",
        "bytes": 300_001,
        "sha256": sum,
    }]);
    assert_eq!(items, expected);
    let file = employee.get(&format!("/api/downloads/{AGENT}")).await;
    assert_eq!(file.header("content-disposition"), Some(format!("attachment; filename=\"{AGENT}\"").as_str()));
    assert_eq!(
        (file.header("content-type"), file.header("content-length")),
        (Some("application/gzip"), Some("300001"))
    );
    assert!(file.bytes == build);
    assert!(employee.get("/api/downloads/SHA256SUMS").await.text().contains(AGENT));

    for path in ["../master.key", "..%2fmaster.key", "..%2f..%2f..%2fetc%2fpasswd", "%2e%2e%2fmaster.key", "none.zip"] {
        let status = employee.get(&format!("/api/downloads/{path}")).await.status;
        assert_eq!(status, 404, "{path}");
    }
    hub.anyone().get(&format!("/api/downloads/{AGENT}")).await.refused(401, "unauthorized");
}
