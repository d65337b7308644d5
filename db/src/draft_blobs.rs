//! Blobs that are being stored and that no row names yet. Each is written down before its bytes are, so that a picture
//! whose row never came, because the hub or the database died, can be found and deleted.

use muster_protocol::UtcMillis;
use serde::{Deserialize, Serialize};
use surrealdb::types::{RecordId, Value};

use crate::codec::encode_with_id;
use crate::script::Script;
use crate::{BlobId, DELETED_PER_CALL_MAX, Database, DbError, keys};

/// `draft_blob:⟨blob⟩`.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct DraftBlobRow {
    blob: BlobId,
    at: UtcMillis,
}

/// The store of drafts. They are added with [`crate::Write::BlobsDrafted`], and end with the row that names the blob.
#[derive(Clone)]
pub struct DraftBlobs {
    database: Database,
}

impl Database {
    /// The store of drafts.
    #[must_use]
    pub fn draft_blobs(&self) -> DraftBlobs {
        DraftBlobs { database: self.clone() }
    }
}

impl DraftBlobs {
    /// Up to `limit` blobs that were to be stored before `before` and still have no row. There are only as many drafts as
    /// uploads under way and uploads that a crash cut off, so all of them are looked through.
    pub async fn older_than(&self, before: UtcMillis, limit: usize) -> Result<Vec<BlobId>, DbError> {
        let script = Script::new("SELECT * FROM draft_blob WHERE at < $before LIMIT $limit")
            .bind("before", before.0)
            .bind("limit", limit.min(DELETED_PER_CALL_MAX));
        let rows: Vec<DraftBlobRow> = self.database.ask(script, |answer| answer.rows(0)).await?;
        Ok(rows.into_iter().map(|row| row.blob).collect())
    }

    /// Forgets drafts whose blobs are deleted.
    pub async fn forget(&self, blobs: &[BlobId]) -> Result<(), DbError> {
        let ids = blobs.iter().copied().map(draft_id).collect::<Vec<_>>();
        self.database.tell(Script::new("DELETE $ids RETURN NONE").bind("ids", ids)).await
    }
}

pub(crate) fn draft_id(blob: BlobId) -> RecordId {
    keys::by_uuid("draft_blob", blob.0)
}

pub(crate) fn encode_draft(blob: BlobId, at: UtcMillis) -> Value {
    encode_with_id(draft_id(blob), &DraftBlobRow { blob, at })
}
