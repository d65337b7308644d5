//! Corrections: what people changed about the hours, beside the raw segments and never over them.

use muster_protocol::limits::TEXT_CHARS_MAX;
use muster_protocol::{EmployeeId, UtcMillis};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Segment, SegmentKind};
use crate::Span;

/// A correction may change at most a day: a typing error in a year must not make a thousand hours.
pub const CORRECTION_LENGTH_MS_MAX: i64 = 24 * 3_600_000;

/// One correction, for ever. To take it back, make another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// When it was made. Later ones win.
    pub at: UtcMillis,
    /// Decides between two of one instant.
    pub id: Uuid,
    pub author: EmployeeId,
    pub reason: String,
    pub span: Span,
    pub kind: CorrectionKind,
}

/// What becomes of the span.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CorrectionKind {
    /// All of it is work of this kind, also where nothing was recorded.
    Set(SegmentKind),
    /// None of it is work.
    Remove,
}

/// Why a correction is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CorrectionError {
    #[error("the correction ends before it begins")]
    Empty,
    #[error("the correction is longer than a day")]
    TooLong,
    #[error("the correction ends in the future")]
    InTheFuture,
    #[error("the correction has no reason")]
    NoReason,
    #[error("the reason is longer than {TEXT_CHARS_MAX} characters")]
    ReasonTooLong,
}

impl Correction {
    /// Checked before it is stored; `now` is the hub's clock.
    pub fn validate(&self, now: UtcMillis) -> Result<(), CorrectionError> {
        if self.span.from >= self.span.to {
            return Err(CorrectionError::Empty);
        }
        if self.span.length_ms() > CORRECTION_LENGTH_MS_MAX {
            return Err(CorrectionError::TooLong);
        }
        if self.span.to > now {
            return Err(CorrectionError::InTheFuture);
        }
        if self.reason.trim().is_empty() {
            return Err(CorrectionError::NoReason);
        }
        if self.reason.chars().count() > TEXT_CHARS_MAX {
            return Err(CorrectionError::ReasonTooLong);
        }
        Ok(())
    }
}

/// The hours as they count: `raw`, which do not overlap, after `corrections` in any order. Touching segments of one kind
/// are joined.
#[must_use]
pub fn corrected(raw: &[Segment], corrections: &[Correction]) -> Vec<Segment> {
    let mut segments = raw.to_vec();
    segments.sort_unstable_by_key(|segment| segment.from);
    let mut in_order: Vec<&Correction> = corrections.iter().collect();
    in_order.sort_by_key(|correction| (correction.at, correction.id));
    for correction in in_order {
        segments = apply(&segments, correction.span, correction.kind);
    }
    joined(segments)
}

fn apply(segments: &[Segment], span: Span, kind: CorrectionKind) -> Vec<Segment> {
    if span.from >= span.to {
        return segments.to_vec();
    }
    let before = Span { from: Span::ALL.from, to: span.from };
    let after = Span { from: span.to, to: Span::ALL.to };
    let mut result = super::clip(segments, before);
    if let CorrectionKind::Set(kind) = kind {
        result.push(Segment { from: span.from, to: span.to, kind });
    }
    result.extend(super::clip(segments, after));
    result
}

fn joined(segments: Vec<Segment>) -> Vec<Segment> {
    let mut result: Vec<Segment> = Vec::with_capacity(segments.len());
    for segment in segments {
        match result.last_mut() {
            Some(last) if last.kind == segment.kind && last.to == segment.from => last.to = segment.to,
            _ => result.push(segment),
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::SegmentKind::{Active, Break, Idle};
    use super::*;

    fn segment(from: i64, to: i64, kind: SegmentKind) -> Segment {
        Segment { from: UtcMillis(from), to: UtcMillis(to), kind }
    }

    fn correction(at: i64, from: i64, to: i64, kind: CorrectionKind) -> Correction {
        Correction {
            at: UtcMillis(at),
            id: Uuid::from_u128(at.unsigned_abs().into()),
            author: EmployeeId::new("INT1").unwrap(),
            reason: "forgot to punch in".to_owned(),
            span: Span { from: UtcMillis(from), to: UtcMillis(to) },
            kind,
        }
    }

    #[test]
    fn a_correction_sets_removes_and_adds() {
        let raw = [segment(0, 10, Active), segment(10, 20, Idle)];
        let set = |kind| CorrectionKind::Set(kind);
        let cases: [(CorrectionKind, i64, i64, &[Segment]); 6] = [
            (set(Active), 10, 20, &[segment(0, 20, Active)]),
            (set(Break), 5, 15, &[segment(0, 5, Active), segment(5, 15, Break), segment(15, 20, Idle)]),
            (set(Active), 30, 40, &[segment(0, 10, Active), segment(10, 20, Idle), segment(30, 40, Active)]),
            (CorrectionKind::Remove, 0, 20, &[]),
            (CorrectionKind::Remove, 8, 12, &[segment(0, 8, Active), segment(12, 20, Idle)]),
            (CorrectionKind::Remove, 7, 7, &raw),
        ];
        for (kind, from, to, expected) in cases {
            assert_eq!(corrected(&raw, &[correction(1, from, to, kind)]), expected, "{kind:?} {from}..{to}");
        }
    }

    #[test]
    fn the_later_one_wins_in_any_order_of_delivery() {
        let first = correction(1, 0, 10, CorrectionKind::Remove);
        let second = correction(2, 0, 5, CorrectionKind::Set(Break));
        let expected = [segment(0, 5, Break)];
        assert_eq!(corrected(&[segment(0, 10, Active)], &[first.clone(), second.clone()]), expected);
        assert_eq!(corrected(&[segment(0, 10, Active)], &[second, first]), expected);
    }

    #[test]
    fn nonsense_is_refused() {
        let now = UtcMillis(10 * CORRECTION_LENGTH_MS_MAX);
        let good = correction(1, 0, CORRECTION_LENGTH_MS_MAX, CorrectionKind::Remove);
        assert_eq!(good.validate(now), Ok(()));
        assert_eq!(good.validate(UtcMillis(5)), Err(CorrectionError::InTheFuture));
        assert_eq!(correction(1, 9, 9, CorrectionKind::Remove).validate(now), Err(CorrectionError::Empty));
        let long = correction(1, 0, CORRECTION_LENGTH_MS_MAX + 1, CorrectionKind::Remove);
        assert_eq!(long.validate(now), Err(CorrectionError::TooLong));
        let silent = Correction { reason: " \n".to_owned(), ..good.clone() };
        assert_eq!(silent.validate(now), Err(CorrectionError::NoReason));
        let talkative = Correction { reason: "ä".repeat(TEXT_CHARS_MAX + 1), ..good };
        assert_eq!(talkative.validate(now), Err(CorrectionError::ReasonTooLong));
    }
}
