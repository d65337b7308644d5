//! Screenshots: what is known of each stored picture. The pictures themselves are blobs, see `blobs.rs`.

use muster_domain::Span;
use muster_protocol::ids::ScreenshotId;
use muster_protocol::{DeviceId, EmployeeId, UtcMillis};
use serde::{Deserialize, Serialize};
use surrealdb::types::{RecordId, SurrealValue, Value};

use crate::codec::{bits, encode, object};
use crate::draft_blobs::draft_id;
use crate::page::{Cursor, Page, Paged, Whose};
use crate::receipts::{DeletionReason, NewReceipt};
use crate::script::Script;
use crate::timeline::{Dated, Timeline};
use crate::{BlobId, Database, DbError, ReceiptRow, keys};

/// A screenshot, `screenshot:[employee, -taken_at, id]`; `screenshot_by_id:⟨id⟩` finds it by its id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScreenshotRow {
    /// Made by the client.
    #[serde(rename = "screenshot")]
    pub id: ScreenshotId,
    pub employee: EmployeeId,
    pub taken_at: UtcMillis,
    pub received_at: UtcMillis,
    /// None: uploaded by a client without a device.
    pub device: Option<DeviceId>,
    /// The display, where the client said which.
    pub track: Option<u32>,
    /// `image/jpeg`, `image/png` or `image/webp`.
    pub media_type: String,
    pub width: u32,
    pub height: u32,
    pub bytes: u64,
    /// SHA-256 of the picture as it came, in hexadecimal digits: deletion receipts name it.
    pub content_hash: String,
    /// Near pictures have hashes that differ in few bits.
    #[serde(with = "bits")]
    pub perceptual_hash: u64,
    /// Nearly the same as the one before it.
    pub near_identical: bool,
    pub blob: BlobId,
    pub thumbnail: BlobId,
}

/// The store of screenshots. They are added with [`crate::Write::Screenshot`].
#[derive(Clone)]
pub struct Screenshots {
    database: Database,
}

pub(crate) const SCREENSHOTS: Timeline = Timeline { rows: "screenshot", by_time: "screenshot_by_time" };

impl Database {
    /// The store of screenshots.
    #[must_use]
    pub fn screenshots(&self) -> Screenshots {
        Screenshots { database: self.clone() }
    }
}

impl Screenshots {
    /// A screenshot by id.
    pub async fn get(&self, id: ScreenshotId) -> Result<Option<ScreenshotRow>, DbError> {
        let script = Script::new("SELECT VALUE row.* FROM $id").bind("id", by_id(id));
        self.database.ask(script, |answer| answer.row(0)).await
    }

    /// One page, newest first.
    pub async fn list(
        &self,
        whose: Whose<'_>,
        span: Span,
        cursor: Option<&Cursor>,
        limit: usize,
    ) -> Result<Page<ScreenshotRow>, DbError> {
        SCREENSHOTS.list(&self.database, whose, span, cursor, limit).await
    }

    /// The latest `n` screenshots of each of these employees, employee by employee, newest first.
    pub async fn latest_of(&self, employees: &[EmployeeId], n: usize) -> Result<Vec<ScreenshotRow>, DbError> {
        SCREENSHOTS.newest_of(&self.database, employees, n).await
    }

    /// Up to `limit` screenshots that were taken before `before`: what retention deletes next.
    pub async fn older_than(&self, before: UtcMillis, limit: usize) -> Result<Vec<ScreenshotRow>, DbError> {
        SCREENSHOTS.older_than(&self.database, before, limit).await
    }

    /// How many screenshots were taken before `before`; counting ends at `max`.
    pub async fn count_before(&self, before: UtcMillis, max: usize) -> Result<usize, DbError> {
        let old = keys::tail(SCREENSHOTS.by_time, [keys::newest_first(before.minus(1))]);
        self.database.count_in(vec![old], max).await
    }

    /// Deletes a screenshot's rows and writes the receipt, in one transaction. Delete its blobs first: a crash in
    /// between leaves a row whose deletion can be repeated, never a picture that nobody knows of.
    ///
    /// [`DbError::NotFound`]: there is no such screenshot (any more).
    pub async fn delete(&self, row: &ScreenshotRow, reason: &DeletionReason) -> Result<ReceiptRow, DbError> {
        let receipt = NewReceipt {
            what: "screenshot".into(),
            record: row.id.to_string(),
            employee: row.employee.clone(),
            recorded_at: row.taken_at,
            content_hash: row.content_hash.clone(),
            reason: reason.clone(),
        };
        let ids = [SCREENSHOTS.row_id(&row.employee, row.place()), SCREENSHOTS.by_time_id(row.place()), by_id(row.id)];
        self.database.receipts().append_deleting(&receipt, ids.to_vec()).await
    }
}

impl Paged for ScreenshotRow {
    fn place(&self) -> Cursor {
        Cursor { at: self.taken_at, id: self.id.0 }
    }
}

impl Dated for ScreenshotRow {
    fn employee(&self) -> &EmployeeId {
        &self.employee
    }
}

/// What [`ADD_SCREENSHOTS`] needs of a row.
pub(crate) fn encode_screenshot(row: &ScreenshotRow) -> Value {
    let id = SCREENSHOTS.row_id(&row.employee, row.place());
    object([
        ("id", id.clone().into_value()),
        ("row", encode(row)),
        ("by_time", SCREENSHOTS.encode_by_time(row)),
        ("by_id", by_id(row.id).into_value()),
        ("drafts", [row.blob, row.thumbnail].map(draft_id).to_vec().into_value()),
    ])
}

/// The first row of an id stays, also when the same id comes again with another time. Then its blobs remain drafts.
pub(crate) const ADD_SCREENSHOTS: &str = "
    FOR $screenshot IN $screenshots {
        IF !record::exists($screenshot.by_id) {
            LET $id = $screenshot.id;
            LET $by_id = $screenshot.by_id;
            CREATE $id CONTENT $screenshot.row RETURN NONE;
            CREATE $by_id CONTENT { row: $id } RETURN NONE;
            INSERT INTO screenshot_by_time $screenshot.by_time RETURN NONE;
            LET $drafts = $screenshot.drafts;
            DELETE $drafts RETURN NONE;
        };
    };";

fn by_id(id: ScreenshotId) -> RecordId {
    keys::by_uuid("screenshot_by_id", id.0)
}
