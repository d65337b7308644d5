//! A simulated agent's life: sessions, and the time between them.

use std::sync::Arc;
use std::time::Duration;

use muster_protocol::agent::EventKind;
use muster_protocol::close::CloseAction;
use muster_protocol::policy::StartMode;
use muster_protocol::{BootId, UtcMillis};
use rand::rngs::SmallRng;
use rand::{Rng, SeedableRng};
use tokio::sync::{mpsc, watch};
use tokio::task::JoinSet;

use super::backoff::Backoff;
use super::behaviour::{Act, Behaviour};
use super::pictures::CapturePolicy;
use super::session::SessionEnd;
use super::spool::Spool;
use super::{AgentCommand, AgentConfig, AgentEnd, AgentHandle, Surroundings};
use crate::clock::Clock;

/// While the hub is out of reach an agent spools "work went on" so often, so that no gap opens.
const WORK_CONTINUED_EVERY_MS: u64 = 60_000;
/// An agent that stops waits so long for its uploads.
const LAST_UPLOADS_WITHIN: Duration = Duration::from_secs(5);

/// One agent. See the module's documentation.
pub struct SimulatedAgent {
    pub(super) config: AgentConfig,
    pub(super) around: Arc<Surroundings>,
    pub(super) person: Behaviour,
    pub(super) spool: Spool,
    pub(super) rng: SmallRng,
    pub(super) commands: Option<mpsc::Receiver<AgentCommand>>,
    pub(super) policy: Option<CapturePolicy>,
    /// A published notice that the hub does not know to be acknowledged: nothing is captured meanwhile.
    pub(super) notice_unacknowledged: Option<u64>,
    pub(super) next_extra_event_at_ms: Option<u64>,
    /// What each watched display shows about who watches it.
    pub(super) banners: Vec<(u32, Arc<str>)>,
    /// When the hands went off, monotonic and by the wall clock: read once, so that the screen stands still to the pixel.
    pub(super) hands_off: Option<(u64, UtcMillis)>,
    work_continued_at_ms: u64,
    pub(super) has_connected: bool,
    pub(super) uploads: JoinSet<()>,
}

impl SimulatedAgent {
    /// An agent that is not connected yet.
    #[must_use]
    pub fn new(config: AgentConfig, around: Arc<Surroundings>) -> Self {
        let now_ms = around.clock.mono_ms();
        let mut rng = SmallRng::seed_from_u64(config.seed);
        let next_extra_event_at_ms =
            config.habits.event_every_ms.map(|every_ms| now_ms + rng.random_range(0..=every_ms));
        Self {
            person: Behaviour::new(config.pace, config.seed, now_ms),
            spool: Spool::new(BootId::generate()),
            rng,
            commands: None,
            policy: None,
            notice_unacknowledged: None,
            next_extra_event_at_ms,
            banners: Vec::new(),
            hands_off: None,
            work_continued_at_ms: now_ms,
            has_connected: false,
            uploads: JoinSet::new(),
            config,
            around,
        }
    }

    /// A handle that makes the person do things: for tests and scenarios.
    #[must_use]
    pub fn with_handle(mut self) -> (Self, AgentHandle) {
        let (handle, commands) = AgentHandle::pair();
        self.commands = Some(commands);
        (self, handle)
    }

    /// Lives until `stop` turns true or the hub says stop. Leaves cleanly when asked to stop.
    pub async fn run(mut self, mut stop: watch::Receiver<bool>) -> AgentEnd {
        let mut backoff = Backoff::new(self.config.habits.reconnect_within_ms);
        loop {
            if self.wait_while_gone(&mut stop).await.is_stopped() {
                break;
            }
            let connected_at_ms = self.around.clock.mono_ms();
            let end = Box::pin(self.connect_and_serve(&mut stop)).await;
            self.spool.rewind();
            self.work_continued_at_ms = self.around.clock.mono_ms();
            let hint_ms = match end {
                SessionEnd::Stopped => break,
                SessionEnd::Gone => continue,
                SessionEnd::Closed { code, action: CloseAction::Stop, reason, .. } => {
                    return AgentEnd::ToldToStop { code: code.unwrap_or_default(), reason };
                }
                SessionEnd::Closed { retry_after_ms, .. } => retry_after_ms,
            };
            backoff.session_lasted(self.around.clock.mono_ms().saturating_sub(connected_at_ms));
            let delay_ms = backoff.next_delay_ms(hint_ms, &mut self.rng);
            let until_ms = self.around.clock.mono_ms() + delay_ms;
            if self.live_offline(Some(until_ms), &mut stop).await.is_stopped() {
                break;
            }
        }
        let uploads = async { while self.uploads.join_next().await.is_some() {} };
        // Whatever is still under way then is given up: it was never acknowledged.
        let _ = tokio::time::timeout(LAST_UPLOADS_WITHIN, uploads).await;
        AgentEnd::Stopped { unacknowledged: self.spool.len() }
    }

    /// Lives on without a socket until the person is back at the machine.
    async fn wait_while_gone(&mut self, stop: &mut watch::Receiver<bool>) -> Waited {
        while !self.person.is_present() {
            if self.live_offline(None, stop).await.is_stopped() {
                return Waited::Stopped;
            }
        }
        if *stop.borrow() { Waited::Stopped } else { Waited::On }
    }

    /// Lives on without a socket until `until_ms`, or, without it, until anything changed.
    async fn live_offline(&mut self, until_ms: Option<u64>, stop: &mut watch::Receiver<bool>) -> Waited {
        loop {
            let continued_at_ms = self.work_continued_at_ms + WORK_CONTINUED_EVERY_MS;
            let wake_ms = [until_ms, self.person.next_at_ms(), self.person.is_working().then_some(continued_at_ms)]
                .into_iter()
                .flatten()
                .min();
            let clock = self.around.clock;
            let command = tokio::select! {
                () = sleep_until(&clock, wake_ms) => None,
                command = next_command(&mut self.commands) => Some(command),
                () = asked_to_stop(stop) => return Waited::Stopped,
            };
            let now_ms = clock.mono_ms();
            let acts = match command {
                Some(command) => self.obey(command, now_ms),
                None => self.person.advance(now_ms),
            };
            for act in acts {
                self.record(&act);
            }
            if self.person.is_working() && now_ms >= continued_at_ms {
                self.work_continued_at_ms = now_ms;
                self.spool.push(clock.utc_at_ms(now_ms), EventKind::WorkContinued);
            }
            if until_ms.is_none_or(|until_ms| now_ms >= until_ms) {
                return Waited::On;
            }
        }
    }

    /// The person is let in: most start work on their first arrival.
    pub(super) fn arrive(&mut self, start_mode: StartMode, now_ms: u64) {
        let starts = start_mode == StartMode::Auto || self.config.habits.starts_work;
        if starts && self.person.is_arriving() {
            self.start_work(now_ms);
        }
    }

    /// Starts work, unless that was done.
    pub(super) fn start_work(&mut self, now_ms: u64) {
        for act in self.person.start_work(now_ms) {
            self.record(&act);
        }
    }

    /// Spools the event of `act`, if it is one.
    pub(super) fn record(&mut self, act: &Act) {
        if let Act::Record { kind, at_ms } = act {
            self.spool.push(self.around.clock.utc_at_ms(*at_ms), kind.clone());
        }
    }

    pub(super) fn obey(&mut self, command: AgentCommand, now_ms: u64) -> Vec<Act> {
        match command {
            AgentCommand::Person(command) => return self.person.obey(command, now_ms),
            AgentCommand::Record { at, kind } => {
                self.spool.push(at.unwrap_or_else(|| self.around.clock.utc()), kind);
            }
            AgentCommand::Reboot => {
                self.spool.reboot(BootId::generate());
                return vec![Act::Unplug];
            }
            AgentCommand::TakeScreenshot => self.take_screenshot(now_ms),
        }
        Vec::new()
    }

    /// Spools the extra event that is due, if habits want any.
    pub(super) fn record_extra_event(&mut self, now_ms: u64) {
        let (Some(due_at_ms), Some(every_ms)) = (self.next_extra_event_at_ms, self.config.habits.event_every_ms) else {
            return;
        };
        if now_ms < due_at_ms {
            return;
        }
        self.next_extra_event_at_ms = Some((due_at_ms + every_ms.max(1)).max(now_ms));
        if self.person.is_working() {
            self.spool.push(self.around.clock.utc_at_ms(now_ms), EventKind::WorkContinued);
        }
    }
}

/// Whether a wait went to its end.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Waited {
    On,
    Stopped,
}

impl Waited {
    fn is_stopped(self) -> bool {
        self == Self::Stopped
    }
}

/// Waits until the agent is to stop, or nobody is left to say so.
pub(super) async fn asked_to_stop(stop: &mut watch::Receiver<bool>) {
    // An error means that the sender is gone.
    let _ = stop.wait_for(|stopped| *stopped).await;
}

/// Sleeps until `wake_ms`; for ever without it.
pub(super) async fn sleep_until(clock: &Clock, wake_ms: Option<u64>) {
    match wake_ms {
        Some(wake_ms) => clock.sleep_until_ms(wake_ms).await,
        None => std::future::pending().await,
    }
}

/// The next command; for ever without a handle.
pub(super) async fn next_command(commands: &mut Option<mpsc::Receiver<AgentCommand>>) -> AgentCommand {
    if let Some(receiver) = commands
        && let Some(command) = receiver.recv().await
    {
        return command;
    }
    // The handle is gone: from now on only the script moves the person.
    *commands = None;
    std::future::pending().await
}
