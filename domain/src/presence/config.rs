//! The timings of presence.

/// The largest `flap_changes_max`: each machine keeps the moments of so many changes inside itself.
pub const FLAP_CHANGES_LIMIT: u32 = 8;

/// The timings of presence. One value for the whole hub, unchanged while it runs: it is handed to each call of
/// [`super::PresenceMachine`] instead of being stored 100,000 times.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PresenceConfig {
    /// Silence for so long means offline.
    pub offline_after_ms: u64,
    /// A broken socket may come back within this time without leaving a trace.
    pub grace_ms: u64,
    /// No input for so long means idle.
    pub idle_after_ms: u64,
    /// More changes than this within `flap_window_ms` are shown as unstable; 1 to [`FLAP_CHANGES_LIMIT`].
    pub flap_changes_max: u32,
    /// The stretch in which changes are counted, and how long it must be quiet afterwards.
    pub flap_window_ms: u64,
    /// A timer that fires later than this was held up by a pause of the machine, not by the employee.
    pub stall_ms: u64,
}

/// Timings that contradict each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PresenceConfigError {
    #[error("{0} must be longer than zero")]
    Zero(&'static str),
    #[error("the grace of {grace_ms} ms is longer than offline_after, {offline_after_ms} ms")]
    GraceTooLong { grace_ms: u64, offline_after_ms: u64 },
    #[error("flap_changes_max is {0}, it must be 1 to {FLAP_CHANGES_LIMIT}")]
    FlapChanges(u32),
}

impl Default for PresenceConfig {
    fn default() -> Self {
        Self {
            offline_after_ms: 120_000,
            grace_ms: 20_000,
            idle_after_ms: 180_000,
            flap_changes_max: 3,
            flap_window_ms: 60_000,
            stall_ms: 2_000,
        }
    }
}

impl PresenceConfig {
    /// Checked once at start-up, before any machine sees it.
    pub fn validate(&self) -> Result<(), PresenceConfigError> {
        let lengths = [
            ("offline_after", self.offline_after_ms),
            ("grace", self.grace_ms),
            ("idle_after", self.idle_after_ms),
            ("flap_window", self.flap_window_ms),
            ("stall", self.stall_ms),
        ];
        if let Some((name, _)) = lengths.into_iter().find(|(_, ms)| *ms == 0) {
            return Err(PresenceConfigError::Zero(name));
        }
        if self.grace_ms > self.offline_after_ms {
            let (grace_ms, offline_after_ms) = (self.grace_ms, self.offline_after_ms);
            return Err(PresenceConfigError::GraceTooLong { grace_ms, offline_after_ms });
        }
        if !(1..=FLAP_CHANGES_LIMIT).contains(&self.flap_changes_max) {
            return Err(PresenceConfigError::FlapChanges(self.flap_changes_max));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contradictions_are_named() {
        let good = PresenceConfig::default();
        let cases = [
            (good, Ok(())),
            (PresenceConfig { offline_after_ms: 3_000, grace_ms: 1_000, ..good }, Ok(())),
            (PresenceConfig { grace_ms: 0, ..good }, Err(PresenceConfigError::Zero("grace"))),
            (PresenceConfig { flap_changes_max: 0, ..good }, Err(PresenceConfigError::FlapChanges(0))),
            (PresenceConfig { flap_changes_max: 9, ..good }, Err(PresenceConfigError::FlapChanges(9))),
            (
                PresenceConfig { grace_ms: 120_001, ..good },
                Err(PresenceConfigError::GraceTooLong { grace_ms: 120_001, offline_after_ms: 120_000 }),
            ),
        ];
        for (config, expected) in cases {
            assert_eq!(config.validate(), expected, "{config:?}");
        }
    }
}
