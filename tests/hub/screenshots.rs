//! Screenshots: in, checked, stored once, shown to those who may, deleted with a receipt.

use muster_protocol::agent::AgentDown;
use muster_protocol::ids::ScreenshotId;
use serde_json::{Value, json};

use crate::support::agent::{Agent, Device, now};
use crate::support::pictures::jpeg;
use crate::support::{Api, TestHub};

async fn hub_with_employee() -> (TestHub, Api, Api) {
    let hub = TestHub::start();
    let admin = hub.admin().await;
    admin.create("E1", "employee", None).await;
    admin.create("E2", "employee", None).await;
    let employee = hub.sign_in("e1@example.org").await;
    (hub, admin, employee)
}

#[tokio::test]
async fn a_screenshot_is_stored_once_and_comes_back_as_it_was() {
    let (_hub, admin, employee) = hub_with_employee().await;
    let (picture, id, ts) = (jpeg(7), ScreenshotId::generate().to_string(), now().minus(5_000).to_string());
    let stored = employee.upload(picture.clone(), &[("ts", &ts), ("id", &id)]).await;
    assert_eq!(stored.status, 201);
    let stored = stored.ok();
    assert_eq!((&stored["id"], &stored["employeeId"]), (&json!(id), &json!("E1")));
    assert_eq!(stored["ts"].to_string(), ts);
    let again = employee.upload(picture.clone(), &[("ts", &ts), ("id", &id)]).await;
    assert_eq!(again.status, 201);

    let list = admin.get("/api/uploads/list?employeeId=E1").await.ok();
    assert_eq!(list.as_array().unwrap().len(), 1);
    let file = admin.get(list[0]["file"].as_str().unwrap()).await;
    assert_eq!(
        (file.header("content-type"), file.header("x-content-type-options")),
        (Some("image/jpeg"), Some("nosniff"))
    );
    assert_eq!(file.bytes, picture);
    let thumb = admin.get(list[0]["thumb"].as_str().unwrap()).await;
    assert!(thumb.bytes.starts_with(&[0xff, 0xd8]) && thumb.bytes.len() < picture.len());

    let recent = admin.get("/api/activity/recent").await.ok();
    assert_eq!((&recent[0]["employeeId"], &recent[0]["count"]), (&json!("E1"), &json!(1)));
    assert_eq!(recent[0]["latest"][0]["file"], list[0]["file"]);
}

#[tokio::test]
async fn nothing_on_disk_shows_a_picture() {
    let (hub, _, employee) = hub_with_employee().await;
    let picture = jpeg(3);
    employee.upload(picture.clone(), &[]).await.ok();
    let mut blobs = 0;
    let mut folders = vec![hub.data.join("blobs")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
            if entry.file_type().unwrap().is_dir() {
                folders.push(entry.path());
                continue;
            }
            let bytes = std::fs::read(entry.path()).unwrap();
            assert!(!bytes.windows(3).take(64).any(|window| window == [0xff, 0xd8, 0xff]), "a JPEG in the clear");
            assert!(!bytes.windows(64).any(|window| window == &picture[1000..1064]));
            blobs += 1;
        }
    }
    assert_eq!(blobs, 2, "the picture and its thumbnail");
}

#[tokio::test]
async fn what_is_no_picture_is_refused_and_leaves_nothing() {
    let (hub, admin, employee) = hub_with_employee().await;
    let whole = jpeg(1);
    let truncated = whole[..whole.len() / 2].to_vec();
    let mut bomb = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    bomb.extend_from_slice(&[0, 0, 0xff, 0xff, 0, 0, 0xff, 0xff, 8, 6, 0, 0, 0, 1, 2, 3, 4]);
    bomb.extend_from_slice(b"\0\0\0\0IDAT\x35\xaf\x06\x1e\0\0\0\0IEND\xae\x42\x60\x82");
    let cases: Vec<(&str, Vec<u8>, u16)> = vec![
        ("text", b"#!/bin/sh\nrm -rf /".to_vec(), 415),
        ("a GIF", b"GIF89a\x01\0\x01\0\0\0\0;".to_vec(), 415),
        ("half a JPEG", truncated, 415),
        ("a bomb", bomb, 413),
        ("9 MiB", [whole.clone(), vec![0; 9 << 20]].concat(), 413),
        ("nothing", Vec::new(), 422),
    ];
    for (what, bytes, status) in cases {
        let answer = employee.upload(bytes, &[]).await;
        assert_eq!(answer.status.as_u16(), status, "{what}: {}", answer.text());
    }
    let later = (now().0 + 600_000).to_string();
    employee.upload(jpeg(1), &[("ts", &later)]).await.refused(400, "in_the_future");
    employee.upload(jpeg(1), &[("ts", "yesterday")]).await.refused(422, "invalid");
    employee.upload(jpeg(1), &[("id", "../../etc/passwd")]).await.refused(422, "invalid");
    employee.upload(jpeg(1), &[("employeeId", "E2")]).await.refused(403, "forbidden");
    hub.anyone().upload(jpeg(1), &[]).await.refused(401, "unauthorized");
    assert_eq!(admin.get("/api/uploads/list").await.ok(), json!([]));
}

#[tokio::test]
async fn only_those_who_may_see_it_see_it() {
    let (hub, admin, employee) = hub_with_employee().await;
    let file = employee.upload(jpeg(1), &[]).await.ok()["file"].as_str().unwrap().to_owned();
    let other = hub.sign_in("e2@example.org").await;
    for path in [file.clone(), format!("{file}/thumb")] {
        hub.anyone().get(&path).await.refused(401, "unauthorized");
        other.get(&path).await.refused(403, "forbidden");
        assert_eq!(employee.get(&path).await.status, 200, "one's own");
        assert_eq!(admin.get(&path).await.status, 200);
    }
    assert_eq!(other.get("/api/uploads/list").await.ok(), json!([]));
    other.get("/api/uploads/list?employeeId=E1").await.refused(403, "forbidden");
    admin.get("/api/uploads/not-an-id").await.refused(404, "not_found");
}

#[tokio::test]
async fn without_an_acknowledged_notice_nothing_is_accepted() {
    let (_hub, admin, employee) = hub_with_employee().await;
    employee.upload(jpeg(1), &[]).await.ok();
    let version = admin.post("/api/notice", json!({ "text": "We take screenshots." })).await.ok()["version"].clone();
    employee.upload(jpeg(2), &[]).await.refused(403, "notice_not_acknowledged");
    employee.post("/api/notice/acknowledge", json!({ "version": version })).await.ok();
    employee.upload(jpeg(2), &[]).await.ok();
    admin.post("/api/notice", json!({ "text": "We take screenshots more often." })).await.ok();
    employee.upload(jpeg(3), &[]).await.refused(403, "notice_not_acknowledged");
}

#[tokio::test]
async fn an_agent_uploads_with_its_device_token_and_for_its_person_only() {
    let (_hub, admin, employee) = hub_with_employee().await;
    let device = Device::enrol(&employee).await;
    let agent = employee.with_token(&device.token);
    agent.upload(jpeg(1), &[]).await.ok();
    agent.upload(jpeg(1), &[("employeeId", "E2")]).await.refused(403, "forbidden");
    agent.get("/api/uploads/list").await.refused(403, "forbidden");
    let admins = Device::enrol(&admin).await;
    admin.with_token(&admins.token).get("/api/employees").await.refused(403, "forbidden");
}

#[tokio::test]
async fn a_deletion_removes_everything_and_leaves_a_receipt() {
    let (_hub, admin, employee) = hub_with_employee().await;
    let first = employee.upload(jpeg(1), &[]).await.ok();
    let second = employee.upload(jpeg(2), &[]).await.ok();
    employee.delete(first["file"].as_str().unwrap()).await.refused(403, "forbidden");
    let receipt = admin.delete(&format!("{}?reason=private", first["file"].as_str().unwrap())).await.ok();
    assert_eq!(receipt["seq"], 1);
    admin.get(first["file"].as_str().unwrap()).await.refused(404, "not_found");
    admin.get(first["thumb"].as_str().unwrap()).await.refused(404, "not_found");
    let next = admin.delete(second["file"].as_str().unwrap()).await.ok();
    assert_eq!(next["previousHash"], receipt["hash"], "a chain");
    let verified = admin.get("/api/receipts/verify").await.ok();
    assert_eq!(verified["seq"], 2, "{verified}");
}

#[tokio::test]
async fn lists_page_newest_first() {
    let (_hub, admin, employee) = hub_with_employee().await;
    let began = now().minus(100_000);
    for number in 0..5 {
        let ts = began.plus(number * 1_000).to_string();
        employee.upload(jpeg(number as u64), &[("ts", &ts)]).await.ok();
    }
    let mut seen = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = admin.get(&format!("/api/uploads/list?limit=2{cursor}")).await;
        let next = page.header("x-next-cursor").map(str::to_owned);
        seen.extend(page.ok().as_array().unwrap().iter().map(|row| row["ts"].as_i64().unwrap() - began.0));
        match next {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(seen, [4_000, 3_000, 2_000, 1_000, 0]);
    admin.get("/api/uploads/list?cursor=nonsense").await.refused(422, "invalid");
    admin.get("/api/uploads/list?limit=0").await.refused(422, "invalid");
}

#[tokio::test]
async fn a_manager_may_ask_for_one_now_and_the_person_sees_who_did() {
    let (hub, admin, employee) = hub_with_employee().await;
    let wish = async |id: &str| admin.post("/api/uploads/request", json!({ "employeeId": id })).await;
    wish("E1").await.refused(409, "conflict");
    let device = Device::enrol(&employee).await;
    let mut agent = Agent::connect(&hub, &device).await;
    let wished = wish("E1").await;
    assert_eq!(wished.status, 202);
    let wished = wished.ok()["requestId"].clone();
    let asked = agent.wait_for(|said| match said {
        AgentDown::TakeScreenshot { request_id } => Some(request_id.clone()),
        _ => None,
    });
    assert_eq!(asked.await, wished);
    for _ in 0..5 {
        assert_eq!(wish("E1").await.status, 202);
    }
    let refused = wish("E1").await;
    assert!(refused.header("retry-after").is_some());
    refused.refused(429, "too_many");
    wish("E2").await.refused(409, "conflict");

    let wishes = |record: &Value| {
        let is_wish = |entry: &&Value| entry["action"] == "screenshot_requested";
        record["items"].as_array().unwrap().iter().filter(is_wish).cloned().collect::<Vec<_>>()
    };
    let record = employee.wait_until("/api/me/audit", |record| wishes(record).len() == 6).await;
    assert_eq!(wishes(&record)[5]["details"]["request"], wished);
}
