//! A proxy between agent and hub that counts what goes through it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// An HTTP proxy: `CONNECT` for sockets, whole addresses for requests. It asks who comes.
pub struct Proxy {
    pub url: String,
    pub tunnels: Arc<AtomicU64>,
    pub requests: Arc<AtomicU64>,
}

/// `agent:secret`, as a proxy is told it.
const AUTHORIZATION: &str = "proxy-authorization: basic ywdlbnq6c2vjcmv0";

impl Proxy {
    pub async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://agent:secret@{}", listener.local_addr().unwrap());
        let (tunnels, requests) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicU64::new(0)));
        let counters = (tunnels.clone(), requests.clone());
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, counters.clone()));
            }
        });
        Self { url, tunnels, requests }
    }
}

async fn serve(stream: TcpStream, (tunnels, requests): (Arc<AtomicU64>, Arc<AtomicU64>)) {
    let mut client = BufReader::new(stream);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if client.read_line(&mut head).await.unwrap_or_default() == 0 {
            return;
        }
    }
    if !head.to_lowercase().contains(AUTHORIZATION) {
        let _ = client.write_all(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n").await;
        return;
    }
    let mut words = head.split(' ');
    let (method, target) = (words.next().unwrap().to_owned(), words.next().unwrap().to_owned());
    let address = target.trim_start_matches("http://").split('/').next().unwrap().to_owned();
    let Ok(mut hub) = TcpStream::connect(&address).await else { return };
    if method == "CONNECT" {
        tunnels.fetch_add(1, Ordering::SeqCst);
        client.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n").await.unwrap();
    } else {
        requests.fetch_add(1, Ordering::SeqCst);
        let path = target.trim_start_matches("http://").trim_start_matches(&address).to_owned();
        // One request for each connection, so that the next one is seen too.
        let head = head.replacen(&target, &path, 1).replacen("\r\n", "\r\nConnection: close\r\n", 1);
        hub.write_all(head.as_bytes()).await.unwrap();
    }
    let _ = tokio::io::copy_bidirectional(&mut client, &mut hub).await;
    let _ = client.shutdown().await;
    let _ = hub.read(&mut [0; 1]).await;
}
