//! `fleet`: a day at an office, hurried.

use std::path::PathBuf;
use std::sync::Arc;

use super::crew::{Crew, CrewConfig};
use super::launch::Launched;
use crate::agent::pace::Pace;
use crate::agent::{Faults, Habits, Observer, Screenshots, Surroundings};
use crate::client::RestClient;
use crate::clock::Clock;
use crate::desktop::Painter;
use crate::error::LoadtestError;
use crate::ledger::LedgerWriter;
use crate::report::{FleetSummary, Recorder};

/// Pictures drawn at once: more would only make each of them slower.
const PAINTERS: usize = 2;

/// What a fleet does.
#[derive(Clone, Debug)]
pub struct FleetConfig {
    pub crew: CrewConfig,
    /// Agents that start each second.
    pub ramp_per_second: f64,
    /// How long they live once all have started.
    pub duration_ms: u64,
    /// One screenshot in each such interval instead of the policy's.
    pub screenshot_every_ms: Option<u64>,
    /// Extra durable events of each agent.
    pub event_every_ms: Option<u64>,
    pub beat_every_ms: Option<u64>,
    /// So many of a hundred leaves are dropped sockets.
    pub unclean_percent: u32,
    /// The longest wait before a reconnect.
    pub reconnect_within_ms: u64,
    /// Replays batches and shuffles them.
    pub faults: Faults,
    /// Where everything acknowledged is written down.
    pub ledger: Option<PathBuf>,
}

/// Runs a fleet to its end.
pub async fn run_fleet(config: FleetConfig) -> Result<FleetSummary, LoadtestError> {
    let clock = Clock::start();
    let recorder = Arc::new(Recorder::default());
    let ledger = config.ledger.as_deref().map(LedgerWriter::append_to).transpose()?.map(Arc::new);
    let mut observers: Vec<Arc<dyn Observer>> = vec![recorder.clone()];
    observers.extend(ledger.clone().map(|ledger| ledger as Arc<dyn Observer>));
    let crew = Crew::muster(&config.crew).await?;
    let around = Arc::new(Surroundings {
        clock,
        rest: RestClient::new(&config.crew.sign_in.portal_url)?,
        painter: Painter::new(PAINTERS),
        observer: Arc::new(observers),
    });
    let habits = Habits {
        beat_every_ms: config.beat_every_ms,
        screenshots: config.screenshot_every_ms.map_or(Screenshots::ByPolicy, Screenshots::Every),
        event_every_ms: config.event_every_ms,
        reconnect_within_ms: config.reconnect_within_ms,
        faults: config.faults,
        ..Habits::OFFICE
    };
    let agents = crew.agents(Pace::brisk(config.unclean_percent), habits);
    let started_ms = clock.mono_ms();
    let launched = Launched::go(agents, &around, config.ramp_per_second, &recorder, || {}).await;
    let flush = || ledger.as_ref().map_or(Ok(()), |ledger| ledger.flush());
    let mut flushed = Ok(());
    launched.live(clock, config.duration_ms, &recorder, || flushed = flush()).await;
    flushed?;
    let unacknowledged = launched.bring_home(clock).await;
    flush()?;
    let seconds = (clock.mono_ms() - started_ms) as f64 / 1000.0;
    Ok(recorder.summary(config.crew.agents as u64, seconds, unacknowledged))
}
