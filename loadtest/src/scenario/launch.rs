//! Lets agents go at a steady rate, and brings them home.

use std::sync::Arc;

use tokio::sync::watch;
use tokio::task::JoinSet;

use super::light::LightAgent;
use crate::agent::{AgentConfig, AgentEnd, AgentHandle, SimulatedAgent, Surroundings};
use crate::clock::Clock;
use crate::report::{Progress, Recorder};

/// The progress is looked at so often.
const LOOK_EVERY_MS: u64 = 250;
/// Agents that do not arrive are not waited for longer than this.
const ARRIVAL_PATIENCE_MS: u64 = 60_000;

/// Agents under way.
pub(super) struct Launched {
    tasks: JoinSet<AgentEnd>,
    stop: watch::Sender<bool>,
    count: u64,
}

impl Launched {
    /// Starts `agents`, `per_second` each second, and returns when all have been started. `look` runs meanwhile, several
    /// times a second.
    pub(super) async fn go(
        agents: Vec<AgentConfig>,
        around: &Arc<Surroundings>,
        per_second: f64,
        recorder: &Recorder,
        look: impl FnMut(),
    ) -> Self {
        let lives = agents.into_iter().map(|config| {
            let agent = SimulatedAgent::new(config, around.clone());
            |stop| agent.run(stop)
        });
        Self::start(lives, around.clock, per_second, recorder, look).await
    }

    /// The same with a handle for each agent, in their order.
    pub(super) async fn go_with_handles(
        agents: Vec<AgentConfig>,
        around: &Arc<Surroundings>,
        per_second: f64,
        recorder: &Recorder,
        look: impl FnMut(),
    ) -> (Self, Vec<AgentHandle>) {
        let mut handles = Vec::with_capacity(agents.len());
        let lives = agents.into_iter().map(|config| {
            let (agent, handle) = SimulatedAgent::new(config, around.clone()).with_handle();
            handles.push(handle);
            |stop| agent.run(stop)
        });
        let launched = Self::start(lives, around.clock, per_second, recorder, look).await;
        (launched, handles)
    }

    /// The same with light agents.
    pub(super) async fn go_light(
        agents: Vec<LightAgent>,
        clock: Clock,
        per_second: f64,
        recorder: &Recorder,
        look: impl FnMut(),
    ) -> Self {
        let lives = agents.into_iter().map(|agent| |stop| agent.run(stop));
        Self::start(lives, clock, per_second, recorder, look).await
    }

    /// Starts each of `lives` when its moment comes.
    async fn start<Life>(
        lives: impl ExactSizeIterator<Item = impl FnOnce(watch::Receiver<bool>) -> Life>,
        clock: Clock,
        per_second: f64,
        recorder: &Recorder,
        mut look: impl FnMut(),
    ) -> Self
    where
        Life: Future<Output = AgentEnd> + Send + 'static,
    {
        let count = lives.len() as u64;
        let mut launched = Self { tasks: JoinSet::new(), stop: watch::Sender::new(false), count };
        let mut progress = Progress::start("connecting", count, clock);
        let started_ms = clock.mono_ms();
        let mut looked_ms = started_ms;
        for (index, life) in lives.enumerate() {
            // Each at its own moment, whether or not those before have arrived: a slow hub must not slow the test.
            let due_ms = started_ms + (index as f64 * 1000.0 / per_second.max(0.01)) as u64;
            if due_ms > clock.mono_ms() {
                progress.set(recorder.arrived(), "");
                clock.sleep_until_ms(due_ms).await;
            }
            if due_ms >= looked_ms + LOOK_EVERY_MS {
                looked_ms = due_ms;
                look();
            }
            launched.tasks.spawn(life(launched.stop.subscribe()));
        }
        let patient_until_ms = clock.mono_ms() + ARRIVAL_PATIENCE_MS;
        while recorder.arrived() < count && clock.mono_ms() < patient_until_ms {
            progress.set(recorder.arrived(), "");
            look();
            clock.sleep_until_ms(clock.mono_ms() + LOOK_EVERY_MS).await;
        }
        progress.finish(&format!("{} of {count} connected", recorder.arrived()));
        launched
    }

    /// Lets them live for `duration_ms`, or until the user interrupts. `look` runs four times a second.
    pub(super) async fn live(&self, clock: Clock, duration_ms: u64, recorder: &Recorder, mut look: impl FnMut()) {
        let mut progress = Progress::start("running (s)", duration_ms / 1000, clock);
        let started_ms = clock.mono_ms();
        let until_ms = started_ms + duration_ms;
        let mut interrupted = std::pin::pin!(tokio::signal::ctrl_c());
        loop {
            let now_ms = clock.mono_ms();
            look();
            progress.set((now_ms - started_ms) / 1000, &recorder.note());
            if now_ms >= until_ms {
                break;
            }
            tokio::select! {
                () = clock.sleep_until_ms(until_ms.min(now_ms + LOOK_EVERY_MS)) => {}
                _ = &mut interrupted => break,
            }
        }
        progress.finish(&recorder.note());
    }

    /// Tells everybody to leave and waits. Returns how many events were left in spools.
    pub(super) async fn bring_home(mut self, clock: Clock) -> u64 {
        let mut progress = Progress::start("leaving", self.count, clock);
        // An agent that the hub stopped is gone already; then nobody may be left to hear it.
        let _ = self.stop.send(true);
        let (mut home, mut unacknowledged) = (0, 0);
        while let Some(end) = self.tasks.join_next().await {
            home += 1;
            if let Ok(AgentEnd::Stopped { unacknowledged: left }) = end {
                unacknowledged += left as u64;
            }
            progress.set(home, "");
        }
        progress.finish("");
        unacknowledged
    }
}
