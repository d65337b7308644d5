//! One agent's socket: hello, welcome, then beats and events up and whatever the hub has to say down.
//!
//! The future is kept small, because there is one for every agent; it has no timer once the agent has said hello. A socket
//! that falls silent is ended by the employee's actor, which is the one to know.

use std::sync::Arc;
use std::time::Duration;

use actix::Addr;
use actix::prelude::SendError;
use futures_util::{SinkExt, StreamExt};
use muster_actors::Outbox;
use muster_actors::employee::{AgentEvents, Bye, Connect, Disconnect, EmployeeActor, PauseCapture, Touch, Voice};
use muster_actors::journal::Note;
use muster_actors::roster::AgentSeen;
use muster_db::{DeviceRow, Write};
use muster_domain::presence::{LinkId, PresenceConfig, activity_of};
use muster_protocol::agent::{AgentDown, AgentUp, Beat, BeatState, Display, Events, Hello, Limits, Welcome};
use muster_protocol::close::Close;
use muster_protocol::limits::{
    AGENT_FRAME_BYTES_MAX, AGENT_TEXT_BYTES_MAX, DISPLAYS_MAX, EVENTS_PER_MESSAGE_MAX, NAME_CHARS_MAX, TRACK_MAX,
    UNAUTHENTICATED_BYTES_MAX,
};
use muster_protocol::{BootId, CloseCode, EmployeeId, SessionId};
use tokio::time::timeout;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::tungstenite::{Error, Message};

use super::agent_handshake::Admitted;
use super::agent_live::LiveGate;
use super::handshake::Stream;
use super::open_sockets::OpenSocket;
use super::token_bucket::TokenBucket;
use crate::app::App;

/// From the handshake to `hello`. What the hub takes for its answer is no fault of the agent.
const HELLO_TIMEOUT: Duration = Duration::from_secs(5);
/// A database that takes longer to say how far a spool is committed is not waited for: the agent wants its `welcome`.
const ACKED_TIMEOUT: Duration = Duration::from_secs(2);
/// A socket that takes nothing for so long is broken.
const SEND_TIMEOUT: Duration = Duration::from_secs(10);

/// For the peer to answer a close.
const FAREWELL_TIMEOUT: Duration = Duration::from_secs(2);

/// How a session ends.
enum End {
    /// The agent said goodbye.
    Bye,
    /// The socket broke or was closed: the grace begins.
    Broken,
    /// The hub ends it.
    Closed(Close),
}

struct AgentSession {
    app: Arc<App>,
    employee: EmployeeId,
    device: Arc<DeviceRow>,
    boot: BootId,
    clock_skew_ms: i64,
    link: LinkId,
    actor: Addr<EmployeeActor>,
    /// The actor was told of this session just now: see [`AgentSession::second_look`].
    is_newly_connected: bool,
    outbox: Outbox,
    bucket: TokenBucket,
    displays: Arc<[Display]>,
    is_paused: bool,
    live: LiveGate,
    /// From the person's policy, as the agent was told it.
    idle_after_ms: u64,
    _open: OpenSocket,
}

/// Serves one socket until it ends.
pub(super) async fn run<S: Stream>(app: Arc<App>, admitted: Admitted, mut socket: WebSocketStream<S>) {
    let session = match greet(app, admitted, &mut socket).await {
        Ok(session) => session,
        Err(End::Closed(close)) => return say_close(&mut socket, close).await,
        Err(_) => return,
    };
    session.serve(socket).await;
}

/// Takes `hello`, lets the person's actor know, and answers `welcome`.
async fn greet<S: Stream>(
    app: Arc<App>,
    admitted: Admitted,
    socket: &mut WebSocketStream<S>,
) -> Result<AgentSession, End> {
    let heard = timeout(HELLO_TIMEOUT, hear_hello(socket)).await;
    let hello = Box::new(heard.unwrap_or_else(|_| Err(closed(CloseCode::NoPong)))?);
    let Admitted { person, device, open } = admitted;
    if hello.device_id != device.id {
        return Err(closed(CloseCode::Unauthorized));
    }
    let now = app.now();
    let session = AgentSession {
        employee: person.id().clone(),
        device,
        boot: hello.boot_id,
        clock_skew_ms: hello.sent_at.since(now.wall),
        link: app.hub.next_link(),
        actor: app.hub.employee(person.id()),
        is_newly_connected: false,
        displays: displays_of(hello.displays)?,
        is_paused: false,
        live: LiveGate::new(now.mono),
        outbox: Outbox::default(),
        bucket: TokenBucket::full(app.config.agents.messages_per_second, now.mono),
        idle_after_ms: app.hub.policies.of(&person).idle_after_ms,
        _open: open,
        app,
    };
    let seen = Write::DeviceSeen {
        device: session.device.id,
        at: now.wall,
        clock_skew_ms: session.clock_skew_ms,
        agent_version: hello.agent_version.chars().take(64).collect(),
        os: hello.os.chars().take(64).collect(),
    };
    if session.app.hub.journal.try_send(Note(vec![seen])).is_err() {
        metrics::counter!("muster_journal_mailbox_full_total").increment(1);
    }
    let seen = AgentSeen { employee: person.id().clone(), version: hello.agent_version };
    if session.app.hub.roster.try_send(seen).is_err() {
        metrics::counter!("muster_roster_mailbox_full_total").increment(1);
    }
    let welcome = Box::pin(session.welcome(&person)).await;
    send(socket, &AgentDown::Welcome(Box::new(welcome))).await?;
    Ok(session)
}

async fn hear_hello<S: Stream>(socket: &mut WebSocketStream<S>) -> Result<Hello, End> {
    loop {
        match socket.next().await {
            Some(Ok(Message::Text(text))) if text.len() > UNAUTHENTICATED_BYTES_MAX => {
                return Err(closed(CloseCode::TooLarge));
            }
            Some(Ok(Message::Text(text))) => {
                return match serde_json::from_str(&text) {
                    Ok(AgentUp::Hello(hello)) => Ok(hello),
                    _ => Err(closed(CloseCode::ProtocolError)),
                };
            }
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
            Some(Ok(Message::Binary(_))) => return Err(closed(CloseCode::ProtocolError)),
            Some(Err(error)) => return Err(end_of(&error)),
            _ => return Err(End::Broken),
        }
    }
}

impl AgentSession {
    async fn welcome(&self, person: &muster_actors::Person) -> Welcome {
        let hub = &self.app.hub;
        // When the database is away or slow nothing counts as acknowledged: the agent sends its spool again, which does no
        // harm.
        let acked = timeout(ACKED_TIMEOUT, hub.database.work().acked(self.device.id, self.boot)).await;
        let acked_seq = acked.map_or(0, Result::unwrap_or_default);
        Welcome {
            session_id: SessionId::generate(),
            server_time: self.app.now().wall,
            beat_every_ms: jittered(self.app.config.beat_every_ms()),
            offline_after_ms: hub.config.presence.offline_after_ms,
            limits: Limits {
                text_bytes_max: AGENT_TEXT_BYTES_MAX as u32,
                frame_bytes_max: AGENT_FRAME_BYTES_MAX as u32,
                events_per_message_max: EVENTS_PER_MESSAGE_MAX as u32,
                messages_per_second_max: self.app.config.agents.messages_per_second,
            },
            policy: hub.policies.of(person),
            notice: hub.policies.notice_due(person.id()).map(|notice| (*notice).clone()),
            acked_seq,
        }
    }

    async fn serve<S: Stream>(mut self, mut socket: WebSocketStream<S>) {
        self.connect();
        let end = loop {
            if std::mem::take(&mut self.is_newly_connected)
                && let Err(end) = Box::pin(self.second_look()).await
            {
                break end;
            }
            let outcome = tokio::select! {
                heard = socket.next() => self.hear(heard),
                said = self.outbox.next() => self.say(said, &mut socket).await,
            };
            if let Err(end) = outcome {
                break end;
            }
        };
        match end {
            End::Bye => {
                self.tell(Bye { link: self.link });
                let _ = timeout(SEND_TIMEOUT, socket.close(None)).await;
            }
            End::Broken => self.tell(Disconnect { link: self.link }),
            End::Closed(close) => {
                self.tell(Disconnect { link: self.link });
                say_close(&mut socket, close).await;
            }
        }
    }

    async fn say<S: Stream>(&mut self, said: AgentDown, socket: &mut WebSocketStream<S>) -> Result<(), End> {
        match said {
            AgentDown::Close(close) => return Err(End::Closed(close)),
            AgentDown::Policy(ref policy) => self.idle_after_ms = policy.idle_after_ms,
            _ => {}
        }
        send(socket, &said).await
    }

    /// Whoever revokes a device or closes an account ends the sessions that the person's actor knows. This one was let in
    /// before the actor knew it, so it looks again.
    async fn second_look(&self) -> Result<(), End> {
        let app = &self.app;
        let device = app.devices.by_token_hash(&app.hub.database, &self.device.token_hash).await;
        let device = device.map_err(|_| closed(CloseCode::Overloaded))?;
        let is_enrolled = device.is_some_and(|device| device.revoked_at.is_none());
        let is_active = app.hub.people.get(&self.employee).is_some_and(|person| person.row().active);
        if is_enrolled && is_active { Ok(()) } else { Err(closed(CloseCode::Revoked)) }
    }

    fn hear(&mut self, heard: Option<Result<Message, Error>>) -> Result<(), End> {
        let message = match heard {
            Some(Ok(message)) => message,
            Some(Err(error)) => return Err(end_of(&error)),
            None => return Err(End::Broken),
        };
        if !self.bucket.take(self.app.config.agents.messages_per_second, self.app.now().mono) {
            return Err(closed(CloseCode::TooFast));
        }
        match message {
            Message::Text(text) if text.len() > AGENT_TEXT_BYTES_MAX => Err(closed(CloseCode::TooLarge)),
            Message::Text(text) => match serde_json::from_str(&text) {
                Ok(message) => self.take(message),
                Err(_) => Err(closed(CloseCode::ProtocolError)),
            },
            Message::Binary(frame) => self.picture(&frame),
            Message::Close(_) => Err(End::Broken),
            Message::Ping(_) | Message::Pong(_) | Message::Frame(_) => Ok(()),
        }
    }

    fn take(&mut self, message: AgentUp) -> Result<(), End> {
        match message {
            AgentUp::Beat(beat) => self.beat(beat),
            AgentUp::Events(events) => return self.events(events),
            AgentUp::Bye { .. } => return Err(End::Bye),
            AgentUp::Same { track, seq } => return self.same(track, seq),
            AgentUp::Hello(_) => return Err(closed(CloseCode::ProtocolError)),
        }
        Ok(())
    }

    fn picture(&mut self, frame: &[u8]) -> Result<(), End> {
        let app = &self.app;
        let taken = self.live.take(&app.hub.live, &self.employee, &self.outbox, frame, self.clock_skew_ms, app.now());
        taken.map_err(closed)
    }

    fn same(&mut self, track: u32, seq: u32) -> Result<(), End> {
        let app = &self.app;
        self.live.confirm(&app.hub.live, &self.employee, &self.outbox, (track, seq), app.now()).map_err(closed)
    }

    fn beat(&mut self, beat: Beat) {
        let is_paused = beat.state == BeatState::Paused;
        if std::mem::replace(&mut self.is_paused, is_paused) != is_paused {
            self.tell(PauseCapture { link: self.link, is_paused });
        }
        let locked = beat.state == BeatState::Locked;
        let rules = PresenceConfig { idle_after_ms: self.idle_after_ms, ..self.app.hub.config.presence };
        let activity = activity_of(beat.idle_ms, locked, &rules, self.app.now());
        self.tell(Touch { link: self.link, activity: Some(activity) });
    }

    fn events(&mut self, Events { items }: Events) -> Result<(), End> {
        if items.len() > EVENTS_PER_MESSAGE_MAX {
            return Err(closed(CloseCode::TooLarge));
        }
        let (device, boot, outbox) = (self.device.id, self.boot, self.outbox.clone());
        self.tell(AgentEvents { device, boot, items, outbox });
        Ok(())
    }

    fn connect(&mut self) {
        self.is_newly_connected = true;
        self.actor = self.app.hub.employee(&self.employee);
        let connect = Connect {
            link: self.link,
            device: Some(self.device.id),
            clock_skew_ms: self.clock_skew_ms,
            displays: self.displays.clone(),
            is_paused: self.is_paused,
            voice: Voice::Agent(self.outbox.clone()),
        };
        if self.actor.try_send(connect).is_err() {
            self.outbox.close(CloseCode::Overloaded, None);
        }
    }

    /// Tells the person's actor. An actor that was rebuilt after a panic does not know this session: it is introduced again.
    fn tell<M>(&mut self, message: M)
    where
        M: actix::Message<Result = ()> + Send + 'static,
        EmployeeActor: actix::Handler<M>,
    {
        match self.actor.try_send(message) {
            Ok(()) => {}
            Err(SendError::Full(_)) => self.outbox.close(CloseCode::Overloaded, None),
            Err(SendError::Closed(message)) => {
                self.connect();
                if self.actor.try_send(message).is_err() {
                    self.outbox.close(CloseCode::Overloaded, None);
                }
            }
        }
    }
}

async fn send<S: Stream>(socket: &mut WebSocketStream<S>, message: &AgentDown) -> Result<(), End> {
    let text = serde_json::to_string(message).expect("wire messages have string keys only");
    match timeout(SEND_TIMEOUT, socket.send(Message::Text(text.into()))).await {
        Ok(Ok(())) => Ok(()),
        _ => Err(End::Broken),
    }
}

/// The last message, then the close frame. A peer that does not listen any more is left alone.
///
/// What the peer still had under way is read and forgotten: a socket that is closed with unread bytes is reset, and the
/// peer would never see why.
async fn say_close<S: Stream>(socket: &mut WebSocketStream<S>, close: Close) {
    let frame = CloseFrame { code: close.code.into(), reason: close.reason.clone().into() };
    if send(socket, &AgentDown::Close(close)).await.is_err() {
        return;
    }
    let farewell = async {
        if socket.close(Some(frame)).await.is_ok() {
            while socket.next().await.is_some_and(|message| message.is_ok()) {}
        }
    };
    let _ = timeout(FAREWELL_TIMEOUT, farewell).await;
}

/// What the agent says can be watched, within the protocol's bounds.
fn displays_of(displays: Vec<Display>) -> Result<Arc<[Display]>, End> {
    let is_within = |display: &Display| display.track <= TRACK_MAX && display.name.len() <= NAME_CHARS_MAX;
    if displays.len() > DISPLAYS_MAX || !displays.iter().all(is_within) {
        return Err(closed(CloseCode::TooLarge));
    }
    Ok(displays.into())
}

fn closed(code: CloseCode) -> End {
    End::Closed(Close::new(code, None))
}

fn end_of(error: &Error) -> End {
    match error {
        Error::Capacity(_) => closed(CloseCode::TooLarge),
        Error::Utf8(_) | Error::Protocol(_) => closed(CloseCode::ProtocolError),
        _ => End::Broken,
    }
}

/// ± 20 %, so that a fleet that came at once does not beat at once.
fn jittered(ms: u64) -> u64 {
    let factor = 0.8 + 0.4 * rand::random::<f64>();
    ((ms as f64 * factor) as u64).max(1)
}
