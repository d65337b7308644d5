//! `/api/alerts/settings`: which alerts the organization wants.

use actix_web::{HttpResponse, get, put};
use muster_actors::roster::AlertSettingsChanged;
use muster_db::AlertSettingsRow;
use muster_domain::Version;
use muster_domain::alert::settings as rules;
use muster_domain::alert::{AlertSettings, AlertSettingsError};
use muster_protocol::FieldError;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::http::audit::{self, Event};
use crate::http::changes::in_turn;
use crate::http::error::ApiResult;
use crate::http::extract::{Body, Permit, Validate, check, needs};

/// Which alerts the organization wants. Minutes are 1 to 1440.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AlertRules {
    /// Grows with every change. Sent back with a change, it keeps two people from overwriting each other.
    version: u64,
    /// Employees who were not seen so long after the working hours began.
    not_logged_in: AlertAfter,
    /// People at work without input for so long, breaks and meetings aside.
    idle_too_long: AlertAfter,
    capture_failing: AlertOnFailures,
    agent_outdated: AlertOnVersion,
}

/// An alert that comes when something has lasted for a while.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AlertAfter {
    enabled: bool,
    after_minutes: u32,
}

/// An alert that comes with so many failures within a while.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AlertOnFailures {
    enabled: bool,
    /// 1 to 20.
    failures: u32,
    within_minutes: u32,
}

/// An alert about agents that are too old.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AlertOnVersion {
    enabled: bool,
    /// Such as `1.4.0`; null: the hub's own.
    minimum_version: Option<String>,
}

impl Validate for AlertRules {
    fn problems(&self) -> Vec<FieldError> {
        let mut problems = Vec::new();
        for error in self.rules().errors() {
            let field = match error {
                AlertSettingsError::NotLoggedInAfter => "notLoggedIn.afterMinutes",
                AlertSettingsError::IdleTooLongAfter => "idleTooLong.afterMinutes",
                AlertSettingsError::Failures => "captureFailing.failures",
                AlertSettingsError::FailuresWithin => "captureFailing.withinMinutes",
            };
            check(&mut problems, false, field, &error.to_string());
        }
        let minimum = self.agent_outdated.minimum_version.as_deref();
        let right = minimum.is_none_or(|text| text.parse::<Version>().is_ok());
        check(&mut problems, right, "agentOutdated.minimumVersion", "a version such as 1.4.0");
        problems
    }
}

impl AlertRules {
    fn rules(&self) -> AlertSettings {
        let after = |after: AlertAfter| rules::After { enabled: after.enabled, after_minutes: after.after_minutes };
        let (failing, outdated) = (self.capture_failing, &self.agent_outdated);
        AlertSettings {
            not_logged_in: after(self.not_logged_in),
            idle_too_long: after(self.idle_too_long),
            capture_failing: rules::CaptureFailing {
                enabled: failing.enabled,
                failures: failing.failures,
                within_minutes: failing.within_minutes,
            },
            agent_outdated: rules::AgentOutdated {
                enabled: outdated.enabled,
                minimum: outdated.minimum_version.as_deref().and_then(|text| text.parse().ok()),
            },
        }
    }
}

impl From<AlertSettingsRow> for AlertRules {
    fn from(row: AlertSettingsRow) -> Self {
        let settings = row.settings;
        let after = |after: rules::After| AlertAfter { enabled: after.enabled, after_minutes: after.after_minutes };
        let failing = settings.capture_failing;
        Self {
            version: row.version,
            not_logged_in: after(settings.not_logged_in),
            idle_too_long: after(settings.idle_too_long),
            capture_failing: AlertOnFailures {
                enabled: failing.enabled,
                failures: failing.failures,
                within_minutes: failing.within_minutes,
            },
            agent_outdated: AlertOnVersion {
                enabled: settings.agent_outdated.enabled,
                minimum_version: settings.agent_outdated.minimum.map(|version| version.to_string()),
            },
        }
    }
}

/// Which alerts the organization wants.
#[utoipa::path(tag = "alerts", responses((status = 200, body = AlertRules), (status = 403)))]
#[get("/api/alerts/settings")]
pub async fn get(permit: Permit<needs::ManageOrganization>) -> ApiResult<HttpResponse> {
    let row = permit.app.hub.database.alerts().settings().await?;
    Ok(HttpResponse::Ok().json(AlertRules::from(row)))
}

/// Wants others from now on. Alerts of a kind that is switched off are over at once.
#[utoipa::path(tag = "alerts", request_body = AlertRules, responses((status = 200, body = AlertRules), (status = 403), (status = 409), (status = 422)))]
#[put("/api/alerts/settings")]
pub async fn replace(
    permit: Permit<needs::ManageOrganization>,
    Body(new): Body<AlertRules>,
) -> ApiResult<HttpResponse> {
    let row = in_turn(async move {
        let app = &permit.app;
        let row = app.hub.database.alerts().put_settings(new.rules(), new.version).await?;
        let changed = AlertSettingsChanged(row.settings.clone());
        // The roster has room for a change of every employee; without an answer it is stopping.
        let _ = app.hub.roster.send(changed).await;
        audit::note(app, Event::by(&permit.person, "alerts_changed").with("version", row.version));
        Ok(row)
    });
    Ok(HttpResponse::Ok().json(AlertRules::from(row.await?)))
}
