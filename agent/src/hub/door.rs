//! Opening the agent door: handshake, hello, welcome.

use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use muster_protocol::agent::{AgentDown, AgentUp, Hello, SUBPROTOCOL, Welcome};
use muster_protocol::limits::NOTICE_CHARS_MAX;
use reqwest::Url;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::handshake::client::Request;
use tokio_tungstenite::tungstenite::http::{HeaderValue, header};
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{WebSocketStream, client_async_with_config};

use super::Network;
use super::dial::{Stream, dial};
use super::socket_end::SocketEnd;
use crate::keys::Token;

pub(super) type Socket = WebSocketStream<Box<dyn Stream>>;

/// From the first packet to the end of the handshake.
const DIAL_TIMEOUT: Duration = Duration::from_secs(15);
/// From hello to welcome.
const WELCOME_TIMEOUT: Duration = Duration::from_secs(10);
/// The kernel takes no more bytes for so long: the other end is gone, whatever TCP believes.
const SEND_TIMEOUT: Duration = Duration::from_secs(10);
/// The largest message from the hub: `welcome` with a notice of four-byte characters, escaped at worst.
const MESSAGE_BYTES_MAX: usize = 64 * 1024 + 6 * NOTICE_CHARS_MAX;
/// More than one whole frame, so that a frame fits while a beat waits.
const WRITE_BUFFER_BYTES_MAX: usize = 2 * muster_protocol::limits::AGENT_FRAME_BYTES_MAX;
const READ_BUFFER_BYTES: usize = 4 * 1024;

/// Dials, says hello and waits for the welcome.
pub(super) async fn open(
    network: &Network,
    agent_url: &str,
    token: &Token,
    hello: Hello,
) -> Result<(Socket, Box<Welcome>), SocketEnd> {
    let shaken = tokio::time::timeout(DIAL_TIMEOUT, shake_hands(network, agent_url, token)).await;
    let mut socket = shaken.unwrap_or_else(|_| Err(SocketEnd::broken("the hub does not answer")))?;
    send(&mut socket, text(&AgentUp::Hello(hello))).await?;
    let welcomed = tokio::time::timeout(WELCOME_TIMEOUT, welcome_of(&mut socket)).await;
    let welcome = welcomed.unwrap_or_else(|_| Err(SocketEnd::broken("the hub does not welcome this device")))?;
    Ok((socket, welcome))
}

async fn shake_hands(network: &Network, agent_url: &str, token: &Token) -> Result<Socket, SocketEnd> {
    let url = Url::parse(agent_url).map_err(SocketEnd::broken)?;
    let stream = dial(network, &url).await.map_err(SocketEnd::broken)?;
    let config = WebSocketConfig::default()
        .read_buffer_size(READ_BUFFER_BYTES)
        .write_buffer_size(0)
        .max_write_buffer_size(WRITE_BUFFER_BYTES_MAX)
        .max_message_size(Some(MESSAGE_BYTES_MAX))
        .max_frame_size(Some(MESSAGE_BYTES_MAX));
    let request = request(agent_url, token).map_err(|error| SocketEnd::not_opened(&error))?;
    let opened = client_async_with_config(request, stream, Some(config)).await;
    opened.map(|(socket, _)| socket).map_err(|error| SocketEnd::not_opened(&error))
}

fn request(agent_url: &str, token: &Token) -> Result<Request, Error> {
    let mut request = agent_url.into_client_request()?;
    let mut bearer = HeaderValue::from_str(&format!("Bearer {}", token.expose()))?;
    bearer.set_sensitive(true);
    request.headers_mut().insert(header::AUTHORIZATION, bearer);
    request.headers_mut().insert(header::SEC_WEBSOCKET_PROTOCOL, HeaderValue::from_static(SUBPROTOCOL));
    Ok(request)
}

/// The first message has to be `welcome`, unless the hub closes.
async fn welcome_of(socket: &mut Socket) -> Result<Box<Welcome>, SocketEnd> {
    let mut told = None;
    loop {
        match socket.next().await.transpose().map_err(SocketEnd::broken)? {
            Some(Message::Text(json)) => match serde_json::from_str(&json) {
                Ok(AgentDown::Welcome(welcome)) => return Ok(welcome),
                Ok(AgentDown::Close(close)) => told = Some(close),
                // Newer than this agent, or out of turn: the welcome may still come.
                _ => {}
            },
            Some(Message::Close(frame)) => return Err(SocketEnd::closed(told, frame)),
            None => return Err(SocketEnd::closed(told, None)),
            Some(_) => {}
        }
    }
}

/// A message as it goes over the wire.
pub(super) fn text(message: &AgentUp) -> Message {
    Message::text(serde_json::to_string(message).expect("a wire message is JSON"))
}

/// Sends within [`SEND_TIMEOUT`].
pub(super) async fn send(socket: &mut Socket, message: Message) -> Result<(), SocketEnd> {
    match tokio::time::timeout(SEND_TIMEOUT, socket.send(message)).await {
        Ok(sent) => sent.map_err(SocketEnd::broken),
        Err(_) => Err(SocketEnd::broken("the hub takes nothing any more")),
    }
}
