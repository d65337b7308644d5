//! The work log: what the hub keeps in memory of one employee's work.
//!
//! The protocol with the database has two steps, and there is one change on its way at a time:
//!
//! 1. [`WorkLog::plan`] turns new marks and unsaved beats into a [`WorkChange`]. The log itself stays as it was, so a
//!    caller that cannot write answers "unavailable" and nothing has happened.
//! 2. The caller writes the change in one transaction, then says [`WorkLog::commit`], or [`WorkLog::abandon`] when
//!    nothing was written. Is the outcome unknown, it reads what is stored again and says [`WorkLog::reload`]: the beats
//!    stay, however long that took.
//!
//! The log is a window: all marks from `loaded_from` on. It may begin at the start of a session (or at the beginning of
//! time) because of rule 2 of [`super::derive`](mod@super::derive): at an opening `Start` no session is open and nothing
//! from before counts, so whatever is added inside the window, the sessions before it stay as they are.

use muster_protocol::UtcMillis;

use super::coverage::Coverage;
use super::derive::{kind_at_end, sweep};
use super::{Mark, MarkKind, SegmentKind, WorkChange, WorkSession};

/// One employee's marks and sessions since `loaded_from`.
#[derive(Clone, Debug)]
pub struct WorkLog {
    offline_after_ms: i64,
    loaded_from: UtcMillis,
    /// As stored, in their order.
    marks: Vec<Mark>,
    /// As stored.
    sessions: Vec<WorkSession>,
    coverage: Coverage,
    is_change_in_flight: bool,
}

/// Why a change cannot be planned now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    #[error("the change before is neither committed nor abandoned")]
    InFlight,
    /// Load what is stored from the last session's start at or before this instant on, see [`WorkLog::load_older`].
    #[error("marks from {0} on are not loaded")]
    NotLoaded(UtcMillis),
}

impl WorkLog {
    /// The log from what is stored since `loaded_from`: the start of a stored session, or [`crate::Span::ALL`]`.from`.
    ///
    /// When the sessions `stored` are not those that follow from `marks`, the next plan puts them right.
    #[must_use]
    pub fn new(
        offline_after_ms: i64,
        loaded_from: UtcMillis,
        mut marks: Vec<Mark>,
        mut stored: Vec<WorkSession>,
    ) -> Self {
        marks.sort_unstable_by_key(Mark::order);
        stored.sort_unstable_by_key(|session| session.start);
        let coverage = Coverage::default();
        Self { offline_after_ms, loaded_from, marks, sessions: stored, coverage, is_change_in_flight: false }
    }

    /// Whether a mark at `at` can be planned with what is loaded.
    #[must_use]
    pub fn covers(&self, at: UtcMillis) -> bool {
        self.loaded_from <= at
    }

    /// A sign of life. Kept in memory until the next plan; constant time, no allocation.
    pub fn beat(&mut self, at: UtcMillis) {
        self.beat_after(at, i64::MAX);
    }

    /// A sign of life, `quiet_ms` after the one before by a clock that nobody sets. Where the wall clock says more, it was
    /// set: that is no silence, and ends nothing.
    pub fn beat_after(&mut self, at: UtcMillis, quiet_ms: i64) {
        self.coverage.extend_to(at, quiet_ms, self.offline_after_ms);
    }

    /// What has to be written so that `marks`, in any order, and the beats so far are stored. A mark whose source is
    /// known already is dropped; coverage of a known source keeps the latest end.
    ///
    /// A change that is not empty is in flight until [`Self::commit`] or [`Self::abandon`].
    pub fn plan(&mut self, marks: &[Mark]) -> Result<WorkChange, PlanError> {
        if self.is_change_in_flight {
            return Err(PlanError::InFlight);
        }
        if let Some(oldest) = marks.iter().map(|mark| mark.at).min().filter(|oldest| !self.covers(*oldest)) {
            return Err(PlanError::NotLoaded(oldest));
        }
        let mut news = self.news_among(marks);
        let derived = self.derived_with(&news);
        news.extend(self.coverage.storable_in(&derived));
        let change = WorkChange::between(&self.sessions, &derived, self.news_among(&news));
        self.coverage.planned();
        self.is_change_in_flight = !change.is_empty();
        Ok(change)
    }

    /// What the beats since the last change have to store, if anything. The caller asks every minute.
    pub fn checkpoint(&mut self) -> Option<WorkChange> {
        // Beats outside a session store nothing; most employees have none most of the time.
        if self.sessions.last().is_none_or(|session| session.stopped) {
            return None;
        }
        self.plan(&[]).ok().filter(|change| !change.is_empty())
    }

    /// The change is stored.
    pub fn commit(&mut self, change: WorkChange) {
        self.is_change_in_flight = false;
        self.coverage.committed();
        // Only coverage that grew is there already; a change has its marks in the order of their sources.
        let is_newer = |known: &Mark| change.marks.binary_search_by_key(&known.source, |mark| mark.source).is_ok();
        self.marks.retain(|known| !is_newer(known));
        self.marks.extend(&change.marks);
        self.marks.sort_unstable_by_key(Mark::order);
        let is_outdated = |session: &WorkSession| {
            change.removed_sessions.contains(&session.start)
                || change.sessions.iter().any(|newer| newer.start == session.start)
        };
        self.sessions.retain(|session| !is_outdated(session));
        self.sessions.extend(change.sessions);
        self.sessions.sort_unstable_by_key(|session| session.start);
    }

    /// The change was not written, for certain: its marks are forgotten, its beats are planned again.
    pub fn abandon(&mut self) {
        self.is_change_in_flight = false;
    }

    /// What is stored, read again because nobody knows whether the last change was. Beats since then are planned again.
    pub fn reload(&mut self, loaded_from: UtcMillis, marks: Vec<Mark>, stored: Vec<WorkSession>) {
        let coverage = self.coverage;
        *self = Self { coverage, ..Self::new(self.offline_after_ms, loaded_from, marks, stored) };
    }

    /// The session that runs at `now`, with the beats that are not stored yet.
    #[must_use]
    pub fn current(&self, now: UtcMillis) -> Option<WorkSession> {
        let last = self.sessions.last().filter(|session| !session.stopped)?;
        let derived = self.derived_with(&[]);
        let current = derived.into_iter().next_back().filter(|session| session.start >= last.start)?;
        current.is_open(now, self.offline_after_ms).then_some(current)
    }

    /// What the employee does in the session that runs at `now`. Right from the moment of a mark on; a segment of the kind
    /// appears with the next sign of life.
    #[must_use]
    pub fn current_kind(&self, now: UtcMillis) -> Option<SegmentKind> {
        self.current(now)?;
        kind_at_end(&self.ordered_with(&[]), self.offline_after_ms)
    }

    /// The sessions of the window as they are stored.
    #[must_use]
    pub fn sessions(&self) -> &[WorkSession] {
        &self.sessions
    }

    /// Moves the beginning of the window back: everything that is stored from `loaded_from` (again the start of a
    /// session, or the beginning of time) up to where the window begins now. Rows that are loaded already do no harm.
    pub fn load_older(&mut self, loaded_from: UtcMillis, marks: &[Mark], stored: Vec<WorkSession>) {
        let older = self.news_among(marks);
        self.marks.extend(older);
        self.marks.sort_unstable_by_key(Mark::order);
        let known_from = self.loaded_from;
        self.sessions.extend(stored.into_iter().filter(|session| session.start < known_from));
        self.sessions.sort_unstable_by_key(|session| session.start);
        self.loaded_from = self.loaded_from.min(loaded_from);
    }

    /// Lets the window begin at the last session's start at or before `at`. Nothing happens while a change is in flight,
    /// or before what is stored is what the marks say.
    pub fn forget_before(&mut self, at: UtcMillis) {
        let starts = self.sessions.iter().map(|session| session.start);
        let Some(start) = starts.take_while(|start| *start <= at).last() else { return };
        if self.is_change_in_flight || sweep(&self.marks, self.offline_after_ms) != self.sessions {
            return;
        }
        self.loaded_from = self.loaded_from.max(start);
        self.marks.retain(|mark| mark.at >= start);
        self.marks.shrink_to_fit();
        self.sessions.retain(|session| session.start >= start);
        self.sessions.shrink_to_fit();
    }

    /// The marks in the window.
    #[must_use]
    pub fn marks(&self) -> &[Mark] {
        &self.marks
    }

    fn derived_with(&self, news: &[Mark]) -> Vec<WorkSession> {
        sweep(&self.ordered_with(news), self.offline_after_ms)
    }

    fn ordered_with(&self, news: &[Mark]) -> Vec<Mark> {
        let mut marks = [self.marks.as_slice(), news].concat();
        marks.extend(self.coverage.as_marks(&marks));
        marks.sort_by_key(Mark::order);
        marks
    }

    /// Each of `marks` once, without those that are known as they are.
    fn news_among(&self, marks: &[Mark]) -> Vec<Mark> {
        let mut news: Vec<Mark> = marks.to_vec();
        // The longest coverage of a source comes first, and stays.
        news.sort_unstable_by_key(|mark| (mark.source, std::cmp::Reverse(mark.kind)));
        news.dedup_by_key(|mark| mark.source);
        for known in &self.marks {
            let Ok(index) = news.binary_search_by_key(&known.source, |mark| mark.source) else { continue };
            if !grows(known.kind, news[index].kind) {
                news.remove(index);
            }
        }
        news
    }
}

fn grows(known: MarkKind, new: MarkKind) -> bool {
    match (known, new) {
        (MarkKind::Covered { to: known }, MarkKind::Covered { to: new }) => known < new,
        _ => false,
    }
}
