//! Who a simulated agent is and how it lives.

use std::net::Ipv4Addr;
use std::sync::Arc;

use muster_protocol::{DeviceId, EmployeeId};

use super::backoff::DELAY_MS_MAX;
use super::display::FocusPictures;
use super::pace::Pace;
use crate::desktop::{Displays, Scene};
use crate::secret::Secret;

/// The person and the device behind one agent.
#[derive(Clone, Debug)]
pub struct Identity {
    pub employee: EmployeeId,
    /// Shown on the drawn desktop.
    pub name: Arc<str>,
    pub device: DeviceId,
    pub token: Secret,
}

/// Everything that makes one agent differ from another.
#[derive(Clone, Debug)]
pub struct AgentConfig {
    pub identity: Identity,
    /// The agent door: `ws://127.0.0.1:4001/agent`.
    pub agent_url: Arc<str>,
    /// The local address to connect from. One address has only some 28,000 ports.
    pub source: Option<Ipv4Addr>,
    /// Same seed, same behaviour and same desktop.
    pub seed: u64,
    pub pace: Pace,
    pub habits: Habits,
}

/// What an agent does apart from what its person does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Habits {
    /// Whether the person starts work on arrival, whatever the policy's start mode.
    pub starts_work: bool,
    /// Beats come so often instead of at the hub's cadence.
    pub beat_every_ms: Option<u64>,
    /// What stands on the desk.
    pub displays: Displays,
    /// What happens on the displays.
    pub scene: Scene,
    pub focus_pictures: FocusPictures,
    pub screenshots: Screenshots,
    /// The first screenshot comes within so long, so that somebody who just started a demo sees one.
    pub first_screenshot_within_ms: Option<u64>,
    /// Extra durable events ("work went on") while connected.
    pub event_every_ms: Option<u64>,
    /// The longest wait before a reconnect: the protocol's, or less for a test that does not wait a minute.
    pub reconnect_within_ms: u64,
    pub faults: Faults,
}

/// When an agent takes screenshots. The policy may still forbid them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Screenshots {
    Never,
    /// One in each interval of the policy.
    ByPolicy,
    /// One in each interval of so many milliseconds: faster than any policy allows.
    Every(u64),
}

/// Deliberate misbehaviour that the hub must not notice in its figures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Faults {
    /// So many of a hundred batches of events are sent twice.
    pub doubled_percent: u8,
    /// The events of a batch go in a random order.
    pub shuffled: bool,
}

impl Habits {
    /// An agent as an office has it.
    pub const OFFICE: Self = Self {
        starts_work: true,
        beat_every_ms: None,
        displays: Displays::One,
        scene: Scene::Work,
        focus_pictures: FocusPictures::Tiles,
        screenshots: Screenshots::ByPolicy,
        first_screenshot_within_ms: None,
        event_every_ms: None,
        reconnect_within_ms: DELAY_MS_MAX,
        faults: Faults { doubled_percent: 0, shuffled: false },
    };

    /// A socket with beats and nothing else.
    pub const SOCKET_ONLY: Self = Self { starts_work: false, screenshots: Screenshots::Never, ..Self::OFFICE };
}
