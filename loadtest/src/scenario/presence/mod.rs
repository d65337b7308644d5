//! `presence`: how long a change of status takes to reach a portal that is subscribed to everybody, while everybody beats.

mod report;

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use muster_protocol::EmployeeId;
use muster_protocol::portal::Scope;
use muster_protocol::presence::{PresenceEntry, Status};

use super::crew::{Crew, CrewConfig};
use super::follow::{Followed, PresenceFollower};
use super::launch::Launched;
use crate::agent::behaviour::Command;
use crate::agent::pace::{Pace, Pause};
use crate::agent::{AgentCommand, AgentHandle, Habits, Surroundings};
use crate::client::RestClient;
use crate::clock::Clock;
use crate::desktop::Painter;
use crate::error::LoadtestError;
use crate::report::{LatencyTimeline, Processes, Recorder};
use crate::viewer::{Arrival, PortalViewer, ViewerConfig};

pub use report::PresenceReport;

/// Changes that were not seen so long after the last one are lost.
const LAST_CHANGE_PATIENCE_MS: u64 = 10_000;
/// More than three changes a minute are held back as flapping, by design; so nobody may change more often than this.
const CHANGE_AGAIN_AFTER_MS: u64 = 25_000;
/// Latencies are summed up in stretches of this.
const TICK_MS: u64 = 1_000;

/// What is measured.
#[derive(Clone, Debug)]
pub struct PresenceConfig {
    pub crew: CrewConfig,
    pub ramp_per_second: f64,
    /// Changes go on for so long before they are measured.
    pub settle_ms: u64,
    pub duration_ms: u64,
    pub changes_per_second: f64,
    pub beat_every_ms: Option<u64>,
    /// The hub's process, if it is on this machine.
    pub hub_pid: Option<u32>,
}

/// Changes on their way to the portal: what is expected of whom, and since when.
#[derive(Default)]
struct Pending {
    gaps: AtomicU64,
    expected: Mutex<HashMap<EmployeeId, (Status, u64)>>,
    /// Changes that were due earlier are not measured.
    measured_from_us: AtomicU64,
    seen: LatencyTimeline,
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
                if due_us >= self.measured_from_us.load(Ordering::Relaxed) {
                    self.seen.record_us(now_us.saturating_sub(due_us));
                }
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
    let mut processes = Processes::begin(config.hub_pid, clock.mono_ms())?;
    let crew = Crew::muster(&config.crew).await?;
    let around = Arc::new(Surroundings {
        clock,
        rest: RestClient::new(&config.crew.sign_in.portal_url)?,
        painter: Painter::new(1),
        observer: recorder.clone(),
    });
    let habits = Habits { beat_every_ms: config.beat_every_ms, ..Habits::SOCKET_ONLY };
    let agents = crew.agents(Pace::STEADY, habits);
    let people: Vec<EmployeeId> = agents.iter().map(|agent| agent.identity.employee.clone()).collect();
    let (launched, handles) = Launched::go_with_handles(agents, &around, config.ramp_per_second, &recorder, || {
        processes.look(clock.mono_ms())
    })
    .await;

    let mut viewer = PortalViewer::open(&crew.rest, ViewerConfig::fast(clock)).await?;
    viewer.subscribe(Scope::All).await?;
    let pending = Arc::new(Pending::default());
    let watching = tokio::spawn(watch(viewer, pending.clone(), clock));
    let began_ms = clock.mono_ms();
    let from_ms = began_ms + config.settle_ms;
    pending.measured_from_us.store(from_ms * 1_000, Ordering::Relaxed);
    let changing = change(&people, &handles, &pending, clock, &config, began_ms);
    let measuring = measure(&launched, &recorder, &pending, &mut processes, from_ms, &config, clock);
    let (changes, beats) = tokio::join!(changing, measuring);
    let to_ms = clock.mono_ms();
    processes.look(to_ms);
    let patient_until_ms = to_ms + LAST_CHANGE_PATIENCE_MS;
    while pending.unseen() > 0 && clock.mono_ms() < patient_until_ms && !watching.is_finished() {
        clock.sleep_until_ms(clock.mono_ms() + 50).await;
    }
    if watching.is_finished() {
        watching.await.map_err(|error| LoadtestError::Limit(format!("the viewer ended: {error}")))??;
    } else {
        watching.abort();
    }
    let unacknowledged = launched.bring_home(clock).await;
    let seconds = (clock.mono_ms() - processes.began_ms()) as f64 / 1000.0;
    Ok(PresenceReport {
        agents: config.crew.agents,
        changes_per_second: config.changes_per_second,
        changes,
        unseen: pending.unseen(),
        gaps: pending.gaps.load(Ordering::Relaxed),
        from_s: (from_ms - processes.began_ms()) as f64 / 1000.0,
        seconds: (to_ms - from_ms) as f64 / 1000.0,
        beats,
        change_to_seen: pending.seen.total().summary(),
        curve: pending.seen.total().curve(),
        over_time: pending.seen.stretches(),
        used: processes.used(from_ms, to_ms),
        processes: processes.points(),
        fleet: recorder.summary(config.crew.agents as u64, seconds, unacknowledged),
    })
}

/// Lets the fleet live for the settling time and the measured one. Returns the beats of the latter.
async fn measure(
    launched: &Launched,
    recorder: &Recorder,
    pending: &Pending,
    processes: &mut Processes,
    from_ms: u64,
    config: &PresenceConfig,
    clock: Clock,
) -> u64 {
    launched.live(clock, config.settle_ms, recorder, || processes.look(clock.mono_ms())).await;
    let (beats_before, mut ticked_ms) = (recorder.beats(), from_ms);
    let look = || {
        let now_ms = clock.mono_ms();
        processes.look(now_ms);
        if now_ms >= ticked_ms + TICK_MS {
            ticked_ms = now_ms;
            pending.seen.tick(now_ms.saturating_sub(from_ms) as f64 / 1000.0);
        }
    };
    launched.live(clock, config.duration_ms, recorder, look).await;
    recorder.beats() - beats_before
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
    config: &PresenceConfig,
    began_ms: u64,
) -> u64 {
    let until_ms = began_ms + config.settle_ms + config.duration_ms;
    let mut changes = 0;
    loop {
        let due_ms = began_ms + (changes as f64 * 1000.0 / config.changes_per_second) as u64;
        if due_ms >= until_ms {
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
    let mut follower = PresenceFollower::default();
    loop {
        let Arrival::Message(message) = viewer.next().await? else { continue };
        match follower.take(message) {
            Followed::Entries(entries) => pending.see(&entries, clock.mono_us()),
            Followed::Gap => {
                pending.gaps.fetch_add(1, Ordering::Relaxed);
                viewer.subscribe(Scope::All).await?;
            }
            Followed::Other(_) | Followed::Old => {}
        }
    }
}
