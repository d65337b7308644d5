//! The hub's REST interface, as far as these tests look at it.

use muster_protocol::agent::DurableEvent;
use serde_json::{Value, json};

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
    pub async fn sign_in(base: &str, email: &str, password: &str) -> Self {
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        let mut api = Self { base: base.to_owned(), http, token: String::new() };
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
        let response = request.bearer_auth(&self.token).send().await.unwrap();
        let status = response.status();
        let text = response.text().await.unwrap();
        assert!(status.is_success(), "{status} {text}");
        serde_json::from_str(&text).unwrap_or(Value::Null)
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

    /// Ids of the screenshots of everybody, oldest first.
    pub async fn screenshots(&self) -> Vec<String> {
        let list = self.get("/api/uploads/list").await;
        let mut shots: Vec<_> = rows(&list)
            .iter()
            .map(|row| (row["ts"].as_i64().unwrap_or_default(), row["id"].as_str().unwrap().to_owned()))
            .collect();
        shots.sort();
        shots.into_iter().map(|(_, id)| id).collect()
    }
}

fn rows(page: &Value) -> &[Value] {
    page.as_array().or_else(|| page["items"].as_array()).map_or(&[], Vec::as_slice)
}
