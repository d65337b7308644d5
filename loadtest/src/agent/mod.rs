//! A simulated agent: a real client of the agent door with a person, a spool and a drawn desktop behind it.
//!
//! One task per agent and little memory, so that one process holds tens of thousands. Start reading at
//! [`SimulatedAgent::run`]; what the person does is in [`behaviour`], what one socket does in `door` and `session`.

pub mod backoff;
pub mod behaviour;
pub mod capture;
pub mod display;
mod door;
pub mod encoder;
mod frames;
mod handle;
mod identity;
mod life;
pub mod live;
mod observer;
pub mod pace;
mod pictures;
mod screenshot;
mod session;
pub mod spool;

use std::sync::Arc;

pub use handle::{AgentCommand, AgentHandle};
pub use identity::{AgentConfig, Faults, Habits, Identity, Screenshots};
pub use life::SimulatedAgent;
pub use observer::{Observation, Observer};

use crate::client::RestClient;
use crate::clock::Clock;
use crate::desktop::Painter;

/// What agents share.
pub struct Surroundings {
    pub clock: Clock,
    /// The portal door, for uploads. Needs no credentials: each upload carries its device's token.
    pub rest: RestClient,
    pub painter: Painter,
    pub observer: Arc<dyn Observer>,
}

/// Why an agent's life is over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AgentEnd {
    /// It was asked to stop; `unacknowledged` events were still spooled.
    Stopped { unacknowledged: usize },
    /// The hub told it to stop.
    ToldToStop { code: u16, reason: String },
}
