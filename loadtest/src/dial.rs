//! Opens a WebSocket cheaply: small buffers, a chosen source address, and a deadline.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::time::Duration;

use tokio::net::{TcpSocket, TcpStream, lookup_host};
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::handshake::client::Request;
use tokio_tungstenite::tungstenite::http::{HeaderName, HeaderValue, header};
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::{WebSocketStream, client_async_with_config};

use crate::error::LoadtestError;

/// A plain WebSocket.
pub(crate) type Socket = WebSocketStream<TcpStream>;

/// From the first packet to the end of the handshake.
const DIAL_TIMEOUT: Duration = Duration::from_secs(10);
/// tungstenite reserves this eagerly for each socket; its default of 128 KiB would cost 1.3 GB for 10,000.
const READ_BUFFER_BYTES: usize = 1024;
/// More than one whole frame, so that a frame fits while a pong waits.
const WRITE_BUFFER_BYTES_MAX: usize = 2 * muster_protocol::limits::AGENT_FRAME_BYTES_MAX;

/// Where and how to knock.
pub(crate) struct Door<'a> {
    pub url: &'a str,
    pub subprotocol: &'static str,
    pub source: Option<Ipv4Addr>,
    /// Headers beside those of every handshake.
    pub headers: Vec<(HeaderName, String)>,
    /// The largest message that the hub may send here, in bytes.
    pub message_bytes_max: usize,
}

/// By which way a socket goes, and how much it reads at once.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Path {
    /// Connect here instead of to the host of the URL, whose name stays in the handshake.
    pub by: Option<SocketAddr>,
    /// Reserved eagerly, for each socket.
    pub read_buffer_bytes: usize,
}

/// Opens a socket that hears little. A refused handshake says its status and the hub's `Retry-After`.
pub(crate) async fn dial(door: Door<'_>) -> Result<Socket, LoadtestError> {
    dial_by(door, Path { by: None, read_buffer_bytes: READ_BUFFER_BYTES }).await
}

/// The same by a chosen way.
pub(crate) async fn dial_by(door: Door<'_>, path: Path) -> Result<Socket, LoadtestError> {
    let knocking = async {
        let request = handshake_request(&door)?;
        let stream = match path.by {
            None => connect(&request, &door).await?,
            Some(address) => TcpStream::connect(address).await.map_err(tokio_tungstenite::tungstenite::Error::Io)?,
        };
        stream.set_nodelay(true).map_err(tokio_tungstenite::tungstenite::Error::Io)?;
        let config = WebSocketConfig::default()
            .read_buffer_size(path.read_buffer_bytes)
            .write_buffer_size(0)
            .max_write_buffer_size(WRITE_BUFFER_BYTES_MAX)
            .max_message_size(Some(door.message_bytes_max))
            .max_frame_size(Some(door.message_bytes_max));
        let (socket, _) = client_async_with_config(request, stream, Some(config)).await?;
        Ok(socket)
    };
    let timed_out = || {
        LoadtestError::from(tokio_tungstenite::tungstenite::Error::Io(std::io::Error::from(
            std::io::ErrorKind::TimedOut,
        )))
    };
    tokio::time::timeout(DIAL_TIMEOUT, knocking).await.unwrap_or_else(|_| Err(timed_out()))
}

fn handshake_request(door: &Door<'_>) -> Result<Request, LoadtestError> {
    let bad_header = |_| address(door.url, "a header cannot be sent");
    let mut request = door.url.into_client_request()?;
    let headers = request.headers_mut();
    headers.insert(header::SEC_WEBSOCKET_PROTOCOL, HeaderValue::from_static(door.subprotocol));
    for (name, value) in &door.headers {
        headers.insert(name.clone(), HeaderValue::from_str(value).map_err(bad_header)?);
    }
    Ok(request)
}

async fn connect(request: &Request, door: &Door<'_>) -> Result<TcpStream, LoadtestError> {
    let uri = request.uri();
    if uri.scheme_str() != Some("ws") {
        return Err(address(door.url, "only ws:// is supported"));
    }
    let host = uri.host().ok_or_else(|| address(door.url, "it names no host"))?;
    let port = uri.port_u16().unwrap_or(80);
    let stream = match door.source {
        None => TcpStream::connect((host.trim_matches(['[', ']']), port)).await,
        Some(source) => connect_from(source, host, port).await,
    };
    Ok(stream.map_err(tokio_tungstenite::tungstenite::Error::Io)?)
}

async fn connect_from(source: Ipv4Addr, host: &str, port: u16) -> std::io::Result<TcpStream> {
    let target = lookup_host((host, port)).await?.find(SocketAddr::is_ipv4);
    let target = target.ok_or_else(|| std::io::Error::other("the hub has no IPv4 address"))?;
    let socket = TcpSocket::new_v4()?;
    socket.bind(SocketAddr::new(IpAddr::V4(source), 0))?;
    socket.connect(target).await
}

fn address(url: &str, reason: &'static str) -> LoadtestError {
    LoadtestError::Address { url: url.to_owned(), reason }
}
