//! The law of work time: marks in, sessions out.
//!
//! 1. Marks are taken in the order of their instants; at one instant in the order of [`MarkKind`].
//! 2. A `Start` opens a session, unless one is open. It resets idle, break and meeting: a session depends on no mark
//!    before its start. (Whoever opens one during a meeting adds `MeetingBegan` at the same instant.)
//! 3. A mark covers its own instant, `Covered { to }` everything up to `to`. Both count only in the session that is open
//!    at the mark's own instant.
//! 4. When more than `offline_after_ms` lies between what is covered and the next mark, the session ended where its
//!    coverage ended. Only a `Start` opens another one.
//! 5. A `Stop` ends the session at its instant, whatever is covered beyond. Without a session it means nothing, like any
//!    other mark but `Start`.
//! 6. From the start to the end, each moment has one kind: break > meeting > idle > active.
//!
//! The result depends on the *set* of marks alone, so it is the same for late, doubled, split and reordered deliveries.

use muster_protocol::UtcMillis;

use super::{Mark, MarkKind, Segment, SegmentKind};

/// From punch-in to punch-out, or to the last sign of life.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkSession {
    pub start: UtcMillis,
    /// The last covered instant. Equal to `start` when nothing followed; such a session has no segments.
    pub end: UtcMillis,
    /// It was ended by a `Stop`, not by silence.
    pub stopped: bool,
    /// Contiguous from `start` to `end`: none is empty, neighbours differ in kind.
    pub segments: Vec<Segment>,
}

impl WorkSession {
    /// Whether it still runs: nobody stopped it and the last sign of life is recent.
    #[must_use]
    pub const fn is_open(&self, now: UtcMillis, offline_after_ms: i64) -> bool {
        !self.stopped && now.since(self.end) <= offline_after_ms
    }
}

/// The sessions that follow from `marks`, oldest first. Any order, duplicates allowed.
#[must_use]
pub fn derive(marks: &[Mark], offline_after_ms: i64) -> Vec<WorkSession> {
    let mut ordered = marks.to_vec();
    ordered.sort_unstable_by_key(Mark::order);
    sweep(&ordered, offline_after_ms)
}

/// The same for marks that are in their order already: one pass.
pub(super) fn sweep(ordered: &[Mark], offline_after_ms: i64) -> Vec<WorkSession> {
    let (mut sessions, open) = run(ordered, offline_after_ms);
    sessions.extend(open.map(OpenSession::ended_by_silence));
    sessions
}

/// The kind that holds after the last mark, in the session that is open there. It has no length until the next sign of
/// life, so no segment shows it yet.
pub(super) fn kind_at_end(ordered: &[Mark], offline_after_ms: i64) -> Option<SegmentKind> {
    run(ordered, offline_after_ms).1.map(|open| open.kind())
}

/// The sessions that have ended, and the one that is open at the end.
fn run(ordered: &[Mark], offline_after_ms: i64) -> (Vec<WorkSession>, Option<OpenSession>) {
    let mut sessions = Vec::new();
    let mut open: Option<OpenSession> = None;
    for mark in ordered {
        if let Some(session) = open.take_if(|session| mark.at.since(session.covered_to) > offline_after_ms) {
            sessions.push(session.ended_by_silence());
        }
        match (&mut open, mark.kind) {
            (Some(_), MarkKind::Stop) => sessions.extend(open.take().map(|session| session.stopped_at(mark.at))),
            (Some(session), kind) => session.take_in(mark.at, kind),
            (None, MarkKind::Start) => open = Some(OpenSession::new(mark.at)),
            (None, _) => {}
        }
    }
    (sessions, open)
}

/// A session while the sweep is inside it.
struct OpenSession {
    start: UtcMillis,
    covered_to: UtcMillis,
    /// Up to here the kinds are decided.
    decided_to: UtcMillis,
    is_idle: bool,
    is_on_break: bool,
    is_in_meeting: bool,
    segments: Vec<Segment>,
}

impl OpenSession {
    const fn new(start: UtcMillis) -> Self {
        Self {
            start,
            covered_to: start,
            decided_to: start,
            is_idle: false,
            is_on_break: false,
            is_in_meeting: false,
            segments: Vec::new(),
        }
    }

    fn take_in(&mut self, at: UtcMillis, kind: MarkKind) {
        self.decide_to(at);
        self.covered_to = self.covered_to.max(at);
        match kind {
            MarkKind::Idle => self.is_idle = true,
            MarkKind::Active => self.is_idle = false,
            MarkKind::BreakBegan => self.is_on_break = true,
            MarkKind::BreakEnded => self.is_on_break = false,
            MarkKind::MeetingBegan => self.is_in_meeting = true,
            MarkKind::MeetingEnded => self.is_in_meeting = false,
            MarkKind::Covered { to } => self.covered_to = self.covered_to.max(to),
            MarkKind::Start | MarkKind::Stop => {}
        }
    }

    fn decide_to(&mut self, to: UtcMillis) {
        if to <= self.decided_to {
            return;
        }
        let (from, kind) = (self.decided_to, self.kind());
        match self.segments.last_mut() {
            Some(last) if last.kind == kind => last.to = to,
            _ => self.segments.push(Segment { from, to, kind }),
        }
        self.decided_to = to;
    }

    const fn kind(&self) -> SegmentKind {
        match (self.is_on_break, self.is_in_meeting, self.is_idle) {
            (true, _, _) => SegmentKind::Break,
            (_, true, _) => SegmentKind::Meeting,
            (_, _, true) => SegmentKind::Idle,
            _ => SegmentKind::Active,
        }
    }

    fn ended_by_silence(mut self) -> WorkSession {
        self.decide_to(self.covered_to);
        WorkSession { start: self.start, end: self.covered_to, stopped: false, segments: self.segments }
    }

    fn stopped_at(mut self, at: UtcMillis) -> WorkSession {
        self.decide_to(at);
        WorkSession { start: self.start, end: at, stopped: true, segments: self.segments }
    }
}
