//! Why a socket was closed and what its client does next.

use serde::{Deserialize, Serialize};

/// A WebSocket close code of Muster. 4000–4499 come back, 4500–4999 stop: a client needs no table, only the range.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u16)]
pub enum CloseCode {
    /// The hub shuts down; come back after the hinted delay.
    Shutdown = 4000,
    /// Acknowledgements stopped coming.
    Slow = 4001,
    /// Nothing was heard for too long, from the handshake on: a slow network is no reason to stop for good.
    NoPong = 4002,
    /// The hub has no room just now.
    Overloaded = 4003,
    /// Another node serves this session.
    Moved = 4004,
    /// No or wrong credentials.
    Unauthorized = 4500,
    /// The credentials ran out.
    Expired = 4501,
    /// The device or the person was deactivated, or the role changed.
    Revoked = 4502,
    /// A message that the protocol does not know.
    ProtocolError = 4503,
    /// A message over its stated size.
    TooLarge = 4504,
    /// More messages than the stated rate.
    TooFast = 4505,
    /// The same device opened a newer session.
    Replaced = 4506,
}

/// What the client does after a close.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CloseAction {
    /// Reconnect: after `retry_after_ms` if given, otherwise full jitter over `0..min(60 s, 1 s · 2^n)`.
    Reconnect,
    /// Stop, and tell the person why.
    Stop,
}

impl CloseCode {
    /// The number on the wire.
    #[must_use]
    pub const fn number(self) -> u16 {
        self as u16
    }

    /// What the client does next.
    #[must_use]
    pub const fn action(self) -> CloseAction {
        Self::action_of(self.number())
    }

    /// The same for a number that may be newer than this table.
    #[must_use]
    pub const fn action_of(number: u16) -> CloseAction {
        match number {
            4500..=4999 => CloseAction::Stop,
            _ => CloseAction::Reconnect,
        }
    }

    /// The reason in the close frame.
    #[must_use]
    pub const fn reason(self) -> &'static str {
        match self {
            Self::Shutdown => "shutdown",
            Self::Slow => "slow",
            Self::NoPong => "no pong",
            Self::Overloaded => "overloaded",
            Self::Moved => "moved",
            Self::Unauthorized => "unauthorized",
            Self::Expired => "expired",
            Self::Revoked => "revoked",
            Self::ProtocolError => "protocol error",
            Self::TooLarge => "too large",
            Self::TooFast => "too fast",
            Self::Replaced => "replaced",
        }
    }
}

/// The last message before a close frame, for clients that cannot read close codes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Close {
    pub code: u16,
    pub reason: String,
    pub action: CloseAction,
    /// With `shutdown`: each client gets another delay, so that they do not return all at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after_ms: Option<u64>,
}

impl Close {
    /// The message for `code`.
    #[must_use]
    pub fn new(code: CloseCode, retry_after_ms: Option<u64>) -> Self {
        Self { code: code.number(), reason: code.reason().to_owned(), action: code.action(), retry_after_ms }
    }
}
