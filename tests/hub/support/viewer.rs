//! A browser that watches: it puts pictures together again, checks their order, and acknowledges them as a test wants.

use std::collections::{HashMap, VecDeque};
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use muster_protocol::agent::Watcher;
use muster_protocol::frame::{FrameHeader, FrameKind};
use muster_protocol::limits::MEDIA_PART_BYTES_MAX;
use muster_protocol::portal::{BlankReason, PortalDown, PortalUp, Tier, TrackPhase, TrackRef, TrackState, WatchTrack};
use muster_protocol::{EmployeeId, UtcMillis};
use serde_json::json;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

use super::agent::now;
use super::portal::{connect, request};
use super::{Api, TestHub};

const PATIENCE: Duration = Duration::from_secs(15);

/// What a page acknowledges.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Acks {
    /// Each picture, as soon as it is there.
    Each,
    /// Nothing, ever.
    Never,
    /// Ids that the hub never sent.
    MadeUp,
}

/// A picture, put together.
#[derive(Clone, Debug)]
pub struct Shown {
    /// Of its first part.
    pub header: FrameHeader,
    pub body: Vec<u8>,
    /// When its last part came.
    pub came_at: UtcMillis,
}

impl Shown {
    pub fn captured_at(&self) -> UtcMillis {
        UtcMillis(i64::try_from(self.header.captured_at_ms).unwrap())
    }

    /// From capture to arrival.
    pub fn age_ms(&self) -> i64 {
        self.came_at.since(self.captured_at())
    }
}

/// See the module's page.
pub struct Viewer<S = MaybeTlsStream<TcpStream>> {
    pub socket: WebSocketStream<S>,
    pub acks: Acks,
    /// Every state that came, oldest first.
    pub states: Vec<TrackState>,
    /// Who watches the page's own person, as it was said last.
    pub watchers: Option<Vec<Watcher>>,
    /// Pictures that nobody has looked at yet.
    pub shown: VecDeque<Shown>,
    /// Bytes of all messages with pictures.
    pub picture_bytes: usize,
    is_signed_in: bool,
    parts: Option<Shown>,
    last_message_id: u32,
    /// Number and moment of the last picture of each track and tier.
    last: HashMap<(u32, u8), (u32, u64)>,
}

impl Viewer {
    /// A page of `api`'s person.
    pub async fn open(hub: &TestHub, api: &Api) -> Self {
        let socket = connect(&hub.portal, &hub.portal).await.unwrap();
        Self::over(socket, api).await
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> Viewer<S> {
    /// The same over another stream to the hub.
    pub async fn on(hub: &TestHub, api: &Api, stream: S) -> Self {
        let (socket, _) = tokio_tungstenite::client_async(request(&hub.portal, &hub.portal), stream).await.unwrap();
        Self::over(socket, api).await
    }

    async fn over(socket: WebSocketStream<S>, api: &Api) -> Self {
        let mut viewer = Self {
            socket,
            acks: Acks::Each,
            states: Vec::new(),
            watchers: None,
            shown: VecDeque::new(),
            picture_bytes: 0,
            is_signed_in: false,
            parts: None,
            last_message_id: 0,
            last: HashMap::new(),
        };
        let ticket = api.post("/api/auth/ticket", json!({})).await.ok()["ticket"].as_str().unwrap().to_owned();
        viewer.say(&PortalUp::Authenticate { ticket }).await;
        viewer
    }

    pub async fn say(&mut self, message: &PortalUp) {
        self.socket.send(Message::Text(serde_json::to_string(message).unwrap().into())).await.unwrap();
    }

    /// From now on watches exactly these.
    pub async fn watch(&mut self, tracks: &[(&str, u32, Tier)]) {
        self.say(&watch(tracks, None)).await;
    }

    /// The same with one of them enlarged.
    pub async fn focus(&mut self, tracks: &[(&str, u32, Tier)], focus: (&str, u32)) {
        self.say(&watch(tracks, Some(focus))).await;
    }

    /// Waits until the ticket was taken.
    pub async fn until_signed_in(&mut self) {
        self.wait_for("ready", |viewer| viewer.is_signed_in.then_some(())).await;
    }

    /// Acknowledges everything that came so far.
    pub async fn catch_up(&mut self) {
        self.acknowledge(self.last_message_id).await;
    }

    /// Reads until `check` has what it wants.
    pub async fn wait_for<T>(&mut self, what: &str, mut check: impl FnMut(&mut Self) -> Option<T>) -> T {
        let wait = async {
            loop {
                if let Some(found) = check(self) {
                    return found;
                }
                if let Err(code) = self.read().await {
                    panic!("closed with {code} while waiting for {what}");
                }
            }
        };
        let waited = tokio::time::timeout(PATIENCE, wait).await;
        waited.unwrap_or_else(|_| panic!("not after {PATIENCE:?}: {what}; states {:#?}", self.states))
    }

    /// The next picture of any track.
    pub async fn picture(&mut self) -> Shown {
        self.wait_for("a picture", |viewer| viewer.shown.pop_front()).await
    }

    /// The next picture of track `number`; those of others wait.
    pub async fn picture_of(&mut self, number: u32) -> Shown {
        self.wait_for("a picture of one track", |viewer| {
            let index = viewer.shown.iter().position(|shown| shown.header.track == number)?;
            viewer.shown.remove(index)
        })
        .await
    }

    /// The newest state of a track, under the number that it was given last.
    pub fn state(&self, employee: &str, track: u32) -> Option<&TrackState> {
        let of_track = |state: &&TrackState| state.employee.as_str() == employee && state.track == track;
        let number = self.states.iter().filter(of_track).map(|state| state.number).max()?;
        self.states.iter().rfind(|state| state.number == number)
    }

    /// Waits until the newest state of a track is `phase`, and returns its number.
    pub async fn until(&mut self, employee: &str, track: u32, phase: TrackPhase) -> u32 {
        self.wait_for(&format!("{employee}/{track} is {phase:?}"), |viewer| {
            viewer.state(employee, track).filter(|state| state.state == phase).map(|state| state.number)
        })
        .await
    }

    /// Waits until a track is blank for `reason`.
    pub async fn until_blank(&mut self, employee: &str, track: u32, reason: BlankReason) -> u32 {
        self.wait_for(&format!("{employee}/{track} is blank: {reason:?}"), |viewer| {
            let state = viewer.state(employee, track)?;
            (state.state == TrackPhase::Blank && state.reason == Some(reason)).then_some(state.number)
        })
        .await
    }

    /// Waits until the page is told that these people watch its person.
    pub async fn until_watched_by(&mut self, names: &[&str]) {
        self.wait_for(&format!("{names:?} watch"), |viewer| {
            let people = viewer.watchers.as_ref()?;
            people.iter().map(|watcher| watcher.name.as_str()).eq(names.iter().copied()).then_some(())
        })
        .await;
    }

    /// Reads until the hub closes, and returns the code.
    pub async fn closed(&mut self) -> u16 {
        let wait = async {
            loop {
                if let Err(code) = self.read().await {
                    return code;
                }
            }
        };
        tokio::time::timeout(PATIENCE, wait).await.expect("the socket stays open")
    }

    /// Reads for as long as messages come without a pause of `quiet`.
    pub async fn drain(&mut self, quiet: Duration) {
        while let Ok(read) = tokio::time::timeout(quiet, self.read()).await {
            read.unwrap();
        }
    }

    /// Takes one message. The error is the code of the close.
    pub async fn read(&mut self) -> Result<(), u16> {
        match self.socket.next().await {
            Some(Ok(Message::Text(text))) => self.told(serde_json::from_str(&text).unwrap()).await,
            Some(Ok(Message::Binary(part))) => self.take_part(&part).await,
            Some(Ok(Message::Close(frame))) => return Err(frame.map_or(1005, |frame| frame.code.into())),
            Some(Ok(_)) => {}
            Some(Err(_)) | None => return Err(1006),
        }
        Ok(())
    }

    async fn told(&mut self, message: PortalDown) {
        match message {
            PortalDown::Ready { .. } => self.is_signed_in = true,
            PortalDown::Ping => self.say(&PortalUp::Pong).await,
            PortalDown::TrackState(state) => self.states.push(state),
            PortalDown::Watchers { people } => self.watchers = Some(people),
            _ => {}
        }
    }

    async fn take_part(&mut self, message: &[u8]) {
        let (header, message_id, bytes) = FrameHeader::decode_down(message).unwrap();
        self.picture_bytes += message.len();
        assert_eq!(message_id, self.last_message_id + 1, "each message has the next id");
        self.last_message_id = message_id;
        assert!(bytes.len() <= MEDIA_PART_BYTES_MAX, "{} bytes in one part", bytes.len());
        let parts = self.parts.take();
        let mut shown = parts.unwrap_or(Shown { header, body: Vec::new(), came_at: UtcMillis(0) });
        let expected = u16::try_from(shown.body.len() / MEDIA_PART_BYTES_MAX).unwrap();
        assert_eq!(FrameHeader { part: expected, ..shown.header }, header, "parts of two pictures are mixed");
        shown.body.extend_from_slice(bytes);
        if header.part + 1 < header.parts {
            self.parts = Some(shown);
        } else {
            self.complete(Shown { came_at: now(), ..shown });
        }
        match self.acks {
            Acks::Each if self.parts.is_none() => self.acknowledge(message_id).await,
            Acks::MadeUp => self.acknowledge(message_id.wrapping_add(1_000_000)).await,
            Acks::Each | Acks::Never => {}
        }
    }

    async fn acknowledge(&mut self, message_id: u32) {
        self.say(&PortalUp::Ack { message_id, painted_at: now() }).await;
    }

    /// Checks what holds for every picture that any page is sent.
    fn complete(&mut self, shown: Shown) {
        let FrameHeader { kind, track, tier, seq, length, captured_at_ms, .. } = shown.header;
        assert_eq!(usize::try_from(length).unwrap(), shown.body.len(), "the length in the header");
        assert!(self.states.iter().any(|state| state.number == track), "a picture of track {track}, never named");
        let (last_seq, last_at) = self.last.insert((track, tier), (seq, captured_at_ms)).unwrap_or_default();
        let is_next = if kind == FrameKind::Same { seq == last_seq } else { seq > last_seq };
        assert!(is_next, "{kind:?} {seq} of track {track} after {last_seq}");
        assert!(captured_at_ms >= last_at, "time goes back");
        assert!(shown.captured_at() <= shown.came_at.plus(1), "captured in the future");
        self.shown.push_back(shown);
    }
}

fn watch(tracks: &[(&str, u32, Tier)], focus: Option<(&str, u32)>) -> PortalUp {
    let employee = |code: &str| EmployeeId::new(code).unwrap();
    let tracks = tracks.iter().map(|&(code, track, tier)| WatchTrack { employee: employee(code), track, tier });
    let focus = focus.map(|(code, track)| TrackRef { employee: employee(code), track });
    PortalUp::Watch { tracks: tracks.collect(), focus }
}
