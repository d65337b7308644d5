//! A REST client of the hub, for provisioning fleets, uploading as their devices and reading back what the hub has.
//!
//! It is typed by what the endpoints promise, not by the hub's own types: this crate is a stranger to the hub.

mod devices;
mod organization;
mod people;
mod uploads;
mod work;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use muster_protocol::{ErrorBody, ErrorCode};
use reqwest::{Method, RequestBuilder, Response, StatusCode};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

pub use devices::{EnrolledDevice, EnrolmentCode, EventRow};
pub use organization::{NoticeRow, Organization};
pub use people::{NewEmployee, Role, TeamRow};
pub use uploads::{ScreenshotRow, ScreenshotUpload};
pub use work::{NewCorrection, SegmentRow, SessionRow};

use crate::error::LoadtestError;
use crate::secret::Secret;

/// A request takes at most so long: Argon2 under load is the slowest that the hub does.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(60);
/// How often one request is sent again after "too many".
const WAITS_MAX: u32 = 5;
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// One caller of the hub's REST interface. Clones share connections and credentials.
#[derive(Clone, Debug)]
pub struct RestClient {
    http: reqwest::Client,
    portal_url: Arc<str>,
    credentials: Credentials,
}

#[derive(Clone, Debug)]
enum Credentials {
    None,
    Token(Secret),
    /// Signs in again when the access token has run out (after 15 minutes).
    Password(Arc<PasswordCredentials>),
}

#[derive(Debug)]
struct PasswordCredentials {
    email: String,
    password: Secret,
    token: Mutex<Secret>,
}

/// The answer of `POST /api/auth/login`.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SignedIn {
    pub token: Secret,
    #[serde(default)]
    pub refresh_token: Option<Secret>,
    /// Where this person's agents connect.
    pub agent_url: String,
}

/// The answer of `POST /api/auth/ticket`.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Ticket {
    pub ticket: Secret,
    #[serde(default)]
    pub expires_in_ms: Option<u64>,
}

impl RestClient {
    /// A client of the hub at `portal_url` ("http://127.0.0.1:4000"), not signed in.
    pub fn new(portal_url: &str) -> Result<Self, LoadtestError> {
        let http = reqwest::Client::builder().timeout(REQUEST_TIMEOUT).connect_timeout(CONNECT_TIMEOUT).build()?;
        Ok(Self { http, portal_url: portal_url.trim_end_matches('/').into(), credentials: Credentials::None })
    }

    /// The same client with a token of its own: an access token or, for uploads, a device token.
    #[must_use]
    pub fn with_token(&self, token: &Secret) -> Self {
        Self { credentials: Credentials::Token(token.clone()), ..self.clone() }
    }

    /// Signs in and returns a client that stays signed in, with the hub's answer.
    pub async fn sign_in(&self, email: &str, password: &Secret) -> Result<(Self, SignedIn), LoadtestError> {
        let answer = self.login(email, password).await?;
        let credentials = PasswordCredentials {
            email: email.to_owned(),
            password: password.clone(),
            token: Mutex::new(answer.token.clone()),
        };
        Ok((Self { credentials: Credentials::Password(Arc::new(credentials)), ..self.clone() }, answer))
    }

    /// A one-time ticket for `/ws/portal`.
    pub async fn ticket(&self) -> Result<Ticket, LoadtestError> {
        self.post("/api/auth/ticket", &serde_json::json!({})).await
    }

    /// The origin that this client talks to; also what a browser there would send as `Origin`.
    #[must_use]
    pub fn portal_url(&self) -> &str {
        &self.portal_url
    }

    /// `GET path?query`, answered by JSON.
    pub async fn get<T: DeserializeOwned>(&self, path: &str, query: &[(&str, String)]) -> Result<T, LoadtestError> {
        let response = self.call(&Method::GET, path, |request| request.query(query)).await?;
        Ok(response.json().await?)
    }

    /// `POST path` with a JSON body, answered by JSON.
    pub async fn post<T: DeserializeOwned>(&self, path: &str, body: &impl Serialize) -> Result<T, LoadtestError> {
        let response = self.call(&Method::POST, path, |request| request.json(body)).await?;
        Ok(response.json().await?)
    }

    /// Sends what `build` makes of the request. Signs in again if the access token has expired, and waits when the hub
    /// asks this account to slow down.
    async fn call(
        &self,
        method: &Method,
        path: &str,
        build: impl Fn(RequestBuilder) -> RequestBuilder,
    ) -> Result<Response, LoadtestError> {
        let name = format!("{method} {path}");
        let mut patience = WAITS_MAX;
        let mut may_sign_in = true;
        loop {
            let request = self.http.request(method.clone(), format!("{}{path}", self.portal_url));
            let request = match self.token() {
                Some(token) => request.bearer_auth(token.expose()),
                None => request,
            };
            let error = match accepted(&name, build(request).send().await?).await {
                Ok(response) => return Ok(response),
                Err(error) => error,
            };
            match &error {
                LoadtestError::Refused { code: Some(ErrorCode::Expired), .. } if may_sign_in => {
                    may_sign_in = false;
                    if !self.sign_in_again().await? {
                        return Err(error);
                    }
                }
                LoadtestError::Refused { status: 429, retry_after_ms: Some(wait_ms), .. } if patience > 0 => {
                    patience -= 1;
                    tokio::time::sleep(Duration::from_millis(*wait_ms)).await;
                }
                _ => return Err(error),
            }
        }
    }

    fn token(&self) -> Option<Secret> {
        match &self.credentials {
            Credentials::None => None,
            Credentials::Token(token) => Some(token.clone()),
            Credentials::Password(credentials) => {
                Some(credentials.token.lock().unwrap_or_else(PoisonError::into_inner).clone())
            }
        }
    }

    /// Renews the access token. False when there is no password to renew it with.
    async fn sign_in_again(&self) -> Result<bool, LoadtestError> {
        let Credentials::Password(credentials) = &self.credentials else { return Ok(false) };
        let answer = self.login(&credentials.email, &credentials.password).await?;
        *credentials.token.lock().unwrap_or_else(PoisonError::into_inner) = answer.token;
        Ok(true)
    }

    async fn login(&self, email: &str, password: &Secret) -> Result<SignedIn, LoadtestError> {
        let body = serde_json::json!({ "email": email, "password": password.expose() });
        let request = self.http.post(format!("{}/api/auth/login", self.portal_url)).json(&body);
        Ok(accepted("POST /api/auth/login", request.send().await?).await?.json().await?)
    }
}

/// The answer if it is a success, otherwise what the hub says about it.
async fn accepted(request: &str, response: Response) -> Result<Response, LoadtestError> {
    let status = response.status();
    if status.is_success() {
        return Ok(response);
    }
    let retry_after_ms = retry_after_ms(&response);
    let text = response.text().await.unwrap_or_default();
    let body: Option<ErrorBody> = serde_json::from_str(&text).ok();
    Err(LoadtestError::Refused {
        request: request.to_owned(),
        status: status.as_u16(),
        code: body.as_ref().map(|body| body.code),
        message: body.map_or_else(|| first_line(status, &text), |body| message_with_fields(&body)),
        retry_after_ms,
    })
}

fn retry_after_ms(response: &Response) -> Option<u64> {
    let header = response.headers().get(reqwest::header::RETRY_AFTER)?;
    header.to_str().ok()?.trim().parse::<u64>().ok().map(|seconds| seconds.saturating_mul(1000))
}

fn first_line(status: StatusCode, text: &str) -> String {
    let line = text.lines().next().unwrap_or_default().trim();
    if line.is_empty() { status.canonical_reason().unwrap_or("no reason").to_owned() } else { line.to_owned() }
}

fn message_with_fields(body: &ErrorBody) -> String {
    let fields: Vec<String> =
        body.fields.iter().take(3).map(|field| format!("{}: {}", field.field, field.message)).collect();
    if fields.is_empty() { body.message.clone() } else { format!("{} ({})", body.message, fields.join("; ")) }
}

/// One page of a list: the rows alone, as older clients get them, or with the cursor of the next page.
#[derive(Deserialize)]
#[serde(untagged)]
enum Page<T> {
    Rows(Vec<T>),
    #[serde(rename_all = "camelCase")]
    Paged {
        items: Vec<T>,
        #[serde(default, alias = "next")]
        next_cursor: Option<String>,
    },
}

/// Where a page of bare rows carries the cursor of the next one.
const NEXT_CURSOR_HEADER: &str = "x-next-cursor";
/// Rows asked for at once.
const PAGE_ROWS: usize = muster_protocol::limits::PAGE_ROWS_MAX;

impl RestClient {
    /// Every row of the list at `path`, page after page.
    pub async fn get_all<T: DeserializeOwned>(
        &self,
        path: &str,
        query: &[(&str, String)],
    ) -> Result<Vec<T>, LoadtestError> {
        let mut rows = Vec::new();
        let mut cursor: Option<String> = None;
        loop {
            let mut asked = query.to_vec();
            asked.push(("limit", PAGE_ROWS.to_string()));
            asked.extend(cursor.take().map(|cursor| ("cursor", cursor)));
            let response = self.call(&Method::GET, path, |request| request.query(&asked)).await?;
            let header = response.headers().get(NEXT_CURSOR_HEADER).and_then(|value| value.to_str().ok());
            let header_cursor = header.map(str::to_owned);
            match response.json::<Page<T>>().await? {
                Page::Rows(page) => {
                    rows.extend(page);
                    cursor = header_cursor;
                }
                Page::Paged { items, next_cursor } => {
                    rows.extend(items);
                    cursor = next_cursor.or(header_cursor);
                }
            }
            if cursor.is_none() {
                return Ok(rows);
            }
        }
    }
}
