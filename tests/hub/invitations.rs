//! Invitations: a link that is good once, for those who may become the person.

use serde_json::{Value, json};

use crate::support::hub::PASSWORD;
use crate::support::{Api, TestHub};

/// Somebody without a password.
async fn newcomer(admin: &Api, code: &str, role: &str, team: &str) {
    let email = format!("{}@example.org", code.to_lowercase());
    let new = json!({ "employeeId": code, "name": code, "email": email, "role": role, "teamId": team });
    admin.post("/api/employees", new).await.ok();
}

async fn hub_with_newcomer() -> (TestHub, Api, Api, String) {
    let hub = TestHub::start();
    let admin = hub.admin().await;
    let team = admin.team("Red").await;
    admin.create("M1", "manager", Some(&team)).await;
    newcomer(&admin, "NEW", "employee", &team).await;
    let manager = hub.sign_in("m1@example.org").await;
    (hub, admin, manager, team)
}

/// What stands behind the `#`.
fn token_of(invited: &Value) -> String {
    let link = invited["link"].as_str().unwrap();
    link.split_once("/invite#token=").unwrap().1.to_owned()
}

async fn sign_in_of(admin: &Api, code: &str) -> Value {
    admin.get(&format!("/api/employees/{code}")).await.ok()["signIn"].clone()
}

#[tokio::test]
async fn a_link_lets_its_person_in_once() {
    let (hub, admin, manager, _) = hub_with_newcomer().await;
    assert_eq!(sign_in_of(&admin, "NEW").await, "none");
    let invited = manager.post("/api/employees/NEW/invite", json!({})).await;
    assert_eq!(invited.status, 201);
    let token = token_of(&invited.ok());
    assert_eq!(sign_in_of(&admin, "NEW").await, "invited");

    let anyone = hub.anyone();
    let invitation = anyone.post("/api/invite", json!({ "token": token })).await.ok();
    assert_eq!((&invitation["name"], &invitation["email"]), (&json!("NEW"), &json!("new@example.org")));
    let accept = json!({ "token": token, "password": PASSWORD });
    let accepted = anyone.post("/api/invite/accept", accept.clone()).await;
    let cookies = accepted.headers.get_all("set-cookie").iter().count();
    assert_eq!((accepted.status.as_u16(), cookies), (200, 3), "signed in as a page is");
    assert_eq!(accepted.ok()["user"]["employeeId"], "NEW");
    let person = hub.sign_in("new@example.org").await;
    assert_eq!(sign_in_of(&admin, "NEW").await, "password");

    anyone.post("/api/invite", json!({ "token": token })).await.refused(404, "not_found");
    anyone.post("/api/invite/accept", accept).await.refused(404, "not_found");
    // Whoever may read the audit, and the person in their own record.
    for audit in [admin.get("/api/audit?subject=NEW").await.ok(), person.get("/api/me/audit").await.ok()] {
        let actions = audit["items"].as_array().unwrap().iter().map(|entry| entry["action"].as_str().unwrap());
        let actions = actions.collect::<Vec<_>>();
        assert!(actions.contains(&"invited") && actions.contains(&"invitation_accepted"), "{actions:?}");
    }
}

#[tokio::test]
async fn the_latest_link_is_the_one_that_counts_and_it_can_be_taken_back() {
    let (hub, _, manager, _) = hub_with_newcomer().await;
    let anyone = hub.anyone();
    let first = token_of(&manager.post("/api/employees/NEW/invite", json!({})).await.ok());
    let second = token_of(&manager.post("/api/employees/NEW/invite", json!({})).await.ok());
    anyone.post("/api/invite", json!({ "token": first })).await.refused(404, "not_found");
    anyone.post("/api/invite", json!({ "token": second })).await.ok();
    assert_eq!(manager.delete("/api/employees/NEW/invite").await.status, 204);
    anyone.post("/api/invite", json!({ "token": second })).await.refused(404, "not_found");
    manager.delete("/api/employees/NEW/invite").await.refused(404, "not_found");
}

#[tokio::test]
async fn links_that_are_out_are_listed_to_those_who_may_take_them_back() {
    let (hub, admin, manager, _) = hub_with_newcomer().await;
    let listed = async |by: &Api| {
        let page = by.get("/api/invitations").await.ok();
        let items = page["items"].as_array().unwrap().clone();
        items.iter().map(|item| item["employeeId"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    newcomer(&admin, "FAR", "employee", &admin.team("Blue").await).await;
    let link = manager.post("/api/employees/NEW/invite", json!({})).await.ok();
    admin.post("/api/employees/FAR/invite", json!({})).await.ok();
    assert_eq!((listed(&admin).await, listed(&manager).await), (vec!["NEW".into(), "FAR".into()], vec!["NEW".into()]));
    let one = manager.get("/api/invitations").await.ok()["items"][0].clone();
    assert_eq!((&one["createdByName"], &one["expiresAt"]), (&json!("M1 Example"), &link["expiresAt"]));
    assert!(!one.to_string().contains(&token_of(&link)), "a link is shown once");

    let accept = json!({ "token": token_of(&link), "password": PASSWORD });
    hub.anyone().post("/api/invite/accept", accept).await.ok();
    manager.delete("/api/employees/FAR/invite").await.refused(403, "forbidden");
    assert_eq!(admin.delete("/api/employees/FAR/invite").await.status, 204);
    assert_eq!(listed(&admin).await, Vec::<String>::new());
}

#[tokio::test]
async fn nobody_becomes_somebody_whom_they_do_not_manage() {
    let (hub, admin, manager, team) = hub_with_newcomer().await;
    admin.create("E1", "employee", Some(&team)).await;
    newcomer(&admin, "BOSS2", "manager", &team).await;
    admin.create("OTHER", "employee", None).await;
    let employee = hub.sign_in("e1@example.org").await;
    let invite = async |by: &Api, code: &str| by.post(&format!("/api/employees/{code}/invite"), json!({})).await;
    invite(&employee, "NEW").await.refused(403, "forbidden");
    invite(&manager, "OTHER").await.refused(403, "forbidden");
    invite(&manager, "BOSS2").await.refused(403, "forbidden");
    invite(&manager, "E1").await.refused(409, "conflict");
    invite(&admin, "E1").await.ok();
    admin.delete("/api/employees/NEW").await.ok();
    invite(&admin, "NEW").await.refused(409, "conflict");
}

#[tokio::test]
async fn a_link_to_a_closed_account_is_void_and_a_weak_password_does_not_use_it_up() {
    let (hub, admin, manager, _) = hub_with_newcomer().await;
    let anyone = hub.anyone();
    let token = token_of(&manager.post("/api/employees/NEW/invite", json!({})).await.ok());
    let weak = json!({ "token": token, "password": "short" });
    assert_eq!(anyone.post("/api/invite/accept", weak).await.refused(422, "invalid")["fields"][0]["field"], "password");
    anyone.post("/api/invite", json!({ "token": token })).await.ok();
    admin.delete("/api/employees/NEW").await.ok();
    anyone.post("/api/invite", json!({ "token": token })).await.refused(404, "not_found");
    let accept = json!({ "token": token, "password": PASSWORD });
    anyone.post("/api/invite/accept", accept).await.refused(404, "not_found");
}

#[tokio::test]
async fn guessing_links_is_slowed_down() {
    let hub = TestHub::start();
    let anyone = hub.anyone();
    let mut refused = 0;
    for _ in 0..12 {
        let answer = anyone.post("/api/invite", json!({ "token": "guessed" })).await;
        refused += usize::from(answer.status == 429);
    }
    assert!(refused > 0);
}
