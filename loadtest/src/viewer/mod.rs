//! A portal without a screen: signs in to `/ws/portal` with a ticket, watches tracks, acknowledges what it would paint.
//!
//! It checks every picture as a distrustful browser would: parts, sizes, numbers, order. Start reading at
//! [`PortalViewer::next`]; what is on its screen is in [`Screen`], when it acknowledges in [`AckPace`].

mod acks;
mod assembly;
mod fault;
mod grid;
mod screen;

#[cfg(test)]
mod screen_test;

use std::net::SocketAddr;
use std::time::Duration;

use bytes::Bytes;
use futures_util::{SinkExt, StreamExt};
use muster_protocol::frame::{DOWN_HEADER_BYTES, FrameHeader};
use muster_protocol::portal::{PortalDown, PortalUp, SUBPROTOCOL, Scope, TrackRef, WatchTrack};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::http::header;

pub use acks::AckPace;
pub use fault::PictureFault;
pub use grid::{GridTile, TileGrid};
pub use screen::{Keep, Picture, Screen, Shown};

use crate::client::RestClient;
use crate::clock::Clock;
use crate::dial::{Door, Path, Socket, dial_by};
use crate::error::LoadtestError;

/// `ready` has to come within so long, over however slow a line.
const READY_TIMEOUT: Duration = Duration::from_secs(10);
/// The presence of 100,000 people comes in one message.
const MESSAGE_BYTES_MAX: usize = 64 * 1024 * 1024;
/// Two parts of a picture and their headers: fewer system calls than one for each kilobyte.
const READ_BUFFER_BYTES: usize = 72 * 1024;

/// How a viewer looks.
#[derive(Clone, Copy, Debug)]
pub struct ViewerConfig {
    pub clock: Clock,
    /// Connect here instead of to the portal itself: a [`crate::throttle::Throttle`].
    pub by: Option<SocketAddr>,
    /// A picture is on the screen so long after it came.
    pub paint_ms: u64,
    pub keep: Keep,
}

impl ViewerConfig {
    /// A viewer on a fast line that paints at once.
    #[must_use]
    pub fn fast(clock: Clock) -> Self {
        Self { clock, by: None, paint_ms: 0, keep: Keep::Nothing }
    }
}

/// What the hub sent.
#[derive(Debug)]
pub enum Arrival {
    Message(PortalDown),
    Picture(Picture),
    /// A picture that must not be; the viewer goes on without it.
    Fault(PictureFault),
}

/// One signed-in portal socket.
pub struct PortalViewer {
    socket: Socket,
    clock: Clock,
    acks: AckPace,
    screen: Screen,
}

impl PortalViewer {
    /// Opens `/ws/portal` as the person whom `rest` is signed in as, with the portal's own origin.
    pub async fn open(rest: &RestClient, config: ViewerConfig) -> Result<Self, LoadtestError> {
        let ticket = rest.ticket().await?.ticket;
        let origin = rest.portal_url().to_owned();
        let address = origin
            .strip_prefix("http://")
            .ok_or_else(|| LoadtestError::Address { url: origin.clone(), reason: "only http:// is supported" })?;
        let door = Door {
            url: &format!("ws://{address}/ws/portal"),
            subprotocol: SUBPROTOCOL,
            source: None,
            headers: vec![(header::ORIGIN, origin.clone())],
            message_bytes_max: MESSAGE_BYTES_MAX,
        };
        let socket = dial_by(door, Path { by: config.by, read_buffer_bytes: READ_BUFFER_BYTES }).await?;
        let (acks, screen) = (AckPace::new(config.paint_ms), Screen::new(config.keep));
        let mut viewer = Self { socket, clock: config.clock, acks, screen };
        viewer.send(&PortalUp::Authenticate { ticket: ticket.expose().to_owned() }).await?;
        match tokio::time::timeout(READY_TIMEOUT, viewer.next()).await {
            Ok(Ok(Arrival::Message(PortalDown::Ready { .. }))) => Ok(viewer),
            Ok(Ok(other)) => Err(unexpected(format!("{other:?}"))),
            Ok(Err(error)) => Err(error),
            Err(_) => Err(unexpected("silence".to_owned())),
        }
    }

    /// Asks for the presence of everyone in `scope`, and its changes from then on.
    pub async fn subscribe(&mut self, scope: Scope) -> Result<(), LoadtestError> {
        self.send(&PortalUp::Subscribe { presence: scope }).await
    }

    /// Watches exactly these tracks from now on.
    pub async fn watch(&mut self, tracks: Vec<WatchTrack>, focus: Option<TrackRef>) -> Result<(), LoadtestError> {
        self.send(&PortalUp::Watch { tracks, focus }).await
    }

    /// What is on the screen.
    #[must_use]
    pub fn screen(&self) -> &Screen {
        &self.screen
    }

    /// The next message or picture. Pings are answered and pictures acknowledged on the way, so a viewer that does not ask
    /// for the next one is one that hangs.
    pub async fn next(&mut self) -> Result<Arrival, LoadtestError> {
        loop {
            if let Some(message_id) = self.acks.take(self.clock.mono_ms()) {
                self.send(&PortalUp::Ack { message_id, painted_at: self.clock.utc() }).await?;
            }
            let message = match self.acks.due_at_ms() {
                None => self.socket.next().await,
                Some(due_at_ms) => tokio::select! {
                    message = self.socket.next() => message,
                    () = self.clock.sleep_until_ms(due_at_ms) => continue,
                },
            };
            match message.transpose()? {
                Some(Message::Text(json)) => {
                    if let Some(arrival) = self.hear(&json).await? {
                        return Ok(arrival);
                    }
                }
                Some(Message::Binary(bytes)) => {
                    if let Some(arrival) = self.look(&bytes) {
                        return Ok(arrival);
                    }
                }
                Some(Message::Close(frame)) => {
                    let (code, reason) =
                        frame.map_or((1005, String::new()), |frame| (frame.code.into(), frame.reason.to_string()));
                    return Err(LoadtestError::Closed { code, reason });
                }
                Some(_) => {}
                None => return Err(LoadtestError::Closed { code: 1006, reason: "connection lost".to_owned() }),
            }
        }
    }

    async fn hear(&mut self, json: &str) -> Result<Option<Arrival>, LoadtestError> {
        match serde_json::from_str(json) {
            Ok(PortalDown::Ping) => self.send(&PortalUp::Pong).await?,
            Ok(PortalDown::Close(close)) => {
                return Err(LoadtestError::Closed { code: close.code, reason: close.reason });
            }
            Ok(message) => {
                if let PortalDown::TrackState(state) = &message {
                    self.screen.note(state);
                }
                return Ok(Some(Arrival::Message(message)));
            }
            // Types that are newer than this client are ignored, as the protocol asks.
            Err(_) => {}
        }
        Ok(None)
    }

    fn look(&mut self, message: &Bytes) -> Option<Arrival> {
        let received_us = self.clock.mono_us();
        let (header, message_id, _) = match FrameHeader::decode_down(message) {
            Ok(decoded) => decoded,
            Err(error) => return Some(Arrival::Fault(PictureFault::Header(error))),
        };
        self.acks.received(message_id, received_us / 1_000);
        match self.screen.take(header, message_id, message.slice(DOWN_HEADER_BYTES..), received_us) {
            Ok(picture) => picture.map(Arrival::Picture),
            Err(fault) => Some(Arrival::Fault(fault)),
        }
    }

    async fn send(&mut self, message: &PortalUp) -> Result<(), LoadtestError> {
        let json = serde_json::to_string(message).expect("a wire message is JSON");
        Ok(self.socket.send(Message::text(json)).await?)
    }
}

fn unexpected(got: String) -> LoadtestError {
    LoadtestError::Unexpected { expected: "ready", got }
}
