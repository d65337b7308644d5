//! `storm`: every agent loses its socket at the same moment and comes back by the protocol's backoff.
//!
//! Meanwhile a portal is subscribed to everybody: whoever it sees offline was never away long enough for that.

mod report;
mod returns;
mod screen;

use std::collections::HashSet;
use std::sync::Arc;

use muster_protocol::EmployeeId;
use muster_protocol::portal::Scope;
use tokio::sync::watch;

use self::returns::Returns;
use self::screen::PresenceScreen;
use super::crew::{Crew, CrewConfig};
use super::launch::Launched;
use super::light::{Duties, LightAgent, LightSurroundings};
use crate::agent::pace::Pace;
use crate::agent::{Habits, Observer};
use crate::clock::Clock;
use crate::error::LoadtestError;
use crate::report::{Processes, Progress, Recorder};
use crate::viewer::{PortalViewer, ViewerConfig};

pub use report::StormReport;

/// Whoever is not back by then is not waited for: two of the longest waits that the protocol asks for.
const RETURN_PATIENCE_MS: u64 = 120_000;
/// Everybody has to be seen online within this before the storm begins, or the run says who was not.
const PREPARATION_MS: u64 = 60_000;
/// Progress is looked at so often; the returns themselves are timed to the microsecond.
const LOOK_EVERY_MS: u64 = 50;

/// A storm.
#[derive(Clone, Debug)]
pub struct StormConfig {
    pub crew: CrewConfig,
    pub ramp_per_second: f64,
    /// All connected and beating for so long before the drop.
    pub settle_ms: u64,
    /// How long the portal is watched after all are back: longer than the hub waits for a broken socket to return.
    pub watch_ms: u64,
    pub beat_every_ms: Option<u64>,
    /// The hub's process, if it is on this machine.
    pub hub_pid: Option<u32>,
}

/// Runs a storm to its end.
pub async fn run_storm(config: StormConfig) -> Result<StormReport, LoadtestError> {
    let (clock, recorder, returns) =
        (Clock::start(), Arc::new(Recorder::default()), Arc::new(Returns::new(Clock::start())));
    let mut processes = Processes::begin(config.hub_pid, clock.mono_ms())?;
    let crew = Crew::muster(&config.crew).await?;
    let observers: Vec<Arc<dyn Observer>> = vec![recorder.clone(), returns.clone()];
    let duties = Duties { beat_every_ms: config.beat_every_ms, pictures: None };
    let around = Arc::new(LightSurroundings { clock, observer: Arc::new(observers), duties });
    let drops = watch::Sender::new(0);
    let agents = crew.agents(Pace::STEADY, Habits::SOCKET_ONLY);
    let people: HashSet<EmployeeId> = agents.iter().map(|agent| agent.identity.employee.clone()).collect();
    let light = agents.into_iter().zip(0..);
    let light = light.map(|(agent, number)| LightAgent::new(agent, number, around.clone(), drops.subscribe()));
    let launched = Launched::go_light(light.collect(), clock, config.ramp_per_second, &recorder, || {
        processes.look(clock.mono_ms())
    })
    .await;

    let mut viewer = PortalViewer::open(&crew.rest, ViewerConfig::fast(clock)).await?;
    viewer.subscribe(Scope::All).await?;
    let screen = Arc::new(PresenceScreen::new(people));
    let watching = tokio::spawn(screen::watch(viewer, screen.clone()));
    wait(clock, "seen online", config.crew.agents as u64, PREPARATION_MS, || {
        processes.look(clock.mono_ms());
        screen.online()
    })
    .await;
    launched.live(clock, config.settle_ms, &recorder, || processes.look(clock.mono_ms())).await;

    let (seen_online, connected) = (screen.online(), recorder.connected());
    let beats_before = recorder.beats();
    processes.look(clock.mono_ms());
    let dropped_ms = clock.mono_ms();
    screen.storm_begins();
    returns.storm_begins();
    drops.send_modify(|drops| *drops += 1);
    wait(clock, "back", connected, RETURN_PATIENCE_MS, || {
        processes.look(clock.mono_ms());
        returns.count()
    })
    .await;
    let back_ms = clock.mono_ms();
    processes.look(back_ms);
    let beats = recorder.beats() - beats_before;
    launched.live(clock, config.watch_ms, &recorder, || processes.look(clock.mono_ms())).await;
    let viewer_lost = watching.is_finished();
    watching.abort();
    let (seen, used) = (screen.seen(), processes.used(dropped_ms, back_ms));
    let unacknowledged = launched.bring_home(clock).await;
    let seconds = (clock.mono_ms() - processes.began_ms()) as f64 / 1000.0;
    Ok(StormReport {
        agents: config.crew.agents,
        connected_before: connected,
        seen_online_before: seen_online,
        dropped_at_s: (dropped_ms - processes.began_ms()) as f64 / 1000.0,
        back: returns.count(),
        time_to_return: returns.summary(),
        returned_over_time: returns.over_time(),
        beats_meanwhile: beats,
        refused: returns.refused(),
        false_offline: seen.offline_people,
        offline_changes: seen.offline_changes,
        mass_drops: seen.mass_drops,
        gaps: seen.gaps,
        viewer_lost,
        used,
        processes: processes.points(),
        fleet: recorder.summary(config.crew.agents as u64, seconds, unacknowledged),
    })
}

/// Waits until `count` says `goal`; not for ever, because a hub that never gets there is a result too.
async fn wait(clock: Clock, what: &'static str, goal: u64, patience_ms: u64, mut count: impl FnMut() -> u64) {
    let mut progress = Progress::start(what, goal, clock);
    let patient_until_ms = clock.mono_ms() + patience_ms;
    let mut reached = count();
    while reached < goal && clock.mono_ms() < patient_until_ms {
        progress.set(reached, "");
        clock.sleep_until_ms(clock.mono_ms() + LOOK_EVERY_MS).await;
        reached = count();
    }
    progress.finish(&format!("{reached} of {goal}"));
}
