//! A work change: the rows that make the database say what the marks say.

use muster_protocol::UtcMillis;

use super::{Mark, Segment, WorkSession};

/// What must be written, in one transaction, for one employee. Writing it twice does no harm.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WorkChange {
    /// New marks and grown coverage, by source. Upsert.
    pub marks: Vec<Mark>,
    /// Segments that are new or differ, by `from`. Upsert.
    pub segments: Vec<Segment>,
    /// `from` of the segments that are no more.
    pub removed_segments: Vec<UtcMillis>,
    /// Sessions that are new or differ, by `start`. Upsert; their segments are above as far as they differ.
    pub sessions: Vec<WorkSession>,
    /// `start` of the sessions that are no more.
    pub removed_sessions: Vec<UtcMillis>,
    /// The start of the last session after this change, unless it was stopped. It may have ended by silence meanwhile.
    pub open: Option<UtcMillis>,
}

impl WorkChange {
    /// Whether there is nothing to write: every mark was known, every row is right.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.marks.is_empty()
            && self.segments.is_empty()
            && self.removed_segments.is_empty()
            && self.sessions.is_empty()
            && self.removed_sessions.is_empty()
    }

    /// The change that stores `marks` and turns the sessions `stored` into `derived`.
    pub(super) fn between(stored: &[WorkSession], derived: &[WorkSession], marks: Vec<Mark>) -> Self {
        let (sessions, removed_sessions) = difference(stored.iter(), derived.iter(), |session| session.start);
        let stored_segments = stored.iter().flat_map(|session| &session.segments);
        let derived_segments = derived.iter().flat_map(|session| &session.segments);
        let (segments, removed_segments) = difference(stored_segments, derived_segments, |segment| segment.from);
        let open = derived.last().filter(|session| !session.stopped).map(|session| session.start);
        Self { marks, segments, removed_segments, sessions, removed_sessions, open }
    }
}

/// What of `new` is not in `old` as it is, and the keys of `old` that are not in `new`. Both in the order of their keys.
fn difference<'a, T: Clone + PartialEq + 'a>(
    old: impl Iterator<Item = &'a T>,
    new: impl Iterator<Item = &'a T>,
    key: impl Fn(&T) -> UtcMillis,
) -> (Vec<T>, Vec<UtcMillis>) {
    let (mut upsert, mut removed) = (Vec::new(), Vec::new());
    let mut old = old.peekable();
    for row in new {
        while let Some(gone) = old.next_if(|other| key(other) < key(row)) {
            removed.push(key(gone));
        }
        let same_key = old.next_if(|other| key(other) == key(row));
        if same_key != Some(row) {
            upsert.push(row.clone());
        }
    }
    removed.extend(old.map(key));
    (upsert, removed)
}
