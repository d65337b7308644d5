//! `GET /api/me/export`: a person's own record. Whole or refused, never cut off.

use std::sync::Arc;

use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::{HttpResponse, get, web};
use muster_actors::Person;
use muster_db::{AuditEntry, AuditFilter, Database, Whose};
use muster_domain::Span;
use muster_protocol::EmployeeId;
use muster_protocol::limits::PAGE_ROWS_MAX;
use tokio::sync::Semaphore;

use super::record::{PersonalRecord, RecordedSegment, RecordedSession};
use crate::app::App;
use crate::http::audit::{self, Event};
use crate::http::error::{ApiError, ApiResult};
use crate::http::extract::{Permit, needs};
use crate::http::page::every_row;
use crate::http::routes::audit::AuditRecord;
use crate::http::routes::devices::Device;
use crate::http::routes::devices::list::connected;
use crate::http::routes::employees::{Employee, invited};
use crate::http::routes::receipts::{Receipt, every_receipt};
use crate::http::routes::uploads::Upload;
use crate::http::routes::viewings::Viewing;
use crate::http::routes::work::Hours;

/// A record of years is some 20 MB while it is written.
static TURNS: Semaphore = Semaphore::const_new(2);

/// Everything that is recorded about the caller, as one document.
#[utoipa::path(tag = "me", responses((status = 200, body = PersonalRecord), (status = 503)))]
#[get("/api/me/export")]
pub async fn export(permit: Permit<needs::ActAs>) -> ApiResult<HttpResponse> {
    let _turn = TURNS.acquire().await.map_err(ApiError::internal)?;
    let record = record_of(&permit.app, &permit.person).await?;
    audit::note(&permit.app, Event::by(&permit.person, "record_exported").about(permit.person.id()));
    let document = web::block(move || serde_json::to_vec_pretty(&record)).await.map_err(ApiError::internal)?;
    let file = format!("attachment; filename=\"muster-{}.json\"", permit.person.id());
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "application/json"))
        .insert_header((CONTENT_DISPOSITION, file))
        .body(document.map_err(ApiError::internal)?))
}

async fn record_of(app: &App, person: &Arc<Person>) -> ApiResult<PersonalRecord> {
    let (id, database) = (person.id(), &app.hub.database);
    let own = [id.clone()];
    let (screenshots, viewings) = (database.screenshots(), database.viewings());
    let page = PAGE_ROWS_MAX;
    let screenshots = every_row(async |cursor: Option<_>| {
        screenshots.list(Whose::These(&own), Span::ALL, cursor.as_ref(), page).await
    });
    let viewings =
        every_row(async |cursor: Option<_>| viewings.list(Whose::These(&own), Span::ALL, cursor.as_ref(), page).await);
    let devices = database.devices().of_employee(id).await?;
    let connected = connected(app, &devices).await;
    let presence = database.presence().history(id, Span::ALL).await?;
    let corrections = database.work().corrections(id, Span::ALL).await?;
    let acknowledgements = database.notices().acknowledgements_of(id).await?;
    let agent_events = database.agent_events().list(id, Span::ALL).await?;
    let entries = audit_of(database, id).await?;
    let receipts = every_receipt(async |after| database.receipts().of_employee(id, after, page).await).await?;
    Ok(PersonalRecord {
        exported_at: app.now().wall,
        time_zone: app.hub.policies.zone().name().to_owned(),
        person: Employee::of(person, &invited(app).await?),
        last_seen: person.last_seen(),
        devices: devices.into_iter().map(|row| Device::of(app, row, &connected)).collect(),
        presence: presence.into_iter().map(Into::into).collect(),
        work_sessions: sessions_of(app, person).await?,
        corrections: corrections.into_iter().map(Into::into).collect(),
        screenshots: screenshots.await?.iter().map(Upload::of).collect(),
        viewings: viewings.await?.into_iter().map(|row| Viewing::of(app, row)).collect(),
        notice_acknowledgements: acknowledgements.into_iter().map(Into::into).collect(),
        agent_events: agent_events.into_iter().map(Into::into).collect(),
        deletion_receipts: receipts.into_iter().map(|row| Receipt::of(app, row)).collect(),
        audit: entries.into_iter().map(|entry| AuditRecord::of(app, entry)).collect(),
    })
}

/// As recorded, with what runs this moment.
async fn sessions_of(app: &App, person: &Arc<Person>) -> ApiResult<Vec<RecordedSession>> {
    let hours = Hours::of(app, vec![person.clone()], Span::ALL).await?;
    let sessions = hours.iter().flat_map(|hours| &hours.sessions).map(|session| RecordedSession {
        start: session.start,
        end: session.end,
        running: session.is_running,
        segments: session.segments.iter().map(RecordedSegment::from).collect(),
    });
    Ok(sessions.collect())
}

/// What the person did, and what was done to the person, newest first.
async fn audit_of(database: &Database, id: &EmployeeId) -> ApiResult<Vec<AuditEntry>> {
    let filter = AuditFilter { person: Some(id.clone()), ..AuditFilter::default() };
    let store = database.audit();
    every_row(async |cursor: Option<_>| store.list(&filter, cursor.as_ref(), PAGE_ROWS_MAX).await).await
}
