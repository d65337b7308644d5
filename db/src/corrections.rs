//! Corrections of work time: records of their own, next to the raw segments and never over them.

use muster_domain::Span;
use muster_domain::work::{Correction, CorrectionKind, SegmentKind};
use muster_protocol::{EmployeeId, UtcMillis};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::codec::encode_with_id;
use crate::script::Script;
use crate::work::Work;
use crate::{DbError, keys};

/// A correction of somebody's time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CorrectionRow {
    pub employee: EmployeeId,
    pub correction: Correction,
}

/// `correction:[employee, from, id]`.
#[derive(Clone, Serialize, Deserialize)]
struct StoredRow {
    employee: EmployeeId,
    #[serde(rename = "correction")]
    id: Uuid,
    from_ms: UtcMillis,
    to_ms: UtcMillis,
    /// None: no work at all.
    kind: Option<SegmentKind>,
    author: EmployeeId,
    reason: String,
    made_at: UtcMillis,
}

/// How far before a span a correction may begin and still reach into it: the domain allows none that is longer.
const REACH_MS: i64 = muster_domain::work::correction::CORRECTION_LENGTH_MS_MAX;

impl Work {
    /// Stores a correction; a second time changes nothing.
    pub async fn add_correction(&self, row: &CorrectionRow) -> Result<(), DbError> {
        let Correction { id, span, .. } = row.correction;
        let key = keys::record("correction", [keys::employee(&row.employee), keys::at(span.from), keys::uuid(id)]);
        let script = Script::new("INSERT IGNORE INTO correction $row RETURN NONE")
            .bind("row", encode_with_id(key, &StoredRow::from(row)));
        self.database().tell(script).await
    }

    /// The corrections of an employee that touch `span`, by where they begin.
    pub async fn corrections(&self, employee: &EmployeeId, span: Span) -> Result<Vec<CorrectionRow>, DbError> {
        self.corrections_of(std::slice::from_ref(employee), span).await
    }

    /// [`Work::corrections`] of many employees.
    pub async fn corrections_of(&self, employees: &[EmployeeId], span: Span) -> Result<Vec<CorrectionRow>, DbError> {
        let reach = Span { from: span.from.minus(REACH_MS), to: span.to };
        let ranges: Vec<_> = employees.iter().map(|employee| keys::within("correction", employee, reach)).collect();
        let text: String =
            (0..ranges.len()).map(|place| format!("SELECT * FROM type::record($range[{place}]);")).collect();
        let places = 0..ranges.len();
        let stored: Vec<StoredRow> = self
            .database()
            .ask(Script::new(text).bind("range", ranges), move |answer| {
                let mut rows = Vec::new();
                for place in places {
                    rows.extend(answer.rows(place)?);
                }
                Ok(rows)
            })
            .await?;
        let rows = stored.into_iter().map(CorrectionRow::from);
        Ok(rows.filter(|row| row.correction.span.to > span.from).collect())
    }
}

impl From<&CorrectionRow> for StoredRow {
    fn from(row: &CorrectionRow) -> Self {
        let Correction { at, id, author, reason, span, kind } = row.correction.clone();
        let kind = match kind {
            CorrectionKind::Set(kind) => Some(kind),
            CorrectionKind::Remove => None,
        };
        let employee = row.employee.clone();
        Self { employee, id, from_ms: span.from, to_ms: span.to, kind, author, reason, made_at: at }
    }
}

impl From<StoredRow> for CorrectionRow {
    fn from(stored: StoredRow) -> Self {
        let StoredRow { employee, id, from_ms, to_ms, kind, author, reason, made_at } = stored;
        let span = Span { from: from_ms, to: to_ms };
        let kind = kind.map_or(CorrectionKind::Remove, CorrectionKind::Set);
        Self { employee, correction: Correction { at: made_at, id, author, reason, span, kind } }
    }
}
