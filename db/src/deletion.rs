//! Deleting what has grown too old, a bounded bite at a time.

use surrealdb::types::RecordId;

use crate::script::Script;
use crate::{Database, DbError, keys};

/// A transaction may not outgrow the store's memtable, and a long one keeps others waiting: no bite is larger.
pub const DELETED_PER_CALL_MAX: usize = 1_000;

impl Database {
    /// Deletes the first `limit` records of `range` (at most [`DELETED_PER_CALL_MAX`]) and says how many there were.
    pub(crate) async fn delete_some(&self, range: RecordId, limit: usize) -> Result<usize, DbError> {
        let script = Script::new(
            "BEGIN;
             LET $old = (SELECT VALUE id FROM type::record($range[0]) LIMIT $limit);
             DELETE $old RETURN NONE;
             RETURN array::len($old);
             COMMIT;",
        )
        .bind("range", keys::start_of(range))
        .bind("limit", limit.min(DELETED_PER_CALL_MAX));
        let deleted: Option<usize> = self.ask(script, |answer| answer.row(3)).await?;
        Ok(deleted.unwrap_or_default())
    }

    /// How many records there are in `ranges` together. In each of them counting ends at `max`.
    pub(crate) async fn count_in(&self, ranges: Vec<RecordId>, max: usize) -> Result<usize, DbError> {
        let count = ranges.len();
        let text = (0..count).map(|place| {
            format!("RETURN array::len((SELECT VALUE id FROM type::record($range[{place}]) LIMIT $max));")
        });
        let script = Script::new(text.collect::<String>()).bind("range", ranges).bind("max", max);
        self.ask(script, move |answer| {
            let counts = (0..count).map(|place| Ok(answer.row::<usize>(place)?.unwrap_or_default()));
            counts.sum::<Result<usize, DbError>>()
        })
        .await
    }
}
