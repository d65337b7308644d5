//! What happens to the machine, and what it wants done.

use bytes::Bytes;
use muster_protocol::UtcMillis;
use muster_protocol::agent::{AgentDown, Beat, Display, EventKind, Welcome};

use super::Command;
use crate::capture::{Order, Report, Shot};

/// Something that happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// The look at the person, once a second.
    Looked(Look),
    /// The person wants something.
    Wished(Command),
    /// A socket is open; `displays` are those that its `hello` named.
    Opened { welcome: Box<Welcome>, displays: Vec<Display> },
    /// The hub said something else.
    Told(Box<AgentDown>),
    /// The socket is gone.
    Lost,
    /// The capture thread said something.
    Captured(Report),
    /// The spool takes screenshots no more, or again.
    Room { is_full: bool },
    /// The agent ends, and the person may come back to it.
    Ending,
    /// A deadline may have passed.
    Tick,
}

/// What the machine sees of its person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// Since the last input; `None` where the system does not say, which counts as input just now.
    pub idle_ms: Option<u64>,
    pub is_locked: bool,
}

/// Something to be done, in the order of the list. What stops capture comes before what is recorded, what starts it after.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// To the spool. The hub and the person hear of it when it is on disk.
    Record { kind: EventKind, at: UtcMillis },
    /// To the hub, now or never.
    Beat(Beat),
    /// To the capture thread.
    Capture(Order),
    /// A screenshot to the spool.
    Keep(Shot),
    /// A live picture to the hub.
    Show { track: u32, seq: u32, picture: Picture },
    /// The displays are others than `hello` said: say it anew.
    Reconnect,
}

/// What goes over the wire for one live picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Picture {
    /// A whole binary message.
    Frame(Bytes),
    /// The picture of `seq` still holds.
    Same,
}
