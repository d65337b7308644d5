//! Set-up, sign-in, renewal, sign-out.

use serde_json::json;

use crate::support::hub::PASSWORD;
use crate::support::{Api, HubBuilder, TestHub};

#[tokio::test]
async fn the_first_administrator_is_made_through_the_printed_link_and_only_once() {
    let folder = tempfile::tempdir().unwrap();
    let mut hub = HubBuilder::default().start_on(&folder.path().join("data"));
    let line = hub.line();
    let token = line.split("/setup#token=").nth(1).expect("a link").to_owned();
    assert_eq!(hub.anyone().get("/api/setup").await.ok(), json!({ "needed": true }));

    let body = |token: &str| {
        json!({
            "token": token, "organization": "Acme", "timeZone": "Europe/Berlin",
            "name": "Ada", "email": "ada@example.org", "password": PASSWORD,
        })
    };
    hub.anyone().post("/api/setup", body("guessed")).await.refused(404, "not_found");
    let wrong = json!({ "token": token, "organization": "", "timeZone": "Mars", "name": "A", "email": "x", "password": "short" });
    let refused = hub.anyone().post("/api/setup", wrong).await.refused(422, "invalid");
    let fields = refused["fields"].as_array().unwrap().iter().map(|field| field["field"].clone()).collect::<Vec<_>>();
    assert_eq!(fields, ["organization", "timeZone", "email", "password"]);

    hub.anyone().post("/api/setup", body(&token)).await.ok();
    assert_eq!(hub.anyone().get("/api/setup").await.ok(), json!({ "needed": false }));
    let again = hub.anyone().post("/api/setup", body(&token)).await;
    assert!([404, 409].contains(&again.status.as_u16()), "{}", again.text());
    let me = hub.sign_in("ada@example.org").await.get("/api/auth/me").await.ok();
    assert_eq!((&me["role"], &me["organization"]["timeZone"]), (&json!("admin"), &json!("Europe/Berlin")));
}

#[tokio::test]
async fn a_sign_in_answers_as_the_older_clients_expect() {
    let hub = TestHub::start();
    let admin = hub.admin().await;
    admin.create("INT2607", "employee", None).await;
    let by_username = json!({ "username": "int2607@EXAMPLE.org", "password": PASSWORD, "device": "tkinter" });
    let signed_in = hub.anyone().post("/api/auth/login/", by_username).await.ok();
    assert_eq!(signed_in["user"]["employeeId"], "INT2607");
    assert_eq!(signed_in["user"]["id"], 2);
    assert_eq!(signed_in["agentUrl"], hub.agents.as_str());
    assert!(signed_in["token"].is_string() && signed_in["refreshToken"].is_string());
}

#[tokio::test]
async fn wrong_passwords_and_unknown_people_are_refused_alike_and_not_for_ever() {
    let hub = TestHub::start();
    let anyone = hub.anyone();
    let attempt = |email: &str| anyone.post("/api/auth/login", json!({ "email": email, "password": "wrong password" }));
    let known = attempt("admin@example.org").await.refused(401, "wrong_credentials");
    let unknown = attempt("nobody@example.org").await.refused(401, "wrong_credentials");
    assert_eq!(known["message"], unknown["message"]);
    for _ in 0..8 {
        attempt("nobody@example.org").await;
    }
    let mut last = attempt("nobody@example.org").await;
    for _ in 0..5 {
        last = attempt("nobody@example.org").await;
    }
    assert!(last.header("retry-after").unwrap().parse::<u64>().unwrap() >= 1);
    last.refused(429, "too_many");
    hub.admin().await;
}

#[tokio::test]
async fn a_refresh_token_is_good_once_and_a_replayed_one_ends_the_sign_in() {
    let hub = TestHub::start();
    let admin = hub.admin().await;
    let first = admin.signed_in["refreshToken"].clone();
    let anyone = hub.anyone();
    let renew = |token: serde_json::Value| anyone.post("/api/auth/refresh", json!({ "refreshToken": token }));
    let second = renew(first.clone()).await.ok();
    let third = renew(second["refreshToken"].clone()).await.ok();
    let renewed = hub.anyone().with_token(third["token"].as_str().unwrap());
    renewed.get("/api/auth/me").await.ok();

    renew(first).await.refused(401, "unauthorized");
    renew(third["refreshToken"].clone()).await.refused(401, "unauthorized");
    renewed.get("/api/auth/me").await.refused(401, "unauthorized");
    renew(json!("nonsense")).await.refused(401, "unauthorized");
}

#[tokio::test]
async fn a_sign_out_ends_the_access_token_at_once() {
    let hub = TestHub::start();
    let admin = hub.admin().await;
    let other = hub.admin().await;
    admin.post("/api/auth/logout", json!({})).await.ok();
    admin.get("/api/auth/me").await.refused(401, "unauthorized");
    other.get("/api/auth/me").await.ok();
}

#[tokio::test]
async fn access_tokens_run_out() {
    let hub = HubBuilder::default().set("MUSTER__AUTH__ACCESS_TTL", "1s").start();
    let admin = hub.admin().await;
    crate::support::eventually(|| async {
        let answer = admin.get("/api/auth/me").await;
        if answer.status == 401 { Ok(answer) } else { Err("still accepted".to_owned()) }
    })
    .await
    .refused(401, "expired");
}

#[tokio::test]
async fn a_deactivated_person_and_a_changed_role_lose_their_tokens() {
    let hub = TestHub::start();
    let admin = hub.admin().await;
    admin.create("E1", "manager", None).await;
    let manager = hub.sign_in("e1@example.org").await;
    manager.get("/api/employees").await.ok();
    admin.patch("/api/employees/E1", json!({ "role": "employee" })).await.ok();
    manager.get("/api/auth/me").await.refused(401, "unauthorized");

    let employee = hub.sign_in("e1@example.org").await;
    employee.get("/api/employees").await.refused(403, "forbidden");
    admin.delete("/api/employees/E1").await.ok();
    employee.get("/api/auth/me").await.refused(401, "unauthorized");
    let login = json!({ "email": "e1@example.org", "password": PASSWORD });
    hub.anyone().post("/api/auth/login", login).await.refused(401, "wrong_credentials");
}

#[tokio::test]
async fn the_portals_cookies_need_their_csrf_header_and_their_own_origin() {
    let hub = TestHub::start();
    let login = json!({ "email": "admin@example.org", "password": PASSWORD, "portal": true });
    let signed_in = hub.anyone().post("/api/auth/login", login).await;
    let set = signed_in.headers.get_all("set-cookie").iter().map(|value| value.to_str().unwrap()).collect::<Vec<_>>();
    let find = |name: &str| *set.iter().find(|cookie| cookie.starts_with(name)).unwrap();
    assert!(find("muster_access=").contains("HttpOnly") && find("muster_refresh=").contains("HttpOnly"));
    assert!(!find("muster_csrf=").contains("HttpOnly") && find("muster_csrf=").contains("SameSite=Strict"));
    let pair = |name: &str| find(name).split(';').next().unwrap().to_owned();
    let cookies = format!("{}; {}", pair("muster_access="), pair("muster_csrf="));
    let csrf = pair("muster_csrf=").split_once('=').unwrap().1.to_owned();

    let api = hub.anyone();
    let post = || api.request(reqwest::Method::POST, "/api/users/heartbeat").header("Cookie", &cookies);
    api.send(post()).await.refused(403, "cross_site");
    api.send(post().header("X-CSRF-Token", "guessed")).await.refused(403, "cross_site");
    api.send(post().header("X-CSRF-Token", &csrf)).await.ok();
    api.send(post().header("X-CSRF-Token", &csrf).header("Origin", &hub.portal)).await.ok();
    let foreign = post().header("X-CSRF-Token", &csrf).header("Origin", "https://evil.example");
    api.send(foreign).await.refused(403, "cross_site");
    assert!(signed_in.json().get("token").is_none(), "tokens are in cookies only");
}

#[tokio::test]
async fn passwords_can_be_changed_by_those_who_know_the_old_one() {
    let hub = TestHub::start();
    let admin = hub.admin().await;
    let change = |current: &str| json!({ "currentPassword": current, "password": "a new password" });
    let wrong = admin.post("/api/me/password", change("not it")).await;
    assert!([401, 403, 422].contains(&wrong.status.as_u16()), "{}", wrong.text());
    admin.post("/api/me/password", change(PASSWORD)).await.ok();
    Api::sign_in(&hub.portal, "admin@example.org", "a new password").await;
}
