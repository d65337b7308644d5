//! The desk's work: requests and events become changes, changes are committed, and only then answered.
//!
//! One at a time. While a commit runs, presence goes on: nothing here blocks the mailbox.

use actix::{ActorFutureExt, AsyncContext, Context, Handler, ResponseFuture, WrapFuture};
use muster_db::{Database, DbError, Write};
use muster_domain::presence::PresenceInput;
use muster_domain::work::{Mark, MarkKind, MarkSource, PlanError, WorkChange, WorkLog, WorkSession, idle_delta_marks};
use muster_domain::{Now, Span};
use muster_protocol::agent::AgentDown;
use muster_protocol::portal::PortalEvent;
use muster_protocol::{CloseCode, DeviceId, EmployeeId, UtcMillis};
use tokio::sync::oneshot;
use uuid::Uuid;

use super::desk::{Job, Reply};
use super::events::Reading;
use super::{AgentEvents, EmployeeActor, Work, WorkError, WorkNow, WorkRequest, WorkView};
use crate::journal::{Commit, JournalError};

/// While the database is away, what is stored is asked for this often.
const WINDOW_RETRY_AFTER_MS: u64 = 30_000;

/// The stored work of one employee from the start of a session on.
struct Window {
    from: UtcMillis,
    marks: Vec<Mark>,
    sessions: Vec<WorkSession>,
}

/// What a job needs before it can be answered.
enum Step {
    /// Nothing: answer it.
    Done(Job),
    /// Older rows.
    Load(UtcMillis, Job),
    /// A commit.
    Commit(WorkChange, Vec<Write>, Job),
    /// It cannot be done.
    Refuse(Job, WorkError),
}

impl EmployeeActor {
    /// Does what waits, as far as it goes without the database.
    pub(super) fn run_desk(&mut self, context: &mut Context<Self>) {
        if self.desk.wants_window && self.desk.window_due.is_none() && !self.desk.is_busy {
            self.load_window(None, context);
        }
        while let Some(job) = self.desk.next() {
            match self.step(job) {
                Step::Done(job) => self.finish(job, context),
                Step::Refuse(job, error) => self.refuse(job, error),
                Step::Load(at, job) => {
                    self.desk.put_back(job);
                    self.load_window(Some(at), context);
                }
                Step::Commit(change, writes, job) => self.commit(change, writes, job, context),
            }
        }
    }

    fn step(&mut self, job: Job) -> Step {
        let now = self.now();
        let Some(log) = self.desk.log.as_ref().filter(|_| !self.desk.wants_window) else {
            return Step::Load(now.wall, job);
        };
        if let Job::Events { reading, .. } = &job
            && let Some(earliest) = reading.earliest().filter(|earliest| !log.covers(*earliest))
        {
            return Step::Load(earliest, job);
        }
        let (marks, mut writes) = match self.marks_of(&job, now) {
            Ok(marks) => marks,
            Err(error) => return Step::Refuse(job, error),
        };
        let log = self.desk.log.as_mut().expect("it was there a moment ago");
        let change = match &job {
            Job::Checkpoint => log.checkpoint().unwrap_or_default(),
            Job::Request { .. } if marks.is_empty() => WorkChange::default(),
            _ => match log.plan(&marks) {
                Ok(change) => change,
                Err(PlanError::NotLoaded(at)) => return Step::Load(at, job),
                Err(PlanError::InFlight) => return Step::Refuse(job, JournalError::Unavailable.into()),
            },
        };
        if !change.is_empty() {
            writes.push(Write::Work { employee: self.employee.clone(), change: Box::new(change.clone()) });
        }
        if writes.is_empty() { Step::Done(job) } else { Step::Commit(change, writes, job) }
    }

    /// The marks that a job makes, and what else has to be committed with them.
    fn marks_of(&mut self, job: &Job, now: Now) -> Result<(Vec<Mark>, Vec<Write>), WorkError> {
        match job {
            Job::Checkpoint => Ok(Default::default()),
            Job::Events { reading, .. } => Ok((reading.marks.clone(), reading.writes.clone())),
            Job::Request { request, .. } => self.marks_of_request(*request, now).map(|marks| (marks, Vec::new())),
        }
    }

    fn marks_of_request(&mut self, request: WorkRequest, now: Now) -> Result<Vec<Mark>, WorkError> {
        let source = self.own_source();
        let open = self.desk.current(now);
        // A clock that was set back does not make anybody stop before they began.
        let now = open.as_ref().map_or(now.wall, |session| session.end.max(now.wall));
        self.desk.heartbeat_in_flight = None;
        let mark = |kind| vec![Mark { at: now, kind, source }];
        match (request, open) {
            (WorkRequest::Start, Some(_)) => Ok(Vec::new()),
            (WorkRequest::Start, None) => Ok(mark(MarkKind::Start)),
            (_, None) => Err(WorkError::NotWorking),
            (WorkRequest::Stop, Some(_)) => Ok(mark(MarkKind::Stop)),
            (WorkRequest::BreakBegin, Some(_)) => Ok(mark(MarkKind::BreakBegan)),
            (WorkRequest::BreakEnd, Some(_)) => Ok(mark(MarkKind::BreakEnded)),
            (WorkRequest::Heartbeat { idle_delta_seconds }, Some(session)) => {
                let since = self.desk.last_heartbeat.unwrap_or(session.start).max(session.start);
                let marks = idle_delta_marks(now, since, idle_delta_seconds, source)?;
                self.desk.heartbeat_in_flight = Some(now);
                Ok(marks.map(Vec::from).unwrap_or_default())
            }
        }
    }

    /// A source for marks that the hub makes itself. Even numbers: an idle delta takes the odd one after it.
    fn own_source(&self) -> MarkSource {
        MarkSource { device: DeviceId(Uuid::nil()), boot: self.hub.boot, seq: self.hub.next_sequence() * 2 }
    }

    fn commit(&mut self, change: WorkChange, writes: Vec<Write>, job: Job, context: &mut Context<Self>) {
        self.desk.is_busy = true;
        let journal = self.hub.journal.clone();
        let commit = async move { journal.send(Commit(writes)).await.unwrap_or(Err(JournalError::Unavailable)) };
        let committed = commit.into_actor(self).map(move |outcome, actor: &mut Self, context| {
            actor.desk.is_busy = false;
            match outcome {
                Ok(()) => {
                    if let Some(log) = &mut actor.desk.log
                        && !change.is_empty()
                    {
                        log.commit(change);
                    }
                    actor.finish(job, context);
                }
                Err(error) => {
                    // The outcome may be unknown: what is stored is read again. Marks have names, so nothing counts twice.
                    actor.desk.wants_window = true;
                    actor.refuse(job, error.into());
                }
            }
            actor.run_desk(context);
        });
        context.spawn(committed);
    }

    /// Lets a job that is durable now take effect, and answers it then: who has heard that the break began is not captured
    /// any more.
    fn finish(&mut self, job: Job, context: &mut Context<Self>) {
        let now = self.now();
        if let Job::Events { reading, .. } = &job {
            self.take_effect(reading, now);
        }
        self.forget_older_sessions();
        self.cover(now, context);
        self.publish_work(context);
        self.arm(context, now);
        match job {
            Job::Checkpoint => {}
            Job::Events { reading, outbox } => acknowledge(*reading, &outbox),
            Job::Request { request, reply } => self.answer(request, reply, now),
        }
    }

    /// Lays a break or meeting over the presence, or takes it away when it or its session has ended.
    pub(super) fn cover(&mut self, now: Now, context: &mut Context<Self>) {
        let overlay = self.desk.overlay(now);
        if overlay != self.covered_with {
            self.covered_with = overlay;
            self.apply(PresenceInput::Cover { overlay }, now, context);
        }
    }

    fn answer(&mut self, request: WorkRequest, reply: Reply, now: Now) {
        self.desk.last_heartbeat = self.desk.heartbeat_in_flight.take().or(self.desk.last_heartbeat);
        let (open, kind) = (self.desk.current(now), self.desk.current_kind(now));
        let stopped = || self.desk.log.as_ref().and_then(|log| log.sessions().last().cloned());
        let session = if request == WorkRequest::Stop { stopped() } else { open };
        let answer = session.ok_or(WorkError::NotWorking);
        let _ = reply.send(answer.map(|session| WorkView { employee: self.employee.clone(), session, kind }));
    }

    /// What events change beside work.
    fn take_effect(&mut self, reading: &Reading, now: Now) {
        if let Some(version) = reading.acknowledged_notice {
            self.hub.policies.acknowledge(&self.employee, version);
        }
        for (at, reason) in &reading.failed_captures {
            self.capture_failed(reason, now);
            let event = PortalEvent::CaptureFailed { employee: self.employee.clone(), at: *at, reason: reason.clone() };
            self.hub.announce(Some(&self.employee), event);
        }
    }

    fn refuse(&mut self, job: Job, error: WorkError) {
        match job {
            Job::Request { reply, .. } => drop(reply.send(Err(error))),
            // Nothing was acknowledged: the agent keeps its spool and comes back.
            Job::Events { outbox, .. } => outbox.close(CloseCode::Overloaded, None),
            Job::Checkpoint => {}
        }
    }

    /// Keeps the window small: only the latest session is worth its memory.
    fn forget_older_sessions(&mut self) {
        if let Some(log) = &mut self.desk.log
            && let Some(last) = log.sessions().last().map(|session| session.start)
        {
            log.forget_before(last);
        }
    }

    /// Reads the stored work from the session at `at` on; with `None` from the latest one.
    fn load_window(&mut self, at: Option<UtcMillis>, context: &mut Context<Self>) {
        self.desk.is_busy = true;
        let now = self.now();
        self.desk.window_due = self.desk.wants_window.then(|| now.mono.plus(WINDOW_RETRY_AFTER_MS));
        let load = read_window(self.hub.database.clone(), self.employee.clone(), at.unwrap_or(now.wall));
        let loaded = load.into_actor(self).map(|outcome, actor: &mut Self, context| {
            actor.desk.is_busy = false;
            match outcome {
                Ok(window) => actor.take_window(window, context),
                Err(error) => actor.refuse_all(error, context),
            }
            actor.run_desk(context);
        });
        context.spawn(loaded);
    }

    fn take_window(&mut self, window: Window, context: &mut Context<Self>) {
        let Window { from, marks, sessions } = window;
        match &mut self.desk.log {
            Some(log) if std::mem::take(&mut self.desk.wants_window) => {
                log.reload(from, marks, sessions);
                self.desk.want_checkpoint();
            }
            Some(log) => log.load_older(from, &marks, sessions),
            None => {
                let offline_after_ms = i64::try_from(self.hub.config.presence.offline_after_ms).unwrap_or(i64::MAX);
                self.desk.log = Some(Box::new(WorkLog::new(offline_after_ms, from, marks, sessions)));
                self.desk.wants_window = false;
            }
        }
        let now = self.now();
        self.cover(now, context);
        self.publish_work(context);
        self.arm(context, now);
    }

    /// The database is away: whoever waits is told.
    fn refuse_all(&mut self, error: DbError, context: &mut Context<Self>) {
        let error = WorkError::from(JournalError::from(error));
        self.arm(context, self.now());
        while let Some(job) = self.desk.next() {
            self.refuse(job, error.clone());
        }
    }

    fn take_job(&mut self, job: Job, context: &mut Context<Self>) {
        if let Err(job) = self.desk.put(job) {
            self.refuse(job, JournalError::Unavailable.into());
        }
        self.run_desk(context);
    }
}

fn acknowledge(reading: Reading, outbox: &crate::outbox::Outbox) {
    for (boot_id, items) in reading.refused {
        outbox.push(AgentDown::Refused { boot_id, items });
    }
    for (boot_id, seq) in reading.acked {
        outbox.push(AgentDown::Ack { boot_id, seq });
    }
}

async fn read_window(database: Database, employee: EmployeeId, at: UtcMillis) -> Result<Window, DbError> {
    let from = database.work().session_before(&employee, at).await?.map_or(Span::ALL.from, |session| session.start);
    let span = Span { from, to: Span::ALL.to };
    let marks = database.work().marks(&employee, span).await?;
    let sessions = database.work().sessions(&employee, span).await?;
    Ok(Window { from, marks, sessions: sessions.into_iter().filter(|session| session.start >= from).collect() })
}

impl Handler<Work> for EmployeeActor {
    type Result = ResponseFuture<Result<WorkView, WorkError>>;

    fn handle(&mut self, Work(request): Work, context: &mut Self::Context) -> Self::Result {
        let (reply, answer) = oneshot::channel();
        self.take_job(Job::Request { request, reply }, context);
        Box::pin(async move { answer.await.unwrap_or(Err(JournalError::Unavailable.into())) })
    }
}

impl Handler<AgentEvents> for EmployeeActor {
    type Result = ();

    fn handle(&mut self, message: AgentEvents, context: &mut Self::Context) {
        let AgentEvents { device, boot, items, outbox } = message;
        let notice = self.hub.policies.notice().map(|notice| notice.version);
        let reading = Reading::of(&self.employee, device, boot, items, self.now().wall, notice);
        self.take_job(Job::Events { reading: Box::new(reading), outbox }, context);
    }
}

impl Handler<WorkNow> for EmployeeActor {
    type Result = Option<WorkView>;

    fn handle(&mut self, _: WorkNow, _: &mut Self::Context) -> Self::Result {
        let now = self.now();
        let (session, kind) = (self.desk.current(now)?, self.desk.current_kind(now));
        Some(WorkView { employee: self.employee.clone(), session, kind })
    }
}
