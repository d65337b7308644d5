//! Every route × role: deny by default.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Api, TestHub};

/// Who asks, in the order of the columns below.
const WHO: [&str; 4] = ["nobody", "employee", "manager", "admin"];

/// What may come back instead of a refusal: the rest of the tests look at the answers.
const DONE: u16 = 0;

/// A route, and what each of [`WHO`] gets: a refusal's status, or [`DONE`] for anything but 401, 403 and 5xx.
type Row = (&'static str, &'static str, Value, [u16; 4]);

fn table() -> Vec<Row> {
    let all = [DONE, DONE, DONE, DONE];
    let signed_in = [401, DONE, DONE, DONE];
    let manager = [401, 403, DONE, DONE];
    let admin = [401, 403, 403, DONE];
    let own_and_teams = [401, DONE, DONE, DONE];
    vec![
        ("GET", "/healthz", Value::Null, all),
        ("GET", "/readyz", Value::Null, all),
        ("GET", "/api/setup", Value::Null, all),
        ("GET", "/api/openapi.json", Value::Null, all),
        ("GET", "/api/auth/me", Value::Null, signed_in),
        ("POST", "/api/auth/ticket", json!({}), signed_in),
        ("POST", "/api/users/heartbeat/", json!({}), signed_in),
        ("GET", "/api/org", Value::Null, signed_in),
        ("POST", "/api/org", json!({ "name": "Acme", "timeZone": "UTC" }), admin),
        ("GET", "/api/employees", Value::Null, manager),
        ("POST", "/api/employees", json!({ "name": "N", "email": "n@example.org", "role": "admin" }), admin),
        ("POST", "/api/employees/bulk", json!({ "employees": [] }), admin),
        ("POST", "/api/employees/import", json!({ "csv": "name,email\nA,admin@example.org\n" }), manager),
        ("POST", "/api/employees/MINE/invite", json!({}), manager),
        ("DELETE", "/api/employees/MINE/invite", Value::Null, manager),
        ("POST", "/api/employees/FOREIGN/invite", json!({}), admin),
        ("DELETE", "/api/employees/FOREIGN/invite", Value::Null, admin),
        ("POST", "/api/invite", json!({ "token": "unknown" }), all),
        ("POST", "/api/invite/accept", json!({ "token": "unknown", "password": "long enough" }), all),
        ("GET", "/api/employees/MINE", Value::Null, manager),
        ("GET", "/api/employees/FOREIGN", Value::Null, admin),
        ("PATCH", "/api/employees/MINE", json!({ "name": "New name" }), manager),
        ("PATCH", "/api/employees/FOREIGN", json!({ "name": "New name" }), admin),
        ("PATCH", "/api/employees/MINE", json!({ "role": "admin" }), [401, 403, 403, DONE]),
        ("POST", "/api/teams", json!({ "name": "Another" }), admin),
        ("GET", "/api/users/admin/users/online/", Value::Null, manager),
        ("GET", "/api/users/admin/users/MINE/online-status/", Value::Null, manager),
        ("GET", "/api/users/admin/users/FOREIGN/online-status/", Value::Null, admin),
        ("POST", "/api/users/admin/users/MINE/set-online-status/", json!({ "status": "idle" }), admin),
        ("POST", "/api/capture-interval", json!({ "employeeId": "MINE", "intervalMinutes": 5 }), manager),
        ("POST", "/api/capture-interval", json!({ "employeeId": "FOREIGN", "intervalMinutes": 5 }), admin),
        ("GET", "/api/work/summary/today", Value::Null, own_and_teams),
        ("GET", "/api/work/sessions/today", Value::Null, own_and_teams),
        ("GET", "/api/work/sessions?employees=MINE,BOSS", Value::Null, [401, 403, DONE, DONE]),
        ("GET", "/api/work/sessions?employees=MINE,FOREIGN", Value::Null, admin),
        ("GET", "/api/work/segments?employee=MINE", Value::Null, [401, 403, DONE, DONE]),
        ("GET", "/api/work/segments?employee=FOREIGN", Value::Null, admin),
        ("POST", "/api/work/start", json!({ "employeeId": "FOREIGN" }), [401, 403, 403, 403]),
        (
            "POST",
            "/api/work/corrections",
            json!({ "employeeId": "FOREIGN", "from": 1, "to": 2, "kind": "remove", "reason": "r" }),
            admin,
        ),
        ("GET", "/api/work/corrections?employee=FOREIGN", Value::Null, admin),
        ("GET", "/api/capture-intervals", Value::Null, own_and_teams),
        ("GET", "/api/presence/history", Value::Null, own_and_teams),
        ("GET", "/api/uploads/list?employeeId=FOREIGN", Value::Null, admin),
        ("GET", "/api/uploads/list?employeeId=MINE", Value::Null, manager),
        ("POST", "/api/uploads/request", json!({ "employeeId": "MINE" }), manager),
        ("POST", "/api/uploads/request", json!({ "employeeId": "FOREIGN" }), admin),
        ("GET", "/api/activity/recent", Value::Null, own_and_teams),
        ("GET", "/api/activity/live-status/all", Value::Null, own_and_teams),
        (
            "POST",
            "/api/activity/live-status",
            json!({ "employeeId": "FOREIGN", "status": "IDLE" }),
            [401, 403, 403, 403],
        ),
    ]
}

/// The other half: policy, notice, devices and records.
fn table_of_records() -> Vec<Row> {
    let signed_in = [401, DONE, DONE, DONE];
    let manager = [401, 403, DONE, DONE];
    let admin = [401, 403, 403, DONE];
    vec![
        ("PUT", "/api/policy", json!({ "scope": { "organization": true }, "settings": {} }), admin),
        ("POST", "/api/notice", json!({ "text": "Notice." }), admin),
        ("GET", "/api/notice", Value::Null, signed_in),
        ("GET", "/api/notice/acknowledgements", Value::Null, admin),
        ("GET", "/api/notice/versions", Value::Null, admin),
        ("GET", "/api/policy/layers", Value::Null, admin),
        ("POST", "/api/devices/bulk", json!({ "employeeIds": [], "name": "x" }), admin),
        ("GET", "/api/devices", Value::Null, signed_in),
        ("GET", "/api/devices?employee=MINE", Value::Null, manager),
        ("GET", "/api/devices?employee=FOREIGN", Value::Null, admin),
        ("GET", "/api/downloads", Value::Null, signed_in),
        ("GET", "/api/downloads/none.zip", Value::Null, signed_in),
        ("GET", "/api/system", Value::Null, admin),
        ("GET", "/api/me/audit", Value::Null, signed_in),
        ("GET", "/api/me/receipts", Value::Null, signed_in),
        ("POST", "/api/devices/codes", json!({ "employeeId": "FOREIGN" }), admin),
        ("GET", "/api/invitations", Value::Null, manager),
        ("GET", "/api/audit", Value::Null, admin),
        ("GET", "/api/receipts", Value::Null, admin),
        ("GET", "/api/receipts?order=newest", Value::Null, admin),
        ("GET", "/api/retention/preview?screenshotsDays=90&workDays=400&auditDays=400", Value::Null, admin),
        ("GET", "/api/viewings", Value::Null, signed_in),
        ("GET", "/api/alerts", Value::Null, signed_in),
        ("GET", "/api/alerts?employee=MINE", Value::Null, manager),
        ("GET", "/api/alerts?employee=FOREIGN", Value::Null, admin),
        ("GET", "/api/alerts/settings", Value::Null, admin),
        ("PUT", "/api/alerts/settings", json!({}), admin),
        ("GET", "/api/me/export", Value::Null, signed_in),
    ]
}

/// Who may watch whom over REST.
fn live_table() -> Vec<Row> {
    let (manager, admin) = ([401, 403, DONE, DONE], [401, 403, 403, DONE]);
    vec![
        ("POST", "/api/live/MINE/watch", json!({ "seconds": 1 }), manager),
        ("GET", "/api/live/MINE/0/frame", Value::Null, manager),
        ("GET", "/api/live/MINE/0/history", Value::Null, manager),
        ("GET", "/api/live/MINE/0/history/1", Value::Null, manager),
        ("DELETE", "/api/live/MINE/watch", Value::Null, manager),
        ("POST", "/api/live/FOREIGN/watch", json!({ "seconds": 1 }), admin),
        ("GET", "/api/live/FOREIGN/0/frame", Value::Null, admin),
        ("GET", "/api/live/FOREIGN/0/history", Value::Null, admin),
        ("GET", "/api/live/FOREIGN/0/history/1", Value::Null, admin),
        ("DELETE", "/api/live/FOREIGN/watch", Value::Null, admin),
    ]
}

#[tokio::test]
async fn every_route_refuses_those_who_may_not() {
    let hub = TestHub::start();
    let admin = hub.admin().await;
    let (mine, other) = (admin.team("Mine").await, admin.team("Other").await);
    admin.create("BOSS", "manager", Some(&mine)).await;
    admin.create("MINE", "employee", Some(&mine)).await;
    admin.create("FOREIGN", "employee", Some(&other)).await;
    admin.create("ASKER", "employee", Some(&mine)).await;
    let callers = [hub.anyone(), hub.sign_in("asker@example.org").await, hub.sign_in("boss@example.org").await, admin];

    let mut wrong = Vec::new();
    for (method, path, body, expected) in table().into_iter().chain(table_of_records()).chain(live_table()) {
        // The administrator last: what is done may change what the others see.
        for (who, (caller, expected)) in WHO.iter().zip(callers.iter().zip(expected)) {
            let status = ask(caller, method, path, &body).await;
            let right = match expected {
                DONE => !matches!(status, 401 | 403 | 405 | 500..),
                refusal => status == refusal,
            };
            if !right {
                wrong.push(format!("{who} {method} {path}: {status} instead of {expected}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

async fn ask(caller: &Api, method: &str, path: &str, body: &Value) -> u16 {
    let mut request = caller.request(Method::from_bytes(method.as_bytes()).unwrap(), path);
    if !body.is_null() {
        request = request.json(body);
    }
    caller.send(request).await.status.as_u16()
}

#[tokio::test]
async fn no_route_of_the_document_answers_a_stranger() {
    let hub = TestHub::start();
    let document = hub.anyone().get("/api/openapi.json").await.ok();
    let open = [
        "/api/auth/login",
        "/api/auth/refresh",
        "/api/setup",
        "/api/devices/enrol",
        "/api/invite",
        "/api/invite/accept",
        "/healthz",
        "/readyz",
        "/metrics",
    ];
    let mut checked = 0;
    for (path, operations) in document["paths"].as_object().unwrap() {
        if open.contains(&path.as_str()) {
            continue;
        }
        let concrete = path.replace("{id}", "0190d5a8-0000-7000-8000-000000000000");
        for method in operations
            .as_object()
            .unwrap()
            .keys()
            .filter(|key| ["get", "post", "put", "patch", "delete"].contains(&key.as_str()))
        {
            let status = ask(&hub.anyone(), &method.to_uppercase(), &concrete, &Value::Null).await;
            assert_eq!(status, 401, "{method} {path}");
            checked += 1;
        }
    }
    assert!(checked > 40, "{checked} operations");
}

#[tokio::test]
async fn a_manager_only_makes_employees_of_the_own_teams() {
    let hub = TestHub::start();
    let admin = hub.admin().await;
    let (mine, other) = (admin.team("Mine").await, admin.team("Other").await);
    admin.create("BOSS", "manager", Some(&mine)).await;
    let boss = hub.sign_in("boss@example.org").await;
    let new = |code: &str, role: &str, team: &str| json!({ "employeeId": code, "name": code, "email": format!("{code}@example.org"), "role": role, "teamId": team });
    boss.post("/api/employees", new("OK", "employee", &mine)).await.ok();
    boss.post("/api/employees", new("X1", "employee", &other)).await.refused(403, "forbidden");
    boss.post("/api/employees", new("X2", "manager", &mine)).await.refused(403, "forbidden");
    boss.patch("/api/employees/OK", json!({ "teamId": other })).await.refused(403, "forbidden");
    boss.patch("/api/employees/BOSS", json!({ "name": "Bigger boss" })).await.refused(403, "forbidden");
    admin.post("/api/employees", new("OK", "employee", &mine)).await.refused(409, "conflict");
    let taken = json!({ "employeeId": "X3", "name": "X", "email": "OK@EXAMPLE.ORG", "role": "employee" });
    admin.post("/api/employees", taken).await.refused(409, "conflict");
    for (field, value) in
        [("email", json!("no address")), ("name", json!("")), ("role", json!("king")), ("employeeId", json!("../x"))]
    {
        let mut body = new("X4", "employee", &mine);
        body[field] = value;
        assert_eq!(admin.post("/api/employees", body).await.refused(422, "invalid")["fields"][0]["field"], field);
    }
}
