//! `/api/me/audit`: what the caller did, and what was done to the caller.

use actix_web::{HttpResponse, get};
use muster_db::AuditFilter;
use muster_protocol::FieldError;
use muster_protocol::limits::PAGE_ROWS_MAX;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::http::error::ApiResult;
use crate::http::export::Format;
use crate::http::extract::{Permit, Query, Validate, needs};
use crate::http::page::{Page, check_limit, cursor_of, every_row, page_rows};
use crate::http::routes::audit::{AuditRecord, table_of};

/// A page of one's own record.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct OwnPage {
    pub cursor: Option<String>,
    /// Rows on a page, 1 to 500.
    #[serde(default = "page_rows")]
    pub limit: usize,
    #[serde(default)]
    pub format: Format,
}

impl Validate for OwnPage {
    fn problems(&self) -> Vec<FieldError> {
        let mut problems = Vec::new();
        check_limit(&mut problems, self.limit);
        problems
    }
}

/// What was done by the caller or to the caller, newest first.
#[utoipa::path(tag = "me", params(OwnPage), responses((status = 200, body = Page<AuditRecord>), (status = 422)))]
#[get("/api/me/audit")]
pub async fn list(permit: Permit<needs::ActAs>, Query(which): Query<OwnPage>) -> ApiResult<HttpResponse> {
    let app = &permit.app;
    let filter = AuditFilter { person: Some(permit.person.id().clone()), ..AuditFilter::default() };
    let store = app.hub.database.audit();
    if which.format == Format::Json {
        let cursor = cursor_of(which.cursor.as_deref())?;
        let page = store.list(&filter, cursor.as_ref(), which.limit).await?;
        return Ok(Page::of(page, |entry| AuditRecord::of(app, entry)).respond());
    }
    let read = async |cursor: Option<_>| store.list(&filter, cursor.as_ref(), PAGE_ROWS_MAX).await;
    Ok(table_of(app, every_row(read).await?).respond(which.format).await)
}
