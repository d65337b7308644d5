//! Totals are sums of segments and nothing else. To the millisecond.

use super::{Segment, SegmentKind};
use crate::Span;

/// The sums of some segments.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// "Active" of the reports: elapsed work time, the sum of all segments.
    pub active_ms: i64,
    pub idle_ms: i64,
    pub break_ms: i64,
    pub meeting_ms: i64,
    /// Active − idle − break.
    pub net_ms: i64,
}

impl std::ops::AddAssign for Totals {
    fn add_assign(&mut self, other: Self) {
        self.active_ms += other.active_ms;
        self.idle_ms += other.idle_ms;
        self.break_ms += other.break_ms;
        self.meeting_ms += other.meeting_ms;
        self.net_ms += other.net_ms;
    }
}

impl std::iter::Sum for Totals {
    fn sum<I: Iterator<Item = Self>>(parts: I) -> Self {
        parts.fold(Self::default(), |mut sum, part| {
            sum += part;
            sum
        })
    }
}

/// Adds up `segments`, which do not overlap.
#[must_use]
pub fn totals(segments: &[Segment]) -> Totals {
    let mut sum = Totals::default();
    for segment in segments {
        let length_ms = segment.span().length_ms();
        sum.active_ms += length_ms;
        match segment.kind {
            SegmentKind::Active => {}
            SegmentKind::Idle => sum.idle_ms += length_ms,
            SegmentKind::Break => sum.break_ms += length_ms,
            SegmentKind::Meeting => sum.meeting_ms += length_ms,
        }
    }
    sum.net_ms = sum.active_ms - sum.idle_ms - sum.break_ms;
    sum
}

/// The parts of `segments` inside `span`: a session that crosses midnight counts in each day by its part.
#[must_use]
pub fn clip(segments: &[Segment], span: Span) -> Vec<Segment> {
    let inside = |segment: &Segment| {
        let common = segment.span().intersection(span)?;
        Some(Segment { from: common.from, to: common.to, kind: segment.kind })
    };
    segments.iter().filter_map(inside).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use muster_protocol::UtcMillis;

    fn segment(from: i64, to: i64, kind: SegmentKind) -> Segment {
        Segment { from: UtcMillis(from), to: UtcMillis(to), kind }
    }

    #[test]
    fn net_leaves_out_idle_and_break_but_not_meetings() {
        let day = [
            segment(0, 100, SegmentKind::Active),
            segment(100, 130, SegmentKind::Idle),
            segment(130, 200, SegmentKind::Meeting),
            segment(200, 205, SegmentKind::Break),
        ];
        let expected = Totals { active_ms: 205, idle_ms: 30, break_ms: 5, meeting_ms: 70, net_ms: 170 };
        assert_eq!(totals(&day), expected);
        assert_eq!(day.iter().map(|one| totals(&[*one])).sum::<Totals>(), expected);
    }

    #[test]
    fn clipping_keeps_what_is_inside() {
        let segments = [segment(0, 10, SegmentKind::Active), segment(10, 20, SegmentKind::Idle)];
        let span = |from, to| Span { from: UtcMillis(from), to: UtcMillis(to) };
        assert_eq!(clip(&segments, span(5, 10)), [segment(5, 10, SegmentKind::Active)]);
        assert_eq!(
            clip(&segments, span(9, 11)),
            [segment(9, 10, SegmentKind::Active), segment(10, 11, SegmentKind::Idle)]
        );
        assert_eq!(clip(&segments, span(20, 30)), []);
        assert_eq!(clip(&segments, Span::ALL), segments);
    }
}
