//! An agent that does what a test tells it, and nothing else.

use std::collections::VecDeque;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use futures_util::{SinkExt, StreamExt};
use muster_protocol::agent::{
    AgentDown, AgentUp, Beat, BeatState, Display, DurableEvent, EventKind, Events, Hello, Watch, Watcher, Welcome,
};
use muster_protocol::{BootId, DeviceId, UtcMillis};
use serde_json::json;
use tokio::time::Instant;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::{Error, Message};

use super::frames::Frame;
use super::portal::{Socket, closed};
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
    /// What came and was not asked for yet, oldest first.
    heard: VecDeque<AgentDown>,
    /// The number of the last event that [`Agent::note`] made.
    noted: u64,
    /// When the next picture may be sent, at the rate that was asked for last.
    next_at: Instant,
    every: Duration,
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
        Self::introduce(hub, device, hello(device)).await
    }

    /// An agent with displays.
    pub async fn with_displays(hub: &TestHub, device: &Device, tracks: &[u32]) -> Self {
        Self::introduce(hub, device, Hello { displays: displays(tracks), ..hello(device) }).await
    }

    /// An agent that says this `hello`.
    pub async fn introduce(hub: &TestHub, device: &Device, hello: Hello) -> Self {
        let mut socket = knock(&hub.agents, &device.token).await.unwrap();
        say(&mut socket, &AgentUp::Hello(hello)).await;
        match hear(&mut socket).await {
            AgentDown::Welcome(welcome) => {
                let (noted, welcome, device) = (welcome.acked_seq, *welcome, device.clone());
                let (heard, next_at, every) = (VecDeque::new(), Instant::now(), Duration::ZERO);
                Self { socket, welcome, device, heard, noted, next_at, every }
            }
            other => panic!("{other:?}"),
        }
    }

    pub async fn beat(&mut self, idle_ms: u64) {
        self.beat_in(idle_ms, BeatState::Normal).await;
    }

    pub async fn beat_in(&mut self, idle_ms: u64, state: BeatState) {
        say(&mut self.socket, &AgentUp::Beat(Beat { idle_ms, state })).await;
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
        self.wait_for(|message| match message {
            AgentDown::Ack { seq, .. } if *seq >= highest => Some(()),
            _ => None,
        })
        .await;
    }

    /// Sends one event of this moment and waits until it is acknowledged. What the hub had to say until then has come.
    pub async fn note(&mut self, kind: EventKind) {
        self.noted += 1;
        self.deliver(vec![event(self.noted, now(), kind)]).await;
    }

    /// The next message.
    pub async fn hear(&mut self) -> AgentDown {
        match self.heard.pop_front() {
            Some(message) => message,
            None => hear(&mut self.socket).await,
        }
    }

    /// The first message that `pick` takes, whether it came already or not. The others wait for whoever asks for them.
    pub async fn wait_for<T>(&mut self, pick: impl Fn(&AgentDown) -> Option<T>) -> T {
        for (index, message) in self.heard.iter().enumerate() {
            if let Some(found) = pick(message) {
                self.heard.remove(index);
                return found;
            }
        }
        loop {
            let message = hear(&mut self.socket).await;
            match pick(&message) {
                Some(found) => return found,
                None => self.heard.push_back(message),
            }
        }
    }

    /// The next `watch`.
    pub async fn watched(&mut self) -> Watch {
        let watch = |message: &AgentDown| match message {
            AgentDown::Watch(watch) => Some(*watch),
            _ => None,
        };
        let watch = self.wait_for(watch).await;
        self.every = Duration::from_secs_f32(1.0 / watch.fps);
        watch
    }

    /// Waits for `unwatch` of `track`.
    pub async fn unwatched(&mut self, track: u32) {
        self.wait_for(|message| (*message == AgentDown::Unwatch { track }).then_some(())).await;
    }

    /// The next `watchers`.
    pub async fn watchers(&mut self) -> Vec<Watcher> {
        let watchers = |message: &AgentDown| match message {
            AgentDown::Watchers { people } => Some(people.clone()),
            _ => None,
        };
        self.wait_for(watchers).await
    }

    /// What came and nobody asked for: orders about live view only.
    pub fn orders(&self) -> Vec<&AgentDown> {
        let is_order = |message: &&AgentDown| {
            matches!(message, AgentDown::Watch(_) | AgentDown::Unwatch { .. } | AgentDown::Watchers { .. })
        };
        self.heard.iter().filter(is_order).collect()
    }

    /// Sends a picture, now.
    pub async fn show(&mut self, frame: &Frame) {
        self.socket.send(Message::Binary(frame.bytes().into())).await.unwrap();
    }

    /// Sends a picture, not faster than it was asked for, and waits until it is answered.
    pub async fn show_one(&mut self, frame: &Frame) {
        tokio::time::sleep_until(self.next_at).await;
        self.next_at = Instant::now() + self.every;
        self.show(frame).await;
        self.got(frame.header.track, frame.header.seq).await;
    }

    /// Waits for the answer to a picture.
    pub async fn got(&mut self, track: u32, seq: u32) {
        self.wait_for(|message| (*message == AgentDown::Got { track, seq }).then_some(())).await;
    }

    /// Waits for the close frame and returns its code.
    pub async fn closed(&mut self) -> u16 {
        closed(&mut self.socket).await.map_or(1006, |frame| frame.code.into())
    }
}

/// Displays with these track numbers.
pub fn displays(tracks: &[u32]) -> Vec<Display> {
    let display =
        |&track| Display { track, name: format!("Display {track}"), width: 1920, height: 1080, primary: track == 0 };
    tracks.iter().map(display).collect()
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
