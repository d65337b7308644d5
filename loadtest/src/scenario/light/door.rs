//! Opening the agent door: handshake, hello, welcome.

use std::net::Ipv4Addr;
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use muster_protocol::agent::{AgentDown, AgentUp, Display, Hello, SUBPROTOCOL, Welcome};
use muster_protocol::limits;
use tokio_tungstenite::tungstenite::http::header;
use tokio_tungstenite::tungstenite::{Error, Message};

use super::LightAgent;
use crate::agent::{Identity, Observation};
use crate::dial::{Door, Socket, dial};
use crate::error::LoadtestError;

/// `welcome` has to come within so long of `hello`.
const WELCOME_TIMEOUT: Duration = Duration::from_secs(10);
/// A half-open connection shows here: the kernel takes no more bytes.
const SEND_TIMEOUT: Duration = Duration::from_secs(10);
/// The largest message from the hub: `welcome` with a notice of four-byte characters.
const MESSAGE_BYTES_MAX: usize = 64 * 1024 + 4 * limits::NOTICE_CHARS_MAX;
/// The only display of a light agent.
pub(super) const TRACK: u32 = 0;

/// Dials, says `hello` and waits for the welcome.
pub(in crate::scenario) async fn open_door(
    url: &str,
    identity: &Identity,
    source: Option<Ipv4Addr>,
    hello: Hello,
) -> Result<(Socket, Box<Welcome>), LoadtestError> {
    let door = Door {
        url,
        subprotocol: SUBPROTOCOL,
        source,
        headers: vec![(header::AUTHORIZATION, format!("Bearer {}", identity.token.expose()))],
        message_bytes_max: MESSAGE_BYTES_MAX,
    };
    let mut socket = dial(door).await?;
    send(&mut socket, text(&AgentUp::Hello(hello))).await?;
    let welcome = tokio::time::timeout(WELCOME_TIMEOUT, welcome_of(&mut socket)).await;
    let welcome = welcome.map_err(|_| no_welcome("silence"))??;
    Ok((socket, welcome))
}

impl LightAgent {
    /// Opens the door, and tells how long it took.
    pub(super) async fn open(&mut self) -> Result<(Socket, Box<Welcome>), LoadtestError> {
        let started_us = self.around.clock.mono_us();
        let (url, identity) = (&self.config.agent_url, &self.config.identity);
        let (socket, welcome) = open_door(url, identity, self.config.source, self.hello()).await?;
        let took_us = self.around.clock.mono_us().saturating_sub(started_us);
        let is_return = std::mem::replace(&mut self.has_connected, true);
        self.observe(&Observation::Welcomed { welcome: &welcome, took_us, is_return });
        Ok((socket, welcome))
    }

    fn hello(&self) -> Hello {
        Hello {
            agent_version: concat!("loadtest-", env!("CARGO_PKG_VERSION"), "-light").to_owned(),
            device_id: self.config.identity.device,
            boot_id: self.spool.boot(),
            os: "none".to_owned(),
            displays: vec![Display {
                track: TRACK,
                name: "Display 1".to_owned(),
                width: limits::FOCUS_WIDTH_MAX,
                height: 1080,
                primary: true,
            }],
            utc_offset_min: 0,
            next_seq: self.spool.next_seq(),
            sent_at: self.around.clock.utc(),
        }
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
                Ok(other) => return Err(no_welcome(&format!("{other:?}"))),
                Err(error) => return Err(no_welcome(&error.to_string())),
            },
            Some(Message::Close(Some(frame))) => {
                return Err(LoadtestError::Closed { code: frame.code.into(), reason: frame.reason.to_string() });
            }
            Some(Message::Close(None)) | None => return Err(no_welcome("the end of the socket")),
            Some(_) => {}
        }
    }
}

fn no_welcome(got: &str) -> LoadtestError {
    LoadtestError::Unexpected { expected: "welcome", got: got.to_owned() }
}

/// A message as it goes over the wire.
pub(in crate::scenario) fn text(message: &AgentUp) -> Message {
    Message::text(serde_json::to_string(message).expect("a wire message is JSON"))
}

/// Sends within [`SEND_TIMEOUT`].
pub(in crate::scenario) async fn send(socket: &mut Socket, message: Message) -> Result<(), LoadtestError> {
    let sent = tokio::time::timeout(SEND_TIMEOUT, socket.send(message)).await;
    let timed_out = || std::io::Error::from(std::io::ErrorKind::TimedOut);
    Ok(sent.unwrap_or_else(|_| Err(Error::Io(timed_out())))?)
}
