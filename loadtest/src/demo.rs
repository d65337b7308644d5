//! The people of the hub's `--demo`: human-paced agents over the real door.

use std::sync::Arc;

use muster_protocol::{DeviceId, EmployeeId};
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::agent::pace::Pace;
use crate::agent::{AgentConfig, Habits, Identity, SimulatedAgent, Surroundings};
use crate::client::RestClient;
use crate::clock::Clock;
use crate::desktop::{Displays, Painter};
use crate::error::LoadtestError;
use crate::secret::Secret;

/// All have arrived after so long: the board fills while one looks at it.
const ARRIVAL_MS: u64 = 4_000;
/// Every fifth person has two displays.
const TWO_DISPLAYS_EVERY: u64 = 5;
/// The first screenshot of each comes within so long.
const FIRST_SCREENSHOT_WITHIN_MS: u64 = 60_000;

/// What [`run_demo`] needs.
#[derive(Clone, Debug)]
pub struct DemoConfig {
    /// The agent door: `ws://127.0.0.1:4001/agent`.
    pub agent_url: String,
    /// The portal door: `http://127.0.0.1:4000`.
    pub portal_url: String,
    pub agents: Vec<DemoAgent>,
    /// Same seed, same desktops and same behaviour.
    pub seed: u64,
}

/// One enrolled device and its person.
#[derive(Clone, Debug)]
pub struct DemoAgent {
    pub employee: EmployeeId,
    pub name: String,
    pub device_id: DeviceId,
    /// The device token; uploads use it too.
    pub token: Secret,
}

/// Lets the demo's people work until `shutdown` turns true (or its sender is gone). Call it from a task of its own; a
/// panic in one agent does not reach it. Fails only when the portal's address cannot be used at all.
pub async fn run_demo(config: DemoConfig, shutdown: watch::Receiver<bool>) -> Result<(), LoadtestError> {
    let clock = Clock::start();
    let rest = RestClient::new(&config.portal_url)?;
    // One picture at once: the demo must leave the machine to whoever looks at it.
    let around = Arc::new(Surroundings { clock, rest, painter: Painter::new(1), observer: Arc::new(()) });
    let agent_url: Arc<str> = config.agent_url.into();
    let started_ms = clock.mono_ms();
    let count = config.agents.len().max(1) as u64;
    let mut agents = JoinSet::new();
    for (index, person) in (0u64..).zip(config.agents) {
        let agent = AgentConfig {
            identity: Identity {
                employee: person.employee,
                name: person.name.into(),
                device: person.device_id,
                token: person.token,
            },
            agent_url: agent_url.clone(),
            source: None,
            seed: config.seed.wrapping_add(index),
            pace: Pace::HUMAN,
            habits: habits_of(index),
        };
        let (around, shutdown) = (around.clone(), shutdown.clone());
        let arrives_at_ms = started_ms + ARRIVAL_MS * index / count;
        agents.spawn(async move {
            around.clock.sleep_until_ms(arrives_at_ms).await;
            SimulatedAgent::new(agent, around).run(shutdown).await
        });
    }
    while agents.join_next().await.is_some() {}
    Ok(())
}

fn habits_of(index: u64) -> Habits {
    let displays = if index % TWO_DISPLAYS_EVERY == TWO_DISPLAYS_EVERY - 1 { Displays::Two } else { Displays::One };
    Habits { displays, first_screenshot_within_ms: Some(FIRST_SCREENSHOT_WITHIN_MS), ..Habits::OFFICE }
}
