//! What the work log writes to and is loaded from: rows under the keys of the real database.

use std::collections::BTreeMap;

use muster_domain::Span;
use muster_domain::work::{Mark, MarkSource, PlanError, Segment, WorkChange, WorkLog, WorkSession};
use muster_protocol::UtcMillis;

#[derive(Default)]
pub struct Database {
    marks: BTreeMap<MarkSource, Mark>,
    /// Start to end and stopped.
    sessions: BTreeMap<UtcMillis, (UtcMillis, bool)>,
    segments: BTreeMap<UtcMillis, Segment>,
}

impl Database {
    pub fn write(&mut self, change: &WorkChange) {
        self.marks.extend(change.marks.iter().map(|mark| (mark.source, *mark)));
        for from in &change.removed_segments {
            self.segments.remove(from).expect("a removed segment was stored");
        }
        self.segments.extend(change.segments.iter().map(|segment| (segment.from, *segment)));
        for start in &change.removed_sessions {
            self.sessions.remove(start).expect("a removed session was stored");
        }
        let row = |session: &WorkSession| (session.start, (session.end, session.stopped));
        self.sessions.extend(change.sessions.iter().map(row));
    }

    pub fn marks(&self) -> Vec<Mark> {
        self.marks.values().copied().collect()
    }

    /// The sessions, each with the segments between its ends.
    pub fn sessions(&self) -> Vec<WorkSession> {
        let session = |(start, (end, stopped)): (&UtcMillis, &(UtcMillis, bool))| WorkSession {
            start: *start,
            end: *end,
            stopped: *stopped,
            segments: self.segments.range(*start..*end).map(|(_, segment)| *segment).collect(),
        };
        let sessions: Vec<WorkSession> = self.sessions.iter().map(session).collect();
        let inside: usize = sessions.iter().map(|session| session.segments.len()).sum();
        assert_eq!(inside, self.segments.len(), "a segment outside every session");
        sessions
    }

    /// A log as after a restart: only the last session.
    pub fn load_last(&self, offline_after_ms: i64) -> WorkLog {
        let from = self.start_before(UtcMillis(i64::MAX));
        let (marks, sessions) = self.since(from);
        WorkLog::new(offline_after_ms, from, marks, sessions)
    }

    /// Plans `marks`, and loads what that takes.
    pub fn plan(&self, log: &mut WorkLog, marks: &[Mark]) -> WorkChange {
        match log.plan(marks) {
            Err(PlanError::NotLoaded(at)) => {
                let from = self.start_before(at);
                let (older, sessions) = self.since(from);
                log.load_older(from, &older, sessions);
                log.plan(marks).expect("everything is loaded and nothing in flight")
            }
            planned => planned.expect("nothing is in flight"),
        }
    }

    fn start_before(&self, at: UtcMillis) -> UtcMillis {
        self.sessions.range(..=at).next_back().map_or(Span::ALL.from, |(start, _)| *start)
    }

    fn since(&self, from: UtcMillis) -> (Vec<Mark>, Vec<WorkSession>) {
        let marks = self.marks.values().filter(|mark| from <= mark.at).copied().collect();
        let sessions = self.sessions().into_iter().filter(|session| from <= session.start).collect();
        (marks, sessions)
    }
}
