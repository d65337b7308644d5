//! Layers of policy as clients read and write them.

use muster_db::{PolicyRow, PolicyScope};
use muster_domain::policy::PolicyLayer;
use muster_protocol::policy::{Blur, Policy, StartMode};
use muster_protocol::{EmployeeId, TeamId, UtcMillis};
use serde::{Deserialize, Serialize};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use crate::app::App;

/// Whom a layer is about: `{"organization": true}`, `{"team": "…"}` or `{"employee": "…"}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LayerScope {
    Organization(Whole),
    Team(TeamId),
    Employee(EmployeeId),
}

/// There is one organization: nothing but `true` names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "bool", into = "bool")]
pub struct Whole;

impl PartialSchema for Whole {
    fn schema() -> RefOr<Schema> {
        bool::schema()
    }
}

impl ToSchema for Whole {}

impl TryFrom<bool> for Whole {
    type Error = &'static str;

    fn try_from(is_whole: bool) -> Result<Self, Self::Error> {
        is_whole.then_some(Self).ok_or("true, or another scope")
    }
}

impl From<Whole> for bool {
    fn from(_: Whole) -> Self {
        true
    }
}

impl From<PolicyScope> for LayerScope {
    fn from(scope: PolicyScope) -> Self {
        match scope {
            PolicyScope::Organization => Self::Organization(Whole),
            PolicyScope::Team(team) => Self::Team(team),
            PolicyScope::Employee(employee) => Self::Employee(employee),
        }
    }
}

/// What one layer decides. What it leaves open, it inherits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Settings {
    /// 2 to 20.
    capture_interval_minutes: Option<u8>,
    screenshots: Option<bool>,
    /// Applied on the machine, before anything leaves it.
    blur: Option<Blur>,
    live_view: Option<bool>,
    start_mode: Option<StartMode>,
    /// No input for so long means idle.
    idle_after_ms: Option<u64>,
    pause_allowed: Option<bool>,
}

impl From<PolicyLayer> for Settings {
    fn from(layer: PolicyLayer) -> Self {
        Self {
            capture_interval_minutes: layer.capture_interval_minutes,
            screenshots: layer.screenshots,
            blur: layer.blur,
            live_view: layer.live_view,
            start_mode: layer.start_mode,
            idle_after_ms: layer.idle_after_ms,
            pause_allowed: layer.pause_allowed,
        }
    }
}

impl From<Settings> for PolicyLayer {
    fn from(settings: Settings) -> Self {
        Self {
            capture_interval_minutes: settings.capture_interval_minutes,
            screenshots: settings.screenshots,
            blur: settings.blur,
            live_view: settings.live_view,
            start_mode: settings.start_mode,
            idle_after_ms: settings.idle_after_ms,
            pause_allowed: settings.pause_allowed,
        }
    }
}

/// What holds after inheritance: every setting is decided.
impl From<&Policy> for Settings {
    fn from(policy: &Policy) -> Self {
        Self {
            capture_interval_minutes: Some(policy.capture_interval_minutes),
            screenshots: Some(policy.screenshots),
            blur: Some(policy.blur),
            live_view: Some(policy.live_view),
            start_mode: Some(policy.start_mode),
            idle_after_ms: Some(policy.idle_after_ms),
            pause_allowed: Some(policy.pause_allowed),
        }
    }
}

/// A stored layer.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Layer {
    scope: LayerScope,
    settings: Settings,
    /// Sent back with a change, it keeps two people from overwriting each other.
    version: u64,
    changed_at: UtcMillis,
    changed_by: Option<EmployeeId>,
    changed_by_name: Option<String>,
}

impl Layer {
    /// The row with the name that its author has now.
    pub fn of(app: &App, row: PolicyRow) -> Self {
        let author = row.changed_by.as_ref().and_then(|author| app.hub.people.get(author));
        Self {
            changed_by_name: author.map(|author| author.row().name.clone()),
            scope: row.scope.into(),
            settings: row.settings.into(),
            version: row.version,
            changed_at: row.changed_at,
            changed_by: row.changed_by,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_names_one_thing() {
        let scope = |json| serde_json::from_str::<LayerScope>(json);
        assert_eq!(scope(r#"{"organization":true}"#).unwrap(), LayerScope::Organization(Whole));
        assert!(scope(r#"{"organization":false}"#).is_err());
        assert_eq!(serde_json::to_string(&LayerScope::Organization(Whole)).unwrap(), r#"{"organization":true}"#);
        let employee = EmployeeId::new("INT1").unwrap();
        assert_eq!(scope(r#"{"employee":"INT1"}"#).unwrap(), LayerScope::Employee(employee));
        assert!(scope(r#"{"team":"not a uuid"}"#).is_err());
    }

    #[test]
    fn settings_and_layers_are_the_same_fields() {
        let settings = Settings {
            capture_interval_minutes: Some(2),
            screenshots: Some(false),
            blur: Some(Blur::Strong),
            live_view: Some(false),
            start_mode: Some(StartMode::Auto),
            idle_after_ms: Some(30_000),
            pause_allowed: Some(true),
        };
        assert_eq!(Settings::from(PolicyLayer::from(settings)), settings);
    }
}
