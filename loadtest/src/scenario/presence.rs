//! `presence`: how long a change of status takes to reach a portal that is subscribed to everybody.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use muster_protocol::EmployeeId;
use muster_protocol::portal::{PortalDown, Scope};
use muster_protocol::presence::{PresenceEntry, Status};
use serde::Serialize;

use super::crew::{Crew, CrewConfig};
use super::launch::Launched;
use crate::agent::behaviour::Command;
use crate::agent::pace::{Pace, Pause};
use crate::agent::{AgentCommand, AgentHandle, Habits, Surroundings};
use crate::client::RestClient;
use crate::clock::Clock;
use crate::desktop::Painter;
use crate::error::LoadtestError;
use crate::report::{FleetSummary, Latency, LatencySummary, Recorder};
use crate::viewer::PortalViewer;

/// Changes that were not seen so long after the last one are lost.
const LAST_CHANGE_PATIENCE_MS: u64 = 10_000;
/// More than three changes a minute are held back as flapping, by design; so nobody may change more often than this.
const CHANGE_AGAIN_AFTER_MS: u64 = 25_000;

/// What is measured.
#[derive(Clone, Debug)]
pub struct PresenceConfig {
    pub crew: CrewConfig,
    pub ramp_per_second: f64,
    pub duration_ms: u64,
    pub changes_per_second: f64,
}

/// How long changes took.
#[derive(Clone, Debug, Serialize)]
pub struct PresenceReport {
    pub changes: u64,
    /// Changes that the portal never saw.
    pub unseen: u64,
    /// How often a diff did not follow the one before, so that the portal had to subscribe again.
    pub gaps: u64,
    /// From the moment the change was due to its arrival at the portal.
    pub change_to_seen: LatencySummary,
    pub fleet: FleetSummary,
}

/// Changes on their way to the portal: what is expected of whom, and since when.
#[derive(Default)]
struct Pending {
    gaps: AtomicU64,
    expected: Mutex<HashMap<EmployeeId, (Status, u64)>>,
    seen: Latency,
}

impl Pending {
    fn expect(&self, employee: EmployeeId, status: Status, due_us: u64) {
        self.expected.lock().unwrap_or_else(PoisonError::into_inner).insert(employee, (status, due_us));
    }

    fn see(&self, changed: &[PresenceEntry], now_us: u64) {
        let mut expected = self.expected.lock().unwrap_or_else(PoisonError::into_inner);
        for entry in changed {
            if let Some(&(status, due_us)) = expected.get(&entry.employee)
                && status == entry.status
            {
                expected.remove(&entry.employee);
                self.seen.record_us(now_us.saturating_sub(due_us));
            }
        }
    }

    fn unseen(&self) -> u64 {
        self.expected.lock().unwrap_or_else(PoisonError::into_inner).len() as u64
    }
}

/// Lets agents lock and unlock their screens one after another and watches the portal's socket.
pub async fn run_presence(config: PresenceConfig) -> Result<PresenceReport, LoadtestError> {
    check_rate(&config)?;
    let clock = Clock::start();
    let recorder = Arc::new(Recorder::default());
    let crew = Crew::muster(&config.crew).await?;
    let around = Arc::new(Surroundings {
        clock,
        rest: RestClient::new(&config.crew.sign_in.portal_url)?,
        painter: Painter::new(1),
        observer: recorder.clone(),
    });
    let agents = crew.agents(Pace::STEADY, Habits::SOCKET_ONLY);
    let people: Vec<EmployeeId> = agents.iter().map(|agent| agent.identity.employee.clone()).collect();
    let started_ms = clock.mono_ms();
    let (launched, handles) = Launched::go_with_handles(agents, &around, config.ramp_per_second, &recorder).await;

    let mut viewer = PortalViewer::open(&crew.rest).await?;
    viewer.subscribe(Scope::All).await?;
    let pending = Arc::new(Pending::default());
    let watching = tokio::spawn(watch(viewer, pending.clone(), clock));
    let change_every_ms = 1000.0 / config.changes_per_second;
    let changing = change(&people, &handles, &pending, clock, change_every_ms, config.duration_ms);
    let (changes, ()) = tokio::join!(changing, launched.live(clock, config.duration_ms, &recorder, || {}));
    let patient_until_ms = clock.mono_ms() + LAST_CHANGE_PATIENCE_MS;
    while pending.unseen() > 0 && clock.mono_ms() < patient_until_ms && !watching.is_finished() {
        clock.sleep_until_ms(clock.mono_ms() + 50).await;
    }
    if watching.is_finished() {
        watching.await.map_err(|error| LoadtestError::Limit(format!("the viewer ended: {error}")))??;
    } else {
        watching.abort();
    }
    let unacknowledged = launched.bring_home(clock).await;
    let seconds = (clock.mono_ms() - started_ms) as f64 / 1000.0;
    Ok(PresenceReport {
        changes,
        unseen: pending.unseen(),
        gaps: pending.gaps.load(Ordering::Relaxed),
        change_to_seen: pending.seen.summary(),
        fleet: recorder.summary(config.crew.agents as u64, seconds, unacknowledged),
    })
}

fn check_rate(config: &PresenceConfig) -> Result<(), LoadtestError> {
    let again_after_ms = config.crew.agents as f64 * 1000.0 / config.changes_per_second.max(f64::MIN_POSITIVE);
    if config.changes_per_second > 0.0 && again_after_ms >= CHANGE_AGAIN_AFTER_MS as f64 {
        return Ok(());
    }
    Err(LoadtestError::Limit(format!(
        "{} changes a second need at least {} agents: who changes more often than every {} s is held back as flapping",
        config.changes_per_second,
        (config.changes_per_second * CHANGE_AGAIN_AFTER_MS as f64 / 1000.0).ceil(),
        CHANGE_AGAIN_AFTER_MS / 1000,
    )))
}

/// Changes one after another, each at its own moment however long the last one took. Returns how many.
async fn change(
    people: &[EmployeeId],
    handles: &[AgentHandle],
    pending: &Pending,
    clock: Clock,
    change_every_ms: f64,
    duration_ms: u64,
) -> u64 {
    let started_ms = clock.mono_ms();
    let mut changes = 0;
    loop {
        let due_ms = started_ms + (changes as f64 * change_every_ms) as u64;
        if due_ms >= started_ms + duration_ms {
            return changes;
        }
        clock.sleep_until_ms(due_ms).await;
        let index = (changes % people.len() as u64) as usize;
        let locks = (changes / people.len() as u64).is_multiple_of(2);
        let (command, status) =
            if locks { (Command::Pause(Pause::Locked), Status::Idle) } else { (Command::Resume, Status::Active) };
        pending.expect(people[index].clone(), status, due_ms * 1000);
        handles[index].tell(AgentCommand::Person(command)).await;
        changes += 1;
    }
}

/// Reads the portal's socket until it ends. After a gap it subscribes again, as a portal does.
async fn watch(mut viewer: PortalViewer, pending: Arc<Pending>, clock: Clock) -> Result<(), LoadtestError> {
    let mut last: Option<(u64, u64)> = None;
    loop {
        match viewer.next().await? {
            PortalDown::PresenceState { epoch, seq, entries } => {
                last = Some((epoch, seq));
                pending.see(&entries, clock.mono_us());
            }
            PortalDown::PresenceDiff { epoch, seq, changed, .. } => {
                // Diffs that were on their way before the state are no news.
                let Some((known_epoch, known_seq)) = last else { continue };
                if epoch == known_epoch && seq == known_seq + 1 {
                    last = Some((epoch, seq));
                    pending.see(&changed, clock.mono_us());
                } else {
                    last = None;
                    pending.gaps.fetch_add(1, Ordering::Relaxed);
                    viewer.subscribe(Scope::All).await?;
                }
            }
            _ => {}
        }
    }
}

impl std::fmt::Display for PresenceReport {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "{} changes, {} never seen, {} gaps", self.changes, self.unseen, self.gaps)?;
        writeln!(f, "{}", LatencySummary::table(&[("change to seen", self.change_to_seen)]))?;
        write!(f, "{}", self.fleet)
    }
}
