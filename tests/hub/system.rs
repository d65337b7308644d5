//! `/api/system`: what an administrator sees of the hub itself.

use muster_protocol::portal::Scope;

use crate::support::agent::Device;
use crate::support::{Agent, Portal, TestHub, eventually};

#[tokio::test]
async fn an_administrator_sees_how_the_hub_is_doing() {
    let hub = TestHub::start();
    let admin = hub.admin().await;
    admin.create("E1", "employee", None).await;
    let employee = hub.sign_in("e1@example.org").await;
    employee.get("/api/system").await.refused(403, "forbidden");
    let _agent = Agent::connect(&hub, &Device::enrol(&employee).await).await;
    let _page = Portal::open(&hub.portal, &admin, Scope::All).await;
    let system = eventually(async || {
        let system = admin.get("/api/system").await.ok();
        let sockets = (system["sockets"]["agents"].as_u64(), system["sockets"]["portals"].as_u64());
        if sockets == (Some(1), Some(1)) { Ok(system) } else { Err(system.to_string()) }
    })
    .await;
    assert_eq!(system["version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(system["database"]["healthy"], true);
    assert!(system["database"]["url"].as_str().unwrap().starts_with("surrealkv://"));
    assert!(system["actors"]["employees"].as_u64().unwrap() >= 2);
    for (group, value) in [("storage", "dataBytes"), ("storage", "freeBytes"), ("memory", "residentBytes")] {
        assert!(system[group][value].as_u64().unwrap() > 0, "{group}.{value}");
    }
    assert!(system["journal"]["waiting"].as_u64() < system["journal"]["capacity"].as_u64());
}
