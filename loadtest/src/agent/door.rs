//! Opening the agent door: handshake, hello, welcome.

use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use muster_protocol::agent::{AgentDown, AgentUp, Display, Hello, SUBPROTOCOL, Welcome};
use muster_protocol::close::{CloseAction, CloseCode};
use muster_protocol::limits;
use tokio_tungstenite::tungstenite::http::header;
use tokio_tungstenite::tungstenite::{Error, Message};

use super::session::SessionEnd;
use super::{Observation, SimulatedAgent};
use crate::dial::{Door, Socket, dial};
use crate::error::LoadtestError;

/// `welcome` has to come within so long of `hello`.
const WELCOME_TIMEOUT: Duration = Duration::from_secs(10);
/// A half-open connection shows here: the kernel takes no more bytes.
const SEND_TIMEOUT: Duration = Duration::from_secs(10);
/// The largest message from the hub: `welcome` with a notice of four-byte characters.
const MESSAGE_BYTES_MAX: usize = 64 * 1024 + 4 * limits::NOTICE_CHARS_MAX;

impl SimulatedAgent {
    /// Dials, says hello and waits for the welcome.
    pub(super) async fn open(&mut self) -> Result<(Socket, Box<Welcome>), LoadtestError> {
        let started_us = self.around.clock.mono_us();
        let door = Door {
            url: &self.config.agent_url,
            subprotocol: SUBPROTOCOL,
            source: self.config.source,
            headers: vec![(header::AUTHORIZATION, format!("Bearer {}", self.config.identity.token.expose()))],
            message_bytes_max: MESSAGE_BYTES_MAX,
        };
        let mut socket = dial(door).await?;
        send(&mut socket, text(&AgentUp::Hello(self.hello()))).await?;
        let welcome = tokio::time::timeout(WELCOME_TIMEOUT, welcome_of(&mut socket)).await;
        let welcome =
            welcome.map_err(|_| LoadtestError::Unexpected { expected: "welcome", got: "silence".into() })??;
        let took_us = self.around.clock.mono_us().saturating_sub(started_us);
        let is_return = std::mem::replace(&mut self.has_connected, true);
        let observation = Observation::Welcomed { welcome: &welcome, took_us, is_return };
        self.around.observer.observe(&self.config.identity, &observation);
        Ok((socket, welcome))
    }

    fn hello(&self) -> Hello {
        Hello {
            agent_version: concat!("loadtest-", env!("CARGO_PKG_VERSION")).to_owned(),
            device_id: self.config.identity.device,
            boot_id: self.spool.boot(),
            os: ["Windows 11", "Debian 13", "macOS 16"][(self.config.seed % 3) as usize].to_owned(),
            displays: self.displays(),
            utc_offset_min: 0,
            next_seq: self.spool.next_seq(),
            sent_at: self.around.clock.utc(),
        }
    }

    fn displays(&self) -> Vec<Display> {
        let display = |number: u8| {
            let screen = self.desktop(u32::from(number))?.screen();
            Some(Display {
                track: u32::from(number),
                name: format!("Display {}", number + 1),
                width: screen.width,
                height: screen.height,
                primary: number == 0,
            })
        };
        self.config.habits.displays.numbers().filter_map(display).collect()
    }
}

/// The first message has to be `welcome`.
async fn welcome_of(socket: &mut Socket) -> Result<Box<Welcome>, LoadtestError> {
    loop {
        match socket.next().await.transpose()? {
            Some(Message::Text(json)) => match serde_json::from_str(&json) {
                Ok(AgentDown::Welcome(welcome)) => return Ok(welcome),
                Ok(AgentDown::Close(close)) => {
                    return Err(LoadtestError::Closed { code: close.code, reason: close.reason });
                }
                Ok(other) => return Err(LoadtestError::Unexpected { expected: "welcome", got: format!("{other:?}") }),
                Err(error) => return Err(LoadtestError::Unexpected { expected: "welcome", got: error.to_string() }),
            },
            Some(Message::Close(Some(frame))) => {
                return Err(LoadtestError::Closed { code: frame.code.into(), reason: frame.reason.to_string() });
            }
            Some(Message::Close(None)) | None => {
                return Err(LoadtestError::Unexpected { expected: "welcome", got: "the end of the socket".into() });
            }
            Some(_) => {}
        }
    }
}

/// What to do when the door did not open: wrong credentials stop, everything else is tried again.
pub(super) fn not_opened(error: &LoadtestError) -> SessionEnd {
    let code = match error {
        LoadtestError::Closed { code, .. } => Some(*code),
        LoadtestError::Socket(error) => match error.as_ref() {
            Error::Http(answer) if answer.status() == 401 => Some(CloseCode::Unauthorized.number()),
            Error::Http(answer) if answer.status() == 403 => Some(CloseCode::Revoked.number()),
            _ => None,
        },
        LoadtestError::Address { .. } => Some(CloseCode::ProtocolError.number()),
        _ => None,
    };
    SessionEnd::Closed {
        code,
        action: code.map_or(CloseAction::Reconnect, CloseCode::action_of),
        reason: error.to_string(),
        retry_after_ms: error.retry_after_ms(),
    }
}

/// A message as it goes over the wire.
pub(super) fn text(message: &AgentUp) -> Message {
    Message::text(serde_json::to_string(message).expect("a wire message is JSON"))
}

/// Sends within [`SEND_TIMEOUT`].
pub(super) async fn send(socket: &mut Socket, message: Message) -> Result<(), LoadtestError> {
    let sent = tokio::time::timeout(SEND_TIMEOUT, socket.send(message)).await;
    let timed_out = || std::io::Error::from(std::io::ErrorKind::TimedOut);
    Ok(sent.unwrap_or_else(|_| Err(Error::Io(timed_out())))?)
}
