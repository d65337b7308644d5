//! `/api/me/receipts`: what was deleted of the caller's record.

use actix_web::{HttpResponse, get};
use muster_protocol::limits::PAGE_ROWS_MAX;

use super::entries::OwnPage;
use crate::http::error::ApiResult;
use crate::http::export::Format;
use crate::http::extract::{Permit, Query, needs};
use crate::http::page::Page;
use crate::http::routes::receipts::{Receipt, every_receipt, table_of};

/// Deletions of what was recorded about the caller, newest first.
#[utoipa::path(tag = "me", params(OwnPage), responses((status = 200, body = Page<Receipt>), (status = 422)))]
#[get("/api/me/receipts")]
pub async fn list(permit: Permit<needs::ActAs>, Query(which): Query<OwnPage>) -> ApiResult<HttpResponse> {
    let (app, id) = (&permit.app, permit.person.id());
    let store = app.hub.database.receipts();
    // They are chained, so they are read from the first one on.
    let mut rows = every_receipt(async |after| store.of_employee(id, after, PAGE_ROWS_MAX).await).await?;
    rows.reverse();
    if which.format != Format::Json {
        return Ok(table_of(app, rows).respond(which.format).await);
    }
    let page = Page::cut(rows, which.cursor.as_deref(), which.limit, |row| row.seq.to_string())?;
    Ok(page.map(|row| Receipt::of(app, row)).respond())
}
