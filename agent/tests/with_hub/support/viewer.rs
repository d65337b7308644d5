//! Somebody at the portal who watches one display.

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;

use super::{Api, eventually, holds};

/// What the viewer sees. The socket is served in the background until this is dropped.
pub struct Viewer {
    seen: watch::Receiver<Seen>,
    task: JoinHandle<()>,
}

#[derive(Clone, Debug, Default)]
struct Seen {
    state: Value,
    pictures: u64,
}

/// Of a media message on its way down: the message id follows the header.
const MESSAGE_ID_AT: usize = 32;

impl Viewer {
    pub async fn watch(hub: &str, api: &Api, employee: &str, track: u32) -> Self {
        let ticket = api.post("/api/auth/ticket", json!({})).await["ticket"].clone();
        let address = format!("{}/ws/portal", hub.replace("http://", "ws://"));
        let mut request = address.into_client_request().unwrap();
        request.headers_mut().insert("Origin", hub.parse().unwrap());
        request.headers_mut().insert("Sec-WebSocket-Protocol", "muster.portal.v1".parse().unwrap());
        let (mut socket, _) = tokio_tungstenite::connect_async(request).await.unwrap();
        let tracks = json!([{ "employee": employee, "track": track, "tier": "wall" }]);
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
                let answer = match message {
                    Message::Binary(picture) => {
                        sender.send_modify(|seen| seen.pictures += 1);
                        let id: [u8; 4] = picture[MESSAGE_ID_AT..MESSAGE_ID_AT + 4].try_into().unwrap();
                        Some(json!({ "type": "ack", "message_id": u32::from_le_bytes(id), "painted_at": 0 }))
                    }
                    Message::Text(text) => {
                        let message: Value = serde_json::from_str(&text).unwrap();
                        if message["type"] == "track_state" {
                            sender.send_modify(|seen| seen.state = message.clone());
                        }
                        (message["type"] == "ping").then(|| json!({ "type": "pong" }))
                    }
                    _ => None,
                };
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
    pub async fn wait_for_state(&mut self, state: &str) -> Value {
        eventually(|| async {
            let seen = self.seen.borrow().state.clone();
            if seen["state"] == state { Ok(seen) } else { Err(seen.to_string()) }
        })
        .await
    }

    /// One more picture than there were.
    pub async fn wait_for_picture(&mut self) {
        let before = self.seen.borrow().pictures;
        eventually(|| async {
            let seen = self.seen.borrow().clone();
            holds(seen.pictures > before, seen)
        })
        .await;
    }
}

impl Drop for Viewer {
    fn drop(&mut self) {
        self.task.abort();
    }
}
