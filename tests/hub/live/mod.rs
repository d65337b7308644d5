//! Live view: real agents that send real JPEGs, real pages that watch.

mod devices;
mod gates;
mod hostile_agents;
mod hostile_viewers;
mod permissions;
mod relay;
mod scripts;
mod slow_viewer;
mod tiers;
mod viewings;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use muster_protocol::agent::EventKind;
use muster_protocol::portal::{Tier, TrackPhase};
use tokio::task::JoinHandle;

use crate::support::agent::Device;
use crate::support::frames::Frame;
use crate::support::{Agent, Api, HubBuilder, TestHub, Viewer};

/// The track of a tile of the wall, as most tests watch it.
const E1: [(&str, u32, Tier); 1] = [("E1", 0, Tier::Wall)];

/// A hub at which E1 works, and nobody watches.
struct Scene {
    hub: TestHub,
    admin: Api,
    /// E1, signed in.
    employee: Api,
    agent: Agent,
}

impl Scene {
    async fn open(builder: HubBuilder) -> Self {
        let hub = builder.start();
        let admin = hub.admin().await;
        let (employee, agent) = at_work(&hub, &admin, "E1").await;
        Self { hub, admin, employee, agent }
    }

    /// The administrator's page.
    async fn viewer(&self) -> Viewer {
        Viewer::open(&self.hub, &self.admin).await
    }

    /// The administrator's page, on which E1 is live; the agent has sent picture 1.
    async fn watched(&mut self) -> Viewer {
        let mut viewer = self.viewer().await;
        viewer.watch(&E1).await;
        self.agent.watched().await;
        self.agent.show_one(&Frame::wall(1)).await;
        viewer.until("E1", 0, TrackPhase::Live).await;
        assert_eq!(viewer.picture().await.body, Frame::wall(1).body);
        viewer
    }
}

/// A linger and rates that a test can wait for.
fn quick() -> HubBuilder {
    let rates = HubBuilder::default().set("MUSTER__LIVE__WALL_FPS", "20").set("MUSTER__LIVE__FOCUS_FPS", "20");
    rates.set("MUSTER__LIVE__LINGER", "500ms")
}

/// A new employee whose agent is connected and who has punched in.
async fn at_work(hub: &TestHub, admin: &Api, code: &str) -> (Api, Agent) {
    admin.create(code, "employee", None).await;
    let employee = hub.sign_in(&format!("{}@example.org", code.to_lowercase())).await;
    let device = Device::enrol(&employee).await;
    let mut agent = Agent::connect(hub, &device).await;
    agent.note(EventKind::WorkStarted).await;
    (employee, agent)
}

/// N1, who works and is watched by the administrator, whatever happens to others: a picture every 200 ms for as long as
/// the test wants.
struct Neighbours {
    is_over: Arc<AtomicBool>,
    ages_ms: JoinHandle<Vec<i64>>,
}

impl Neighbours {
    async fn start(hub: &TestHub, admin: &Api) -> Self {
        let (_, mut agent) = at_work(hub, admin, "N1").await;
        let mut viewer = Viewer::open(hub, admin).await;
        viewer.watch(&[("N1", 0, Tier::Wall)]).await;
        agent.watched().await;
        let is_over = Arc::new(AtomicBool::new(false));
        let ends = is_over.clone();
        let ages_ms = tokio::spawn(async move {
            let (mut ages_ms, mut ticks) = (Vec::new(), tokio::time::interval(Duration::from_millis(200)));
            while !ends.load(Ordering::Relaxed) {
                ticks.tick().await;
                let frame = Frame::wall(ages_ms.len() as u32 + 1);
                agent.show_one(&frame).await;
                let shown = viewer.picture().await;
                assert_eq!(shown.body, frame.body, "the newest and nothing else");
                ages_ms.push(shown.age_ms());
            }
            ages_ms
        });
        Self { is_over, ages_ms }
    }

    /// Ends it and checks that neither of the two noticed anything.
    async fn undisturbed(self) {
        self.is_over.store(true, Ordering::Relaxed);
        let ages_ms = self.ages_ms.await.unwrap();
        assert_timely(&ages_ms);
    }
}

/// Pictures came within a second of their capture. A machine that has more to do than it can may delay a few.
fn assert_timely(ages_ms: &[i64]) {
    let late = ages_ms.iter().filter(|age_ms| **age_ms >= 1_000).count();
    let is_timely = late * 4 <= ages_ms.len() && ages_ms.iter().all(|age_ms| *age_ms < 5_000);
    assert!(!ages_ms.is_empty() && is_timely, "{ages_ms:?} ms");
}
