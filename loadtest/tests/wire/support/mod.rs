//! A hub made of two listeners that do what the test says.

mod door;
mod hub;
mod live;
mod rest;

use std::sync::Arc;
use std::time::Duration;

use muster_loadtest::agent::pace::Pace;
use muster_loadtest::agent::{
    AgentConfig, AgentEnd, AgentHandle, Habits, Identity, Observation, Observer, SimulatedAgent, Surroundings,
};
use muster_loadtest::client::RestClient;
use muster_loadtest::clock::Clock;
use muster_loadtest::desktop::Painter;
use muster_loadtest::scenario::{CrewConfig, SignInConfig};
use muster_loadtest::secret::Secret;
use muster_protocol::{DeviceId, EmployeeId};
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;

pub use door::{FakeDoor, FakeSession, Heard, POLICY, welcome};
pub use hub::{FakeHub, Mischief};
pub use live::TRACK;
pub use rest::FakeRest;

/// People of a small hub.
pub fn crew(hub: &FakeHub, agents: usize) -> CrewConfig {
    CrewConfig {
        sign_in: SignInConfig {
            portal_url: hub.portal_url.clone(),
            email: "ada@example.org".to_owned(),
            password: Secret::new("correct horse"),
        },
        agents,
        prefix: "TEST".to_owned(),
        seed: 1,
    }
}

/// Whatever a test waits for comes within this, or never.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// Waits for `future`, but not for ever.
#[track_caller]
pub fn soon<F: Future>(what: &'static str, future: F) -> impl Future<Output = F::Output> {
    let caller = std::panic::Location::caller();
    async move {
        let waited = tokio::time::timeout(PATIENCE, future).await;
        waited.unwrap_or_else(|_| panic!("{what} did not come ({caller})"))
    }
}

/// One agent under test.
pub struct TestAgent {
    pub identity: Identity,
    pub handle: AgentHandle,
    pub stop: watch::Sender<bool>,
    pub task: JoinHandle<AgentEnd>,
    observed: mpsc::Receiver<String>,
}

struct Tell(mpsc::Sender<String>);

impl Observer for Tell {
    fn observe(&self, _agent: &Identity, observation: &Observation<'_>) {
        // A test that does not listen fills the channel; it does not care.
        let _ = self.0.try_send(format!("{observation:?}"));
    }
}

impl TestAgent {
    /// Starts an agent that only commands move.
    pub fn start(door: &FakeDoor, rest_url: &str, habits: Habits) -> Self {
        let (tell, observed) = mpsc::channel(4096);
        let config = config(door, habits);
        let identity = config.identity.clone();
        let around = surroundings(rest_url, Arc::new(Tell(tell)));
        let (agent, handle) = SimulatedAgent::new(config, around).with_handle();
        let stop = watch::Sender::new(false);
        let task = tokio::spawn(agent.run(stop.subscribe()));
        Self { identity, handle, stop, task, observed }
    }

    /// The next observation whose name begins so.
    pub async fn observed(&mut self, name: &'static str) -> String {
        let search = async {
            while let Some(observation) = self.observed.recv().await {
                if observation.starts_with(name) {
                    return observation;
                }
            }
            panic!("the agent ended without {name}")
        };
        soon(name, search).await
    }

    /// How the agent's life ended.
    pub async fn end(self) -> AgentEnd {
        soon("the agent's end", self.task).await.unwrap()
    }
}

/// An agent that was not started, and its end.
pub fn agent(door: &FakeDoor, rest_url: &str, habits: Habits) -> (SimulatedAgent, watch::Sender<bool>) {
    let agent = SimulatedAgent::new(config(door, habits), surroundings(rest_url, Arc::new(())));
    (agent, watch::Sender::new(false))
}

fn surroundings(rest_url: &str, observer: Arc<dyn Observer>) -> Arc<Surroundings> {
    let rest = RestClient::new(rest_url).unwrap();
    Arc::new(Surroundings { clock: Clock::start(), rest, painter: Painter::new(1), observer })
}

fn config(door: &FakeDoor, habits: Habits) -> AgentConfig {
    AgentConfig {
        identity: Identity {
            employee: EmployeeId::new("INT2607").unwrap(),
            name: "Ada Example".into(),
            device: DeviceId::generate(),
            token: Secret::new("device-token"),
        },
        agent_url: door.url().into(),
        source: Some([127, 0, 0, 1].into()),
        seed: 7,
        pace: Pace::STEADY,
        habits,
    }
}
