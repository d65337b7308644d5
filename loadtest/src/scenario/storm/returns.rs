//! Who has come back after the drop, when, and who was turned away on the way.

use std::collections::{BTreeMap, HashSet};
use std::sync::{Mutex, PoisonError};

use muster_protocol::EmployeeId;

use crate::agent::{Identity, Observation, Observer};
use crate::clock::Clock;
use crate::report::{Latency, LatencySummary};

/// Observes every agent.
#[derive(Debug)]
pub(super) struct Returns {
    clock: Clock,
    latency: Latency,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    dropped_us: Option<u64>,
    /// Dropped and not back.
    away: HashSet<EmployeeId>,
    /// Microseconds after the drop, in order.
    returned_us: Vec<u64>,
    refused: BTreeMap<String, u64>,
}

impl Returns {
    /// Nobody is away.
    pub(super) fn new(clock: Clock) -> Self {
        Self { clock, latency: Latency::default(), state: Mutex::default() }
    }

    /// From now on dropped sockets and returns count.
    pub(super) fn storm_begins(&self) {
        self.lock().dropped_us = Some(self.clock.mono_us());
    }

    /// How many are back.
    pub(super) fn count(&self) -> u64 {
        self.lock().returned_us.len() as u64
    }

    pub(super) fn summary(&self) -> LatencySummary {
        self.latency.summary()
    }

    /// Doors that did not open, by kind.
    pub(super) fn refused(&self) -> BTreeMap<String, u64> {
        self.lock().refused.clone()
    }

    /// Seconds after the drop and how many were back by then, thinned to what a plot shows.
    pub(super) fn over_time(&self) -> Vec<(f64, u64)> {
        let state = self.lock();
        let every = state.returned_us.len().div_ceil(500).max(1);
        let times = state.returned_us.iter().zip(1u64..);
        let last = state.returned_us.len() as u64;
        times
            .filter(|(_, count)| (count - 1).is_multiple_of(every as u64) || *count == last)
            .map(|(us, count)| (*us as f64 / 1_000_000.0, count))
            .collect()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Observer for Returns {
    fn observe(&self, agent: &Identity, observation: &Observation<'_>) {
        match observation {
            Observation::Unplugged => {
                self.lock().away.insert(agent.employee.clone());
            }
            Observation::Welcomed { is_return: true, .. } => {
                let now_us = self.clock.mono_us();
                let mut state = self.lock();
                let Some(dropped_us) = state.dropped_us else { return };
                if state.away.remove(&agent.employee) {
                    let took_us = now_us.saturating_sub(dropped_us);
                    state.returned_us.push(took_us);
                    drop(state);
                    self.latency.record_us(took_us);
                }
            }
            Observation::NotConnected { error } => {
                let mut state = self.lock();
                if state.dropped_us.is_some() {
                    *state.refused.entry(error.kind()).or_default() += 1;
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use muster_protocol::DeviceId;
    use muster_protocol::agent::{Limits, Welcome};
    use muster_protocol::policy::{Blur, Policy, StartMode};
    use muster_protocol::{SessionId, UtcMillis};

    use super::*;
    use crate::error::LoadtestError;
    use crate::secret::Secret;

    fn agent(name: &str) -> Identity {
        let employee = EmployeeId::new(name).unwrap();
        Identity { employee, name: name.into(), device: DeviceId::generate(), token: Secret::new("t") }
    }

    fn welcome() -> Welcome {
        Welcome {
            session_id: SessionId::generate(),
            server_time: UtcMillis(0),
            beat_every_ms: 1,
            offline_after_ms: 1,
            limits: Limits {
                text_bytes_max: 1,
                frame_bytes_max: 1,
                events_per_message_max: 1,
                messages_per_second_max: 1,
            },
            policy: Policy {
                version: 1,
                capture_interval_minutes: 10,
                screenshots: false,
                blur: Blur::None,
                live_view: false,
                start_mode: StartMode::Manual,
                idle_after_ms: 1,
                pause_allowed: false,
            },
            notice: None,
            acked_seq: 0,
        }
    }

    #[test]
    fn each_dropped_agent_returns_once() {
        let returns = Returns::new(Clock::start());
        let (ada, bruno, welcome) = (agent("A"), agent("B"), welcome());
        let came = |is_return| Observation::Welcomed { welcome: &welcome, took_us: 1, is_return };
        returns.observe(&ada, &came(false));
        returns.storm_begins();
        returns.observe(&ada, &Observation::Unplugged);
        returns.observe(&bruno, &came(true));
        assert_eq!(returns.count(), 0, "whoever was not dropped does not return");
        returns.observe(&ada, &Observation::NotConnected { error: &LoadtestError::Limit("no".to_owned()) });
        returns.observe(&ada, &came(true));
        returns.observe(&ada, &came(true));
        assert_eq!((returns.count(), returns.summary().count), (1, 1));
        assert_eq!(returns.refused(), [("other".to_owned(), 1)].into());
        assert_eq!(returns.over_time().last().map(|(_, count)| *count), Some(1));
    }
}
