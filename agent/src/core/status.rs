//! Everything that the window, the tray and `agent status` show: one value, made by the core, compared before it is drawn.

use muster_protocol::UtcMillis;
use muster_protocol::agent::Watcher;
use muster_protocol::policy::{Notice, Policy};
use serde::{Deserialize, Serialize};

/// The agent as its person sees it.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Status {
    /// The hub's address as it was typed; empty before the first sign-in.
    pub hub: String,
    /// The name of the person, or their employee id.
    pub person: Option<String>,
    pub connection: Connection,
    pub work: Work,
    /// Of today, in the machine's own day.
    pub today: Today,
    /// The last one heard; kept over restarts.
    pub policy: Option<Policy>,
    /// To be read and accepted before anything is captured.
    pub notice: Option<Notice>,
    /// Whoever watches at this moment. Shown always; nothing can hide it.
    pub watchers: Vec<Watcher>,
    /// Names of this machine's displays by track, to say what is watched.
    pub displays: Vec<(u32, String)>,
    pub is_paused: bool,
    pub waiting: Waiting,
    /// What the hub will never take, newest last, at most ten.
    pub set_aside: Vec<SetAside>,
    /// Why no picture can be taken, while it cannot.
    pub capture_problem: Option<String>,
    /// What does not work as it should and what to do, for example a secret store that is away.
    pub warnings: Vec<String>,
    /// A message of the hub, until it is dismissed.
    pub message: Option<String>,
    /// Why the last sign-in failed.
    pub sign_in_problem: Option<String>,
    /// A sign-in is under way.
    pub is_signing_in: bool,
}

/// Whether the hub hears the agent.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Connection {
    /// Nobody has signed in on this machine.
    #[default]
    SignedOut,
    Connecting,
    Online {
        since: UtcMillis,
    },
    /// Tried again at `retry_at`; everything is recorded meanwhile.
    Away {
        reason: String,
        retry_at: UtcMillis,
    },
    /// The hub said stop: somebody has to do something.
    Stopped {
        reason: String,
    },
}

/// What the person does, as recorded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Work {
    #[default]
    Off,
    Active {
        since: UtcMillis,
    },
    Idle {
        since: UtcMillis,
    },
    Break {
        since: UtcMillis,
    },
}

/// Sums of today's segments up to `as_of`; the window lets the running one grow from there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Today {
    pub as_of: UtcMillis,
    /// From punch-in to punch-out, idle and breaks included.
    pub active_ms: u64,
    pub idle_ms: u64,
    pub break_ms: u64,
    /// Active − idle − break.
    pub net_ms: u64,
}

/// What is on disk and not acknowledged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Waiting {
    pub events: u64,
    pub screenshots: u64,
    pub bytes: u64,
    pub bytes_max: u64,
}

impl Waiting {
    /// More than four fifths of the room is used: time to tell the person.
    #[must_use]
    pub fn is_nearly_full(&self) -> bool {
        self.bytes_max > 0 && self.bytes > self.bytes_max / 5 * 4
    }
}

/// Something recorded that the hub refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetAside {
    pub at: UtcMillis,
    pub what: String,
    pub reason: String,
}
