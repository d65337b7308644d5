//! One person's months, delivered as an agent delivers a spool that was offline.

use futures_util::StreamExt;
use muster_protocol::agent::{
    AgentDown, AgentUp, Beat, BeatState, Display, DurableEvent, EventKind, Events, Hello, Welcome,
};
use muster_protocol::close::{CloseAction, CloseCode};
use muster_protocol::policy::Policy;
use muster_protocol::{BootId, UtcMillis, limits};
use rand::SeedableRng;
use rand::rngs::SmallRng;
use tokio_tungstenite::tungstenite::{Error, Message};

use super::backlog::Backlog;
use super::notice::is_read_by;
use super::staff::Member;
use crate::agent::backoff::{Backoff, DELAY_MS_MAX};
use crate::clock::Clock;
use crate::desktop::Desktop;
use crate::dial::Socket;
use crate::error::LoadtestError;
use crate::history::{WorkDay, boot_of};
use crate::scenario::light::{open_door, send, text};

/// Events on the wire without an answer: the hub may read on while it commits.
const EVENTS_IN_FLIGHT_MAX: usize = 4 * limits::EVENTS_PER_MESSAGE_MAX;
/// A hub that answers nothing for so long is given up.
const PATIENCE_MS: u64 = 60_000;
/// How often the door is tried.
const ATTEMPTS_MAX: u32 = 6;
/// Nobody sits at the desk while a spool is delivered.
const AWAY: Beat = Beat { idle_ms: 3_600_000, state: BeatState::Locked };

/// How everybody's spool is delivered.
#[derive(Clone, Copy)]
pub(super) struct Delivery<'a> {
    pub(super) clock: Clock,
    pub(super) agent_url: &'a str,
    pub(super) days: u32,
    pub(super) until: UtcMillis,
}

/// What the hub took of one person.
#[derive(Clone, Debug, Default)]
pub(super) struct Delivered {
    pub(super) shifts: u64,
    pub(super) events: u64,
    pub(super) refused: u64,
    /// Why, of the first one.
    pub(super) refusal: Option<String>,
    pub(super) acknowledged_notice: bool,
    /// What the hub wants of this person's agent.
    pub(super) policy: Option<Policy>,
}

/// One socket while it lasts.
struct Session<'a, I> {
    socket: Socket,
    backlog: &'a mut Backlog<I>,
    delivered: &'a mut Delivered,
    clock: Clock,
    events_per_message: usize,
    /// Half of what the hub allows, as every agent does.
    gap_ms: u64,
    beat_every_ms: u64,
    next_events_at_ms: u64,
    next_beat_at_ms: u64,
    /// The last answer.
    heard_at_ms: u64,
    /// There is nothing that was not sent.
    is_all_sent: bool,
}

/// How often one person's door was tried.
struct Attempts {
    left: u32,
    backoff: Backoff,
    rng: SmallRng,
}

impl Delivery<'_> {
    /// Delivers the shifts of `member`, and the answer to the notice.
    pub(super) async fn of(self, member: &Member) -> Result<Delivered, LoadtestError> {
        let mut attempts = Attempts::new(member.worker.seed());
        let current = BootId::generate();
        let (mut socket, mut welcome) = self.open(member, current, &mut attempts).await?;
        let mut delivered = Delivered { policy: Some(welcome.policy.clone()), ..Delivered::default() };
        let answer = answer_to_notice(member, &welcome, self.clock.utc());
        delivered.acknowledged_notice = welcome.notice.is_none() || answer.is_some();
        // What an agent spools without a hub, a little closer than needed.
        let cover_every_ms = i64::try_from(welcome.offline_after_ms).unwrap_or(i64::MAX) / 10 * 9;
        let days: Vec<WorkDay> = member.worker.days(self.until, self.days).collect();
        delivered.shifts = days.len() as u64;
        let shifts = days.iter().map(|day| self.spooled(member, day, cover_every_ms));
        let mut backlog = Backlog::new(shifts.chain(answer.map(|answer| vec![answer])), current);
        loop {
            let session = Session::new(self.clock, socket, &welcome, &mut backlog, &mut delivered);
            let Err(error) = session.deliver().await else { return Ok(delivered) };
            backlog.rewind();
            attempts.wait(error, self.clock).await?;
            (socket, welcome) = self.open(member, current, &mut attempts).await?;
        }
    }

    /// Opens the door, more than once if need be.
    async fn open(
        self,
        member: &Member,
        current: BootId,
        attempts: &mut Attempts,
    ) -> Result<(Socket, Box<Welcome>), LoadtestError> {
        loop {
            match open_door(self.agent_url, &member.identity, None, self.hello(member, current)).await {
                Ok(opened) => return Ok(opened),
                Err(error) => attempts.wait(error, self.clock).await?,
            }
        }
    }

    fn hello(self, member: &Member, current: BootId) -> Hello {
        let screen = Desktop::new(member.worker.seed(), member.identity.name.clone()).screen();
        Hello {
            agent_version: concat!("loadtest-", env!("CARGO_PKG_VERSION"), "-seed").to_owned(),
            device_id: member.identity.device,
            boot_id: current,
            os: ["Windows 11", "Debian 13", "macOS 16"][member.index % 3].to_owned(),
            displays: vec![Display {
                track: 0,
                name: "Display 1".to_owned(),
                width: screen.width,
                height: screen.height,
                primary: true,
            }],
            utc_offset_min: 0,
            next_seq: 1,
            sent_at: self.clock.utc(),
        }
    }

    /// What the agent spooled in one shift.
    fn spooled(self, member: &Member, day: &WorkDay, cover_every_ms: i64) -> Vec<DurableEvent> {
        let boot_id = Some(boot_of(&member.worker, day));
        let events = (1..).zip(day.events(cover_every_ms, self.until));
        events.map(|(seq, (at, kind))| DurableEvent { seq, boot_id, at, kind }).collect()
    }
}

/// Spooled by an agent whose person has read the notice that the hub shows.
fn answer_to_notice(member: &Member, welcome: &Welcome, now: UtcMillis) -> Option<DurableEvent> {
    let notice = welcome.notice.as_ref().filter(|_| is_read_by(member.index))?;
    let kind = EventKind::NoticeAcknowledged { version: notice.version };
    Some(DurableEvent { seq: 1, boot_id: None, at: now.max(notice.published_at), kind })
}

impl Attempts {
    fn new(seed: u64) -> Self {
        Self { left: ATTEMPTS_MAX, backoff: Backoff::new(DELAY_MS_MAX), rng: SmallRng::seed_from_u64(seed) }
    }

    /// Waits before the next one. Gives up when there were enough, or when another one would not help.
    async fn wait(&mut self, error: LoadtestError, clock: Clock) -> Result<(), LoadtestError> {
        let may_pass = match &error {
            LoadtestError::Closed { code, .. } => CloseCode::action_of(*code) == CloseAction::Reconnect,
            LoadtestError::Socket(socket) => !matches!(
                socket.as_ref(),
                Error::Http(answer) if matches!(answer.status().as_u16(), 401 | 403)
            ),
            LoadtestError::Unexpected { .. } => true,
            _ => false,
        };
        self.left -= 1;
        if self.left == 0 || !may_pass {
            return Err(error);
        }
        let delay_ms = self.backoff.next_delay_ms(error.retry_after_ms(), &mut self.rng);
        clock.sleep_until_ms(clock.mono_ms() + delay_ms).await;
        Ok(())
    }
}

impl<'a, I: Iterator<Item = Vec<DurableEvent>>> Session<'a, I> {
    fn new(
        clock: Clock,
        socket: Socket,
        welcome: &Welcome,
        backlog: &'a mut Backlog<I>,
        delivered: &'a mut Delivered,
    ) -> Self {
        let now_ms = clock.mono_ms();
        Self {
            socket,
            backlog,
            delivered,
            clock,
            events_per_message: (welcome.limits.events_per_message_max as usize)
                .clamp(1, limits::EVENTS_PER_MESSAGE_MAX),
            gap_ms: 2_000 / u64::from(welcome.limits.messages_per_second_max.max(1)),
            beat_every_ms: welcome.beat_every_ms.max(1),
            next_events_at_ms: now_ms,
            next_beat_at_ms: now_ms,
            heard_at_ms: now_ms,
            is_all_sent: false,
        }
    }

    /// Sends until everything is acknowledged, then leaves.
    async fn deliver(mut self) -> Result<(), LoadtestError> {
        loop {
            self.send_due().await?;
            if self.is_all_sent && self.backlog.in_flight() == 0 {
                break;
            }
            let wake_ms = if self.may_send() { self.next_events_at_ms } else { self.heard_at_ms + PATIENCE_MS };
            tokio::select! {
                message = self.socket.next() => self.hear(message.transpose()?)?,
                () = self.clock.sleep_until_ms(wake_ms.min(self.next_beat_at_ms)) => {}
            }
            if self.backlog.in_flight() > 0 && self.clock.mono_ms() >= self.heard_at_ms + PATIENCE_MS {
                return Err(silence());
            }
        }
        send(&mut self.socket, text(&AgentUp::Bye { reason: "delivered".to_owned() })).await?;
        // The hub may be quicker: it closes when it hears `bye`.
        let _ = send(&mut self.socket, Message::Close(None)).await;
        Ok(())
    }

    /// Sends the next batch and the next beat, if it is time for them.
    async fn send_due(&mut self) -> Result<(), LoadtestError> {
        let now_ms = self.clock.mono_ms();
        if now_ms >= self.next_beat_at_ms {
            self.next_beat_at_ms = now_ms + self.beat_every_ms;
            send(&mut self.socket, text(&AgentUp::Beat(AWAY))).await?;
        }
        if !self.may_send() || now_ms < self.next_events_at_ms {
            return Ok(());
        }
        let items = self.backlog.take(self.events_per_message);
        if items.is_empty() {
            self.is_all_sent = true;
            return Ok(());
        }
        if self.backlog.in_flight() == items.len() {
            // The hub had nothing to answer until now.
            self.heard_at_ms = now_ms;
        }
        self.next_events_at_ms = now_ms + self.gap_ms;
        send(&mut self.socket, text(&AgentUp::Events(Events { items }))).await
    }

    fn may_send(&self) -> bool {
        !self.is_all_sent && self.backlog.in_flight() < EVENTS_IN_FLIGHT_MAX
    }

    fn hear(&mut self, message: Option<Message>) -> Result<(), LoadtestError> {
        let ended = || LoadtestError::Unexpected { expected: "ack", got: "the end of the socket".to_owned() };
        match message {
            Some(Message::Text(json)) => match serde_json::from_str(&json) {
                Ok(AgentDown::Ack { boot_id, seq }) => {
                    self.delivered.events += self.backlog.acknowledge(boot_id, seq) as u64;
                    self.heard_at_ms = self.clock.mono_ms();
                }
                Ok(AgentDown::Refused { boot_id, items }) => {
                    let seqs: Vec<u64> = items.iter().map(|item| item.seq).collect();
                    self.delivered.refused += self.backlog.refuse(boot_id, &seqs) as u64;
                    let reason = items.into_iter().next().map(|item| item.reason);
                    self.delivered.refusal = self.delivered.refusal.take().or(reason);
                }
                Ok(AgentDown::Close(close)) => {
                    return Err(LoadtestError::Closed { code: close.code, reason: close.reason });
                }
                // Whatever else the hub says is for people, and nobody is there.
                _ => {}
            },
            Some(Message::Close(Some(frame))) => {
                return Err(LoadtestError::Closed { code: frame.code.into(), reason: frame.reason.to_string() });
            }
            Some(Message::Close(None)) | None => return Err(ended()),
            Some(_) => {}
        }
        Ok(())
    }
}

fn silence() -> LoadtestError {
    LoadtestError::Unexpected { expected: "ack", got: "silence".to_owned() }
}
