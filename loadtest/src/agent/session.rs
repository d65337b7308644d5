//! One socket's life: hello, welcome, beats, events, frames, and how it ends.

use std::time::Duration;

use futures_util::StreamExt;
use muster_protocol::agent::{AgentDown, AgentUp, EventKind, Events, Welcome};
use muster_protocol::close::{Close, CloseAction, CloseCode};
use muster_protocol::limits;
use rand::Rng;
use rand::seq::SliceRandom;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode as FrameCloseCode;

use super::SimulatedAgent;
use super::behaviour::{Act, Command};
use super::door::{not_opened, send, text};
use super::frames::{Drawing, LiveDisplay};
use super::life::{asked_to_stop, next_command, sleep_until};
use super::observer::Observation;
use super::spool::Acknowledged;
use crate::dial::Socket;
use crate::error::LoadtestError;

/// A clean leave waits so long for the last acknowledgements.
const LEAVE_WITHIN_MS: u64 = 5_000;
/// What a broken socket still holds is read within so long.
const LAST_WORDS_WITHIN: Duration = Duration::from_secs(1);
/// Events on the wire without an answer; the rest stays in the spool, so that a long absence does not become a burst.
const EVENTS_IN_FLIGHT_MAX: usize = 4 * limits::EVENTS_PER_MESSAGE_MAX;

/// How a session ended.
#[derive(Debug)]
pub(super) enum SessionEnd {
    /// Asked to stop, and left cleanly.
    Stopped,
    /// The person left or the network was unplugged: come back with the person.
    Gone,
    /// The hub closed, or the socket broke (no code).
    Closed { code: Option<u16>, action: CloseAction, reason: String, retry_after_ms: Option<u64> },
}

/// Why the session's loop is left before the hub ends it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Leaving {
    /// Then [`SessionEnd::Gone`].
    Person,
    /// Then [`SessionEnd::Stopped`].
    Agent,
}

pub(super) struct Session<'a> {
    pub(super) agent: &'a mut SimulatedAgent,
    socket: Socket,
    beat_every_ms: u64,
    next_beat_at_ms: u64,
    events_per_message_max: usize,
    /// Event messages are so far apart: half of what the hub allows, so that the other half is left for everything else.
    events_gap_ms: u64,
    next_events_at_ms: u64,
    /// At most one for each display.
    pub(super) live: Vec<LiveDisplay>,
    /// Pictures being taken: at most one for each display.
    pub(super) drawings: JoinSet<Result<Drawing, LoadtestError>>,
    /// The hub takes no larger binary message.
    pub(super) frame_bytes_max: usize,
    /// What the hub said before it closes.
    told: Option<Close>,
    leaving: Option<(Leaving, u64)>,
}

impl SimulatedAgent {
    /// Connects once and serves the socket to its end.
    pub(super) async fn connect_and_serve(&mut self, stop: &mut watch::Receiver<bool>) -> SessionEnd {
        // Boxed: the handshake's state is large and needed for a moment only.
        match Box::pin(self.open()).await {
            Ok((socket, welcome)) => {
                let session = Session::new(self, socket, &welcome);
                session.serve(stop).await
            }
            Err(error) => {
                self.around.observer.observe(&self.config.identity, &Observation::NotConnected { error: &error });
                not_opened(&error)
            }
        }
    }

    pub(super) fn observe(&self, observation: &Observation<'_>) {
        self.around.observer.observe(&self.config.identity, observation);
    }

    /// The hub has committed these.
    fn settle(&mut self, acknowledged: &[Acknowledged]) {
        let now_us = self.around.clock.mono_us();
        for Acknowledged { boot, event, first_sent_at_us } in acknowledged {
            if let EventKind::NoticeAcknowledged { version } = event.kind {
                self.notice_unacknowledged = self.notice_unacknowledged.filter(|shown| *shown != version);
            }
            let took_us = now_us.saturating_sub(*first_sent_at_us);
            self.observe(&Observation::EventAcknowledged { boot: *boot, event, took_us });
        }
    }
}

impl<'a> Session<'a> {
    fn new(agent: &'a mut SimulatedAgent, socket: Socket, welcome: &Welcome) -> Self {
        let now_ms = agent.around.clock.mono_ms();
        let beat_every_ms = agent.config.habits.beat_every_ms.unwrap_or(welcome.beat_every_ms).max(1);
        let acknowledged = agent.spool.acknowledge(agent.spool.boot(), welcome.acked_seq);
        agent.settle(&acknowledged);
        match &welcome.notice {
            Some(notice) => agent.acknowledge_notice(notice.version),
            None => agent.notice_unacknowledged = None,
        }
        agent.set_policy(&welcome.policy, now_ms);
        // Who watched an earlier socket is not known to watch this one.
        agent.banners.clear();
        agent.arrive(welcome.policy.start_mode, now_ms);
        Self {
            socket,
            beat_every_ms,
            // The second beat comes anywhere within the cadence, so that a fleet that connects at once does not beat at once.
            next_beat_at_ms: now_ms + agent.rng.random_range(0..=beat_every_ms),
            events_per_message_max: (welcome.limits.events_per_message_max as usize)
                .clamp(1, limits::EVENTS_PER_MESSAGE_MAX),
            events_gap_ms: 2_000 / u64::from(welcome.limits.messages_per_second_max.max(1)),
            next_events_at_ms: now_ms,
            live: Vec::new(),
            drawings: JoinSet::new(),
            frame_bytes_max: welcome.limits.frame_bytes_max as usize,
            told: None,
            leaving: None,
            agent,
        }
    }

    async fn serve(mut self, stop: &mut watch::Receiver<bool>) -> SessionEnd {
        // The hub takes a new session for somebody at the keyboard; tell it at once how it is.
        let second_beat_at_ms = self.next_beat_at_ms;
        if let Err(error) = self.send_beat(self.agent.around.clock.mono_ms()).await {
            return self.broken(&error).await;
        }
        self.next_beat_at_ms = second_beat_at_ms;
        loop {
            match self.turn(stop).await {
                Ok(None) => {}
                Ok(Some(end)) => return end,
                Err(error) => return self.broken(&error).await,
            }
        }
    }

    /// Waits for one thing and does it.
    async fn turn(&mut self, stop: &mut watch::Receiver<bool>) -> Result<Option<SessionEnd>, LoadtestError> {
        self.send_events().await?;
        if let Some(end) = self.leave_if_done().await? {
            return Ok(Some(end));
        }
        let wake_ms = Some(self.next_wake_ms());
        let clock = self.agent.around.clock;
        tokio::select! {
            message = self.socket.next() => self.hear(message.transpose()?).await,
            () = sleep_until(&clock, wake_ms) => self.tick().await,
            command = next_command(&mut self.agent.commands) => {
                let now_ms = clock.mono_ms();
                let acts = self.agent.obey(command, now_ms);
                self.perform(acts).await
            }
            Some(drawn) = self.drawings.join_next(), if !self.drawings.is_empty() => {
                let drawing = drawn.map_err(|error| LoadtestError::Limit(format!("a picture was not taken: {error}")))?;
                self.send_frame(drawing?).await?;
                Ok(None)
            }
            () = asked_to_stop(stop), if self.leaving.is_none() => {
                let acts = self.agent.person.obey(Command::StopWork, clock.mono_ms());
                self.begin_leave(Leaving::Agent);
                self.perform(acts).await
            }
        }
    }

    fn next_wake_ms(&self) -> u64 {
        let events_at_ms = self.may_send_events().then_some(self.next_events_at_ms);
        if let Some((_, until_ms)) = self.leaving {
            return events_at_ms.into_iter().fold(self.next_beat_at_ms.min(until_ms), u64::min);
        }
        [
            events_at_ms,
            self.agent.person.next_at_ms(),
            self.agent.screenshot_due_at_ms(),
            self.agent.next_extra_event_at_ms,
            self.next_frame_at_ms(),
        ]
        .into_iter()
        .flatten()
        .fold(self.next_beat_at_ms, u64::min)
    }

    /// Does everything that is due.
    async fn tick(&mut self) -> Result<Option<SessionEnd>, LoadtestError> {
        let now_ms = self.agent.around.clock.mono_ms();
        if now_ms >= self.next_beat_at_ms {
            self.send_beat(now_ms).await?;
        }
        if self.leaving.is_some() {
            return Ok(None);
        }
        self.agent.take_due_screenshot(now_ms);
        self.agent.record_extra_event(now_ms);
        self.take_due_frames(now_ms);
        let acts = self.agent.person.advance(now_ms);
        self.perform(acts).await
    }

    async fn perform(&mut self, acts: Vec<Act>) -> Result<Option<SessionEnd>, LoadtestError> {
        for act in acts {
            match act {
                Act::Record { .. } => self.agent.record(&act),
                Act::Beat => self.send_beat(self.agent.around.clock.mono_ms()).await?,
                Act::Leave => self.begin_leave(Leaving::Person),
                Act::Unplug => {
                    self.agent.observe(&Observation::Unplugged);
                    return Ok(Some(SessionEnd::Gone));
                }
                // It came back before it was gone.
                Act::Return => self.leaving = self.leaving.filter(|(leaving, _)| *leaving == Leaving::Agent),
            }
        }
        Ok(None)
    }

    fn begin_leave(&mut self, leaving: Leaving) {
        self.leaving = Some((leaving, self.agent.around.clock.mono_ms() + LEAVE_WITHIN_MS));
    }

    /// Says `bye` once the hub has acknowledged everything, or when it takes too long.
    async fn leave_if_done(&mut self) -> Result<Option<SessionEnd>, LoadtestError> {
        let Some((leaving, until_ms)) = self.leaving else { return Ok(None) };
        if !self.agent.spool.is_empty() && self.agent.around.clock.mono_ms() < until_ms {
            return Ok(None);
        }
        self.send(text(&AgentUp::Bye { reason: "leaving".to_owned() })).await?;
        let frame = CloseFrame { code: FrameCloseCode::Normal, reason: "".into() };
        // The hub may be quicker: it closes when it hears `bye`.
        let _ = self.send(Message::Close(Some(frame))).await;
        self.agent.observe(&Observation::Left);
        Ok(Some(match leaving {
            Leaving::Person => SessionEnd::Gone,
            Leaving::Agent => SessionEnd::Stopped,
        }))
    }

    async fn hear(&mut self, message: Option<Message>) -> Result<Option<SessionEnd>, LoadtestError> {
        match message {
            Some(Message::Text(json)) => {
                // Types that are newer than this client are ignored, as the protocol asks.
                if let Ok(message) = serde_json::from_str::<AgentDown>(&json) {
                    self.agent.observe(&Observation::Heard { message: &message });
                    self.obey(message);
                }
                Ok(None)
            }
            Some(Message::Close(frame)) => Ok(Some(self.closed(frame))),
            None => Ok(Some(self.closed(None))),
            Some(_) => Ok(None),
        }
    }

    fn obey(&mut self, message: AgentDown) {
        let clock = self.agent.around.clock;
        let now_ms = clock.mono_ms();
        match message {
            AgentDown::Ack { boot_id, seq } => {
                let acknowledged = self.agent.spool.acknowledge(boot_id, seq);
                self.agent.settle(&acknowledged);
            }
            AgentDown::Refused { boot_id, items } => {
                for item in items {
                    for refused in self.agent.spool.refuse(boot_id, &[item.seq]) {
                        let event = &refused.event;
                        self.agent.observe(&Observation::EventRefused { boot: boot_id, event, reason: &item.reason });
                    }
                }
            }
            AgentDown::Got { track, seq } => self.taken(track, seq),
            AgentDown::Policy(policy) => self.agent.set_policy(&policy, now_ms),
            AgentDown::Watch(watch) => self.watch(watch, now_ms),
            AgentDown::Unwatch { track } => self.unwatch(track),
            AgentDown::TakeScreenshot { .. } => self.agent.take_screenshot(now_ms),
            AgentDown::Notice(notice) => self.agent.acknowledge_notice(notice.version),
            AgentDown::StartWork => self.agent.start_work(now_ms),
            AgentDown::Close(close) => self.told = Some(close),
            AgentDown::Watchers { people } => self.show_watchers(&people),
            AgentDown::Welcome(_) | AgentDown::Message { .. } => {}
        }
    }

    async fn send_beat(&mut self, now_ms: u64) -> Result<(), LoadtestError> {
        // From the due moment, so that late timers do not thin the beats; but not twice for one long stall.
        self.next_beat_at_ms = (self.next_beat_at_ms + self.beat_every_ms).max(now_ms + self.beat_every_ms / 2);
        let beat = self.agent.person.beat(now_ms);
        self.send(text(&AgentUp::Beat(beat))).await?;
        self.agent.observe(&Observation::BeatSent { beat });
        Ok(())
    }

    /// Sends the next batch, if there is one and the hub's limits let it go now.
    async fn send_events(&mut self) -> Result<(), LoadtestError> {
        let now_ms = self.agent.around.clock.mono_ms();
        if now_ms < self.next_events_at_ms || !self.may_send_events() {
            return Ok(());
        }
        self.next_events_at_ms = now_ms + self.events_gap_ms;
        let now_us = self.agent.around.clock.mono_us();
        let mut items = self.agent.spool.take_unsent(self.events_per_message_max, now_us);
        let faults = self.agent.config.habits.faults;
        if faults.shuffled {
            items.shuffle(&mut self.agent.rng);
        }
        let count = items.len();
        let message = text(&AgentUp::Events(Events { items }));
        if self.agent.rng.random_range(0..100) < faults.doubled_percent {
            self.next_events_at_ms += self.events_gap_ms;
            self.send(message.clone()).await?;
        }
        self.send(message).await?;
        self.agent.observe(&Observation::EventsSent { count });
        Ok(())
    }

    fn may_send_events(&self) -> bool {
        let in_flight = self.agent.spool.in_flight();
        in_flight < EVENTS_IN_FLIGHT_MAX && in_flight < self.agent.spool.len()
    }

    pub(super) async fn send(&mut self, message: Message) -> Result<(), LoadtestError> {
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

    /// The socket broke. A hub that closes does not read any more, so a send fails before its `close` was read: look
    /// whether it still lies there.
    async fn broken(&mut self, error: &LoadtestError) -> SessionEnd {
        if let Ok(Some(end)) = tokio::time::timeout(LAST_WORDS_WITHIN, self.last_words()).await {
            return end;
        }
        if self.told.is_some() {
            return self.closed(None);
        }
        let reason = error.kind();
        let action = CloseAction::Reconnect;
        self.agent.observe(&Observation::Ended { code: None, action, reason: &reason });
        SessionEnd::Closed { code: None, action, reason, retry_after_ms: None }
    }

    async fn last_words(&mut self) -> Option<SessionEnd> {
        while let Some(Ok(message)) = self.socket.next().await {
            if let Ok(Some(end)) = self.hear(Some(message)).await {
                return Some(end);
            }
        }
        None
    }
}
