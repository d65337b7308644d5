//! Opens a byte stream to the hub: straight or through a proxy, encrypted or not.

use std::sync::Arc;

use reqwest::Url;
use rustls::pki_types::ServerName;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use super::Network;
use super::proxy::authorization;

/// The head of a proxy's answer, in bytes.
const PROXY_ANSWER_BYTES_MAX: usize = 8 * 1024;

/// Whatever carries bytes both ways.
pub(super) trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Stream for T {}

/// Connects to the host of `url` (`ws` or `wss`). The caller sets the deadline.
pub(super) async fn dial(network: &Network, url: &Url) -> std::io::Result<Box<dyn Stream>> {
    let host = url.host_str().ok_or_else(|| std::io::Error::other("the address names no host"))?;
    let port = url.port_or_known_default().ok_or_else(|| std::io::Error::other("the address names no port"))?;
    let stream = match network.proxies.for_target(url) {
        None => TcpStream::connect((bare(host), port)).await?,
        Some(proxy) => through(proxy, host, port).await?,
    };
    stream.set_nodelay(true)?;
    if url.scheme() != "wss" {
        return Ok(Box::new(stream));
    }
    let name = ServerName::try_from(bare(host).to_owned()).map_err(std::io::Error::other)?;
    let encrypted = TlsConnector::from(Arc::clone(&network.tls)).connect(name, stream).await?;
    Ok(Box::new(encrypted))
}

/// An IPv6 address without its brackets.
fn bare(host: &str) -> &str {
    host.trim_matches(['[', ']'])
}

/// Asks `proxy` to connect us with `host`.
async fn through(proxy: &Url, host: &str, port: u16) -> std::io::Result<TcpStream> {
    let proxy_host = bare(proxy.host_str().unwrap_or_default());
    let mut stream = TcpStream::connect((proxy_host, proxy.port_or_known_default().unwrap_or(80))).await?;
    let identity = authorization(proxy).map(|value| format!("Proxy-Authorization: {value}\r\n")).unwrap_or_default();
    let request = format!("CONNECT {host}:{port} HTTP/1.1\r\nHost: {host}:{port}\r\n{identity}\r\n");
    stream.write_all(request.as_bytes()).await?;
    let mut answer = Vec::new();
    while !answer.ends_with(b"\r\n\r\n") {
        if answer.len() >= PROXY_ANSWER_BYTES_MAX {
            return Err(std::io::Error::other("the proxy does not come to an end"));
        }
        // Byte by byte: what follows the answer belongs to the hub.
        answer.push(stream.read_u8().await?);
    }
    let head = String::from_utf8_lossy(&answer);
    let first_line = head.lines().next().unwrap_or_default();
    match first_line.split(' ').nth(1) {
        Some(status) if status.starts_with('2') => Ok(stream),
        _ => Err(std::io::Error::other(format!("the proxy says: {first_line}"))),
    }
}
