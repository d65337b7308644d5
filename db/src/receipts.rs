//! Deletion receipts: what was deleted, when and why. Each holds the hash of the one before, so that none can be
//! changed or taken out unseen.

use muster_protocol::{EmployeeId, UtcMillis};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use surrealdb::types::{RecordId, SurrealValue};

use crate::codec::encode;
use crate::error::THROW_CONFLICT;
use crate::error::THROW_NOT_FOUND;
use crate::script::Script;
use crate::token_hash::hex;
use crate::{Database, DbError, keys};

/// A receipt, `receipt:⟨seq⟩`; `receipt_of:[employee, seq]` finds those about one employee.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptRow {
    /// Counts up from 1 without a gap.
    pub seq: u64,
    /// The kind of thing ("screenshot").
    pub what: String,
    /// Its id.
    pub record: String,
    pub employee: EmployeeId,
    /// When the thing was recorded.
    pub recorded_at: UtcMillis,
    pub deleted_at: UtcMillis,
    pub why: String,
    /// None: by age.
    pub by: Option<EmployeeId>,
    /// Hash of what was deleted.
    pub content_hash: String,
    /// Hash of the receipt before; empty for the first.
    pub previous_hash: String,
    /// SHA-256 over all of the above, in hexadecimal digits.
    pub hash: String,
}

/// Why something is deleted.
#[derive(Clone, Debug)]
pub struct DeletionReason {
    pub at: UtcMillis,
    pub why: String,
    /// None: by age.
    pub by: Option<EmployeeId>,
}

/// What a receipt is to be written for.
#[derive(Clone, Debug)]
pub(crate) struct NewReceipt {
    pub(crate) what: String,
    pub(crate) record: String,
    pub(crate) employee: EmployeeId,
    pub(crate) recorded_at: UtcMillis,
    pub(crate) content_hash: String,
    pub(crate) reason: DeletionReason,
}

/// The end of the chain. Written down elsewhere, it also proves that no receipt was cut off the end.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChainHead {
    pub seq: u64,
    pub hash: String,
}

/// Receipts that are verified at a time.
const VERIFIED_PER_QUERY: usize = 1_000;

/// The store of receipts.
#[derive(Clone)]
pub struct Receipts {
    database: Database,
}

impl Database {
    /// The store of receipts.
    #[must_use]
    pub fn receipts(&self) -> Receipts {
        Receipts { database: self.clone() }
    }
}

impl Receipts {
    /// Up to `limit` receipts behind `after_seq`, in their order.
    pub async fn list(&self, after_seq: u64, limit: usize) -> Result<Vec<ReceiptRow>, DbError> {
        let from = i64::try_from(after_seq).unwrap_or(i64::MAX).saturating_add(1);
        let script = Script::new("SELECT * FROM type::record($range[0]) LIMIT $limit")
            .bind("range", keys::start_of(keys::numbers_from("receipt", from)))
            .bind("limit", limit);
        self.database.ask(script, |answer| answer.rows(0)).await
    }

    /// Up to `limit` receipts before `before_seq`, or the last ones, newest first. Numbers have no gaps.
    pub async fn newest(&self, before_seq: Option<u64>, limit: usize) -> Result<Vec<ReceiptRow>, DbError> {
        let last = self.head().await?.seq;
        let last = before_seq.map_or(last, |before| last.min(before.saturating_sub(1)));
        let after = last.saturating_sub(limit as u64);
        let count = usize::try_from(last - after).unwrap_or_default();
        let mut rows = self.list(after, count).await?;
        rows.reverse();
        Ok(rows)
    }

    /// Up to `limit` receipts about an employee behind `after_seq`, in their order.
    pub async fn of_employee(
        &self,
        employee: &EmployeeId,
        after_seq: u64,
        limit: usize,
    ) -> Result<Vec<ReceiptRow>, DbError> {
        let place = |seq: u64| [keys::employee(employee), keys::number(seq.min(i64::MAX as u64))];
        let script = Script::new("SELECT VALUE row.* FROM type::record($range[0]) LIMIT $limit")
            .bind(
                "range",
                keys::start_of(keys::range("receipt_of", place(after_seq.saturating_add(1)), place(u64::MAX))),
            )
            .bind("limit", limit);
        self.database.ask(script, |answer| answer.rows(0)).await
    }

    /// Reads the whole chain and checks every link. [`DbError::Corrupt`] names the first receipt that does not fit.
    pub async fn verify(&self) -> Result<ChainHead, DbError> {
        let mut head = ChainHead::default();
        loop {
            let receipts = self.list(head.seq, VERIFIED_PER_QUERY).await?;
            if receipts.is_empty() {
                break;
            }
            for receipt in receipts {
                head = linked(&head, &receipt)?;
            }
        }
        let stored = self.head().await?;
        if stored != head {
            return Err(DbError::Corrupt(format!("receipt {} is missing", head.seq + 1)));
        }
        Ok(head)
    }

    /// Writes a receipt and deletes `records`, in one transaction. [`DbError::NotFound`] when the first of them is
    /// gone.
    pub(crate) async fn append_deleting(
        &self,
        new: &NewReceipt,
        records: Vec<RecordId>,
    ) -> Result<ReceiptRow, DbError> {
        loop {
            let head = self.head().await?;
            let receipt = new.chained_to(&head);
            let script = Script::new(
                "BEGIN;
                 IF ((SELECT VALUE seq FROM ONLY receipt_head:current) ?? 0) != $seq_before { THROW $conflict };
                 IF !record::exists($records[0]) { THROW $not_found };
                 DELETE $records RETURN NONE;
                 CREATE $id CONTENT $receipt RETURN NONE;
                 CREATE $of CONTENT { row: $id } RETURN NONE;
                 UPSERT receipt_head:current CONTENT $head RETURN NONE;
                 COMMIT;",
            )
            .bind("seq_before", head.seq)
            .bind("conflict", THROW_CONFLICT.to_owned())
            .bind("not_found", THROW_NOT_FOUND.to_owned())
            .bind("records", records.clone())
            .bind("id", RecordId::new("receipt", receipt.seq.cast_signed()))
            .bind("of", keys::record("receipt_of", [keys::employee(&receipt.employee), keys::number(receipt.seq)]))
            .bind("receipt", encode(&receipt))
            .bind("head", encode(&ChainHead { seq: receipt.seq, hash: receipt.hash.clone() }).into_value());
            match self.database.tell(script).await {
                Ok(()) => return Ok(receipt),
                // Another receipt was written first: chain this one to it.
                Err(DbError::Conflict) => {}
                Err(error) => return Err(error),
            }
        }
    }

    async fn head(&self) -> Result<ChainHead, DbError> {
        let script = Script::new("SELECT * FROM receipt_head:current");
        Ok(self.database.ask(script, |answer| answer.row(0)).await?.unwrap_or_default())
    }
}

impl NewReceipt {
    fn chained_to(&self, head: &ChainHead) -> ReceiptRow {
        let mut receipt = ReceiptRow {
            seq: head.seq + 1,
            what: self.what.clone(),
            record: self.record.clone(),
            employee: self.employee.clone(),
            recorded_at: self.recorded_at,
            deleted_at: self.reason.at,
            why: self.reason.why.clone(),
            by: self.reason.by.clone(),
            content_hash: self.content_hash.clone(),
            previous_hash: head.hash.clone(),
            hash: String::new(),
        };
        receipt.hash = receipt.expected_hash();
        receipt
    }
}

impl ReceiptRow {
    /// The hash over the receipt's canonical bytes: each field as text, led by its length in eight bytes, so that no
    /// text can be moved from one field to the next. A receipt without an author has an empty one.
    #[must_use]
    pub fn expected_hash(&self) -> String {
        let (seq, recorded_at, deleted_at) =
            (self.seq.to_string(), self.recorded_at.to_string(), self.deleted_at.to_string());
        let fields = [
            "muster receipt 1",
            &seq,
            &self.what,
            &self.record,
            self.employee.as_str(),
            &recorded_at,
            &deleted_at,
            &self.why,
            self.by.as_ref().map_or("", EmployeeId::as_str),
            &self.content_hash,
            &self.previous_hash,
        ];
        let mut digest = Sha256::new();
        for field in fields {
            digest.update((field.len() as u64).to_be_bytes());
            digest.update(field);
        }
        hex(&digest.finalize())
    }
}

/// The head after `receipt`, if it is the next link.
fn linked(head: &ChainHead, receipt: &ReceiptRow) -> Result<ChainHead, DbError> {
    let fits =
        receipt.seq == head.seq + 1 && receipt.previous_hash == head.hash && receipt.hash == receipt.expected_hash();
    if !fits {
        return Err(DbError::Corrupt(format!("receipt {} does not fit the one before", receipt.seq)));
    }
    Ok(ChainHead { seq: receipt.seq, hash: receipt.hash.clone() })
}
