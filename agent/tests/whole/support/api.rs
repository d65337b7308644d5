//! The hub's REST interface, as far as these tests look at it.

use muster_protocol::UtcMillis;
use muster_protocol::agent::DurableEvent;
use serde_json::{Value, json};

use super::desktops::Picture;

/// Sums of one person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hours {
    pub active_ms: i64,
    pub idle_ms: i64,
    pub net_ms: i64,
}

/// Somebody who signed in.
#[derive(Clone)]
pub struct Api {
    base: String,
    http: reqwest::Client,
    token: String,
}

impl Api {
    /// `trusted` is the hub's certificate, in PEM, if it has one.
    pub async fn sign_in(base: &str, trusted: Option<&str>, email: &str, password: &str) -> Self {
        let trusted = trusted.map(|pem| reqwest::Certificate::from_pem(pem.as_bytes()).unwrap());
        let http = reqwest::Client::builder().no_proxy();
        let http = trusted.into_iter().fold(http, reqwest::ClientBuilder::add_root_certificate);
        let mut api = Self { base: base.to_owned(), http: http.build().unwrap(), token: String::new() };
        let signed_in = api.post("/api/auth/login", json!({ "email": email, "password": password })).await;
        api.token = signed_in["token"].as_str().unwrap().to_owned();
        api
    }

    pub async fn get(&self, path: &str) -> Value {
        self.send(self.http.get(format!("{}{path}", self.base))).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Value {
        self.send(self.http.post(format!("{}{path}", self.base)).json(&body)).await
    }

    pub async fn put(&self, path: &str, body: Value) -> Value {
        self.send(self.http.put(format!("{}{path}", self.base)).json(&body)).await
    }

    pub async fn delete(&self, path: &str) -> Value {
        self.send(self.http.delete(format!("{}{path}", self.base))).await
    }

    async fn send(&self, request: reqwest::RequestBuilder) -> Value {
        serde_json::from_slice(&self.bytes(request).await).unwrap_or(Value::Null)
    }

    async fn bytes(&self, request: reqwest::RequestBuilder) -> Vec<u8> {
        let response = request.bearer_auth(&self.token).send().await.unwrap();
        let status = response.status();
        let bytes = response.bytes().await.unwrap();
        assert!(status.is_success(), "{status} {}", String::from_utf8_lossy(&bytes));
        bytes.to_vec()
    }

    /// A code that makes one device one of `employee`.
    pub async fn code_for(&self, employee: &str) -> String {
        let code = self.post("/api/devices/codes", json!({ "employeeId": employee })).await;
        code["code"].as_str().unwrap().to_owned()
    }

    /// Settings of the whole organization.
    pub async fn set_policy(&self, settings: Value) {
        self.put("/api/policy", json!({ "scope": { "organization": true }, "settings": settings })).await;
    }

    /// Assigns an interval, which starts work.
    pub async fn assign_interval(&self, minutes: u8) {
        self.post("/api/capture-interval", json!({ "employeeId": "E1", "intervalMinutes": minutes })).await;
    }

    /// `WORKING`, `IDLE`, or nothing while `E1` is offline.
    pub async fn presence(&self) -> Option<String> {
        let all = self.get("/api/activity/live-status/all").await;
        let row = rows(&all).iter().find(|row| row["employeeId"] == "E1")?;
        row["currentStatus"].as_str().map(str::to_owned)
    }

    /// Hours of `E1` today, in milliseconds.
    pub async fn today(&self) -> Hours {
        let summary = self.get("/api/work/summary/today").await;
        let row = rows(&summary).iter().find(|row| row["employeeId"] == "E1").cloned().unwrap_or_default();
        let ms = |field: &str| row[field].as_i64().unwrap_or_default();
        Hours { active_ms: ms("activeMs"), idle_ms: ms("idleMs"), net_ms: ms("netMs") }
    }

    /// Everything that the hub committed of one spool.
    pub async fn events(&self, device: &str, boot: &str) -> Vec<DurableEvent> {
        let mut events = Vec::<DurableEvent>::new();
        loop {
            let after = events.last().map_or(0, |event| event.seq);
            let page = self.get(&format!("/api/devices/{device}/events?boot={boot}&after={after}")).await;
            let page: Vec<DurableEvent> = serde_json::from_value(page["events"].clone()).unwrap();
            if page.is_empty() {
                return events;
            }
            events.extend(page);
        }
    }

    /// Kinds of the segments of `E1` today, with the moments at which each began and ended.
    pub async fn segments(&self) -> Vec<(String, i64, i64)> {
        let segments = self.get("/api/work/segments?employee=E1").await;
        let moment = |row: &Value, field: &str| row[field].as_i64().unwrap();
        rows(&segments)
            .iter()
            .map(|row| (row["kind"].as_str().unwrap().to_owned(), moment(row, "from"), moment(row, "to")))
            .collect()
    }

    /// The screenshots of everybody, oldest first: when each was taken, and its id.
    pub async fn screenshots(&self) -> Vec<(UtcMillis, String)> {
        let list = self.get("/api/uploads/list").await;
        let taken_at = |row: &Value| UtcMillis(row["ts"].as_i64().unwrap());
        let mut shots: Vec<_> =
            rows(&list).iter().map(|row| (taken_at(row), row["id"].as_str().unwrap().to_owned())).collect();
        shots.sort();
        shots
    }

    /// The picture of a screenshot, as it was uploaded.
    pub async fn picture(&self, id: &str) -> Picture {
        Picture::decode(&self.bytes(self.http.get(format!("{}/api/uploads/{id}", self.base))).await)
    }
}

fn rows(page: &Value) -> &[Value] {
    page.as_array().or_else(|| page["items"].as_array()).map_or(&[], Vec::as_slice)
}
