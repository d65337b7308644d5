//! One socket's life after the welcome: events from the spool, beats and pictures up, and whatever the hub says down.

use std::time::Duration;

use futures_util::StreamExt;
use muster_domain::MonoMillis;
use muster_protocol::agent::{AgentDown, AgentUp, Events, RefusedEvent, Welcome};
use muster_protocol::close::Close;
use muster_protocol::limits::EVENTS_PER_MESSAGE_MAX;
use muster_protocol::{BootId, UtcMillis};
use tokio::sync::mpsc;
use tokio_tungstenite::tungstenite::Message;

use super::door::{Socket, send, text};
use super::link::{LinkEvent, Saying};
use super::socket_end::SocketEnd;
use crate::clock::Clock;
use crate::spool::Spool;

/// Events on the wire without an answer; the rest stays in the spool, so that a long absence does not become a burst.
const EVENTS_IN_FLIGHT_MAX: u64 = 4 * EVENTS_PER_MESSAGE_MAX as u64;
/// A leave waits so long for the last acknowledgements.
const LEAVE_WITHIN_MS: u64 = 3_000;
/// Then so long for the hub's own close.
const FAREWELL_TIMEOUT: Duration = Duration::from_secs(1);
/// Silence that no hub explains, beside two beats.
const SILENCE_MS: u64 = 15_000;

/// How a session ended.
#[derive(Debug)]
pub(super) enum End {
    /// The agent said `bye`.
    Left,
    Ended(SocketEnd),
}

pub(super) struct Session<'a> {
    socket: Socket,
    spool: &'a Spool,
    boot: BootId,
    clock: Clock,
    events: &'a mpsc::Sender<LinkEvent>,
    /// Everything up to here is acknowledged.
    acked_seq: u64,
    /// Everything up to here is on the wire or acknowledged.
    sent_seq: u64,
    batch_max: usize,
    /// Event messages are so far apart: half of what the hub allows, the other half is for everything else.
    batch_gap_ms: u64,
    next_batch_at: MonoMillis,
    silence_ms_max: u64,
    heard_at: MonoMillis,
    told: Option<Close>,
    leave_by: Option<MonoMillis>,
}

impl<'a> Session<'a> {
    pub fn new(
        socket: Socket,
        spool: &'a Spool,
        clock: Clock,
        welcome: &Welcome,
        events: &'a mpsc::Sender<LinkEvent>,
    ) -> Self {
        let now = clock.now().mono;
        Self {
            socket,
            spool,
            boot: spool.boot(),
            clock,
            events,
            acked_seq: welcome.acked_seq,
            sent_seq: welcome.acked_seq,
            batch_max: (welcome.limits.events_per_message_max as usize).clamp(1, EVENTS_PER_MESSAGE_MAX),
            batch_gap_ms: 2_000 / u64::from(welcome.limits.messages_per_second_max.max(1)),
            next_batch_at: now,
            silence_ms_max: 2 * welcome.beat_every_ms + SILENCE_MS,
            heard_at: now,
            told: None,
            leave_by: None,
        }
    }

    /// Serves the socket to its end.
    pub async fn serve(mut self, sayings: &mut mpsc::Receiver<Saying>) -> End {
        if self.acked_seq >= self.spool.contents().borrow().next_seq {
            return End::Ended(self.begin_new_life().await);
        }
        // What the hub had before the last socket broke.
        if let Err(error) = self.spool.acknowledge(self.acked_seq).await {
            tracing::warn!(%error, "acknowledged events could not be forgotten");
        }
        loop {
            match self.turn(sayings).await {
                Ok(None) => {}
                Ok(Some(end)) => return end,
                Err(end) => return End::Ended(end),
            }
        }
    }

    /// The hub has committed events that this spool has never had: somebody put an old copy of it back. Under the old numbers
    /// whatever is recorded from now on would pass for something known.
    async fn begin_new_life(&mut self) -> SocketEnd {
        tracing::warn!("the spool is older than what the hub remembers of it; it begins a new life");
        match self.spool.renumber().await {
            Ok(()) => SocketEnd::broken("the spool began a new life"),
            Err(error) => SocketEnd::broken(error),
        }
    }

    /// Waits for one thing and does it.
    async fn turn(&mut self, sayings: &mut mpsc::Receiver<Saying>) -> Result<Option<End>, SocketEnd> {
        let mut contents = self.spool.contents();
        let next_seq = contents.borrow_and_update().next_seq;
        self.send_events(next_seq).await?;
        if let Some(end) = self.leave_if_done(next_seq).await {
            return Ok(Some(end));
        }
        let clock = self.clock;
        let wake_at = self.wake_at(next_seq);
        tokio::select! {
            heard = self.socket.next() => {
                self.heard_at = clock.now().mono;
                let heard = heard.transpose().map_err(|error| self.end_of(error))?;
                self.hear(heard).await
            }
            saying = sayings.recv(), if self.leave_by.is_none() => self.say(saying).await,
            changed = contents.changed() => {
                changed.map_err(|_| SocketEnd::broken("the spool is closed"))?;
                Ok(None)
            }
            () = clock.sleep_until(wake_at) => self.check_silence(),
        }
    }

    fn wake_at(&self, next_seq: u64) -> MonoMillis {
        let silence = self.heard_at.plus(self.silence_ms_max);
        let batch = self.has_batch(next_seq).then_some(self.next_batch_at);
        [batch, self.leave_by].into_iter().flatten().fold(silence, MonoMillis::min)
    }

    fn check_silence(&self) -> Result<Option<End>, SocketEnd> {
        if self.clock.now().mono.since(self.heard_at) >= self.silence_ms_max {
            return Err(SocketEnd::broken("nothing was heard of the hub for too long"));
        }
        Ok(None)
    }

    const fn has_batch(&self, next_seq: u64) -> bool {
        self.sent_seq + 1 < next_seq && self.sent_seq - self.acked_seq < EVENTS_IN_FLIGHT_MAX
    }

    /// Sends the next batch, if there is one and the hub's limits let it go now.
    async fn send_events(&mut self, next_seq: u64) -> Result<(), SocketEnd> {
        let now = self.clock.now().mono;
        if now < self.next_batch_at || !self.has_batch(next_seq) {
            return Ok(());
        }
        self.next_batch_at = now.plus(self.batch_gap_ms);
        let items = self.spool.events_after(self.sent_seq, self.batch_max).map_err(SocketEnd::broken)?;
        // Numbers without an event were refused on an earlier socket.
        self.sent_seq = items.last().map_or(next_seq - 1, |last| last.seq);
        if items.is_empty() {
            return Ok(());
        }
        send(&mut self.socket, text(&AgentUp::Events(Events { items }))).await
    }

    async fn say(&mut self, saying: Option<Saying>) -> Result<Option<End>, SocketEnd> {
        let message = match saying {
            Some(Saying::Beat(beat)) => {
                // The answer to the ping shows that the beat arrived, or that nothing does.
                send(&mut self.socket, Message::Ping(bytes::Bytes::new())).await?;
                text(&AgentUp::Beat(beat))
            }
            Some(Saying::Frame(message)) => Message::Binary(message),
            Some(Saying::Same { track, seq }) => text(&AgentUp::Same { track, seq }),
            Some(Saying::Bye) | None => {
                self.leave_by = Some(self.clock.now().mono.plus(LEAVE_WITHIN_MS));
                return Ok(None);
            }
        };
        send(&mut self.socket, message).await?;
        Ok(None)
    }

    async fn hear(&mut self, message: Option<Message>) -> Result<Option<End>, SocketEnd> {
        match message {
            // Types that are newer than this agent are passed over, as the protocol asks.
            Some(Message::Text(json)) => match serde_json::from_str(&json) {
                Ok(message) => self.obey(message).await,
                Err(error) => tracing::debug!(%error, "passed over what the hub said"),
            },
            Some(Message::Close(frame)) => return Err(SocketEnd::closed(self.told.take(), frame)),
            None => return Err(SocketEnd::closed(self.told.take(), None)),
            Some(_) => {}
        }
        Ok(None)
    }

    async fn obey(&mut self, message: AgentDown) {
        let outcome = match message {
            AgentDown::Ack { boot_id, seq } if boot_id == self.boot => {
                // What was never sent cannot be acknowledged.
                self.acked_seq = self.acked_seq.max(seq.min(self.sent_seq));
                self.spool.acknowledge(self.acked_seq).await
            }
            AgentDown::Refused { boot_id, items } if boot_id == self.boot => self.set_aside(items).await,
            AgentDown::Ack { .. } | AgentDown::Refused { .. } => Ok(()),
            AgentDown::Close(close) => {
                self.told = Some(close);
                Ok(())
            }
            other => {
                // The receiver lives as long as this session's owner.
                let _ = self.events.send(LinkEvent::Told(Box::new(other))).await;
                Ok(())
            }
        };
        if let Err(error) = outcome {
            tracing::warn!(%error, "the spool could not follow the hub; it will be told again");
        }
    }

    async fn set_aside(&mut self, items: Vec<RefusedEvent>) -> Result<(), crate::spool::SpoolError> {
        for item in &items {
            tracing::warn!(seq = item.seq, reason = %item.reason, "the hub will never take this event; it is set aside");
        }
        let at: UtcMillis = self.clock.now().wall;
        self.spool.refuse(items, at).await
    }

    /// Says `bye` once the hub has acknowledged everything, or when that takes too long.
    async fn leave_if_done(&mut self, next_seq: u64) -> Option<End> {
        let leave_by = self.leave_by?;
        if self.acked_seq + 1 < next_seq && self.clock.now().mono < leave_by {
            return None;
        }
        let bye = AgentUp::Bye { reason: "the agent was ended".to_owned() };
        if send(&mut self.socket, text(&bye)).await.is_ok() {
            // The hub may be quicker: it closes when it hears `bye`.
            let farewell = async {
                let _ = self.socket.close(None).await;
                while let Some(Ok(_)) = self.socket.next().await {}
            };
            let _ = tokio::time::timeout(FAREWELL_TIMEOUT, farewell).await;
        }
        Some(End::Left)
    }

    /// A socket that breaks after the hub said `close` was closed by the hub.
    fn end_of(&mut self, error: tokio_tungstenite::tungstenite::Error) -> SocketEnd {
        match self.told.take() {
            Some(told) => SocketEnd::closed(Some(told), None),
            None => SocketEnd::broken(error),
        }
    }
}
