//! A page of the portal: somebody who watches displays, or the person who is told of it.

use futures_util::{SinkExt, StreamExt};
use muster_protocol::frame::{FrameHeader, FrameKind};
use muster_protocol::portal::Tier;
use serde_json::{Value, json};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;

use super::desktops::{Picture, difference};
use super::{Api, eventually, holds};

/// What the page shows. The socket is served in the background until this is dropped.
pub struct Page {
    seen: watch::Receiver<Seen>,
    task: JoinHandle<()>,
}

#[derive(Default)]
struct Seen {
    /// Of the watched track.
    state: Value,
    /// Pictures that came, and those that came again as "the same".
    pictures: u64,
    /// Of all binary messages.
    bytes: u64,
    /// The watched display, as far as its parts are complete.
    screen: Option<Picture>,
    /// Bytes of a picture whose last part has not come yet.
    parts: Vec<u8>,
    /// `E1`, as presence has them.
    presence: Value,
    /// Names of those who watch the page's own person.
    watchers: Vec<String>,
}

impl Page {
    /// A page of `api`'s person that watches the first display of `E1`.
    pub async fn watch(hub: &str, api: &Api, tier: Tier) -> Self {
        Self::open(hub, api, json!([{ "employee": "E1", "track": 0, "tier": tier }])).await
    }

    /// A page that watches nothing.
    pub async fn own(hub: &str, api: &Api) -> Self {
        Self::open(hub, api, json!([])).await
    }

    async fn open(hub: &str, api: &Api, tracks: Value) -> Self {
        let ticket = api.post("/api/auth/ticket", json!({})).await["ticket"].clone();
        let address = format!("{}/ws/portal", hub.replace("http://", "ws://"));
        let mut request = address.into_client_request().unwrap();
        request.headers_mut().insert("Origin", hub.parse().unwrap());
        request.headers_mut().insert("Sec-WebSocket-Protocol", "muster.portal.v1".parse().unwrap());
        let (mut socket, _) = tokio_tungstenite::connect_async(request).await.unwrap();
        for message in [
            json!({ "type": "authenticate", "ticket": ticket }),
            json!({ "type": "subscribe", "presence": "all" }),
            json!({ "type": "watch", "tracks": tracks }),
        ] {
            socket.send(Message::text(message.to_string())).await.unwrap();
        }
        let (sender, seen) = watch::channel(Seen::default());
        let task = tokio::spawn(async move {
            while let Some(Ok(message)) = socket.next().await {
                let mut answer = None;
                sender.send_modify(|seen| answer = seen.take(&message));
                if let Some(answer) = answer
                    && socket.send(Message::text(answer.to_string())).await.is_err()
                {
                    return;
                }
            }
        });
        Self { seen, task }
    }

    /// The track's state, once it is `state`.
    pub async fn wait_for_state(&self, state: &str) -> Value {
        eventually(|| async {
            let seen = self.seen.borrow().state.clone();
            if seen["state"] == state { Ok(seen) } else { Err(seen.to_string()) }
        })
        .await
    }

    /// One more picture than there were.
    pub async fn wait_for_picture(&self) {
        let before = self.seen.borrow().pictures;
        eventually(|| async { holds(self.seen.borrow().pictures > before, before) }).await;
    }

    /// Bytes of what was sent of the watched display.
    pub fn bytes(&self) -> u64 {
        self.seen.borrow().bytes
    }

    /// Waits until the watched display looks like `expected`: off by less than `levels` of 256 in the mean.
    pub async fn wait_until_it_shows(&self, expected: &Picture, levels: f64) {
        eventually(|| async {
            let off = self.seen.borrow().screen.as_ref().map(|screen| difference(screen, expected));
            holds(off.is_some_and(|off| off < levels), off)
        })
        .await;
    }

    /// `E1`'s presence, once its status is `status`.
    pub async fn wait_for_presence(&self, status: &str) -> Value {
        eventually(|| async {
            let presence = self.seen.borrow().presence.clone();
            if presence["status"] == status { Ok(presence) } else { Err(presence.to_string()) }
        })
        .await
    }

    /// Waits until these watch the page's person, and nobody else.
    pub async fn wait_for_watchers(&self, names: &[&str]) {
        eventually(|| async {
            let watchers = self.seen.borrow().watchers.clone();
            holds(watchers == names, watchers)
        })
        .await;
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Seen {
    /// Takes in a message, and returns the answer to it.
    fn take(&mut self, message: &Message) -> Option<Value> {
        match message {
            Message::Binary(part) => Some(self.take_part(part)),
            Message::Text(text) => self.told(&serde_json::from_str(text).unwrap()),
            _ => None,
        }
    }

    fn told(&mut self, message: &Value) -> Option<Value> {
        match message["type"].as_str().unwrap() {
            "ping" => return Some(json!({ "type": "pong" })),
            "track_state" => self.state = message.clone(),
            "watchers" => {
                let names = message["people"].as_array().unwrap().iter().map(|person| person["name"].as_str().unwrap());
                self.watchers = names.map(str::to_owned).collect();
            }
            "presence_state" | "presence_diff" => {
                let entries = [&message["entries"], &message["changed"]].into_iter().filter_map(Value::as_array);
                if let Some(entry) = entries.flatten().find(|entry| entry["employee"] == "E1") {
                    self.presence = entry.clone();
                }
            }
            _ => {}
        }
        None
    }

    fn take_part(&mut self, part: &[u8]) -> Value {
        let (header, message_id, bytes) = FrameHeader::decode_down(part).unwrap();
        self.bytes += part.len() as u64;
        self.parts.extend_from_slice(bytes);
        if header.part + 1 >= header.parts {
            let body = std::mem::take(&mut self.parts);
            self.pictures += 1;
            self.paint(&header, &body);
        }
        json!({ "type": "ack", "message_id": message_id, "painted_at": 0 })
    }

    fn paint(&mut self, header: &FrameHeader, body: &[u8]) {
        match header.kind {
            FrameKind::Whole => self.screen = Some(Picture::decode(body)),
            FrameKind::Tiles => {
                let size = (usize::from(header.width), usize::from(header.height));
                let screen = self.screen.take().filter(|screen| (screen.width, screen.height) == size);
                let mut screen = screen.unwrap_or_else(|| Picture::black(size.0, size.1));
                screen.lay_tiles(body);
                self.screen = Some(screen);
            }
            FrameKind::Same => {}
        }
    }
}
