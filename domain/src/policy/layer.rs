//! Layers of policy: organization, team, employee. What a layer leaves open, it inherits.

use muster_protocol::limits::CAPTURE_INTERVAL_MINUTES;
use muster_protocol::policy::{Blur, Policy, StartMode};
use serde::{Deserialize, Serialize};

const CAPTURE_INTERVAL_MINUTES_DEFAULT: u8 = 10;
const IDLE_AFTER_MS_DEFAULT: u64 = 180_000;
/// Half a minute to an hour: shorter calls reading idle, longer never tells.
const IDLE_AFTER_MS: std::ops::RangeInclusive<u64> = 30_000..=3_600_000;

/// What one of organization, team and employee decides; `None` leaves it to the layer before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PolicyLayer {
    pub capture_interval_minutes: Option<u8>,
    pub screenshots: Option<bool>,
    pub blur: Option<Blur>,
    pub live_view: Option<bool>,
    pub start_mode: Option<StartMode>,
    pub idle_after_ms: Option<u64>,
    pub pause_allowed: Option<bool>,
}

/// A value out of its range.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PolicyError {
    #[error("the capture interval must be {} to {} minutes", CAPTURE_INTERVAL_MINUTES.start(), CAPTURE_INTERVAL_MINUTES.end())]
    CaptureInterval,
    #[error("idle_after must be {} to {} milliseconds", IDLE_AFTER_MS.start(), IDLE_AFTER_MS.end())]
    IdleAfter,
}

impl PolicyError {
    /// The field of [`PolicyLayer`] that is wrong.
    #[must_use]
    pub const fn field(self) -> &'static str {
        match self {
            Self::CaptureInterval => "capture_interval_minutes",
            Self::IdleAfter => "idle_after_ms",
        }
    }
}

impl PolicyLayer {
    /// Everything that is wrong; empty when the layer may be stored.
    #[must_use]
    pub fn errors(&self) -> Vec<PolicyError> {
        let interval = self.capture_interval_minutes.filter(|minutes| !CAPTURE_INTERVAL_MINUTES.contains(minutes));
        let idle_after = self.idle_after_ms.filter(|ms| !IDLE_AFTER_MS.contains(ms));
        let interval = interval.map(|_| PolicyError::CaptureInterval);
        interval.into_iter().chain(idle_after.map(|_| PolicyError::IdleAfter)).collect()
    }

    /// This layer, and what it leaves open from `inherited`.
    #[must_use]
    pub fn over(self, inherited: Self) -> Self {
        Self {
            capture_interval_minutes: self.capture_interval_minutes.or(inherited.capture_interval_minutes),
            screenshots: self.screenshots.or(inherited.screenshots),
            blur: self.blur.or(inherited.blur),
            live_view: self.live_view.or(inherited.live_view),
            start_mode: self.start_mode.or(inherited.start_mode),
            idle_after_ms: self.idle_after_ms.or(inherited.idle_after_ms),
            pause_allowed: self.pause_allowed.or(inherited.pause_allowed),
        }
    }
}

/// The policy of an employee: `layers` from the organization to the employee, the nearer one wins. What nobody decides is
/// a screenshot every ten minutes without blur, live view, start by hand, idle after three minutes and no pausing.
#[must_use]
pub fn effective(layers: &[PolicyLayer], version: u64) -> Policy {
    let decided = layers.iter().fold(PolicyLayer::default(), |inherited, layer| layer.over(inherited));
    Policy {
        version,
        capture_interval_minutes: decided.capture_interval_minutes.unwrap_or(CAPTURE_INTERVAL_MINUTES_DEFAULT),
        screenshots: decided.screenshots.unwrap_or(true),
        blur: decided.blur.unwrap_or_default(),
        live_view: decided.live_view.unwrap_or(true),
        start_mode: decided.start_mode.unwrap_or_default(),
        idle_after_ms: decided.idle_after_ms.unwrap_or(IDLE_AFTER_MS_DEFAULT),
        pause_allowed: decided.pause_allowed.unwrap_or(false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearer_layer_wins_field_by_field() {
        let organization =
            PolicyLayer { capture_interval_minutes: Some(5), blur: Some(Blur::Light), ..Default::default() };
        let team = PolicyLayer { blur: Some(Blur::Strong), screenshots: Some(false), ..Default::default() };
        let employee = PolicyLayer { capture_interval_minutes: Some(2), ..Default::default() };
        let policy = effective(&[organization, team, employee], 7);
        assert_eq!((policy.version, policy.capture_interval_minutes), (7, 2));
        assert_eq!((policy.blur, policy.screenshots, policy.live_view), (Blur::Strong, false, true));
    }

    #[test]
    fn nobody_has_decided_anything() {
        let policy = effective(&[], 1);
        assert_eq!((policy.capture_interval_minutes, policy.idle_after_ms), (10, 180_000));
        assert!(policy.screenshots && policy.live_view && !policy.pause_allowed);
        assert_eq!((policy.blur, policy.start_mode), (Blur::None, StartMode::Manual));
    }

    #[test]
    fn each_value_has_its_range() {
        let with = |minutes, ms| PolicyLayer {
            capture_interval_minutes: Some(minutes),
            idle_after_ms: Some(ms),
            ..Default::default()
        };
        assert_eq!(PolicyLayer::default().errors(), []);
        for (minutes, ms) in [(2, 30_000), (20, 3_600_000)] {
            assert_eq!(with(minutes, ms).errors(), []);
        }
        for (minutes, ms) in [(1, 29_999), (21, 3_600_001), (0, 0), (255, u64::MAX)] {
            assert_eq!(with(minutes, ms).errors(), [PolicyError::CaptureInterval, PolicyError::IdleAfter]);
        }
        assert_eq!(PolicyError::CaptureInterval.to_string(), "the capture interval must be 2 to 20 minutes");
    }

    #[test]
    fn unknown_and_missing_fields_are_tolerated() {
        let layer: PolicyLayer = serde_json::from_str(r#"{"blur":"light","colour":"red"}"#).unwrap();
        assert_eq!(layer, PolicyLayer { blur: Some(Blur::Light), ..Default::default() });
    }
}
