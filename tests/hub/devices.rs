//! Devices: whose they are, what they have sent, and how they are listed.

use muster_protocol::agent::{AgentUp, DurableEvent, EventKind};
use serde_json::{Value, json};

use crate::support::agent::{Device, event, hello, knock, now, say};
use crate::support::portal::closed;
use crate::support::{Agent, Api, TestHub};

async fn hub_with(codes: &[&str]) -> (TestHub, Api) {
    let hub = TestHub::start();
    let admin = hub.admin().await;
    for code in codes {
        admin.create(code, "employee", None).await;
    }
    (hub, admin)
}

#[tokio::test]
async fn a_device_of_somebody_else_cannot_be_taken_over() {
    let (hub, admin) = hub_with(&["E1", "E2"]).await;
    let (owner, other) = (hub.sign_in("e1@example.org").await, hub.sign_in("e2@example.org").await);
    let device = Device::enrol(&owner).await;
    let code = admin.post("/api/devices/codes", json!({ "employeeId": "E2" })).await.ok()["code"].clone();
    let anyone = hub.anyone();
    let enrol = |device: Option<String>| {
        anyone.post("/api/devices/enrol", json!({ "code": code, "name": "desk", "deviceId": device }))
    };
    let taken = Some(device.id.to_string());
    enrol(taken.clone()).await.refused(409, "conflict");
    let as_own = json!({ "name": "desk", "deviceId": taken });
    other.post("/api/devices", as_own.clone()).await.refused(409, "conflict");
    Agent::connect(&hub, &device).await.bye().await;

    owner.delete(&format!("/api/devices/{}", device.id)).await.ok();
    enrol(taken).await.refused(409, "conflict");
    other.post("/api/devices", as_own).await.refused(409, "conflict");
    assert_eq!(enrol(None).await.ok()["employeeId"], "E2", "a refusal does not use the code up");
}

#[tokio::test]
async fn a_device_that_is_enrolled_anew_ends_what_its_older_token_opened() {
    let (hub, _) = hub_with(&["E1"]).await;
    let owner = hub.sign_in("e1@example.org").await;
    let device = Device::enrol(&owner).await;
    let mut agent = Agent::connect(&hub, &device).await;
    let again = owner.post("/api/devices", json!({ "name": "desk", "deviceId": device.id })).await.ok();
    let code: u16 = closed(&mut agent.socket).await.unwrap().code.into();
    assert_eq!(code, 4502);
    assert!(knock(&hub.agents, &device.token).await.is_err());
    let renewed = Device { token: again["token"].as_str().unwrap().to_owned(), ..device };
    Agent::connect(&hub, &renewed).await.bye().await;
}

/// Knocks, lets `meanwhile` happen before the hub hears who it is, and returns the code that ends the socket.
async fn ended_after(hub: &TestHub, device: &Device, meanwhile: impl Future) -> u16 {
    let mut socket = knock(&hub.agents, &device.token).await.unwrap();
    meanwhile.await;
    say(&mut socket, &AgentUp::Hello(hello(device))).await;
    closed(&mut socket).await.unwrap().code.into()
}

#[tokio::test]
async fn a_device_that_is_revoked_while_it_connects_does_not_stay() {
    let (hub, admin) = hub_with(&["E1", "E2"]).await;
    let device = Device::enrol(&hub.sign_in("e1@example.org").await).await;
    let revoke = async { admin.delete(&format!("/api/devices/{}", device.id)).await.ok() };
    assert_eq!(ended_after(&hub, &device, revoke).await, 4502);

    let device = Device::enrol(&hub.sign_in("e2@example.org").await).await;
    let close = async { admin.patch("/api/employees/E2", json!({ "active": false })).await.ok() };
    assert_eq!(ended_after(&hub, &device, close).await, 4502);
}

async fn listed(api: &Api, device: &Device) -> Vec<Value> {
    let events = api.get(&format!("/api/devices/{}/events?boot={}", device.id, device.boot)).await.ok();
    events["events"].as_array().unwrap().clone()
}

#[tokio::test]
async fn every_acknowledged_event_is_listed_as_it_was_sent() {
    let (hub, admin) = hub_with(&["E1"]).await;
    let employee = hub.sign_in("e1@example.org").await;
    let version = admin.post("/api/notice", json!({ "text": "We take screenshots." })).await.ok()["version"].clone();
    let version = version.as_u64().unwrap();
    employee.post("/api/notice/acknowledge", json!({ "version": version })).await.ok();
    let kinds = [
        EventKind::WorkStarted,
        EventKind::IdleBegan,
        EventKind::IdleEnded,
        EventKind::BreakBegan,
        EventKind::BreakEnded,
        EventKind::WorkContinued,
        EventKind::NoticeAcknowledged { version },
        EventKind::NoticeAcknowledged { version },
        EventKind::CaptureFailed { reason: "no permission".to_owned() },
        EventKind::ClockJumped { by_ms: -5 },
        EventKind::WorkStopped,
    ];
    let began = now().minus(60_000);
    let numbered = kinds.into_iter().zip(1..).map(|(kind, seq)| event(seq, began.plus(seq as i64 * 1_000), kind));
    let sent = numbered.collect::<Vec<DurableEvent>>();
    for _ in 0..2 {
        let device = Device::enrol(&employee).await;
        let mut agent = Agent::connect(&hub, &device).await;
        agent.deliver(sent.clone()).await;
        agent.deliver(sent.clone()).await;
        let expected = sent.iter().map(|event| serde_json::to_value(event).unwrap()).collect::<Vec<_>>();
        assert_eq!(listed(&employee, &device).await, expected);
    }
    let export = employee.get("/api/me/export").await.ok();
    assert_eq!(export["noticeAcknowledgements"][0]["source"], "portal", "the first stays");
}

#[tokio::test]
async fn a_fleet_is_enrolled_as_a_whole_and_listed_page_by_page() {
    let codes = (0..7).map(|number| format!("E{number}")).collect::<Vec<_>>();
    let (hub, admin) = hub_with(&codes.iter().map(String::as_str).collect::<Vec<_>>()).await;
    let body = |codes: &[String]| json!({ "employeeIds": codes, "name": "desk" });
    let unknown = [codes.clone(), vec!["NOBODY".to_owned()]].concat();
    admin.post("/api/devices/bulk", body(&unknown)).await.refused(404, "not_found");
    assert_eq!(admin.get("/api/devices").await.ok()["items"], json!([]));

    let enrolled = admin.post("/api/devices/bulk", body(&codes)).await.ok();
    let token = enrolled[3]["token"].as_str().unwrap().to_owned();
    let id = enrolled[3]["deviceId"].as_str().unwrap();
    let device = Device { id: id.parse().unwrap(), token, boot: muster_protocol::BootId::generate() };
    Agent::connect(&hub, &device).await.bye().await;

    let (mut seen, mut path) = (Vec::new(), "/api/devices?limit=3".to_owned());
    loop {
        let page = admin.get(&path).await.ok();
        seen.extend(page["items"].as_array().unwrap().iter().map(|row| row["deviceId"].to_string()));
        let Some(next) = page["next"].as_str() else { break };
        path = format!("/api/devices?limit=3&cursor={next}");
    }
    let mut expected = enrolled.as_array().unwrap().iter().map(|row| row["deviceId"].to_string()).collect::<Vec<_>>();
    seen.sort_unstable();
    expected.sort_unstable();
    assert_eq!(seen, expected);
    assert_eq!(admin.get("/api/devices?format=csv").await.text().lines().count(), 8);
    admin.get("/api/devices?cursor=nonsense").await.refused(422, "invalid");

    let own = hub.sign_in("e3@example.org").await;
    let items = own.get("/api/devices").await.ok()["items"].clone();
    assert_eq!(items.as_array().unwrap().iter().map(|row| &row["deviceId"]).collect::<Vec<_>>(), [id]);
    own.get("/api/devices?employee=E1").await.refused(403, "forbidden");
}
