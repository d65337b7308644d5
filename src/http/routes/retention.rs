//! `/api/retention/preview`: what other days of retention would delete, before anybody decides them.

use actix_web::web::ServiceConfig;
use actix_web::{HttpResponse, get};
use muster_protocol::{FieldError, UtcMillis};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::org::RETENTION_DAYS_MAX;
use crate::http::error::ApiResult;
use crate::http::extract::{Permit, Query, Validate, check, needs};

/// Where counting ends: nobody decides otherwise because of one more.
const COUNT_MAX: usize = 100_000;
const DAY_MS: i64 = 86_400_000;

/// Registers the routes of this file.
pub fn configure(config: &mut ServiceConfig) {
    config.service(preview);
}

/// For how many days each kind would be kept.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase")]
pub struct ProposedDays {
    /// 1 to 3653, as the others.
    screenshots_days: u32,
    work_days: u32,
    audit_days: u32,
}

impl Validate for ProposedDays {
    fn problems(&self) -> Vec<FieldError> {
        let mut problems = Vec::new();
        let right = |days: u32| (1..=RETENTION_DAYS_MAX).contains(&days);
        check(&mut problems, right(self.screenshots_days), "screenshotsDays", "1 to 3653");
        check(&mut problems, right(self.work_days), "workDays", "1 to 3653");
        check(&mut problems, right(self.audit_days), "auditDays", "1 to 3653");
        problems
    }
}

/// What would be deleted.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RetentionPreview {
    screenshots: usize,
    work_sessions: usize,
    audit_entries: usize,
    /// Counting ended at 100,000 of a kind: there may be more.
    more: bool,
}

/// How many records are older than these days now. Nothing is changed.
#[utoipa::path(tag = "organization", params(ProposedDays), responses((status = 200, body = RetentionPreview), (status = 403), (status = 422)))]
#[get("/api/retention/preview")]
pub async fn preview(
    permit: Permit<needs::ManageRetention>,
    Query(days): Query<ProposedDays>,
) -> ApiResult<HttpResponse> {
    let (app, now) = (&permit.app, permit.app.now().wall);
    let before = |days: u32| -> UtcMillis { now.minus(i64::from(days) * DAY_MS) };
    let (database, people) = (&app.hub.database, app.hub.people.all());
    let ids = people.iter().map(|person| person.id().clone()).collect::<Vec<_>>();
    let screenshots = database.screenshots().count_before(before(days.screenshots_days), COUNT_MAX).await?;
    let work_sessions = database.work().count_sessions_before(&ids, before(days.work_days), COUNT_MAX).await?;
    let audit_entries = database.audit().count_before(before(days.audit_days), COUNT_MAX).await?;
    let more = [screenshots, audit_entries].contains(&COUNT_MAX);
    Ok(HttpResponse::Ok().json(RetentionPreview { screenshots, work_sessions, audit_entries, more }))
}
