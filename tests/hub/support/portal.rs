//! A browser's socket.

use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use muster_protocol::portal::{PortalDown, PortalUp, Scope};
use muster_protocol::presence::PresenceEntry;
use serde_json::json;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::handshake::client::Request;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

use super::Api;

pub type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

const PATIENCE: Duration = Duration::from_secs(15);

/// A portal that is signed in and subscribed.
pub struct Portal {
    pub socket: Socket,
    pub seq: u64,
    pub entries: Vec<PresenceEntry>,
    /// Every changed row that came, oldest first.
    pub history: Vec<PresenceEntry>,
}

/// Opens a socket without saying anything.
pub async fn connect(portal: &str, origin: &str) -> Result<Socket, Error> {
    tokio_tungstenite::connect_async(request(portal, origin)).await.map(|(socket, _)| socket)
}

/// The handshake of a page.
pub fn request(portal: &str, origin: &str) -> Request {
    let address = format!("{}/ws/portal", portal.replace("http://", "ws://"));
    let mut request = address.into_client_request().unwrap();
    let headers = request.headers_mut();
    headers.insert("Origin", origin.parse().unwrap());
    headers.insert("Sec-WebSocket-Protocol", "muster.portal.v1".parse().unwrap());
    request
}

impl Portal {
    /// Opens the socket of `api`'s person.
    pub async fn open(portal: &str, api: &Api, scope: Scope) -> Self {
        let ticket = api.post("/api/auth/ticket", json!({})).await.ok()["ticket"].as_str().unwrap().to_owned();
        let socket = connect(portal, portal).await.unwrap();
        let mut portal = Self { socket, seq: 0, entries: Vec::new(), history: Vec::new() };
        portal.say(&PortalUp::Authenticate { ticket }).await;
        assert!(matches!(portal.hear().await, PortalDown::Ready { .. }));
        portal.say(&PortalUp::Subscribe { presence: scope }).await;
        portal.wait_for(|portal| if portal.seq_known() { Ok(()) } else { Err("no state".to_owned()) }).await;
        portal
    }

    fn seq_known(&self) -> bool {
        !self.entries.is_empty()
    }

    pub async fn say(&mut self, message: &PortalUp) {
        self.socket.send(Message::Text(serde_json::to_string(message).unwrap().into())).await.unwrap();
    }

    /// The next message; pings are answered on the way.
    pub async fn hear(&mut self) -> PortalDown {
        loop {
            let heard = tokio::time::timeout(PATIENCE, self.socket.next()).await.expect("the hub says nothing");
            let message = match heard.expect("the socket is open").unwrap() {
                Message::Text(text) => serde_json::from_str(&text).unwrap(),
                other => panic!("{other:?}"),
            };
            match message {
                PortalDown::Ping => self.say(&PortalUp::Pong).await,
                message => return message,
            }
        }
    }

    /// Follows the roster until `check` is content; its error says why it is not.
    pub async fn wait_for(&mut self, check: impl Fn(&Self) -> Result<(), String>) {
        while let Err(reason) = check(self) {
            let heard = tokio::time::timeout(PATIENCE, self.hear()).await;
            match heard.unwrap_or_else(|_| panic!("{reason}")) {
                PortalDown::PresenceState { seq, entries, .. } => (self.seq, self.entries) = (seq, entries),
                PortalDown::PresenceDiff { seq, changed, gone, .. } => {
                    assert_eq!(seq, self.seq + 1, "a gap");
                    self.seq = seq;
                    let replaced = |entry: &PresenceEntry| changed.iter().any(|new| new.employee == entry.employee);
                    self.entries.retain(|entry| !replaced(entry) && !gone.contains(&entry.employee));
                    self.history.extend(changed.iter().cloned());
                    self.entries.extend(changed);
                }
                _ => {}
            }
        }
    }

    /// The row of one person.
    pub fn entry(&self, code: &str) -> Option<&PresenceEntry> {
        self.entries.iter().find(|entry| entry.employee.as_str() == code)
    }

    /// Waits until these displays of one person can be watched.
    pub async fn wait_for_tracks(&mut self, code: &str, tracks: &[u32]) {
        self.wait_for(|portal| {
            let shown = portal.entry(code).map(|entry| entry.tracks.clone());
            if shown.as_deref() == Some(tracks) {
                Ok(())
            } else {
                Err(format!("{code} shows {shown:?}, not {tracks:?}"))
            }
        })
        .await;
    }

    /// Waits until the status word of one person is `status`.
    pub async fn wait_for_status(&mut self, code: &str, status: &str) {
        self.wait_for(|portal| {
            let entry = portal.entry(code).map(|entry| serde_json::to_value(entry.status).unwrap());
            if entry == Some(json!(status)) { Ok(()) } else { Err(format!("{code} is {entry:?}, not {status}")) }
        })
        .await;
    }
}

/// Waits for the close frame.
pub async fn closed(socket: &mut Socket) -> Option<CloseFrame> {
    let wait = async {
        loop {
            match socket.next().await {
                Some(Ok(Message::Close(frame))) => return frame,
                Some(Ok(_)) => {}
                _ => return None,
            }
        }
    };
    tokio::time::timeout(PATIENCE, wait).await.expect("the socket stays open")
}
