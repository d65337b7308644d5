//! The REST calls of an agent: signing in, and one screenshot at a time.

use muster_protocol::{DeviceId, EmployeeId, ErrorBody, ErrorCode};
use reqwest::header::{AUTHORIZATION, HeaderValue};
use reqwest::multipart::{Form, Part};
use reqwest::{Body, RequestBuilder, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use super::account::Account;
use super::network::Network;
use super::socket_end::retry_after_ms;
use super::{address, device};
use crate::core::command::Credential;
use crate::keys::Token;
use crate::spool::StoredShot;

/// What came of a request that did not succeed.
#[derive(Debug, thiserror::Error)]
pub enum RestError {
    /// The hub refused. Without a code it was not a hub of ours that answered.
    #[error("{message}")]
    Refused { status: u16, code: Option<ErrorCode>, message: String, retry_after_ms: Option<u64> },
    #[error("the hub cannot be reached: {0}")]
    Unreachable(String),
    #[error("what answers there is no Muster hub")]
    NoHub,
    #[error(transparent)]
    Address(#[from] address::AddressError),
}

impl From<reqwest::Error> for RestError {
    fn from(error: reqwest::Error) -> Self {
        if error.is_decode() {
            return Self::NoHub;
        }
        // The innermost reason is the one that helps; the address around it may name a person.
        let mut reason: &dyn std::error::Error = &error;
        while let Some(source) = reason.source() {
            reason = source;
        }
        Self::Unreachable(reason.to_string())
    }
}

impl RestError {
    /// How long the hub wants to be left alone.
    #[must_use]
    pub const fn retry_after_ms(&self) -> Option<u64> {
        match self {
            Self::Refused { retry_after_ms, .. } => *retry_after_ms,
            _ => None,
        }
    }

    /// The hub's own word on why.
    #[must_use]
    pub const fn code(&self) -> Option<ErrorCode> {
        match self {
            Self::Refused { code, .. } => *code,
            _ => None,
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SignedIn {
    token: String,
    user: User,
}

#[derive(Deserialize)]
struct User {
    name: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Enrolled {
    token: String,
    employee_id: EmployeeId,
    agent_url: String,
}

/// Makes this installation a device of whoever `by` is. The hub is named as it was typed.
pub async fn sign_in(
    network: &Network,
    hub: &str,
    by: &Credential,
    device: DeviceId,
) -> Result<(Account, Token), RestError> {
    let hub = address::complete(hub)?;
    let mut body = json!({ "name": device::name(), "os": device::os(), "deviceId": device });
    let (enrolled, person) = match by {
        Credential::Code(code) => {
            body["code"] = json!(code.trim());
            let request = network.client.post(format!("{hub}/api/devices/enrol")).json(&body);
            (read::<Enrolled>(request).await?, None)
        }
        Credential::Password { email, password } => {
            let login = json!({ "email": email.trim(), "password": password });
            let signed_in: SignedIn = read(network.client.post(format!("{hub}/api/auth/login")).json(&login)).await?;
            let request = network.client.post(format!("{hub}/api/devices")).bearer_auth(signed_in.token).json(&body);
            (read::<Enrolled>(request).await?, Some(signed_in.user.name))
        }
    };
    let account = Account { hub, agent_url: enrolled.agent_url, employee_id: enrolled.employee_id, person };
    Ok((account, Token::new(&enrolled.token)))
}

/// Uploads one screenshot. Repeated, it is stored once.
pub async fn upload(
    network: &Network,
    hub: &str,
    token: &Token,
    shot: &StoredShot,
    jpeg: Vec<u8>,
) -> Result<(), RestError> {
    let length = jpeg.len() as u64;
    let picture = Part::stream_with_length(Body::from(jpeg), length)
        .file_name("screen.jpg")
        .mime_str("image/jpeg")
        .expect("image/jpeg is a media type");
    let form = Form::new()
        .text("id", shot.id.to_string())
        .text("ts", shot.taken_at.to_string())
        .text("track", shot.track.to_string())
        .part("screenshot", picture);
    let request = network.client.post(format!("{hub}/api/uploads/screenshot")).multipart(form);
    read::<Value>(authorized(request, token)).await.map(drop)
}

fn authorized(request: RequestBuilder, token: &Token) -> RequestBuilder {
    match HeaderValue::from_str(&format!("Bearer {}", token.expose())) {
        Ok(mut bearer) => {
            bearer.set_sensitive(true);
            request.header(AUTHORIZATION, bearer)
        }
        // A token that is no header is refused by the hub like any other wrong one.
        Err(_) => request,
    }
}

async fn read<T: serde::de::DeserializeOwned>(request: RequestBuilder) -> Result<T, RestError> {
    let response = request.send().await?;
    if response.status().is_success() {
        return Ok(response.json().await?);
    }
    Err(refusal(response).await)
}

async fn refusal(response: Response) -> RestError {
    let status = response.status().as_u16();
    let retry_after_ms = retry_after_ms(response.headers());
    match response.json::<ErrorBody>().await {
        Ok(body) => {
            let fields = body.fields.iter().map(|field| format!("; {}: {}", field.field, field.message));
            let message = format!("{}{}", body.message, fields.collect::<String>());
            RestError::Refused { status, code: Some(body.code), message, retry_after_ms }
        }
        Err(_) => {
            let message = format!("what answers there is no Muster hub (status {status})");
            RestError::Refused { status, code: None, message, retry_after_ms }
        }
    }
}
