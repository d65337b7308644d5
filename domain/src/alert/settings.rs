//! Which alerts an organization wants. All are off except that capture fails: it is the one that nobody else notices.

use serde::{Deserialize, Serialize};

use crate::Version;

/// A day: whatever takes longer is no alert but a report.
const MINUTES_MAX: u32 = 24 * 60;
/// Failures that are counted; the agent says each streak once.
const FAILURES_MAX: u32 = 20;

/// The settings of every kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlertSettings {
    pub not_logged_in: After,
    pub idle_too_long: After,
    pub capture_failing: CaptureFailing,
    pub agent_outdated: AgentOutdated,
}

/// An alert that comes when something has lasted for a while.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct After {
    pub enabled: bool,
    /// 1 to 1440.
    pub after_minutes: u32,
}

/// An alert that comes with so many failures within a while.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaptureFailing {
    pub enabled: bool,
    /// 1 to 20.
    pub failures: u32,
    /// 1 to 1440.
    pub within_minutes: u32,
}

/// An alert about programs that are too old.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgentOutdated {
    pub enabled: bool,
    /// The oldest that is good enough; absent: the hub's own version, because both are released together.
    pub minimum: Option<Version>,
}

/// What is wrong with settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AlertSettingsError {
    #[error("1 to 1440 minutes")]
    NotLoggedInAfter,
    #[error("1 to 1440 minutes")]
    IdleTooLongAfter,
    #[error("1 to 20 failures")]
    Failures,
    #[error("1 to 1440 minutes")]
    FailuresWithin,
}

impl Default for AlertSettings {
    fn default() -> Self {
        Self {
            not_logged_in: After { enabled: false, after_minutes: 15 },
            idle_too_long: After { enabled: false, after_minutes: 30 },
            capture_failing: CaptureFailing { enabled: true, failures: 1, within_minutes: 60 },
            agent_outdated: AgentOutdated { enabled: false, minimum: None },
        }
    }
}

impl AlertSettings {
    /// Everything that is out of its bounds.
    #[must_use]
    pub fn errors(&self) -> Vec<AlertSettingsError> {
        let minutes = |minutes| (1..=MINUTES_MAX).contains(&minutes);
        let checks = [
            (minutes(self.not_logged_in.after_minutes), AlertSettingsError::NotLoggedInAfter),
            (minutes(self.idle_too_long.after_minutes), AlertSettingsError::IdleTooLongAfter),
            ((1..=FAILURES_MAX).contains(&self.capture_failing.failures), AlertSettingsError::Failures),
            (minutes(self.capture_failing.within_minutes), AlertSettingsError::FailuresWithin),
        ];
        checks.into_iter().filter(|(right, _)| !right).map(|(_, error)| error).collect()
    }
}

impl After {
    /// The wait in milliseconds.
    #[must_use]
    pub fn ms(self) -> i64 {
        i64::from(self.after_minutes) * 60_000
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_is_within_its_bounds_and_quiet_about_people() {
        let settings = AlertSettings::default();
        assert_eq!(settings.errors(), []);
        assert!(!settings.not_logged_in.enabled && !settings.idle_too_long.enabled && !settings.agent_outdated.enabled);
        assert!(settings.capture_failing.enabled);
    }

    #[test]
    fn each_bound_is_named() {
        let none = After { enabled: true, after_minutes: 0 };
        let wrong = AlertSettings {
            not_logged_in: none,
            idle_too_long: After { after_minutes: 1_441, ..none },
            capture_failing: CaptureFailing { enabled: false, failures: 21, within_minutes: 0 },
            ..AlertSettings::default()
        };
        assert_eq!(wrong.errors().len(), 4);
    }
}
