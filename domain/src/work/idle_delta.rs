//! `POST /api/work/heartbeat { idleDeltaSeconds }` of the older clients, as marks.

use muster_protocol::UtcMillis;

use super::{Mark, MarkKind, MarkSource};

/// A day: nobody was idle for longer since the last beat.
const IDLE_DELTA_SECONDS_MAX: f64 = 86_400.0;

/// Why an idle delta is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IdleDeltaError {
    #[error("the idle delta is not a number")]
    NotANumber,
    #[error("the idle delta is negative")]
    Negative,
    #[error("the idle delta is longer than a day")]
    TooLong,
}

/// The marks that say: the last `idle_delta_seconds` before `now` were idle, but not more than the time since `last_beat`
/// (or since the session's start, before the first beat). Nothing when that comes to less than a millisecond.
///
/// Takes up two sequence numbers, from `next_source` on.
pub fn idle_delta_marks(
    now: UtcMillis,
    last_beat: UtcMillis,
    idle_delta_seconds: f64,
    next_source: MarkSource,
) -> Result<Option<[Mark; 2]>, IdleDeltaError> {
    if idle_delta_seconds.is_nan() {
        return Err(IdleDeltaError::NotANumber);
    }
    if idle_delta_seconds < 0.0 {
        return Err(IdleDeltaError::Negative);
    }
    if idle_delta_seconds > IDLE_DELTA_SECONDS_MAX {
        return Err(IdleDeltaError::TooLong);
    }
    // At most 86,400,000 after the check above: the cast is exact.
    #[expect(clippy::cast_possible_truncation, reason = "checked above to be at most a day")]
    let reported_ms = (idle_delta_seconds * 1_000.0).round() as i64;
    let idle_ms = reported_ms.min(now.since(last_beat));
    if idle_ms <= 0 {
        return Ok(None);
    }
    let following = MarkSource { seq: next_source.seq.saturating_add(1), ..next_source };
    let idle = Mark { at: now.minus(idle_ms), kind: MarkKind::Idle, source: next_source };
    let active = Mark { at: now, kind: MarkKind::Active, source: following };
    Ok(Some([idle, active]))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: MarkSource = MarkSource::of_beats_since(UtcMillis(0));

    fn marks(idle_delta_seconds: f64) -> Result<Option<(i64, i64)>, IdleDeltaError> {
        let marks = idle_delta_marks(UtcMillis(100_000), UtcMillis(70_000), idle_delta_seconds, SOURCE)?;
        Ok(marks.map(|[idle, active]| (idle.at.0, active.at.0)))
    }

    #[test]
    fn the_last_seconds_were_idle() {
        assert_eq!(marks(12.5), Ok(Some((87_500, 100_000))));
        assert_eq!(marks(30.0), Ok(Some((70_000, 100_000))));
    }

    #[test]
    fn more_than_since_the_last_beat_is_clipped() {
        assert_eq!(marks(31.0), Ok(Some((70_000, 100_000))));
        assert_eq!(marks(86_400.0), Ok(Some((70_000, 100_000))));
    }

    #[test]
    fn nothing_idle_is_no_mark() {
        assert_eq!(marks(0.0), Ok(None));
        assert_eq!(marks(0.000_4), Ok(None));
        assert_eq!(idle_delta_marks(UtcMillis(5), UtcMillis(9), 3.0, SOURCE), Ok(None), "the clock went back");
    }

    #[test]
    fn absurd_values_are_refused() {
        assert_eq!(marks(f64::NAN), Err(IdleDeltaError::NotANumber));
        assert_eq!(marks(-0.001), Err(IdleDeltaError::Negative));
        assert_eq!(marks(f64::NEG_INFINITY), Err(IdleDeltaError::Negative));
        assert_eq!(marks(86_400.1), Err(IdleDeltaError::TooLong));
        assert_eq!(marks(f64::INFINITY), Err(IdleDeltaError::TooLong));
    }

    #[test]
    fn the_two_marks_have_names_of_their_own() {
        let [idle, active] = idle_delta_marks(UtcMillis(9_000), UtcMillis(0), 1.0, SOURCE).unwrap().unwrap();
        assert_eq!((idle.kind, idle.source.seq), (MarkKind::Idle, 0));
        assert_eq!((active.kind, active.source.seq), (MarkKind::Active, 1));
    }
}
