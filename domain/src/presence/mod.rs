//! Presence: who is here, since when, and why.
//!
//! One [`PresenceMachine`] per employee. Everything that is heard goes in as [`PresenceInput`]; what has to be stored and
//! shown comes out as [`PresenceEffects`]. It never looks at a clock: the actor that owns it arms one timer for
//! [`PresenceMachine::next_deadline`] and says [`PresenceInput::Wake`] when that fires.
//!
//! An employee has any number of **links** (sockets, and one implicit link for requests without a socket). Each is heard
//! from, breaks or falls silent on its own; the status is the aggregate over those that still count:
//!
//! | some link says | status |
//! |---|---|
//! | input | active |
//! | otherwise: no input for the idle limit | idle, since the latest input of any link |
//! | otherwise: only that it is there (a portal's pong) | active |
//! | there is no link | offline |

mod config;
mod flapping;
mod link;
mod machine;
mod mass_drop;
mod tally;

#[cfg(test)]
mod machine_test;

use muster_protocol::presence::{Overlay, Reason, Status};
use muster_protocol::{DeviceId, UtcMillis};

pub use config::{FLAP_CHANGES_LIMIT, PresenceConfig, PresenceConfigError};
pub use link::{Activity, LinkId, activity_of};
pub use machine::PresenceMachine;
pub use mass_drop::{MassDrop, MassDropConfig, MassDropDetector};
pub use tally::{Counts, Tally};

/// What the actor hears about an employee.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PresenceInput {
    /// A session opened. The same `device` before: a broken link is resumed without trace, a standing one is replaced.
    Connect { link: LinkId, device: Option<DeviceId> },
    /// A session was heard from; `activity` is `None` when that says nothing about input (a portal's pong).
    Touch { link: LinkId, activity: Option<Activity> },
    /// An authenticated request without a socket of its own. A request of a device whose socket stands is a
    /// [`PresenceInput::Touch`] of [`PresenceMachine::link_of`] that device: otherwise the implicit link would outlive its `Bye`.
    Request { activity: Option<Activity> },
    /// The session's socket broke. Unknown or replaced links: inert.
    Break { link: LinkId },
    /// The session left cleanly. Unknown or replaced links: inert.
    Bye { link: LinkId },
    /// The employee logged out: the implicit link ends. Sockets end by their own `Bye`.
    Logout,
    /// An administrator sets the status. It holds until the employee is heard from.
    SetStatus { status: Status },
    /// A break, meeting or class begins, or none is on any more. Shown over active and idle, kept back while offline.
    Cover { overlay: Option<Overlay> },
    /// The timer fired.
    Wake,
}

/// An employee's presence at a moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Presence {
    pub status: Status,
    /// Never over offline.
    pub overlay: Option<Overlay>,
    /// Why the status became what it is.
    pub reason: Reason,
    /// Since when status and overlay hold. Strictly later than `since` of the presence before, so that it can be part of
    /// a key and no stretch is ever negative, whatever the wall clock does.
    ///
    /// Idle is dated back to the last input, but not before the presence that it follows; offline by a deadline to the
    /// moment that was due; everything else to the moment it was heard.
    pub since: UtcMillis,
    /// The last touch.
    pub last_seen: Option<UtcMillis>,
    /// Changed too often just now: screens hold what they show.
    pub unstable: bool,
}

/// What to do about an input. All `None` for almost every beat.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PresenceEffects {
    /// Store this change.
    pub transition: Option<Presence>,
    /// Show this on screens.
    pub publish: Option<Presence>,
    /// Close the socket of this link: a newer session of the same device took its place.
    pub replaced: Option<LinkId>,
}

impl Presence {
    /// What is true of a stored presence after its process died: offline since the last checkpoint. A status that an
    /// administrator set still holds.
    #[must_use]
    pub fn after_restart(self) -> Self {
        let stays = self.status == Status::Offline || self.reason == Reason::SetByAdmin;
        if stays {
            return Self { unstable: false, ..self };
        }
        let checkpoint = self.last_seen.unwrap_or(self.since);
        Self {
            status: Status::Offline,
            overlay: None,
            reason: Reason::HubRestart,
            since: checkpoint.max(self.since.plus(1)),
            last_seen: self.last_seen,
            unstable: false,
        }
    }
}
