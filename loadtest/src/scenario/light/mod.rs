//! A light agent: a real client of the agent door with no desktop and no moods behind it.
//!
//! It beats, starts work, acknowledges a notice and answers `watch` with pictures made beforehand, so that thousands of
//! them cost the load generator less than the hub that is measured. Start reading at [`LightAgent::run`].

mod door;
mod feed;
mod session;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use muster_protocol::BootId;
use muster_protocol::agent::EventKind;
use muster_protocol::close::CloseAction;
use rand::SeedableRng;
use rand::rngs::SmallRng;
use tokio::sync::watch;

pub(super) use self::door::{open_door, send, text};
use self::session::SessionEnd;
use crate::agent::backoff::{Backoff, DELAY_MS_MAX};
use crate::agent::spool::Spool;
use crate::agent::{AgentConfig, AgentEnd, Observation, Observer};
use crate::clock::Clock;
use crate::picture_source::PictureStock;

/// What light agents share.
pub(super) struct LightSurroundings {
    pub clock: Clock,
    pub observer: Arc<dyn Observer>,
    pub duties: Duties,
}

/// What each of them does.
pub(super) struct Duties {
    pub beat_every_ms: Option<u64>,
    /// Whoever has pictures works; without them an agent is a socket that beats.
    pub pictures: Option<Supply>,
}

/// Pictures for whoever watches, and how many went out.
pub(super) struct Supply {
    pub stock: PictureStock,
    /// At most so many a second, if the hub asks for more.
    pub fps_max: f64,
    sent: AtomicU64,
    skipped: AtomicU64,
    /// The highest rate that the hub asked for, in thousandths of a picture per second.
    asked_millifps: AtomicU64,
}

impl Supply {
    pub(super) fn new(stock: PictureStock, fps_max: f64) -> Self {
        let (sent, skipped, asked_millifps) = (AtomicU64::new(0), AtomicU64::new(0), AtomicU64::new(0));
        Self { stock, fps_max, sent, skipped, asked_millifps }
    }

    /// Pictures sent by all agents, and pictures whose moments passed while the hub held back a `got`.
    pub(super) fn counts(&self) -> (u64, u64) {
        (self.sent.load(Ordering::Relaxed), self.skipped.load(Ordering::Relaxed))
    }

    /// The highest rate that the hub asked for, in pictures per second.
    pub(super) fn fps_asked(&self) -> f64 {
        self.asked_millifps.load(Ordering::Relaxed) as f64 / 1_000.0
    }

    fn sent(&self, skipped_before: u64) {
        self.sent.fetch_add(1, Ordering::Relaxed);
        self.skipped.fetch_add(skipped_before, Ordering::Relaxed);
    }

    fn asked(&self, fps: f64) {
        self.asked_millifps.fetch_max((fps * 1_000.0) as u64, Ordering::Relaxed);
    }
}

/// One light agent.
pub(super) struct LightAgent {
    config: AgentConfig,
    around: Arc<LightSurroundings>,
    /// The number in the stamp of its pictures.
    number: u32,
    spool: Spool,
    is_working: bool,
    notice_unacknowledged: Option<u64>,
    has_connected: bool,
    /// Grows each time when all sockets are dropped at once.
    drops: watch::Receiver<u64>,
    rng: SmallRng,
}

impl LightAgent {
    /// An agent that is not connected yet. Of `config` only the identity, the addresses and the seed count.
    pub(super) fn new(
        config: AgentConfig,
        number: u32,
        around: Arc<LightSurroundings>,
        drops: watch::Receiver<u64>,
    ) -> Self {
        Self {
            rng: SmallRng::seed_from_u64(config.seed),
            config,
            around,
            number,
            spool: Spool::new(BootId::generate()),
            is_working: false,
            notice_unacknowledged: None,
            has_connected: false,
            drops,
        }
    }

    /// Lives until `stop` turns true or the hub says stop. Comes back as the protocol asks.
    pub(super) async fn run(mut self, mut stop: watch::Receiver<bool>) -> AgentEnd {
        let mut backoff = Backoff::new(DELAY_MS_MAX);
        while !*stop.borrow() {
            let connected_at_ms = self.around.clock.mono_ms();
            let end = Box::pin(self.connect_and_serve(&mut stop)).await;
            self.spool.rewind();
            let hint_ms = match end {
                SessionEnd::Stopped => break,
                SessionEnd::Dropped => None,
                SessionEnd::Closed { code, action: CloseAction::Stop, reason, .. } => {
                    return AgentEnd::ToldToStop { code: code.unwrap_or_default(), reason };
                }
                SessionEnd::Closed { retry_after_ms, .. } => retry_after_ms,
            };
            let now_ms = self.around.clock.mono_ms();
            backoff.session_lasted(now_ms.saturating_sub(connected_at_ms));
            let delay_ms = backoff.next_delay_ms(hint_ms, &mut self.rng);
            tokio::select! {
                () = self.around.clock.sleep_until_ms(now_ms + delay_ms) => {}
                () = asked_to_stop(&mut stop) => break,
            }
        }
        AgentEnd::Stopped { unacknowledged: self.spool.len() }
    }

    fn observe(&self, observation: &Observation<'_>) {
        self.around.observer.observe(&self.config.identity, observation);
    }

    fn start_work(&mut self) {
        if !std::mem::replace(&mut self.is_working, true) {
            self.spool.push(self.around.clock.utc(), EventKind::WorkStarted);
        }
    }

    fn stop_work(&mut self) {
        if std::mem::replace(&mut self.is_working, false) {
            self.spool.push(self.around.clock.utc(), EventKind::WorkStopped);
        }
    }

    fn acknowledge_notice(&mut self, version: u64) {
        if self.notice_unacknowledged.replace(version) != Some(version) {
            self.spool.push(self.around.clock.utc(), EventKind::NoticeAcknowledged { version });
        }
    }
}

/// Waits until the agent is to stop, or nobody is left to say so.
async fn asked_to_stop(stop: &mut watch::Receiver<bool>) {
    // An error means that the sender is gone.
    let _ = stop.wait_for(|stopped| *stopped).await;
}
