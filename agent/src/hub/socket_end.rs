//! How a socket ended, or why none opened, and what follows from it.

use muster_protocol::close::{Close, CloseAction, CloseCode};
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::tungstenite::{self, http};

/// The end of one attempt to be online.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SocketEnd {
    /// For a person.
    pub reason: String,
    pub action: CloseAction,
    /// How long the hub wants to be left alone.
    pub retry_after_ms: Option<u64>,
}

impl SocketEnd {
    /// Something broke on the way: come back.
    pub fn broken(reason: impl std::fmt::Display) -> Self {
        Self { reason: reason.to_string(), action: CloseAction::Reconnect, retry_after_ms: None }
    }

    /// The hub closed: what it said before says most, its close frame is the second best.
    pub fn closed(told: Option<Close>, frame: Option<CloseFrame>) -> Self {
        match (told, frame) {
            (Some(close), _) => Self {
                reason: in_words(close.code, &close.reason),
                action: close.action,
                retry_after_ms: close.retry_after_ms,
            },
            (None, Some(frame)) => {
                let code = frame.code.into();
                let action = CloseCode::action_of(code);
                Self { reason: in_words(code, &frame.reason), action, retry_after_ms: None }
            }
            (None, None) => Self::broken("the hub hung up"),
        }
    }

    /// The handshake failed.
    pub fn not_opened(error: &tungstenite::Error) -> Self {
        let tungstenite::Error::Http(answer) = error else { return Self::broken(error) };
        match answer.status().as_u16() {
            401 => Self::stopped("The hub does not know this device any more. Sign in again."),
            403 => Self::stopped("The hub does not let this device in. Ask whoever runs it, or sign in again."),
            status => Self {
                retry_after_ms: retry_after_ms(answer.headers()),
                ..Self::broken(format!("the hub answers {status}"))
            },
        }
    }

    fn stopped(reason: &str) -> Self {
        Self { reason: reason.to_owned(), action: CloseAction::Stop, retry_after_ms: None }
    }
}

/// The hub's `Retry-After`, which it gives in seconds.
pub(super) fn retry_after_ms(headers: &http::HeaderMap) -> Option<u64> {
    let seconds: u64 = headers.get("retry-after")?.to_str().ok()?.trim().parse().ok()?;
    Some(seconds.saturating_mul(1000))
}

/// A close code as its person should read it.
fn in_words(code: u16, reason: &str) -> String {
    let words = match code {
        4500 | 4501 => "The hub does not know this device any more. Sign in again.",
        4502 => "This device or account was deactivated. Ask whoever runs the hub, or sign in again.",
        4503..=4505 => {
            "The hub closed the connection because of a defect of this program. Please report it and restart it."
        }
        4506 => "Another agent has signed in as this device. This one has stopped.",
        4000 => "the hub shuts down",
        4003 => "the hub has no room just now",
        _ => {
            return if reason.is_empty() {
                format!("the hub closed ({code})")
            } else {
                format!("the hub closed: {reason}")
            };
        }
    };
    words.to_owned()
}

#[cfg(test)]
mod tests {
    use tokio_tungstenite::tungstenite::protocol::frame::coding;

    use super::*;

    fn frame(code: u16) -> CloseFrame {
        CloseFrame { code: coding::CloseCode::from(code), reason: "".into() }
    }

    #[test]
    fn the_range_of_a_code_says_what_follows() {
        for (code, action) in [
            (1000, CloseAction::Reconnect),
            (1006, CloseAction::Reconnect),
            (4000, CloseAction::Reconnect),
            (4499, CloseAction::Reconnect),
            (4500, CloseAction::Stop),
            (4506, CloseAction::Stop),
            (4999, CloseAction::Stop),
        ] {
            assert_eq!(SocketEnd::closed(None, Some(frame(code))).action, action, "{code}");
        }
    }

    #[test]
    fn what_the_hub_said_before_counts_more_than_the_frame() {
        let told = Close::new(CloseCode::Shutdown, Some(1_234));
        let end = SocketEnd::closed(Some(told), Some(frame(4500)));
        assert_eq!((end.action, end.retry_after_ms), (CloseAction::Reconnect, Some(1_234)));
    }

    #[test]
    fn a_refused_handshake_stops_or_waits() {
        for (status, action, retry_after_ms) in [
            (401, CloseAction::Stop, None),
            (403, CloseAction::Stop, None),
            (429, CloseAction::Reconnect, Some(7_000)),
            (503, CloseAction::Reconnect, Some(7_000)),
            (502, CloseAction::Reconnect, Some(7_000)),
        ] {
            let answer = http::Response::builder().status(status).header("Retry-After", "7").body(None).unwrap();
            let end = SocketEnd::not_opened(&tungstenite::Error::Http(Box::new(answer)));
            assert_eq!((end.action, end.retry_after_ms), (action, retry_after_ms), "{status}");
        }
    }
}
