//! One socket's life: beats, the few events there are, pictures, and how it ends.

use bytes::{BufMut, BytesMut};
use futures_util::StreamExt;
use muster_protocol::agent::{AgentDown, AgentUp, Beat, BeatState, EventKind, Events, Watch, Welcome};
use muster_protocol::close::{Close, CloseAction, CloseCode};
use muster_protocol::frame::{FrameHeader, FrameKind, HEADER_BYTES, TIER_WALL};
use muster_protocol::limits;
use rand::Rng;
use tokio::sync::watch;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::tungstenite::{Error, Message};

use super::door::{TRACK, send, text};
use super::feed::Feed;
use super::{LightAgent, asked_to_stop};
use crate::agent::Observation;
use crate::agent::spool::Acknowledged;
use crate::dial::Socket;
use crate::error::LoadtestError;
use crate::picture_source::Stamp;

/// A clean leave waits so long for the last acknowledgements.
const LEAVE_WITHIN_MS: u64 = 5_000;
/// The hub's order for a slower rate than this is not believed.
const FPS_MIN: f64 = 0.1;

/// How a session ended.
#[derive(Debug)]
pub(super) enum SessionEnd {
    /// Asked to stop, and left cleanly.
    Stopped,
    /// Reset on purpose, with all the others.
    Dropped,
    /// The hub closed, or the socket broke (no code).
    Closed { code: Option<u16>, action: CloseAction, reason: String, retry_after_ms: Option<u64> },
}

struct Session<'a> {
    agent: &'a mut LightAgent,
    socket: Socket,
    beat_every_ms: u64,
    next_beat_at_ms: u64,
    feed: Feed,
    may_be_watched: bool,
    /// What the hub said before it closes.
    told: Option<Close>,
    leave_by_ms: Option<u64>,
}

impl LightAgent {
    /// Connects once and serves the socket to its end.
    pub(super) async fn connect_and_serve(&mut self, stop: &mut watch::Receiver<bool>) -> SessionEnd {
        self.drops.mark_unchanged();
        match Box::pin(self.open()).await {
            Ok((socket, welcome)) => Session::new(self, socket, &welcome).serve(stop).await,
            Err(error) => {
                self.observe(&Observation::NotConnected { error: &error });
                not_opened(&error)
            }
        }
    }
}

impl<'a> Session<'a> {
    fn new(agent: &'a mut LightAgent, socket: Socket, welcome: &Welcome) -> Self {
        let now_ms = agent.around.clock.mono_ms();
        let beat_every_ms = agent.around.duties.beat_every_ms.unwrap_or(welcome.beat_every_ms).max(1);
        let next_beat_at_ms = now_ms + agent.rng.random_range(0..=beat_every_ms);
        let acknowledged = agent.spool.acknowledge(agent.spool.boot(), welcome.acked_seq);
        match &welcome.notice {
            Some(notice) => agent.acknowledge_notice(notice.version),
            None => agent.notice_unacknowledged = None,
        }
        if agent.around.duties.pictures.is_some() {
            agent.start_work();
        }
        let may_be_watched = welcome.policy.live_view;
        let (feed, told, leave_by_ms) = (Feed::default(), None, None);
        let mut session =
            Self { agent, socket, beat_every_ms, next_beat_at_ms, feed, may_be_watched, told, leave_by_ms };
        session.settle(&acknowledged);
        session
    }

    async fn serve(mut self, stop: &mut watch::Receiver<bool>) -> SessionEnd {
        // Somebody at the keyboard: the hub should not have to wait for the cadence to know.
        if let Err(error) = self.send_beat().await {
            return self.broken(&error);
        }
        loop {
            match self.turn(stop).await {
                Ok(None) => {}
                Ok(Some(end)) => return end,
                Err(error) => return self.broken(&error),
            }
        }
    }

    /// Waits for one thing and does it.
    async fn turn(&mut self, stop: &mut watch::Receiver<bool>) -> Result<Option<SessionEnd>, LoadtestError> {
        self.send_events().await?;
        if let Some(end) = self.leave_if_done().await? {
            return Ok(Some(end));
        }
        let clock = self.agent.around.clock;
        let wake_ms = self.next_wake_ms();
        tokio::select! {
            message = self.socket.next() => Ok(self.hear(message.transpose()?)),
            () = clock.sleep_until_ms(wake_ms) => self.tick().await,
            Ok(()) = self.agent.drops.changed() => {
                // Without lingering the kernel sends a reset, as a machine does that lost its power.
                self.socket.get_ref().set_zero_linger().map_err(Error::Io)?;
                self.agent.observe(&Observation::Unplugged);
                Ok(Some(SessionEnd::Dropped))
            }
            () = asked_to_stop(stop), if self.leave_by_ms.is_none() => {
                self.agent.stop_work();
                self.feed.unwatch();
                self.leave_by_ms = Some(clock.mono_ms() + LEAVE_WITHIN_MS);
                Ok(None)
            }
        }
    }

    fn next_wake_ms(&self) -> u64 {
        let feed_ms = self.feed.next_due_us().filter(|_| self.may_send_pictures()).map(|due_us| due_us.div_ceil(1_000));
        [feed_ms, self.leave_by_ms].into_iter().flatten().fold(self.next_beat_at_ms, u64::min)
    }

    /// Does everything that is due.
    async fn tick(&mut self) -> Result<Option<SessionEnd>, LoadtestError> {
        let clock = self.agent.around.clock;
        if clock.mono_ms() >= self.next_beat_at_ms {
            self.next_beat_at_ms += self.beat_every_ms;
            self.send_beat().await?;
        }
        self.send_picture(clock.mono_us()).await?;
        Ok(None)
    }

    async fn send_beat(&mut self) -> Result<(), LoadtestError> {
        let beat = Beat { idle_ms: 0, state: BeatState::Normal };
        self.send(text(&AgentUp::Beat(beat))).await?;
        self.agent.observe(&Observation::BeatSent { beat });
        Ok(())
    }

    async fn send_events(&mut self) -> Result<(), LoadtestError> {
        if self.agent.spool.in_flight() == self.agent.spool.len() {
            return Ok(());
        }
        let now_us = self.agent.around.clock.mono_us();
        let items = self.agent.spool.take_unsent(limits::EVENTS_PER_MESSAGE_MAX, now_us);
        let count = items.len();
        self.send(text(&AgentUp::Events(Events { items }))).await?;
        self.agent.observe(&Observation::EventsSent { count });
        Ok(())
    }

    /// Sends the picture that is due, if the hub may have one.
    async fn send_picture(&mut self, now_us: u64) -> Result<(), LoadtestError> {
        let around = self.agent.around.clone();
        let Some(supply) = around.duties.pictures.as_ref().filter(|_| self.may_send_pictures()) else { return Ok(()) };
        let Some(due) = self.feed.take(now_us) else { return Ok(()) };
        let picture = supply.stock.picture(due.seq as usize + self.agent.number as usize);
        let captured_at = around.clock.utc_at_ms(due.due_us / 1_000);
        let header = FrameHeader {
            kind: FrameKind::Whole,
            tier: TIER_WALL,
            flags: 0,
            track: TRACK,
            seq: due.seq,
            length: u32::try_from(picture.bytes()).unwrap_or(u32::MAX),
            captured_at_ms: u64::try_from(captured_at.0).unwrap_or_default(),
            width: supply.stock.width,
            height: supply.stock.height,
            part: 0,
            parts: 1,
        };
        let mut message = BytesMut::with_capacity(HEADER_BYTES + picture.bytes());
        message.put_slice(&header.encode());
        picture.write_stamped(Stamp { source: self.agent.number, due_us: due.due_us }, &mut message);
        self.send(Message::Binary(message.freeze())).await?;
        supply.sent(due.skipped);
        self.agent.observe(&Observation::FrameSent { track: TRACK, seq: due.seq, bytes: picture.bytes() });
        Ok(())
    }

    fn may_send_pictures(&self) -> bool {
        self.may_be_watched && self.agent.notice_unacknowledged.is_none()
    }

    /// Says `bye` once the hub has acknowledged everything, or when it takes too long.
    async fn leave_if_done(&mut self) -> Result<Option<SessionEnd>, LoadtestError> {
        let Some(leave_by_ms) = self.leave_by_ms else { return Ok(None) };
        if !self.agent.spool.is_empty() && self.agent.around.clock.mono_ms() < leave_by_ms {
            return Ok(None);
        }
        self.send(text(&AgentUp::Bye { reason: "leaving".to_owned() })).await?;
        // The hub may be quicker: it closes when it hears `bye`.
        let _ = self.send(Message::Close(None)).await;
        self.agent.observe(&Observation::Left);
        Ok(Some(SessionEnd::Stopped))
    }

    fn hear(&mut self, message: Option<Message>) -> Option<SessionEnd> {
        match message {
            Some(Message::Text(json)) => {
                // Types that are newer than this client are ignored, as the protocol asks.
                if let Ok(message) = serde_json::from_str::<AgentDown>(&json) {
                    self.agent.observe(&Observation::Heard { message: &message });
                    self.obey(message);
                }
                None
            }
            Some(Message::Close(frame)) => Some(self.closed(frame)),
            None => Some(self.closed(None)),
            Some(_) => None,
        }
    }

    fn obey(&mut self, message: AgentDown) {
        match message {
            AgentDown::Ack { boot_id, seq } => {
                let acknowledged = self.agent.spool.acknowledge(boot_id, seq);
                self.settle(&acknowledged);
            }
            AgentDown::Refused { boot_id, items } => {
                for item in items {
                    for refused in self.agent.spool.refuse(boot_id, &[item.seq]) {
                        let event = &refused.event;
                        self.agent.observe(&Observation::EventRefused { boot: boot_id, event, reason: &item.reason });
                    }
                }
            }
            AgentDown::Got { track, seq } => {
                let now_us = self.agent.around.clock.mono_us();
                if let Some(took_us) = self.feed.got(seq, now_us) {
                    self.agent.observe(&Observation::FrameTaken { track, seq, took_us });
                }
            }
            AgentDown::Watch(watch) if watch.track == TRACK => self.watch(watch),
            AgentDown::Unwatch { track: TRACK } => self.feed.unwatch(),
            AgentDown::Policy(policy) => self.may_be_watched = policy.live_view,
            AgentDown::Notice(notice) => self.agent.acknowledge_notice(notice.version),
            AgentDown::StartWork => self.agent.start_work(),
            AgentDown::Close(close) => self.told = Some(close),
            _ => {}
        }
    }

    /// Somebody watches, or wants another rate.
    fn watch(&mut self, watch: Watch) {
        let around = &self.agent.around;
        let Some(supply) = around.duties.pictures.as_ref().filter(|_| self.leave_by_ms.is_none()) else { return };
        supply.asked(f64::from(watch.fps));
        let interval_us = (1_000_000.0 / f64::from(watch.fps).min(supply.fps_max).max(FPS_MIN)) as u64;
        // Anywhere within the interval, so that a wall's pictures do not all come at once.
        let first_in_us = self.agent.rng.random_range(0..=interval_us);
        // On a whole millisecond: timers know no others, and what they add is not the hub's.
        let first_due_us = (around.clock.mono_us() + first_in_us).next_multiple_of(1_000);
        self.feed.watch(interval_us, first_due_us);
    }

    /// The hub has committed these.
    fn settle(&mut self, acknowledged: &[Acknowledged]) {
        let now_us = self.agent.around.clock.mono_us();
        for Acknowledged { boot, event, first_sent_at_us } in acknowledged {
            if let EventKind::NoticeAcknowledged { version } = event.kind {
                self.agent.notice_unacknowledged = self.agent.notice_unacknowledged.filter(|shown| *shown != version);
            }
            let took_us = now_us.saturating_sub(*first_sent_at_us);
            self.agent.observe(&Observation::EventAcknowledged { boot: *boot, event, took_us });
        }
    }

    async fn send(&mut self, message: Message) -> Result<(), LoadtestError> {
        send(&mut self.socket, message).await
    }

    /// The hub closed: its `close` message says most, the close frame is the second best.
    fn closed(&mut self, frame: Option<CloseFrame>) -> SessionEnd {
        let code = frame.as_ref().map(|frame| u16::from(frame.code));
        let (code, action, reason, retry_after_ms) = match self.told.take() {
            Some(told) => (Some(told.code), told.action, told.reason, told.retry_after_ms),
            None => {
                let reason = frame.map_or_else(|| "connection lost".to_owned(), |frame| frame.reason.to_string());
                (code, code.map_or(CloseAction::Reconnect, CloseCode::action_of), reason, None)
            }
        };
        self.agent.observe(&Observation::Ended { code, action, reason: &reason });
        SessionEnd::Closed { code, action, reason, retry_after_ms }
    }

    fn broken(&mut self, error: &LoadtestError) -> SessionEnd {
        if self.told.is_some() {
            return self.closed(None);
        }
        let (reason, action) = (error.kind(), CloseAction::Reconnect);
        self.agent.observe(&Observation::Ended { code: None, action, reason: &reason });
        SessionEnd::Closed { code: None, action, reason, retry_after_ms: None }
    }
}

/// What to do when the door did not open: wrong credentials stop, everything else is tried again.
fn not_opened(error: &LoadtestError) -> SessionEnd {
    let code = match error {
        LoadtestError::Closed { code, .. } => Some(*code),
        LoadtestError::Socket(error) => match error.as_ref() {
            Error::Http(answer) if answer.status() == 401 => Some(CloseCode::Unauthorized.number()),
            Error::Http(answer) if answer.status() == 403 => Some(CloseCode::Revoked.number()),
            _ => None,
        },
        LoadtestError::Address { .. } => Some(CloseCode::ProtocolError.number()),
        _ => None,
    };
    SessionEnd::Closed {
        code,
        action: code.map_or(CloseAction::Reconnect, CloseCode::action_of),
        reason: error.to_string(),
        retry_after_ms: error.retry_after_ms(),
    }
}
