//! The work desk of one employee: what waits, what is known, and what it comes to. No mailbox, no database.

use std::collections::VecDeque;

use muster_domain::work::{CLOCK_SET_MS_MAX, SegmentKind, Totals, WorkLog, WorkSession, totals};
use muster_domain::{MonoMillis, Now};
use muster_protocol::limits::FUTURE_SKEW_MS_MAX;
use muster_protocol::presence::Overlay;
use muster_protocol::{EmployeeId, UtcMillis};
use tokio::sync::oneshot;

use super::WorkRequest;
use super::events::Reading;
use crate::journal::JournalError;
use crate::outbox::Outbox;

/// Requests and event batches that may wait for one employee while a commit runs.
const WAITING_MAX: usize = 32;

/// Why a work request has no answer.
#[derive(Clone, Debug, thiserror::Error)]
pub enum WorkError {
    /// `stop`, `heartbeat` or a break without an open session.
    #[error("no work session is open")]
    NotWorking,
    #[error(transparent)]
    IdleDelta(#[from] muster_domain::work::IdleDeltaError),
    #[error(transparent)]
    Journal(#[from] JournalError),
}

/// A work session as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkView {
    pub employee: EmployeeId,
    pub session: WorkSession,
    /// What the employee does now; `None` when the session has ended.
    pub kind: Option<SegmentKind>,
}

impl WorkView {
    /// Whether the session still runs.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.kind.is_some()
    }

    /// The sums of its segments.
    #[must_use]
    pub fn totals(&self) -> Totals {
        totals(&self.session.segments)
    }
}

/// What a REST request is answered with.
pub(super) type Reply = oneshot::Sender<Result<WorkView, WorkError>>;

/// One thing to do, durable before it counts.
pub(super) enum Job {
    Request { request: WorkRequest, reply: Reply },
    Events { reading: Box<Reading>, outbox: Outbox },
    Checkpoint,
}

/// See the module's page.
#[derive(Default)]
pub(super) struct Desk {
    /// The window of stored work, once something needed it. Boxed: most employees have none most of the time.
    pub log: Option<Box<WorkLog>>,
    /// A commit or a load is on its way.
    pub is_busy: bool,
    waiting: VecDeque<Job>,
    /// What is stored is not what the log says: there may be an open session that is not loaded yet, or nobody knows
    /// whether the last change was written.
    pub wants_window: bool,
    /// When that is looked at (again), unless a job does it before.
    pub window_due: Option<MonoMillis>,
    wants_checkpoint: bool,
    /// The latest beat, on the clock of the device that sent it, and when that was on the one that nobody sets.
    last_beat: UtcMillis,
    heard_at: MonoMillis,
    clock_skew_ms: i64,
    /// Of a `work/heartbeat` that is not durable yet.
    pub heartbeat_in_flight: Option<UtcMillis>,
    /// The latest `work/heartbeat`: an idle delta reaches back to it and no further.
    pub last_heartbeat: Option<UtcMillis>,
}

impl Desk {
    /// A beat of a device whose clock runs ahead by `clock_skew_ms`. Constant time; no allocation.
    pub fn beat(&mut self, now: Now, clock_skew_ms: i64) {
        let quiet_ms = self.quiet_ms(now);
        self.clock_skew_ms = clock_skew_ms.min(FUTURE_SKEW_MS_MAX);
        let at = now.wall.plus(self.clock_skew_ms);
        (self.last_beat, self.heard_at) = (at, now.mono);
        if let Some(log) = &mut self.log {
            log.beat_after(at, quiet_ms);
        }
    }

    /// Takes a job, or gives it back when too many wait.
    pub fn put(&mut self, job: Job) -> Result<(), Job> {
        if self.waiting.len() >= WAITING_MAX {
            return Err(job);
        }
        self.waiting.push_back(job);
        Ok(())
    }

    /// The job that had to wait for the window is next again.
    pub fn put_back(&mut self, job: Job) {
        self.waiting.push_front(job);
    }

    /// The beats since the last checkpoint shall be written.
    pub fn want_checkpoint(&mut self) {
        self.wants_checkpoint = self.log.is_some();
    }

    /// The next job, unless one is on its way.
    pub fn next(&mut self) -> Option<Job> {
        if self.is_busy {
            return None;
        }
        self.waiting.pop_front().or_else(|| std::mem::take(&mut self.wants_checkpoint).then_some(Job::Checkpoint))
    }

    /// Whether the actor may stop: nothing waits and no session is open in the window.
    pub fn is_idle(&self) -> bool {
        !self.is_busy && self.waiting.is_empty() && !self.wants_window
    }

    /// The open session, beats since the last checkpoint included.
    pub fn current(&self, now: Now) -> Option<WorkSession> {
        self.log.as_ref()?.current(self.device_clock(now))
    }

    /// What the employee does in the open session.
    pub fn current_kind(&self, now: Now) -> Option<SegmentKind> {
        self.log.as_ref()?.current_kind(self.device_clock(now))
    }

    /// Start of the open session.
    pub fn working_since(&self, now: Now) -> Option<UtcMillis> {
        self.current(now).map(|session| session.start)
    }

    /// What the open session lays over the presence.
    pub fn overlay(&self, now: Now) -> Option<Overlay> {
        match self.current_kind(now)? {
            SegmentKind::Break => Some(Overlay::Break),
            SegmentKind::Meeting => Some(Overlay::Meeting),
            SegmentKind::Active | SegmentKind::Idle => None,
        }
    }

    /// When the open session is over unless another beat comes. Cheap: asked at every beat.
    pub fn session_ends_at(&self, now: Now, offline_after_ms: u64) -> Option<MonoMillis> {
        let last = self.log.as_ref()?.sessions().last().filter(|session| !session.stopped)?;
        let silent_ms = self.device_clock(now).since(last.end.max(self.last_beat));
        let left_ms = i64::try_from(offline_after_ms).unwrap_or(i64::MAX).saturating_sub(silent_ms);
        // One millisecond later it has ended; a session that has ended already needs no timer.
        u64::try_from(left_ms).ok().map(|left_ms| now.mono.plus(left_ms + 1))
    }

    /// What the device's clock shows. While the wall clock was set since the last beat, that is what it would show without.
    fn device_clock(&self, now: Now) -> UtcMillis {
        let shown = now.wall.plus(self.clock_skew_ms);
        let steady = self.last_beat.plus(self.quiet_ms(now));
        let was_set = (1..=CLOCK_SET_MS_MAX).contains(&shown.since(steady));
        if was_set { steady } else { shown }
    }

    /// How long ago the last beat was.
    fn quiet_ms(&self, now: Now) -> i64 {
        i64::try_from(now.mono.since(self.heard_at)).unwrap_or(i64::MAX)
    }
}
