//! Events that keep open pages true, for those who may see them.

use muster_protocol::portal::{PolicyScope, PortalDown, PortalEvent, Scope};
use serde_json::json;

use crate::support::agent::now;
use crate::support::pictures::jpeg;
use crate::support::{Api, Portal, TestHub};

/// An administrator, a manager of a team, a member of it, and somebody of another one; each with a page.
struct Office {
    hub: TestHub,
    admin: Api,
    member: Api,
    pages: Vec<(&'static str, Portal)>,
}

async fn office() -> Office {
    let hub = TestHub::start();
    let admin = hub.admin().await;
    let (mine, other) = (admin.team("Mine").await, admin.team("Other").await);
    admin.create("BOSS", "manager", Some(&mine)).await;
    admin.create("MINE", "employee", Some(&mine)).await;
    admin.create("FOREIGN", "employee", Some(&other)).await;
    let member = hub.sign_in("mine@example.org").await;
    let mut pages = vec![("ADMIN", Portal::open(&hub.portal, &admin, Scope::All).await)];
    for code in ["BOSS", "MINE", "FOREIGN"] {
        let api = hub.sign_in(&format!("{}@example.org", code.to_lowercase())).await;
        pages.push((code, Portal::open(&hub.portal, &api, Scope::All).await));
    }
    Office { hub, admin, member, pages }
}

impl Office {
    /// Checks that `event` comes to the pages of `to`, and to no other before the notice that ends the round comes to all.
    async fn comes_to(&mut self, to: &[&str], event: PortalEvent) {
        // Some events are collected for a moment: the round ends when those who have to know do.
        for (_, page) in self.pages.iter_mut().filter(|(code, _)| to.contains(code)) {
            while page.hear().await != PortalDown::Event(event.clone()) {}
        }
        let published = self.admin.post("/api/notice", json!({ "text": "The end of a round." })).await.ok();
        let end = published["version"].as_u64().unwrap();
        for (code, page) in &mut self.pages {
            let mut heard = Vec::new();
            loop {
                match page.hear().await {
                    PortalDown::Event(PortalEvent::NoticePublished { version, .. }) if version == end => break,
                    PortalDown::Event(event) => heard.push(event),
                    _ => {}
                }
            }
            assert!(!heard.contains(&event), "{code} hears {event:?}, too often or without a right: {heard:?}");
        }
    }
}

#[tokio::test]
async fn each_event_reaches_whom_it_concerns() {
    let mut office = office().await;
    let admin = office.admin.clone();
    let mine = office.pages[2].1.entry("MINE").unwrap().employee.clone();
    let concerned = ["ADMIN", "BOSS", "MINE"];

    let whole = json!({ "scope": { "organization": true }, "settings": { "blur": "light" } });
    admin.put("/api/policy", whole).await.ok();
    let scope = PolicyScope::Organization;
    office.comes_to(&["ADMIN", "BOSS", "MINE", "FOREIGN"], PortalEvent::PolicyChanged { scope }).await;

    let team = admin.get("/api/employees/MINE").await.ok()["teamId"].as_str().unwrap().to_owned();
    admin.put("/api/policy", json!({ "scope": { "team": team }, "settings": { "blur": "strong" } })).await.ok();
    let scope = PolicyScope::Team(team.parse().unwrap());
    office.comes_to(&concerned, PortalEvent::PolicyChanged { scope }).await;

    admin.put("/api/policy", json!({ "scope": { "employee": "MINE" }, "settings": {} })).await.ok();
    let scope = PolicyScope::Employee(mine.clone());
    office.comes_to(&concerned, PortalEvent::PolicyChanged { scope }).await;

    admin.patch("/api/employees/MINE", json!({ "name": "Another name" })).await.ok();
    office.comes_to(&concerned, PortalEvent::PersonChanged { employee: Some(mine.clone()) }).await;

    let (to, from) = (now().minus(60_000), now().minus(120_000));
    let correction = json!({ "employeeId": "MINE", "from": from, "to": to, "kind": "active", "reason": "Forgot." });
    admin.post("/api/work/corrections", correction).await.ok();
    office.comes_to(&concerned, PortalEvent::HoursChanged { employee: mine }).await;
}

#[tokio::test]
async fn a_deleted_screenshot_leaves_every_page_that_may_have_shown_it() {
    let mut office = office().await;
    let upload = office.member.upload(jpeg(1), &[]).await.ok();
    let id = upload["id"].as_str().unwrap().to_owned();
    office.admin.delete(&format!("/api/uploads/{id}?reason=by%20mistake")).await.ok();
    let employee = office.pages[2].1.entry("MINE").unwrap().employee.clone();
    let deleted = PortalEvent::ScreenshotDeleted { employee, id: id.parse().unwrap() };
    office.comes_to(&["ADMIN", "BOSS", "MINE"], deleted).await;
}

#[tokio::test]
async fn many_people_at_once_are_one_event() {
    let mut office = office().await;
    let lines = (0..100).map(|number| format!("P{number},p{number}@example.org\n")).collect::<String>();
    let csv = format!("name,email\n{lines}");
    office.admin.post("/api/employees/import", json!({ "csv": csv })).await.ok();
    office.comes_to(&["ADMIN"], PortalEvent::PersonChanged { employee: None }).await;
    assert!(office.hub.admin().await.get("/api/employees?limit=500").await.ok().as_array().unwrap().len() > 100);
}
