//! The link: the one task that keeps the one socket. It comes back with full jitter and stops where the hub says so.

use bytes::Bytes;
use muster_protocol::agent::{AgentDown, Beat, Display, Hello, Welcome};
use muster_protocol::close::CloseAction;
use muster_protocol::{DeviceId, UtcMillis};
use rand::SeedableRng;
use rand::rngs::StdRng;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;

use super::door;
use super::network::Network;
use super::session::{End, Session};
use crate::clock::Clock;
use crate::core::backoff::Backoff;
use crate::keys::Token;
use crate::spool::Spool;

/// What waits to be said: some beats, and one picture per display.
const SAYINGS_MAX: usize = 32;

/// Something for the wire.
#[derive(Clone, Debug, PartialEq)]
pub enum Saying {
    Beat(Beat),
    /// A whole binary message.
    Frame(Bytes),
    Same {
        track: u32,
        seq: u32,
    },
    /// Leave, once what is spooled is acknowledged.
    Bye,
}

/// What became of the socket, and what the hub said on it.
#[derive(Clone, Debug, PartialEq)]
pub enum LinkEvent {
    Connecting,
    Opened {
        welcome: Box<Welcome>,
        /// As `hello` named them.
        displays: Vec<Display>,
    },
    Told(Box<AgentDown>),
    /// The next attempt is at `retry_at`.
    Away {
        reason: String,
        retry_at: UtcMillis,
    },
    /// The hub said stop: somebody has to do something.
    Stopped {
        reason: String,
    },
    /// `bye` was said, or there was no socket to say it on.
    Left,
}

/// Everything that the link needs to be somebody.
#[derive(Clone, Debug)]
pub struct Credentials {
    pub agent_url: String,
    pub device_id: DeviceId,
    pub token: Token,
}

/// The running link. Dropped, it is gone at once, without `bye`.
#[derive(Debug)]
pub struct Link {
    sayings: mpsc::Sender<Saying>,
    task: JoinHandle<()>,
}

impl Link {
    /// Begins to connect. `displays` and `utc_offset_min` are asked for at each attempt.
    #[must_use]
    pub fn open(
        credentials: Credentials,
        network: Network,
        spool: Spool,
        clock: Clock,
        facts: watch::Receiver<HelloFacts>,
        events: mpsc::Sender<LinkEvent>,
    ) -> Self {
        let (sayings, receiver) = mpsc::channel(SAYINGS_MAX);
        let task = LinkTask { credentials, network, spool, clock, facts, events, sayings: receiver };
        Self { sayings, task: tokio::spawn(task.run()) }
    }

    /// Queues something for the wire; dropped when the socket does not keep up, because it means "now".
    pub fn say(&self, saying: Saying) {
        if self.sayings.try_send(saying).is_err() {
            tracing::debug!("the socket does not keep up");
        }
    }

    /// Leaves; [`LinkEvent::Left`] says when that is done. `false` when there is no way to say it: then it is done.
    #[must_use]
    pub fn leave(&self) -> bool {
        self.sayings.try_send(Saying::Bye).is_ok()
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// What `hello` says of the machine.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HelloFacts {
    pub os: String,
    pub displays: Vec<Display>,
    pub utc_offset_min: i16,
}

struct LinkTask {
    credentials: Credentials,
    network: Network,
    spool: Spool,
    clock: Clock,
    facts: watch::Receiver<HelloFacts>,
    events: mpsc::Sender<LinkEvent>,
    sayings: mpsc::Receiver<Saying>,
}

impl LinkTask {
    async fn run(mut self) {
        let mut backoff = Backoff::default();
        let mut rng = StdRng::from_os_rng();
        loop {
            self.tell(LinkEvent::Connecting).await;
            let began_at = self.clock.now().mono;
            let end = match self.connect_and_serve().await {
                End::Left => return self.tell(LinkEvent::Left).await,
                End::Ended(end) => end,
            };
            tracing::info!(reason = %end.reason, "offline");
            if end.action == CloseAction::Stop {
                self.tell(LinkEvent::Stopped { reason: end.reason }).await;
                // Nothing goes out any more; only a leave is answered.
                self.hear_bye().await;
                return self.tell(LinkEvent::Left).await;
            }
            backoff.held(self.clock.now().mono.since(began_at));
            let delay_ms = backoff.next_delay_ms(end.retry_after_ms, &mut rng);
            let now = self.clock.now();
            let retry_at = now.wall.plus(i64::try_from(delay_ms).unwrap_or(i64::MAX));
            self.tell(LinkEvent::Away { reason: end.reason, retry_at }).await;
            let clock = self.clock;
            tokio::select! {
                () = clock.sleep_until(now.mono.plus(delay_ms)) => {}
                () = self.hear_bye() => return self.tell(LinkEvent::Left).await,
            }
        }
    }

    async fn connect_and_serve(&mut self) -> End {
        let facts = self.facts.borrow_and_update().clone();
        let hello = self.hello(&facts);
        let Credentials { agent_url, token, .. } = self.credentials.clone();
        let network = self.network.clone();
        let opened = tokio::select! {
            opened = door::open(&network, &agent_url, &token, hello) => opened,
            () = self.hear_bye() => return End::Left,
        };
        let (socket, welcome) = match opened {
            Ok(opened) => opened,
            Err(end) => return End::Ended(end),
        };
        tracing::info!(session = %welcome.session_id, "online");
        let session = Session::new(socket, &self.spool, self.clock, &welcome, &self.events);
        self.tell(LinkEvent::Opened { welcome, displays: facts.displays }).await;
        session.serve(&mut self.sayings).await
    }

    fn hello(&self, facts: &HelloFacts) -> Hello {
        Hello {
            agent_version: env!("CARGO_PKG_VERSION").to_owned(),
            device_id: self.credentials.device_id,
            boot_id: self.spool.boot(),
            os: facts.os.clone(),
            displays: facts.displays.clone(),
            utc_offset_min: facts.utc_offset_min,
            next_seq: self.spool.contents().borrow().next_seq,
            sent_at: self.clock.now().wall,
        }
    }

    async fn tell(&self, event: LinkEvent) {
        // Without a receiver the agent has ended.
        let _ = self.events.send(event).await;
    }

    /// Waits for a leave; beats and pictures for a socket that is not there are dropped.
    async fn hear_bye(&mut self) {
        while !matches!(self.sayings.recv().await, Some(Saying::Bye) | None) {}
    }
}
