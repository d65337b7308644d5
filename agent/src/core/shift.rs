//! A shift: one stretch of work as the machine knows it, from punch-in to punch-out.

use muster_protocol::UtcMillis;
use muster_protocol::agent::EventKind;
use serde::{Deserialize, Serialize};

use super::status::Work;

/// Work that goes on. Kept on disk, so that a restart does not end it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shift {
    pub since: UtcMillis,
    #[serde(default)]
    pub break_since: Option<UtcMillis>,
    /// Of the last input. Goes on beneath a break, as it does in the hub's sums.
    #[serde(default)]
    pub idle_since: Option<UtcMillis>,
    /// When the kind of the running segment began.
    pub kind_since: UtcMillis,
}

impl Shift {
    /// Punched in.
    #[must_use]
    pub const fn begun(at: UtcMillis) -> Self {
        Self { since: at, break_since: None, idle_since: None, kind_since: at }
    }

    /// Nobody is at the machine since `last_input`, or the screen is locked. `None` when that is known already.
    pub fn rest(&mut self, last_input: UtcMillis) -> Option<(EventKind, UtcMillis)> {
        if self.idle_since.is_some() {
            return None;
        }
        // Idleness from before the punch-in is not part of this work.
        let at = last_input.max(self.since);
        self.idle_since = Some(at);
        self.kind_since = at.max(self.kind_since);
        Some((EventKind::IdleBegan, at))
    }

    /// There was input at `at`.
    pub fn stir(&mut self, at: UtcMillis) -> Option<(EventKind, UtcMillis)> {
        let idle_since = self.idle_since.take()?;
        let at = at.max(idle_since);
        self.kind_since = at;
        Some((EventKind::IdleEnded, at))
    }

    pub fn begin_break(&mut self, at: UtcMillis) -> Option<(EventKind, UtcMillis)> {
        if self.break_since.is_some() {
            return None;
        }
        self.break_since = Some(at);
        self.kind_since = at;
        Some((EventKind::BreakBegan, at))
    }

    pub fn end_break(&mut self, at: UtcMillis) -> Option<(EventKind, UtcMillis)> {
        self.break_since.take()?;
        self.kind_since = at;
        Some((EventKind::BreakEnded, at))
    }

    /// As the person sees it: a break hides idleness.
    #[must_use]
    pub const fn work(&self) -> Work {
        let since = self.kind_since;
        match (self.break_since, self.idle_since) {
            (Some(since), _) => Work::Break { since },
            (None, Some(_)) => Work::Idle { since },
            (None, None) => Work::Active { since },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: UtcMillis = UtcMillis(1_000);

    #[test]
    fn idleness_begins_with_the_last_input_and_never_before_work() {
        for (last_input, began) in [(5_000, 5_000), (200, 1_000)] {
            let mut shift = Shift::begun(START);
            assert_eq!(shift.rest(UtcMillis(last_input)), Some((EventKind::IdleBegan, UtcMillis(began))));
            assert_eq!(shift.work(), Work::Idle { since: UtcMillis(began) });
        }
    }

    #[test]
    fn what_is_known_is_not_said_again() {
        let mut shift = Shift::begun(START);
        assert_eq!(shift.stir(UtcMillis(2_000)), None);
        assert!(shift.rest(UtcMillis(2_000)).is_some() && shift.rest(UtcMillis(3_000)).is_none());
        assert_eq!(shift.end_break(UtcMillis(4_000)), None);
        assert!(shift.begin_break(UtcMillis(4_000)).is_some() && shift.begin_break(UtcMillis(5_000)).is_none());
    }

    #[test]
    fn a_break_hides_idleness_and_idleness_comes_back_after_it() {
        let mut shift = Shift::begun(START);
        shift.rest(UtcMillis(2_000));
        shift.begin_break(UtcMillis(3_000));
        assert_eq!(shift.work(), Work::Break { since: UtcMillis(3_000) });
        shift.end_break(UtcMillis(9_000));
        assert_eq!(shift.work(), Work::Idle { since: UtcMillis(9_000) });
    }
}
