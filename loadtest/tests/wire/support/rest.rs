//! The portal door, answered by hand: one request after another, in the order in which they come.

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::soon;

pub struct FakeRest {
    listener: TcpListener,
}

/// A request that waits for its answer.
pub struct Request {
    stream: TcpStream,
    /// "POST /api/auth/login".
    pub line: String,
    pub head: String,
    pub body: Vec<u8>,
}

impl FakeRest {
    pub async fn open() -> Self {
        Self { listener: TcpListener::bind("127.0.0.1:0").await.unwrap() }
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.listener.local_addr().unwrap())
    }

    /// The next request. Each answer closes its connection, so the next request comes on a new one.
    pub async fn request(&self) -> Request {
        let (stream, _) = soon("a request", self.listener.accept()).await.unwrap();
        Request::read(stream).await.expect("a connection without a request")
    }
}

impl Request {
    /// Reads one request; `None` if the client closes before.
    pub async fn read(mut stream: TcpStream) -> Option<Self> {
        let mut bytes = Vec::new();
        let head_end = loop {
            if soon("a request's head", stream.read_buf(&mut bytes)).await.unwrap_or_default() == 0 {
                return None;
            }
            if let Some(at) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
                break at + 4;
            }
        };
        let head = String::from_utf8(bytes[..head_end].to_vec()).unwrap();
        let length: usize = header(&head, "content-length").map_or(0, |length| length.parse().unwrap());
        let mut body = bytes[head_end..].to_vec();
        while body.len() < length {
            if soon("a request's body", stream.read_buf(&mut body)).await.unwrap_or_default() == 0 {
                return None;
            }
        }
        let line = head.lines().next().unwrap().trim_end_matches(" HTTP/1.1").to_owned();
        Some(Self { stream, line, head, body })
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        header(&self.head, name)
    }

    /// A text field of a multipart form.
    pub fn field(&self, name: &str) -> Option<String> {
        let body = String::from_utf8_lossy(&self.body);
        let (_, after) = body.split_once(&format!("name=\"{name}\"\r\n"))?;
        let (_, value) =
            after.split_once("\r\n\r\n").filter(|(headers, _)| !headers.contains("--")).unwrap_or(("", after));
        value.trim_start_matches("\r\n").split("\r\n").next().map(str::to_owned)
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    /// Answers with `status`, more header lines (each with its line end), and a JSON body.
    pub async fn answer(mut self, status: u16, headers: &str, body: &serde_json::Value) {
        let body = body.to_string();
        let head = format!(
            "HTTP/1.1 {status} X\r\ncontent-type: application/json\r\nconnection: close\r\n{headers}content-length: {}\r\n\r\n",
            body.len()
        );
        self.stream.write_all(head.as_bytes()).await.unwrap();
        self.stream.write_all(body.as_bytes()).await.unwrap();
        self.stream.shutdown().await.unwrap();
    }
}

fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    head.lines()
        .filter_map(|line| line.split_once(": "))
        .find(|(key, _)| key.eq_ignore_ascii_case(name))
        .map(|(_, value)| value)
}
