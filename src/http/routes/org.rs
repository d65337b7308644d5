//! `/api/org`: the organization's name, time zone, working hours, defaults and retention.

use actix_web::web::ServiceConfig;
use actix_web::{HttpResponse, get, post};
use muster_db::{OrganizationRow, PolicyScope, RetentionDays, WorkingHours};
use muster_domain::Zone;
use muster_domain::policy::PolicyLayer;
use muster_protocol::FieldError;
use muster_protocol::limits::CAPTURE_INTERVAL_MINUTES;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::policy::{Replacement, effective_in, replace_layer};
use super::setup::new_organization;
use crate::app::App;
use crate::http::audit::{self, Event};
use crate::http::changes::in_turn;
use crate::http::error::{ApiError, ApiResult};
use crate::http::extract::{Body, Caller, Permit, Validate, check, needs};
use crate::http::names::{NAME_RULE, is_name};

/// Ten years; what has to be kept longer belongs into an archive.
pub const RETENTION_DAYS_MAX: u32 = 3_653;
const DAY_MINUTES: u16 = 24 * 60;

/// Registers the routes of this file.
pub fn configure(config: &mut ServiceConfig) {
    config.service(get).service(change);
}

/// The organization.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct OrganizationSettings {
    name: String,
    /// IANA name. A working day is a day of this zone.
    time_zone: String,
    working_hours: Hours,
    defaults: Defaults,
    retention: Retention,
    /// Grows with every change. Sent back with a change, it keeps two people from overwriting each other.
    version: u64,
}

/// When people usually work, in the organization's zone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Hours {
    /// `09:00`
    start: String,
    /// `18:00`; before the start when work goes on over midnight.
    end: String,
    /// 1 is Monday, 7 is Sunday.
    days: Vec<u8>,
}

/// What holds for everyone for whom nothing else was decided.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Defaults {
    /// 2 to 20.
    capture_interval_minutes: u8,
}

/// For how many days each kind of record is kept.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Retention {
    screenshots_days: u32,
    work_days: u32,
    audit_days: u32,
}

/// What is to change; what is absent stays. The first time, a name is needed.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct OrganizationChange {
    name: Option<String>,
    #[serde(alias = "timezone", alias = "time_zone")]
    time_zone: Option<String>,
    #[serde(alias = "working_hours")]
    working_hours: Option<Hours>,
    defaults: Option<Defaults>,
    retention: Option<Retention>,
    /// The version that was read; absent: whatever is there.
    version: Option<u64>,
}

impl Validate for OrganizationChange {
    fn problems(&self) -> Vec<FieldError> {
        let mut problems = Vec::new();
        check(&mut problems, self.name.as_deref().is_none_or(is_name), "name", NAME_RULE);
        let right = self.time_zone.as_deref().is_none_or(|zone| Zone::named(zone).is_ok());
        check(&mut problems, right, "timeZone", "an IANA time zone");
        if let Some(hours) = &self.working_hours {
            check(&mut problems, minute_of(&hours.start).is_some(), "workingHours.start", "a time such as 09:00");
            check(&mut problems, minute_of(&hours.end).is_some(), "workingHours.end", "a time such as 18:00");
            let right = hours.days.len() <= 7 && hours.days.iter().all(|day| (1..=7).contains(day));
            check(&mut problems, right, "workingHours.days", "days from 1, Monday, to 7, Sunday");
        }
        if let Some(defaults) = &self.defaults {
            let right = CAPTURE_INTERVAL_MINUTES.contains(&defaults.capture_interval_minutes);
            check(&mut problems, right, "defaults.captureIntervalMinutes", "2 to 20");
        }
        if let Some(retention) = &self.retention {
            let right = |days: u32| (1..=RETENTION_DAYS_MAX).contains(&days);
            check(&mut problems, right(retention.screenshots_days), "retention.screenshotsDays", "1 to 3653");
            check(&mut problems, right(retention.work_days), "retention.workDays", "1 to 3653");
            check(&mut problems, right(retention.audit_days), "retention.auditDays", "1 to 3653");
        }
        problems
    }
}

impl OrganizationChange {
    /// `row` with the changes.
    fn applied_to(&self, row: OrganizationRow) -> OrganizationRow {
        OrganizationRow {
            name: self.name.as_deref().map_or(row.name, |name| name.trim().to_owned()),
            time_zone: self.time_zone.clone().unwrap_or(row.time_zone),
            working_hours: self.working_hours.as_ref().and_then(Hours::row).unwrap_or(row.working_hours),
            retention: self.retention.map_or(row.retention, Retention::row),
            version: self.version.unwrap_or(row.version),
        }
    }
}

impl Hours {
    fn row(&self) -> Option<WorkingHours> {
        let mut days = self.days.clone();
        days.sort_unstable();
        days.dedup();
        Some(WorkingHours { start_minute: minute_of(&self.start)?, end_minute: minute_of(&self.end)?, days })
    }

    fn of(row: &WorkingHours) -> Self {
        let text = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
        Self { start: text(row.start_minute), end: text(row.end_minute), days: row.days.clone() }
    }
}

/// Minutes after midnight of `09:00`; `24:00` is the end of a day.
fn minute_of(text: &str) -> Option<u16> {
    let (hours, minutes) = text.split_once(':')?;
    let is_number = |digits: &str| digits.len() == 2 && digits.bytes().all(|byte| byte.is_ascii_digit());
    let number = |digits: &str| digits.parse::<u16>().ok().filter(|_| is_number(digits));
    let (hours, minutes) = (number(hours)?, number(minutes)?);
    let minute = hours * 60 + minutes;
    (minutes < 60 && minute <= DAY_MINUTES).then_some(minute)
}

impl Retention {
    fn row(self) -> RetentionDays {
        RetentionDays { screenshots: self.screenshots_days, work: self.work_days, audit: self.audit_days }
    }

    fn of(row: RetentionDays) -> Self {
        Self { screenshots_days: row.screenshots, work_days: row.work, audit_days: row.audit }
    }
}

fn settings(app: &App, row: &OrganizationRow) -> OrganizationSettings {
    let policy = effective_in(app, &[PolicyScope::Organization]);
    OrganizationSettings {
        name: row.name.clone(),
        time_zone: row.time_zone.clone(),
        working_hours: Hours::of(&row.working_hours),
        defaults: Defaults { capture_interval_minutes: policy.capture_interval_minutes },
        retention: Retention::of(row.retention),
        version: row.version,
    }
}

/// The organization, for everyone who belongs to it.
#[utoipa::path(tag = "organization", responses((status = 200, body = OrganizationSettings), (status = 404)))]
#[get("/api/org")]
pub async fn get(caller: Caller) -> ApiResult<HttpResponse> {
    let row = caller.app.hub.policies.organization().ok_or_else(|| ApiError::not_found("organization"))?;
    Ok(HttpResponse::Ok().json(settings(&caller.app, &row)))
}

/// Changes the organization. A new default reaches the agents at once.
#[utoipa::path(tag = "organization", request_body = OrganizationChange, responses((status = 200, body = OrganizationSettings), (status = 403), (status = 409), (status = 422)))]
#[post("/api/org")]
pub async fn change(
    permit: Permit<needs::ManageOrganization>,
    Body(changes): Body<OrganizationChange>,
) -> ApiResult<HttpResponse> {
    let changed = in_turn(async move {
        let app = &permit.app;
        let before = match app.hub.policies.organization() {
            Some(row) => OrganizationRow::clone(&row),
            None => {
                let name = changes.name.as_deref().ok_or_else(|| ApiError::field("name", NAME_RULE))?;
                new_organization(name.trim(), Zone::UTC.name())
            }
        };
        let row = app.hub.database.organization().put(&changes.applied_to(before)).await?;
        app.hub.policies.put_organization(row.clone());
        let event = Event::by(&permit.person, "organization_changed").with("name", &row.name);
        audit::note(app, event.with("time_zone", &row.time_zone).with("version", row.version));
        if let Some(defaults) = changes.defaults {
            set_defaults(&permit, defaults).await?;
        }
        Ok(settings(app, &row))
    });
    Ok(HttpResponse::Ok().json(changed.await?))
}

async fn set_defaults(caller: &Caller, defaults: Defaults) -> ApiResult<()> {
    let scope = PolicyScope::Organization;
    let stored = caller.app.hub.policies.settings(&scope);
    let minutes = Some(defaults.capture_interval_minutes);
    if stored.capture_interval_minutes == minutes {
        return Ok(());
    }
    let settings = PolicyLayer { capture_interval_minutes: minutes, ..stored };
    replace_layer(caller, Replacement { scope, settings, expected_version: None }).await.map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_day_are_minutes() {
        assert_eq!(minute_of("00:00"), Some(0));
        assert_eq!(minute_of("09:05"), Some(545));
        assert_eq!(minute_of("24:00"), Some(1440));
        for bad in ["", "9:00", "09:60", "24:01", "25:00", "ab:cd", "-1:00", "+9:00", "09:00:00"] {
            assert_eq!(minute_of(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn hours_come_back_as_they_were_sent() {
        let hours = Hours { start: "09:00".to_owned(), end: "18:30".to_owned(), days: vec![5, 1, 5] };
        let expected = Hours { days: vec![1, 5], ..hours.clone() };
        assert_eq!(Hours::of(&hours.row().unwrap()), expected);
    }

    #[test]
    fn each_wrong_field_is_named() {
        let changes = serde_json::from_str::<OrganizationChange>(
            r#"{"name":" ","timezone":"Mars/Olympus","workingHours":{"start":"9","end":"18:00","days":[0]},
                "defaults":{"captureIntervalMinutes":21},"retention":{"screenshotsDays":0,"workDays":1,"auditDays":9999}}"#,
        );
        let fields = changes.unwrap().problems().into_iter().map(|problem| problem.field).collect::<Vec<_>>();
        let expected = [
            "name",
            "timeZone",
            "workingHours.start",
            "workingHours.days",
            "defaults.captureIntervalMinutes",
            "retention.screenshotsDays",
            "retention.auditDays",
        ];
        assert_eq!(fields, expected);
    }
}
