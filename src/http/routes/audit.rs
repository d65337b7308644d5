//! `/api/audit`: who did what to whom.

use std::collections::BTreeMap;

use actix_web::web::ServiceConfig;
use actix_web::{HttpResponse, get};
use muster_db::{AuditEntry, AuditFilter};
use muster_domain::Zone;
use muster_protocol::limits::PAGE_ROWS_MAX;
use muster_protocol::{EmployeeId, FieldError, UtcMillis};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::app::App;
use crate::http::error::{ApiError, ApiResult};
use crate::http::export::{Cell, Format, Table, columns};
use crate::http::extract::{Permit, Query, Validate, check, needs};
use crate::http::page::{Page, check_limit, cursor_of, every_row, page_rows};
use crate::http::span::span_of;

/// Characters of an action's name; ours have at most 30.
const ACTION_CHARS_MAX: usize = 64;

/// Registers the routes of this file.
pub fn configure(config: &mut ServiceConfig) {
    config.service(list);
}

/// Something that was done.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AuditRecord {
    id: Uuid,
    at: UtcMillis,
    /// Null: the hub itself, or somebody who was not signed in.
    actor: Option<EmployeeId>,
    actor_name: Option<String>,
    action: String,
    /// To whom, if to anybody.
    subject: Option<EmployeeId>,
    subject_name: Option<String>,
    details: BTreeMap<String, String>,
    /// Finds the request in the hub's log.
    request_id: Option<String>,
}

impl AuditRecord {
    /// The entry with the names that people have now.
    pub fn of(app: &App, entry: AuditEntry) -> Self {
        let name = |id: &Option<EmployeeId>| Some(app.hub.people.get(id.as_ref()?)?.row().name.clone());
        Self {
            actor_name: name(&entry.actor),
            subject_name: name(&entry.subject),
            id: entry.id,
            at: entry.at,
            actor: entry.actor,
            action: entry.action,
            subject: entry.subject,
            details: entry.details,
            request_id: entry.request_id,
        }
    }
}

/// Which entries.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct WhichEntries {
    #[param(value_type = Option<String>)]
    actor: Option<EmployeeId>,
    #[param(value_type = Option<String>)]
    subject: Option<EmployeeId>,
    action: Option<String>,
    /// A day such as 2026-11-20, or milliseconds since 1970. Default: all that is kept.
    from: Option<String>,
    /// A day (included) or milliseconds (excluded).
    to: Option<String>,
    cursor: Option<String>,
    /// Rows on a page, 1 to 500.
    #[serde(default = "page_rows")]
    limit: usize,
    #[serde(default)]
    format: Format,
}

impl Validate for WhichEntries {
    fn problems(&self) -> Vec<FieldError> {
        let mut problems = Vec::new();
        check_limit(&mut problems, self.limit);
        let right = self.action.as_ref().is_none_or(|action| action.len() <= ACTION_CHARS_MAX);
        check(&mut problems, right, "action", "the name of an action");
        problems
    }
}

impl WhichEntries {
    fn filter(&self, app: &App, zone: &Zone) -> ApiResult<AuditFilter> {
        let found = |id: &Option<EmployeeId>, field| match id {
            None => Ok(None),
            Some(id) => match app.hub.people.find(id) {
                Some(person) => Ok(Some(person.id().clone())),
                None => Err(ApiError::field(field, "there is no such employee")),
            },
        };
        let span = match (self.from.as_deref(), self.to.as_deref()) {
            (None, None) => None,
            (from, to) => Some(span_of(from, to, zone, app.now().wall)?),
        };
        let (actor, subject) = (found(&self.actor, "actor")?, found(&self.subject, "subject")?);
        Ok(AuditFilter { actor, subject, person: None, action: self.action.clone(), span })
    }
}

/// What was done, newest first.
#[utoipa::path(tag = "records", params(WhichEntries), responses((status = 200, body = Page<AuditRecord>), (status = 403), (status = 422)))]
#[get("/api/audit")]
pub async fn list(permit: Permit<needs::SeeAudit>, Query(which): Query<WhichEntries>) -> ApiResult<HttpResponse> {
    let (app, zone) = (&permit.app, permit.app.hub.policies.zone());
    let filter = which.filter(app, &zone)?;
    let store = app.hub.database.audit();
    if which.format == Format::Json {
        let cursor = cursor_of(which.cursor.as_deref())?;
        let page = store.list(&filter, cursor.as_ref(), which.limit).await?;
        return Ok(Page::of(page, |entry| AuditRecord::of(app, entry)).respond());
    }
    let read = async |cursor: Option<_>| store.list(&filter, cursor.as_ref(), PAGE_ROWS_MAX).await;
    Ok(table_of(app, every_row(read).await?).respond(which.format).await)
}

/// The entries as a file.
pub fn table_of(app: &App, entries: Vec<AuditEntry>) -> Table {
    let zone = app.hub.policies.zone();
    let rows = entries.into_iter().map(|entry| export_row(AuditRecord::of(app, entry), &zone)).collect();
    Table { name: "audit".to_owned(), columns: columns(COLUMNS), rows }
}

const COLUMNS: &[(&str, &str)] = &[
    ("at", "At"),
    ("actor", "Actor"),
    ("actorName", "Actor's name"),
    ("action", "Action"),
    ("subject", "Subject"),
    ("subjectName", "Subject's name"),
    ("details", "Details"),
    ("requestId", "Request"),
];

fn export_row(record: AuditRecord, zone: &Zone) -> Vec<Cell> {
    let details = record.details.iter().map(|(key, value)| format!("{key}={value}")).collect::<Vec<_>>();
    vec![
        Cell::at(record.at, zone),
        Cell::or_empty(record.actor, Cell::text),
        Cell::or_empty(record.actor_name, Cell::Text),
        Cell::Text(record.action),
        Cell::or_empty(record.subject, Cell::text),
        Cell::or_empty(record.subject_name, Cell::Text),
        Cell::Text(details.join("; ")),
        Cell::or_empty(record.request_id, Cell::Text),
    ]
}
