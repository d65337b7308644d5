//! Hours over REST: what is recorded, corrected, exported, and who may see it.

use muster_protocol::agent::EventKind;
use serde_json::{Value, json};

use crate::support::agent::{Device, event, now};
use crate::support::{Agent, Api, TestHub};

/// A finished session of ten minutes: active 300 s, idle 120 s, break 60 s, active 120 s; it ended a minute ago.
async fn worked(hub: &TestHub, employee: &Api) -> i64 {
    let began = now().minus(660_000);
    let kinds = [
        (0, EventKind::WorkStarted),
        (90, EventKind::WorkContinued),
        (180, EventKind::WorkContinued),
        (270, EventKind::WorkContinued),
        (300, EventKind::IdleBegan),
        (400, EventKind::WorkContinued),
        (420, EventKind::IdleEnded),
        (420, EventKind::BreakBegan),
        (480, EventKind::BreakEnded),
        (550, EventKind::WorkContinued),
        (600, EventKind::WorkStopped),
    ];
    let events = kinds.into_iter().zip(1..).map(|((second, kind), seq)| event(seq, began.plus(second * 1_000), kind));
    let device = Device::enrol(employee).await;
    Agent::connect(hub, &device).await.deliver(events.collect()).await;
    began.0
}

async fn hub_with_team() -> (TestHub, Api, Api, Api) {
    let hub = TestHub::start();
    let admin = hub.admin().await;
    let team = admin.team("Red").await;
    admin.create("M1", "manager", Some(&team)).await;
    admin.create("E1", "employee", Some(&team)).await;
    admin.create("E2", "employee", None).await;
    let (manager, employee) = (hub.sign_in("m1@example.org").await, hub.sign_in("e1@example.org").await);
    (hub, admin, manager, employee)
}

fn row_of<'a>(rows: &'a Value, code: &str) -> &'a Value {
    let rows = rows.as_array().unwrap();
    rows.iter().find(|row| row["employeeId"] == code).unwrap_or_else(|| panic!("no row of {code}: {rows:?}"))
}

#[tokio::test]
async fn the_summary_is_the_sum_of_the_segments_to_the_millisecond() {
    let (hub, _, manager, employee) = hub_with_team().await;
    let began = worked(&hub, &employee).await;
    let range = format!("from={}&to={}", began - 1_000, now());
    let summary = manager.get(&format!("/api/work/summary?{range}")).await.ok();
    let row = row_of(&summary, "E1");
    assert_eq!(row["activeMs"], 600_000);
    assert_eq!((&row["idleMs"], &row["netMs"]), (&json!(120_000), &json!(420_000)));
    assert_eq!((&row["breakSeconds"], &row["sessions"], &row["running"]), (&json!(60.0), &json!(1), &json!(false)));
    assert_eq!((&row["firstLogin"], &row["lastLogout"]), (&json!(began), &json!(began + 600_000)));

    let segments = manager.get(&format!("/api/work/segments?{range}&employee=E1")).await.ok();
    let segments = segments.as_array().unwrap();
    assert_eq!(segments.iter().map(|row| row["durationMs"].as_i64().unwrap()).sum::<i64>(), 600_000);
    let contiguous = segments.windows(2).all(|pair| pair[0]["to"] == pair[1]["from"]);
    assert!(contiguous, "{segments:?}");

    let half = format!("from={}&to={}", began + 150_000, began + 330_000);
    let clipped = manager.get(&format!("/api/work/summary?{half}")).await.ok();
    assert_eq!(
        (&row_of(&clipped, "E1")["activeMs"], &row_of(&clipped, "E1")["idleMs"]),
        (&json!(180_000), &json!(30_000))
    );
}

#[tokio::test]
async fn a_running_session_counts_up_to_the_last_sign_of_life() {
    let (_hub, admin, _, employee) = hub_with_team().await;
    let started = employee.post("/api/work/start", json!({})).await.ok();
    assert_eq!(started["running"], true);
    let again = employee.post("/api/work/start", json!({})).await.ok();
    assert_eq!(again["id"], started["id"]);
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    employee.post("/api/work/heartbeat", json!({ "idleDeltaSeconds": 0.1 })).await.ok();
    let today = admin.get("/api/work/summary/today").await.ok();
    let row = row_of(&today, "E1");
    assert_eq!((&row["running"], &row["lastLogout"], &row["idleMs"]), (&json!(true), &Value::Null, &json!(100)));
    assert!(row["activeMs"].as_i64().unwrap() >= 300);
    let sessions = admin.get("/api/work/sessions/today").await.ok();
    assert_eq!(row_of(&sessions, "E1")["id"], started["id"]);

    let stopped = employee.post("/api/work/stop", json!({})).await.ok();
    assert_eq!((&stopped["running"], &stopped["id"]), (&json!(false), &started["id"]));
    employee.post("/api/work/stop", json!({})).await.refused(409, "not_working");
    employee.post("/api/work/heartbeat", json!({})).await.refused(409, "not_working");
}

#[tokio::test]
async fn wrong_deltas_change_nothing() {
    let (_hub, admin, _, employee) = hub_with_team().await;
    employee.post("/api/work/start", json!({})).await.ok();
    for wrong in [json!(-1), json!(1e12), json!("ten"), json!([1])] {
        let refused = employee.post("/api/work/heartbeat", json!({ "idleDeltaSeconds": wrong })).await;
        assert_eq!(refused.refused(422, "invalid")["fields"][0]["field"], "idleDeltaSeconds");
    }
    let api = &employee;
    let raw = |body: &'static str| async move {
        let request =
            api.request(reqwest::Method::POST, "/api/work/heartbeat").header("Content-Type", "application/json");
        api.send(request.body(body)).await
    };
    raw("{").await.refused(400, "malformed");
    raw("{\"idleDeltaSeconds\": NaN}").await.refused(400, "malformed");
    assert_eq!(row_of(&admin.get("/api/work/summary/today").await.ok(), "E1")["idleMs"], 0);
}

#[tokio::test]
async fn a_correction_changes_what_counts_and_not_what_was_recorded() {
    let (hub, admin, manager, employee) = hub_with_team().await;
    let began = worked(&hub, &employee).await;
    let idle_was_work = json!({
        "employeeId": "E1", "from": began + 300_000, "to": began + 420_000, "kind": "active", "reason": "a phone call",
    });
    employee.post("/api/work/corrections", idle_was_work.clone()).await.refused(403, "forbidden");
    let made = manager.post("/api/work/corrections", idle_was_work.clone()).await.ok();
    assert_eq!((&made["author"], &made["reason"]), (&json!("M1"), &json!("a phone call")));
    let range = format!("from={}&to={}", began - 1_000, now());
    let summary = manager.get(&format!("/api/work/summary?{range}")).await.ok();
    assert_eq!((&row_of(&summary, "E1")["idleMs"], &row_of(&summary, "E1")["netMs"]), (&json!(0), &json!(540_000)));
    let recorded = manager.get(&format!("/api/work/sessions?{range}")).await.ok();
    assert_eq!(row_of(&recorded, "E1")["idleSeconds"], 120.0);
    let seen = employee.get(&format!("/api/work/corrections?{range}")).await.ok();
    assert_eq!(seen.as_array().unwrap().len(), 1, "the employee sees it");

    let with = |key: &str, value: Value| {
        let mut body = idle_was_work.clone();
        body[key] = value;
        body
    };
    for wrong in [
        with("reason", json!(" ")),
        with("to", json!(began)),
        with("to", json!(now().0 + 9_000_000)),
        with("kind", json!("sleep")),
    ] {
        manager.post("/api/work/corrections", wrong).await.refused(422, "invalid");
    }
    manager.post("/api/work/corrections", with("employeeId", json!("E2"))).await.refused(403, "forbidden");
    let audit = admin.get("/api/audit?action=time_corrected").await.ok();
    let entries = audit["items"].as_array().or_else(|| audit.as_array()).unwrap();
    assert_eq!((&entries[0]["actor"], &entries[0]["subject"]), (&json!("M1"), &json!("E1")));
}

#[tokio::test]
async fn reports_export_as_csv_and_xlsx_without_formulas() {
    let (hub, admin, _, _) = hub_with_team().await;
    admin.patch("/api/employees/E1", json!({ "name": "=HYPERLINK(\"http://evil.example\")" })).await.ok();
    let employee = hub.sign_in("e1@example.org").await;
    worked(&hub, &employee).await;
    let csv = admin.get("/api/work/summary?format=csv").await;
    assert!(csv.header("content-type").unwrap().starts_with("text/csv"));
    assert_eq!(csv.header("x-time-zone"), Some("UTC"));
    assert!(csv.text().starts_with("employeeId,name,date,activeSeconds"), "{}", csv.text());
    assert!(csv.text().contains("'=HYPERLINK"), "{}", csv.text());
    let xlsx = admin.get("/api/work/segments?format=xlsx").await;
    assert!(xlsx.bytes.starts_with(b"PK"), "an XLSX is a ZIP");
    assert!(xlsx.header("content-disposition").unwrap().contains("work-segments-"));
}

#[tokio::test]
async fn ranges_that_make_no_sense_are_refused() {
    let (_hub, admin, _, _) = hub_with_team().await;
    for range in ["from=yesterday", "from=2026-02-02&to=2026-02-01", "from=2020-01-01&to=2026-01-01", "format=pdf"] {
        admin.get(&format!("/api/work/summary?{range}")).await.refused(422, "invalid");
    }
}

#[tokio::test]
async fn the_export_of_ones_own_data_has_everything() {
    let (hub, _, manager, employee) = hub_with_team().await;
    let began = worked(&hub, &employee).await;
    employee.upload(crate::support::pictures::jpeg(1), &[]).await.ok();
    let correction =
        json!({ "employeeId": "E1", "from": began, "to": began + 1_000, "kind": "remove", "reason": "test" });
    manager.post("/api/work/corrections", correction).await.ok();
    let export = employee.get("/api/me/export").await.ok();
    let text = export.to_string();
    for part in ["devices", "corrections", "screenshots", "viewings", "presence"] {
        assert!(text.contains(&format!("\"{part}")), "{part} is missing");
    }
    assert!(!text.contains("argon2"), "no password hash leaves the hub");
}
