//! REST as an older client speaks it: JSON and a bearer token.

use reqwest::multipart::{Form, Part};
use reqwest::{Method, RequestBuilder, StatusCode};
use serde_json::{Value, json};

/// A client, signed in or not.
#[derive(Clone, Debug)]
pub struct Api {
    base: String,
    http: reqwest::Client,
    pub token: Option<String>,
    /// The answer to the sign-in.
    pub signed_in: Value,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: reqwest::header::HeaderMap,
    pub bytes: Vec<u8>,
}

impl Answer {
    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|_| panic!("no JSON: {} {:?}", self.status, self.text()))
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    /// The body, after checking that all went well.
    #[track_caller]
    pub fn ok(self) -> Value {
        assert!(self.status.is_success(), "{} {}", self.status, self.text());
        self.json()
    }

    /// Checks a refusal: status and code, and that it can be found in the log.
    #[track_caller]
    pub fn refused(self, status: u16, code: &str) -> Value {
        assert_eq!((self.status.as_u16(), self.json()["code"].as_str()), (status, Some(code)), "{}", self.text());
        assert!(!self.json()["request_id"].as_str().unwrap().is_empty());
        self.json()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }
}

impl Api {
    pub fn new(base: &str) -> Self {
        Self::over(base, reqwest::Client::new())
    }

    /// A client that trusts what `http` trusts.
    pub fn over(base: &str, http: reqwest::Client) -> Self {
        Self { base: base.to_owned(), http, token: None, signed_in: Value::Null }
    }

    pub async fn sign_in(base: &str, email: &str, password: &str) -> Self {
        let mut api = Self::new(base);
        let body = json!({ "email": email, "password": password });
        api.signed_in = api.post("/api/auth/login", body).await.ok();
        api.token = Some(api.signed_in["token"].as_str().unwrap().to_owned());
        api
    }

    /// The same client with another token.
    pub fn with_token(&self, token: &str) -> Self {
        Self { token: Some(token.to_owned()), ..self.clone() }
    }

    /// The same client at another hub.
    pub fn at(&self, base: &str) -> Self {
        Self { base: base.to_owned(), ..self.clone() }
    }

    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.http.request(method, format!("{}{path}", self.base));
        match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    pub async fn send(&self, request: RequestBuilder) -> Answer {
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        Answer { status, headers, bytes: response.bytes().await.unwrap().to_vec() }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(self.request(Method::GET, path)).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.send(self.request(Method::POST, path).json(&body)).await
    }

    /// Asks until `check` is content.
    pub async fn wait_until(&self, path: &str, check: impl Fn(&Value) -> bool) -> Value {
        super::wait::eventually(async || {
            let body = self.get(path).await.ok();
            if check(&body) { Ok(body) } else { Err(format!("{path}: {body}")) }
        })
        .await
    }

    pub async fn patch(&self, path: &str, body: Value) -> Answer {
        self.send(self.request(Method::PATCH, path).json(&body)).await
    }

    pub async fn put(&self, path: &str, body: Value) -> Answer {
        self.send(self.request(Method::PUT, path).json(&body)).await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        self.send(self.request(Method::DELETE, path)).await
    }

    /// Uploads a screenshot as the older clients do, with further text fields.
    pub async fn upload(&self, picture: Vec<u8>, fields: &[(&str, &str)]) -> Answer {
        let part = Part::bytes(picture).file_name("../../etc/screen.jpg");
        let mut form = Form::new().part("screenshot", part);
        for (name, value) in fields {
            form = form.text((*name).to_owned(), (*value).to_owned());
        }
        self.send(self.request(Method::POST, "/api/uploads/screenshot").multipart(form)).await
    }

    /// Creates somebody who can sign in with the tests' password; the e-mail is `<code>@example.org`.
    pub async fn create(&self, code: &str, role: &str, team: Option<&str>) -> Value {
        let email = format!("{}@example.org", code.to_lowercase());
        let name = format!("{code} Example");
        let password = super::hub::PASSWORD;
        let mut body = json!({ "employeeId": code, "name": name, "email": email, "role": role, "password": password });
        if let Some(team) = team {
            body["teamId"] = json!(team);
            if role == "manager" {
                body["managedTeams"] = json!([team]);
            }
        }
        self.post("/api/employees", body).await.ok()
    }

    /// Creates a team and returns its id.
    pub async fn team(&self, name: &str) -> String {
        let team = self.post("/api/teams", json!({ "name": name })).await.ok();
        team["id"].as_str().unwrap().to_owned()
    }
}
