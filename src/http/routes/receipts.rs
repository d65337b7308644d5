//! `/api/receipts`: what was deleted, when and why. Each receipt is chained to the one before by its hash.

use actix_web::web::ServiceConfig;
use actix_web::{HttpResponse, get};
use muster_db::{DbError, ReceiptRow};
use muster_protocol::limits::PAGE_ROWS_MAX;
use muster_protocol::{EmployeeId, FieldError, UtcMillis};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::app::App;
use crate::http::error::{ApiError, ApiResult};
use crate::http::export::{Cell, EXPORT_ROWS_MAX, Format, Table, columns, too_many_rows};
use crate::http::extract::{Permit, Query, Validate, needs};
use crate::http::page::{Page, check_limit, page_rows};

/// Registers the routes of this file.
pub fn configure(config: &mut ServiceConfig) {
    config.service(list).service(verify);
}

/// The receipt of a deletion.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Receipt {
    seq: u64,
    /// The kind of record.
    what: String,
    /// The record's id.
    record: String,
    employee_id: EmployeeId,
    /// Of the thing that was deleted.
    recorded_at: UtcMillis,
    deleted_at: UtcMillis,
    why: String,
    /// Null: the hub itself, by age.
    by: Option<EmployeeId>,
    by_name: Option<String>,
    /// SHA-256 of what was deleted.
    content_hash: String,
    previous_hash: String,
    hash: String,
}

impl Receipt {
    /// The row with the name that whoever deleted has now.
    pub fn of(app: &App, row: ReceiptRow) -> Self {
        let by = row.by.as_ref().and_then(|by| app.hub.people.get(by));
        Self {
            by_name: by.map(|by| by.row().name.clone()),
            seq: row.seq,
            what: row.what,
            record: row.record,
            employee_id: row.employee,
            recorded_at: row.recorded_at,
            deleted_at: row.deleted_at,
            why: row.why,
            by: row.by,
            content_hash: row.content_hash,
            previous_hash: row.previous_hash,
            hash: row.hash,
        }
    }
}

/// Which receipts.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct WhichReceipts {
    /// The `seq` behind which the page begins.
    cursor: Option<u64>,
    #[serde(default)]
    order: ReceiptOrder,
    /// Rows on a page, 1 to 500.
    #[serde(default = "page_rows")]
    limit: usize,
    #[serde(default)]
    format: Format,
}

/// Which receipt comes first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum ReceiptOrder {
    /// As they are chained.
    #[default]
    Oldest,
    Newest,
}

impl Validate for WhichReceipts {
    fn problems(&self) -> Vec<FieldError> {
        let mut problems = Vec::new();
        check_limit(&mut problems, self.limit);
        problems
    }
}

/// Deletions in their order.
#[utoipa::path(tag = "records", params(WhichReceipts), responses((status = 200, body = Page<Receipt>), (status = 403)))]
#[get("/api/receipts")]
pub async fn list(permit: Permit<needs::SeeAudit>, Query(which): Query<WhichReceipts>) -> ApiResult<HttpResponse> {
    let app = &permit.app;
    let store = app.hub.database.receipts();
    if which.format != Format::Json {
        let mut rows = every_receipt(async |after| store.list(after, PAGE_ROWS_MAX).await).await?;
        if which.order == ReceiptOrder::Newest {
            rows.reverse();
        }
        return Ok(table_of(app, rows).respond(which.format).await);
    }
    let mut rows = match which.order {
        ReceiptOrder::Oldest => store.list(which.cursor.unwrap_or_default(), which.limit + 1).await?,
        ReceiptOrder::Newest => store.newest(which.cursor, which.limit + 1).await?,
    };
    let more = rows.len() > which.limit;
    rows.truncate(which.limit);
    let next = if more { rows.last().map(|row| row.seq.to_string()) } else { None };
    Ok(Page { items: rows.into_iter().map(|row| Receipt::of(app, row)).collect(), next }.respond())
}

/// The receipts as a file.
pub fn table_of(app: &App, receipts: Vec<ReceiptRow>) -> Table {
    let zone = app.hub.policies.zone();
    let row = |receipt: ReceiptRow| {
        vec![
            Cell::Integer(receipt.seq.cast_signed()),
            Cell::Text(receipt.what),
            Cell::Text(receipt.record),
            Cell::text(receipt.employee),
            Cell::at(receipt.recorded_at, &zone),
            Cell::at(receipt.deleted_at, &zone),
            Cell::Text(receipt.why),
            Cell::or_empty(receipt.by, Cell::text),
            Cell::Text(receipt.content_hash),
            Cell::Text(receipt.hash),
        ]
    };
    Table { name: "receipts".to_owned(), columns: columns(COLUMNS), rows: receipts.into_iter().map(row).collect() }
}

const COLUMNS: &[(&str, &str)] = &[
    ("seq", "Number"),
    ("what", "What"),
    ("record", "Record"),
    ("employeeId", "Employee"),
    ("recordedAt", "Recorded at"),
    ("deletedAt", "Deleted at"),
    ("why", "Why"),
    ("by", "By"),
    ("contentHash", "Content hash"),
    ("hash", "Hash"),
];

/// Every receipt of a list that `read` reads page by page, each behind the number it is given: for exports.
pub async fn every_receipt(read: impl AsyncFn(u64) -> Result<Vec<ReceiptRow>, DbError>) -> ApiResult<Vec<ReceiptRow>> {
    let mut rows: Vec<ReceiptRow> = Vec::new();
    loop {
        let last = rows.last().map_or(0, |row| row.seq);
        let some = read(last).await?;
        if some.is_empty() {
            return Ok(rows);
        }
        rows.extend(some);
        if rows.len() > EXPORT_ROWS_MAX {
            return Err(too_many_rows());
        }
    }
}

/// Whether the chain of receipts is whole.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Verification {
    valid: bool,
    /// The last receipt. Written down elsewhere, number and hash prove later that none was cut off.
    seq: Option<u64>,
    hash: Option<String>,
    /// Which receipt does not fit, when the chain is broken.
    problem: Option<String>,
}

/// Reads the whole chain and checks every link.
#[utoipa::path(tag = "records", responses((status = 200, body = Verification), (status = 403)))]
#[get("/api/receipts/verify")]
pub async fn verify(permit: Permit<needs::SeeAudit>) -> ApiResult<HttpResponse> {
    let verification = match permit.app.hub.database.receipts().verify().await {
        Ok(head) => Verification { valid: true, seq: Some(head.seq), hash: Some(head.hash), problem: None },
        Err(DbError::Corrupt(problem)) => Verification { valid: false, seq: None, hash: None, problem: Some(problem) },
        Err(error) => return Err(ApiError::from(error)),
    };
    Ok(HttpResponse::Ok().json(verification))
}
