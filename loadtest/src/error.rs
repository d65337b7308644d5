//! What can go wrong in this crate.

use muster_protocol::{EmployeeId, ErrorCode};

/// Every failure of the clients and scenarios here.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LoadtestError {
    /// The hub answered, and said no.
    #[error("{request} was refused with {status}: {message}")]
    Refused { request: String, status: u16, code: Option<ErrorCode>, message: String, retry_after_ms: Option<u64> },
    /// No answer, or none that could be read.
    #[error("no answer from the hub")]
    Http(#[from] reqwest::Error),
    #[error("the socket failed: {0}")]
    Socket(#[from] Box<tokio_tungstenite::tungstenite::Error>),
    #[error("{url} is no address of a hub: {reason}")]
    Address { url: String, reason: &'static str },
    #[error("the hub closed the socket with {code} ({reason})")]
    Closed { code: u16, reason: String },
    /// A message that the protocol does not allow at this point.
    #[error("expected {expected}, got {got}")]
    Unexpected { expected: &'static str, got: String },
    #[error("the hub gave no device for employee {0}")]
    NoDevice(EmployeeId),
    #[error("{path} could not be read or written")]
    File { path: String, source: std::io::Error },
    #[error("{path}, line {line}: {source}")]
    LedgerLine { path: String, line: usize, source: serde_json::Error },
    #[error("the picture could not be encoded: {0}")]
    Picture(#[from] jpeg_encoder::EncodingError),
    #[error("{0}")]
    Limit(String),
}

impl LoadtestError {
    /// A file or `/proc` entry that failed.
    pub(crate) fn file(path: impl Into<String>, source: std::io::Error) -> Self {
        Self::File { path: path.into(), source }
    }

    /// Whether the same request may succeed later: no answer, 429 or a failure of the hub itself.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Refused { status, .. } => *status == 429 || *status >= 500,
            Self::Http(error) => !error.is_builder(),
            _ => false,
        }
    }

    /// The hub's own hint when to try again.
    #[must_use]
    pub fn retry_after_ms(&self) -> Option<u64> {
        match self {
            Self::Refused { retry_after_ms, .. } => *retry_after_ms,
            Self::Socket(error) => retry_after_of_handshake(error),
            _ => None,
        }
    }

    /// A short name that failures are counted under.
    #[must_use]
    pub fn kind(&self) -> String {
        match self {
            Self::Refused { code: Some(code), status, .. } => format!("refused {status} {}", name_of(*code)),
            Self::Refused { status, .. } => format!("refused {status}"),
            Self::Http(error) if error.is_timeout() => "http timeout".to_owned(),
            Self::Http(error) if error.is_connect() => "http connect".to_owned(),
            Self::Http(_) => "http".to_owned(),
            Self::Socket(error) => format!("socket {}", name_of_socket_error(error)),
            Self::Closed { code, .. } => format!("closed {code}"),
            Self::Unexpected { .. } => "unexpected message".to_owned(),
            _ => "other".to_owned(),
        }
    }
}

impl From<tokio_tungstenite::tungstenite::Error> for LoadtestError {
    fn from(error: tokio_tungstenite::tungstenite::Error) -> Self {
        Self::Socket(Box::new(error))
    }
}

fn retry_after_of_handshake(error: &tokio_tungstenite::tungstenite::Error) -> Option<u64> {
    let tokio_tungstenite::tungstenite::Error::Http(answer) = error else { return None };
    let seconds: u64 = answer.headers().get("retry-after")?.to_str().ok()?.trim().parse().ok()?;
    Some(seconds.saturating_mul(1000))
}

fn name_of(code: ErrorCode) -> String {
    serde_json::to_value(code).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

fn name_of_socket_error(error: &tokio_tungstenite::tungstenite::Error) -> String {
    use tokio_tungstenite::tungstenite::Error;
    match error {
        Error::Io(error) => format!("{:?}", error.kind()),
        Error::Http(answer) => format!("handshake {}", answer.status().as_u16()),
        Error::Capacity(_) => "message too large".to_owned(),
        Error::Protocol(_) => "protocol".to_owned(),
        Error::ConnectionClosed | Error::AlreadyClosed => "closed".to_owned(),
        _ => "other".to_owned(),
    }
}
