//! Alerts: raised by what agents say, told to whoever may see the person and to the person, over by itself.

use muster_protocol::agent::{EventKind, Hello};
use muster_protocol::alert::{Alert, AlertKind};
use muster_protocol::portal::{PortalDown, PortalEvent, Scope};
use serde_json::{Value, json};

use crate::support::agent::{Agent, Device, hello, now};
use crate::support::pictures::jpeg;
use crate::support::portal::Portal;
use crate::support::{Api, TestHub};

/// The next event about an alert.
async fn next_alert(portal: &mut Portal) -> PortalEvent {
    loop {
        if let PortalDown::Event(event @ (PortalEvent::AlertRaised { .. } | PortalEvent::AlertCleared { .. })) =
            portal.hear().await
        {
            return event;
        }
    }
}

async fn raised(portal: &mut Portal) -> Alert {
    match next_alert(portal).await {
        PortalEvent::AlertRaised { alert } => alert,
        other => panic!("{other:?}"),
    }
}

async fn listed(api: &Api) -> Value {
    api.get("/api/alerts").await.ok()["items"].clone()
}

/// Everything off but what `change` makes of it.
async fn want(admin: &Api, change: impl Fn(&mut Value)) {
    let mut rules = admin.get("/api/alerts/settings").await.ok();
    rules["captureFailing"]["enabled"] = json!(false);
    change(&mut rules);
    admin.put("/api/alerts/settings", rules).await.ok();
}

#[tokio::test]
async fn a_failing_capture_is_told_to_the_manager_and_the_person_until_a_picture_comes() {
    let hub = TestHub::start();
    let admin = hub.admin().await;
    let team = admin.team("Team").await;
    admin.create("BOSS", "manager", Some(&team)).await;
    admin.create("E1", "employee", Some(&team)).await;
    admin.create("E2", "employee", None).await;
    let (boss, own) = (hub.sign_in("boss@example.org").await, hub.sign_in("e1@example.org").await);
    let other = hub.sign_in("e2@example.org").await;
    let mut manager = Portal::open(&hub.portal, &boss, Scope::All).await;
    let mut person = Portal::open(&hub.portal, &own, Scope::Own).await;

    let device = Device::enrol(&own).await;
    let mut agent = Agent::connect(&hub, &device).await;
    agent.note(EventKind::CaptureFailed { reason: "the display is asleep".to_owned() }).await;
    let alert = raised(&mut manager).await;
    assert_eq!((alert.kind, alert.employee.as_str()), (AlertKind::CaptureFailing, "E1"));
    assert_eq!(alert.detail, "the display is asleep");
    assert_eq!(raised(&mut person).await, alert, "the person sees the same alert");

    for api in [&boss, &own, &admin] {
        assert_eq!(listed(api).await[0]["id"], json!(alert.id));
    }
    assert_eq!(listed(&other).await, json!([]));
    other.get("/api/alerts?employee=E1").await.refused(403, "forbidden");

    own.upload(jpeg(1), &[("ts", &now().to_string())]).await.ok();
    let PortalEvent::AlertCleared { id, until, .. } = next_alert(&mut manager).await else { panic!("not over") };
    assert_eq!(id, alert.id);
    assert!(until >= alert.since);
    admin.wait_until("/api/alerts", |body| body["items"][0]["until"].is_i64()).await;
    let record = own.get("/api/me/export").await.ok();
    assert_eq!(record["alerts"][0]["id"], json!(alert.id), "what is recorded is in the own record");
}

#[tokio::test]
async fn an_old_agent_is_told_when_the_organization_wants_to_know() {
    let hub = TestHub::start();
    let admin = hub.admin().await;
    admin.create("E1", "employee", None).await;
    let own = hub.sign_in("e1@example.org").await;
    let device = Device::enrol(&own).await;
    let version = |version: &str| Hello { agent_version: version.to_owned(), ..hello(&device) };
    Agent::introduce(&hub, &device, version("1.9.9")).await.bye().await;
    assert_eq!(admin.get("/api/alerts").await.ok()["items"], json!([]), "off by default");

    want(&admin, |rules| rules["agentOutdated"] = json!({ "enabled": true, "minimumVersion": "2.0.0" })).await;
    Agent::introduce(&hub, &device, version("1.9.9")).await.bye().await;
    let is_open = |body: &Value| body["items"][0]["kind"] == "agent_outdated" && body["items"][0]["until"].is_null();
    admin.wait_until("/api/alerts", is_open).await;
    Agent::introduce(&hub, &device, version("2.0.0")).await.bye().await;
    admin.wait_until("/api/alerts", |body| body["items"][0]["until"].is_i64()).await;
}

#[tokio::test]
async fn two_people_do_not_overwrite_each_others_wishes() {
    let hub = TestHub::start();
    let admin = hub.admin().await;
    let read = admin.get("/api/alerts/settings").await.ok();
    assert_eq!((&read["version"], &read["captureFailing"]["enabled"]), (&json!(0), &json!(true)));
    let mut first = read.clone();
    first["idleTooLong"] = json!({ "enabled": true, "afterMinutes": 45 });
    assert_eq!(admin.put("/api/alerts/settings", first).await.ok()["version"], 1);
    let mut second = read.clone();
    second["notLoggedIn"]["enabled"] = json!(true);
    admin.put("/api/alerts/settings", second).await.refused(409, "conflict");
    let mut absurd = admin.get("/api/alerts/settings").await.ok();
    assert_eq!(absurd["idleTooLong"]["afterMinutes"], 45);
    absurd["idleTooLong"]["afterMinutes"] = json!(0);
    absurd["agentOutdated"]["minimumVersion"] = json!("new");
    let refused = admin.put("/api/alerts/settings", absurd).await.refused(422, "invalid");
    let fields = refused["fields"].as_array().unwrap().iter().map(|field| field["field"].clone());
    assert_eq!(fields.collect::<Vec<_>>(), ["idleTooLong.afterMinutes", "agentOutdated.minimumVersion"]);
}
