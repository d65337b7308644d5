//! Flapping: a status that changes too often is held on the screens until it is quiet.

use super::PresenceConfig;
use super::config::FLAP_CHANGES_LIMIT;
use crate::MonoMillis;

/// The moments of the latest changes, oldest first.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Flapping {
    changes: [MonoMillis; FLAP_CHANGES_LIMIT as usize],
    count: u8,
}

impl Flapping {
    /// Notes a change. True when there are now more than `flap_changes_max` within the window.
    pub fn note(&mut self, config: &PresenceConfig, now: MonoMillis) -> bool {
        let kept = config.flap_changes_max.clamp(1, FLAP_CHANGES_LIMIT) as usize;
        let is_full = self.count as usize >= kept;
        let is_flapping = is_full && now.since(self.changes[0]) < config.flap_window_ms;
        if is_full {
            self.changes[..kept].rotate_left(1);
            self.changes[kept - 1] = now;
        } else {
            self.changes[self.count as usize] = now;
            self.count += 1;
        }
        is_flapping
    }

    /// When the window after the latest change is over.
    pub fn quiet_at(&self, config: &PresenceConfig) -> Option<MonoMillis> {
        let latest = usize::from(self.count).checked_sub(1)?;
        Some(self.changes[latest].plus(config.flap_window_ms))
    }

    /// Moves everything by `gap_ms` after a stall.
    pub fn forgive(&mut self, gap_ms: u64) {
        for change in &mut self.changes {
            *change = change.plus(gap_ms);
        }
    }
}
