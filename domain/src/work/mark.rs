//! A mark: one thing that is known about an employee's work, for ever.

use muster_protocol::{BootId, DeviceId, UtcMillis};
use uuid::Uuid;

/// Where a mark comes from; with the employee it names the mark. The same mark twice is one mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MarkSource {
    /// The device; the nil id for requests of clients without one (portal, older clients).
    pub device: DeviceId,
    /// The boot of the device's spool, or of this hub for marks it makes itself. The nil id is kept for
    /// [`MarkSource::of_beats_since`].
    pub boot: BootId,
    /// Counts up within the boot.
    pub seq: u64,
}

/// What is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MarkKind {
    /// Punched out. Sorts before `Start`, so that both at one instant mean a new session.
    Stop,
    /// Punched in. Within an open session it means nothing.
    Start,
    /// Input came back.
    Active,
    /// No input since this instant (dated back to the last input).
    Idle,
    BreakEnded,
    BreakBegan,
    MeetingEnded,
    MeetingBegan,
    /// Beats were heard from `at` until here, without a gap over the offline limit. Grows in place; the latest end counts.
    Covered {
        to: UtcMillis,
    },
}

/// One mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Mark {
    pub at: UtcMillis,
    pub kind: MarkKind,
    pub source: MarkSource,
}

impl Mark {
    /// The order in which marks are taken.
    #[must_use]
    pub const fn order(&self) -> (UtcMillis, MarkKind) {
        (self.at, self.kind)
    }
}

impl MarkSource {
    /// The source of the coverage that a hub wrote from the beats it heard since `from`: there is at most one such mark
    /// per instant and employee, so it needs no counter that would have to survive a restart.
    #[must_use]
    pub const fn of_beats_since(from: UtcMillis) -> Self {
        Self { device: DeviceId(Uuid::nil()), boot: BootId(Uuid::nil()), seq: from.0.cast_unsigned() }
    }
}
