//! An agent that does what a test tells it, and nothing else.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use futures_util::{SinkExt, StreamExt};
use muster_protocol::agent::{AgentDown, AgentUp, Beat, BeatState, DurableEvent, EventKind, Events, Hello, Welcome};
use muster_protocol::{BootId, DeviceId, UtcMillis};
use serde_json::json;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::{Error, Message};

use super::portal::Socket;
use super::{Api, TestHub};

const PATIENCE: Duration = Duration::from_secs(15);

/// An enrolled device and its token.
#[derive(Clone, Debug)]
pub struct Device {
    pub id: DeviceId,
    pub token: String,
    pub boot: BootId,
}

impl Device {
    /// A device of whoever is signed in.
    pub async fn enrol(api: &Api) -> Self {
        let device = api.post("/api/devices", json!({ "name": "desk", "os": "linux" })).await.ok();
        Self {
            id: device["deviceId"].as_str().unwrap().parse().unwrap(),
            token: device["token"].as_str().unwrap().to_owned(),
            boot: BootId::generate(),
        }
    }
}

/// A socket that has been welcomed.
pub struct Agent {
    pub socket: Socket,
    pub welcome: Welcome,
    pub device: Device,
}

/// The test machine's clock.
pub fn now() -> UtcMillis {
    let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    UtcMillis(i64::try_from(since_epoch.as_millis()).unwrap())
}

pub fn hello(device: &Device) -> Hello {
    Hello {
        agent_version: "test".to_owned(),
        device_id: device.id,
        boot_id: device.boot,
        os: "linux".to_owned(),
        displays: Vec::new(),
        utc_offset_min: 0,
        next_seq: 1,
        sent_at: now(),
    }
}

/// Knocks at the agent door.
pub async fn knock(url: &str, token: &str) -> Result<Socket, Error> {
    let mut request = url.into_client_request().unwrap();
    let headers = request.headers_mut();
    headers.insert("Authorization", format!("Bearer {token}").parse().unwrap());
    headers.insert("Sec-WebSocket-Protocol", "muster.agent.v1".parse().unwrap());
    tokio_tungstenite::connect_async(request).await.map(|(socket, _)| socket)
}

pub async fn say(socket: &mut Socket, message: &AgentUp) {
    socket.send(Message::Text(serde_json::to_string(message).unwrap().into())).await.unwrap();
}

impl Agent {
    pub async fn connect(hub: &TestHub, device: &Device) -> Self {
        let mut socket = knock(&hub.agents, &device.token).await.unwrap();
        say(&mut socket, &AgentUp::Hello(hello(device))).await;
        match hear(&mut socket).await {
            AgentDown::Welcome(welcome) => Self { socket, welcome: *welcome, device: device.clone() },
            other => panic!("{other:?}"),
        }
    }

    pub async fn beat(&mut self, idle_ms: u64) {
        say(&mut self.socket, &AgentUp::Beat(Beat { idle_ms, state: BeatState::Normal })).await;
    }

    pub async fn bye(mut self) {
        say(&mut self.socket, &AgentUp::Bye { reason: "quit".to_owned() }).await;
        while self.socket.next().await.is_some_and(|message| message.is_ok()) {}
    }

    pub async fn send(&mut self, items: Vec<DurableEvent>) {
        say(&mut self.socket, &AgentUp::Events(Events { items })).await;
    }

    /// Sends events and waits until all are acknowledged.
    pub async fn deliver(&mut self, items: Vec<DurableEvent>) {
        let highest = items.iter().map(|item| item.seq).max().unwrap();
        self.send(items).await;
        loop {
            if let AgentDown::Ack { seq, .. } = self.hear().await
                && seq >= highest
            {
                return;
            }
        }
    }

    pub async fn hear(&mut self) -> AgentDown {
        hear(&mut self.socket).await
    }
}

pub async fn hear(socket: &mut Socket) -> AgentDown {
    loop {
        let heard = tokio::time::timeout(PATIENCE, socket.next()).await.expect("the hub says nothing");
        match heard.expect("the socket is open").unwrap() {
            Message::Text(text) => return serde_json::from_str(&text).unwrap(),
            Message::Ping(_) | Message::Pong(_) => {}
            other => panic!("{other:?}"),
        }
    }
}

/// An event of the current boot.
pub fn event(seq: u64, at: UtcMillis, kind: EventKind) -> DurableEvent {
    DurableEvent { seq, boot_id: None, at, kind }
}
