//! Coverage: the beats that were heard but are not stored yet.

use muster_protocol::UtcMillis;

use super::{Mark, MarkKind, MarkSource, WorkSession};
use crate::Span;

/// A wall clock that was set by more than this between two beats says nothing about the time between: an hour, for whoever
/// forgot that the clocks changed, and what may pass until the next beat.
pub const CLOCK_SET_MS_MAX: i64 = 65 * 60 * 1000;

/// Runs of beats. Both ends of a run belong to it; within one no two beats are further apart than the offline limit, unless
/// the wall clock was set between them.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Coverage {
    latest: Option<Span>,
    /// The run before a silence, until it is stored: the session's end may be in it.
    before_silence: Option<Span>,
    /// It is part of the latest change, and not younger than it.
    is_silence_planned: bool,
}

impl Coverage {
    /// A beat at `at`, `quiet_ms` after the one before by a clock that nobody sets. Constant time, no allocation.
    pub fn extend_to(&mut self, at: UtcMillis, quiet_ms: i64, offline_after_ms: i64) {
        // Nobody was silent while a clock was set: work goes on, with the times that the clock shows now.
        let limit_ms =
            if quiet_ms <= offline_after_ms { CLOCK_SET_MS_MAX.max(offline_after_ms) } else { offline_after_ms };
        match &mut self.latest {
            Some(run) if at.since(run.to) <= limit_ms => run.to = run.to.max(at),
            latest => {
                // A second silence before the first run was stored cannot matter: the session ended at the first.
                self.before_silence = self.before_silence.or(*latest);
                *latest = Some(Span { from: at, to: at });
            }
        }
    }

    /// The runs are part of a change.
    pub const fn planned(&mut self) {
        self.is_silence_planned = self.before_silence.is_some();
    }

    /// The change is stored: what it held may be forgotten, but for the run that still grows.
    pub const fn committed(&mut self) {
        if self.is_silence_planned {
            self.before_silence = None;
        }
    }

    /// The marks that these runs amount to while the starts in `marks` may each open a session: a run counts from its
    /// beginning, and from each start inside it.
    pub fn as_marks(&self, marks: &[Mark]) -> Vec<Mark> {
        let mut covered = Vec::new();
        for run in self.runs() {
            covered.push(covered_mark(run.from, run.to));
            let starts = marks.iter().filter(|mark| mark.kind == MarkKind::Start);
            let inside = starts.filter(|start| run.from < start.at && start.at <= run.to);
            covered.extend(inside.map(|start| covered_mark(start.at, run.to)));
        }
        covered
    }

    /// The marks to store so that `sessions`, which were derived with [`Self::as_marks`], follow from what is stored.
    pub fn storable_in(&self, sessions: &[WorkSession]) -> Vec<Mark> {
        let mut covered = Vec::new();
        for run in self.runs() {
            for session in sessions {
                let (from, to) = (run.from.max(session.start), run.to.min(session.end));
                if from <= to && to > session.start {
                    covered.push(covered_mark(from, to));
                }
            }
        }
        covered
    }

    fn runs(&self) -> impl Iterator<Item = Span> {
        self.before_silence.into_iter().chain(self.latest)
    }
}

fn covered_mark(from: UtcMillis, to: UtcMillis) -> Mark {
    Mark { at: from, kind: MarkKind::Covered { to }, source: MarkSource::of_beats_since(from) }
}
