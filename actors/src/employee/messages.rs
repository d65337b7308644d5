//! What an employee's actor is told and asked.

use std::sync::Arc;

use actix::Message;
use muster_domain::presence::{Activity, LinkId, Presence};
use muster_protocol::agent::{AgentDown, Display, DurableEvent};
use muster_protocol::portal::Tier;
use muster_protocol::presence::Status;
use muster_protocol::{BootId, CloseCode, DeviceId};

use super::{WorkError, WorkView};
use crate::live::Viewer;
use crate::outbox::Outbox;
use crate::portal_outbox::PortalOutbox;

/// Sent by a session that was let in. A live session of the same device is closed as replaced; a broken one is resumed.
#[derive(Debug, Message)]
#[rtype(result = "()")]
pub struct Connect {
    pub link: LinkId,
    /// Agents only; a portal is nobody's device.
    pub device: Option<DeviceId>,
    /// Device clock minus hub clock: beats of this session count on the device's clock, as its events do.
    pub clock_skew_ms: i64,
    /// Agents only: what can be watched. An agent that names no display has one, track 0.
    pub displays: Arc<[Display]>,
    /// The person paused capture on this device.
    pub is_paused: bool,
    pub voice: Voice,
}

/// How a session is spoken to.
#[derive(Clone, Debug)]
pub enum Voice {
    Agent(Outbox),
    Portal(PortalOutbox),
}

/// Sent by an agent's session when the person paused capture there, or went on.
#[derive(Clone, Copy, Debug, Message)]
#[rtype(result = "()")]
pub struct PauseCapture {
    pub link: LinkId,
    pub is_paused: bool,
}

/// Sent by a viewer: from now on it watches exactly these tracks of the person.
#[derive(Clone, Debug, Message)]
#[rtype(result = "()")]
pub struct SetWatch {
    pub viewer: Arc<Viewer>,
    pub wanted: Vec<Wanted>,
}

/// A track that a viewer watches.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    pub track: u32,
    /// What the viewer calls it.
    pub number: u32,
    pub tier: Tier,
}

/// Sent by a session for every beat or pong.
#[derive(Clone, Copy, Debug, Message)]
#[rtype(result = "()")]
pub struct Touch {
    pub link: LinkId,
    /// `None`: alive, but says nothing about the person's input.
    pub activity: Option<Activity>,
}

/// Sent by REST for every authenticated request.
#[derive(Clone, Copy, Debug, Message)]
#[rtype(result = "()")]
pub struct Request {
    /// The agent's own requests come with its device: they are signs of the agent's session.
    pub device: Option<DeviceId>,
    pub activity: Option<Activity>,
}

/// Sent by a session whose socket broke: the grace begins.
#[derive(Clone, Copy, Debug, Message)]
#[rtype(result = "()")]
pub struct Disconnect {
    pub link: LinkId,
}

/// Sent by a session that ended on purpose.
#[derive(Clone, Copy, Debug, Message)]
#[rtype(result = "()")]
pub struct Bye {
    pub link: LinkId,
}

/// Sent by `POST /api/auth/logout`.
#[derive(Clone, Copy, Debug, Message)]
#[rtype(result = "()")]
pub struct Logout;

/// Sent by an administrator's request; holds until the next touch.
#[derive(Clone, Copy, Debug, Message)]
#[rtype(result = "Presence")]
pub struct SetStatus {
    pub status: Status,
}

/// Durable events of an agent. Acknowledged to `outbox` after the commit.
#[derive(Debug, Message)]
#[rtype(result = "()")]
pub struct AgentEvents {
    pub device: DeviceId,
    pub boot: BootId,
    pub items: Vec<DurableEvent>,
    pub outbox: Outbox,
}

/// What REST clients ask of the work session.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum WorkRequest {
    /// Returns the open session if there is one.
    Start,
    Stop,
    /// The last `idle_delta_seconds` before now were idle.
    Heartbeat {
        idle_delta_seconds: f64,
    },
    BreakBegin,
    BreakEnd,
}

/// Sent by REST; answered after the commit.
#[derive(Clone, Copy, Debug, Message)]
#[rtype(result = "Result<WorkView, WorkError>")]
pub struct Work(pub WorkRequest);

/// Asked by reports: the open session as it stands this moment, beats since the last checkpoint included.
#[derive(Clone, Copy, Debug, Message)]
#[rtype(result = "Option<WorkView>")]
pub struct WorkNow;

/// Asked by REST: which devices of the person have an agent here now.
#[derive(Clone, Copy, Debug, Message)]
#[rtype(result = "Vec<ConnectedDevice>")]
pub struct ConnectedDevices;

/// A device whose agent is connected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConnectedDevice {
    pub device: DeviceId,
    /// As the agent named them.
    pub displays: Arc<[Display]>,
}

/// Sent to say `message` to every agent of the person.
#[derive(Debug, Message)]
#[rtype(result = "()")]
pub struct Tell(pub AgentDown);

/// Sent when a person or a device may no longer be here: its sockets end with `code`.
#[derive(Clone, Copy, Debug, Message)]
#[rtype(result = "()")]
pub struct EndSessions {
    /// `None`: all of them.
    pub device: Option<DeviceId>,
    pub code: CloseCode,
    /// With a shutdown: when to come back.
    pub retry_after_ms: Option<u64>,
}

/// A defect on purpose: the tests' way to see an actor die.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, Message)]
#[rtype(result = "()")]
pub struct Panic;
