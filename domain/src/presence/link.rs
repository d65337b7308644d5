//! A link: one way on which an employee is heard, with its own deadline.

use muster_protocol::presence::Reason;
use muster_protocol::{DeviceId, UtcMillis};

use super::PresenceConfig;
use crate::{MonoMillis, Now};

/// One session's epoch: unique and increasing in this process, from 1. A later session has the higher one, so what an
/// older one still says can be told apart (fencing).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LinkId(pub u64);

impl LinkId {
    /// The implicit link of requests without a socket. No session may have it.
    pub const REQUESTS: Self = Self(0);
}

/// What a client knows about input at keyboard and mouse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Activity {
    /// There was input within the idle limit.
    Input,
    /// There was none since this instant, the last input.
    Idle { since: UtcMillis },
}

/// The activity that a beat reports: `idle_ms` since the last input, and idle in any case when the screen is locked.
#[must_use]
pub fn activity_of(idle_ms: u64, locked: bool, config: &PresenceConfig, now: Now) -> Activity {
    if !locked && idle_ms < config.idle_after_ms {
        return Activity::Input;
    }
    Activity::Idle { since: now.wall.minus(i64::try_from(idle_ms).unwrap_or(i64::MAX)) }
}

/// How a link stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// Heard from within `offline_after`.
    Live,
    /// Its socket broke; it still counts until the grace is over.
    Broken { at: MonoMillis },
    /// Its socket stands but says nothing: it counts no more. The next touch revives it (a laptop that slept).
    Silent,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Link {
    pub id: LinkId,
    pub device: Option<DeviceId>,
    /// What it last said about input; `None` when it never did.
    pub activity: Option<Activity>,
    pub heard_at: MonoMillis,
    pub line: Line,
}

impl Link {
    pub const fn new(id: LinkId, device: Option<DeviceId>, now: Now) -> Self {
        Self { id, device, activity: None, heard_at: now.mono, line: Line::Live }
    }

    /// Whether it last reported input; `None` when it never reported anything about it.
    pub fn says_input(&self) -> Option<bool> {
        self.activity.map(|activity| activity == Activity::Input)
    }

    /// When it ends, unless it is heard from before.
    ///
    /// A break gives the whole grace even when `offline_after` would run out earlier: a session that comes back inside
    /// the grace must leave no trace.
    pub const fn deadline(&self, config: &PresenceConfig) -> Option<MonoMillis> {
        match self.line {
            Line::Live => Some(self.heard_at.plus(config.offline_after_ms)),
            Line::Broken { at } => Some(at.plus(config.grace_ms)),
            Line::Silent => None,
        }
    }

    /// Why somebody is offline who had only this link, once its deadline has passed.
    pub const fn end_reason(&self) -> Reason {
        match self.line {
            Line::Broken { .. } => Reason::Disconnected,
            Line::Live | Line::Silent => Reason::Timeout,
        }
    }

    /// Whether nobody can take it over: broken, and no device will come back for it by name.
    pub const fn is_abandoned(&self) -> bool {
        matches!(self.line, Line::Broken { .. }) && self.device.is_none()
    }

    /// Moves its deadline by `gap_ms` after a stall, and to at least one grace from now: what clients sent meanwhile
    /// still has to arrive (TCP repeats at growing intervals after a pause).
    pub fn forgive(&mut self, gap_ms: u64, config: &PresenceConfig, now: MonoMillis) {
        self.heard_at = self.heard_at.plus(gap_ms);
        let shortfall_ms = now.plus(config.grace_ms).since(self.heard_at.plus(config.offline_after_ms));
        self.heard_at = self.heard_at.plus(shortfall_ms);
        if let Line::Broken { at } = &mut self.line {
            *at = now;
        }
    }
}
