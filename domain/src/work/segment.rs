//! A segment: a stretch of a work session with one kind.

use muster_protocol::UtcMillis;
use serde::{Deserialize, Serialize};

use crate::Span;

/// What the employee did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SegmentKind {
    Active,
    Idle,
    Break,
    Meeting,
}

/// Segments of a session are contiguous: each begins where the one before ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Segment {
    pub from: UtcMillis,
    pub to: UtcMillis,
    pub kind: SegmentKind,
}

impl Segment {
    /// Its stretch of time.
    #[must_use]
    pub const fn span(self) -> Span {
        Span { from: self.from, to: self.to }
    }
}
