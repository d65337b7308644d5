//! What agents tell whoever measures them.

use std::sync::Arc;

use muster_protocol::agent::{AgentDown, Beat, DurableEvent, Welcome};
use muster_protocol::close::CloseAction;
use muster_protocol::ids::ScreenshotId;
use muster_protocol::{BootId, UtcMillis};

use super::Identity;
use crate::error::LoadtestError;

/// One thing that happened to an agent. Latencies are microseconds.
#[derive(Debug)]
pub enum Observation<'a> {
    /// The door opened; `took_us` from the first packet to `welcome`.
    Welcomed {
        welcome: &'a Welcome,
        took_us: u64,
        is_return: bool,
    },
    /// The door did not open.
    NotConnected {
        error: &'a LoadtestError,
    },
    BeatSent {
        beat: Beat,
    },
    EventsSent {
        count: usize,
    },
    /// The hub committed an event; `took_us` from its first sending.
    EventAcknowledged {
        boot: BootId,
        event: &'a DurableEvent,
        took_us: u64,
    },
    EventRefused {
        boot: BootId,
        event: &'a DurableEvent,
        reason: &'a str,
    },
    ScreenshotStored {
        id: ScreenshotId,
        taken_at: UtcMillis,
        bytes: usize,
        took_us: u64,
    },
    /// Given up, after the retries.
    ScreenshotFailed {
        error: &'a LoadtestError,
    },
    /// A live picture, or that it is the same, went out in a message of so many bytes.
    FrameSent {
        track: u32,
        seq: u32,
        bytes: usize,
    },
    /// The hub took a live picture, or that it is the same; `took_us` from its sending.
    FrameTaken {
        track: u32,
        seq: u32,
        took_us: u64,
    },
    /// Any message of the hub, before it is obeyed.
    Heard {
        message: &'a AgentDown,
    },
    /// The socket broke, or the hub closed it.
    Ended {
        code: Option<u16>,
        action: CloseAction,
        reason: &'a str,
    },
    /// The agent said `bye`.
    Left,
    /// The agent dropped the socket on purpose.
    Unplugged,
}

/// Takes observations. Called from the agents' tasks: it must return quickly and never block on IO.
pub trait Observer: Send + Sync + 'static {
    fn observe(&self, agent: &Identity, observation: &Observation<'_>);
}

/// Nobody is interested.
impl Observer for () {
    fn observe(&self, _agent: &Identity, _observation: &Observation<'_>) {}
}

/// Several observers, each told everything.
impl Observer for Vec<Arc<dyn Observer>> {
    fn observe(&self, agent: &Identity, observation: &Observation<'_>) {
        for observer in self {
            observer.observe(agent, observation);
        }
    }
}
