//! The shell: a mailbox and one timer around the presence machine and the work desk.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use actix::{Actor, ActorContext, AsyncContext, Context, Handler, SpawnHandle};
use muster_db::{PresenceChanged, Write};
use muster_domain::presence::{LinkId, Presence, PresenceEffects, PresenceInput, PresenceMachine};
use muster_domain::{MonoMillis, Now};
use muster_protocol::presence::{Overlay, Reason, Status};
use muster_protocol::{CloseCode, EmployeeId, UtcMillis};

use super::desk::Desk;
use super::live::LiveDesk;
use super::sessions::Sessions;
use super::{Bye, Connect, ConnectedDevices, Disconnect, EndSessions, Logout, Panic, Request, SetStatus, Tell, Touch};
use crate::hub::Hub;
use crate::journal::Note;
use crate::roster::Publish;

/// Messages that may wait for one employee: the burst that the agent door lets through, and a few more.
const MAILBOX_MAX: usize = 256;
/// When the roster has no room for a change, it is offered again after this.
const REPUBLISH_AFTER: Duration = Duration::from_millis(100);

/// See the module's page.
pub struct EmployeeActor {
    pub(super) hub: Arc<Hub>,
    pub(super) employee: EmployeeId,
    last_seen: Arc<AtomicI64>,
    pub(super) presence: PresenceMachine,
    pub(super) sessions: Sessions,
    pub(super) desk: Desk,
    /// Who watches the person's screens; boxed, because nobody watches most people most of the time.
    pub(super) live: Option<Box<LiveDesk>>,
    /// An agent broke off and may come back until then without a trace on any screen.
    pub(super) agent_may_return_until: Option<MonoMillis>,
    /// The one timer and the moment it is set to. It may fire early: then it looks and sets itself again.
    timer: Option<(MonoMillis, SpawnHandle)>,
    /// When the next checkpoint of the work session is due; set by the first touch after the last one.
    checkpoint_due: Option<MonoMillis>,
    /// What screens were told last of the work session, and of the displays.
    shown_working_since: Option<UtcMillis>,
    shown_tracks: Vec<u32>,
    /// The break or meeting that was laid over the presence last.
    pub(super) covered_with: Option<Overlay>,
    /// Rebuilt after a panic: somebody whom screens show as here may not be here any more.
    pub(super) is_rebuilt: bool,
}

impl EmployeeActor {
    /// The actor of somebody who was offline.
    pub(crate) fn new(hub: Arc<Hub>, employee: EmployeeId) -> Self {
        let last_seen = hub.people.get(&employee).map(|person| person.last_seen_cell()).unwrap_or_default();
        Self {
            hub,
            employee,
            last_seen,
            presence: PresenceMachine::new(Presence::default()),
            sessions: Sessions::default(),
            desk: Desk::default(),
            live: None,
            agent_may_return_until: None,
            timer: None,
            checkpoint_due: None,
            shown_working_since: None,
            shown_tracks: Vec::new(),
            covered_with: None,
            is_rebuilt: false,
        }
    }

    /// The actor of somebody whose stored work session was open when the hub started.
    pub(crate) fn working(hub: Arc<Hub>, employee: EmployeeId) -> Self {
        let mut actor = Self::new(hub, employee);
        actor.desk.wants_window = true;
        actor
    }

    /// The actor that replaces one lost in a panic.
    pub(crate) fn rebuilt(hub: Arc<Hub>, employee: EmployeeId) -> Self {
        let mut actor = Self::working(hub, employee);
        actor.is_rebuilt = true;
        actor
    }

    pub(super) fn now(&self) -> Now {
        self.hub.clock.now()
    }

    /// The person was heard of: remembered, and written at the next checkpoint. Beats end here.
    fn touched(&mut self, now: Now, clock_skew_ms: i64) {
        self.last_seen.store(now.wall.0, Ordering::Relaxed);
        self.desk.beat(now, clock_skew_ms);
        if self.checkpoint_due.is_none() && self.desk.log.is_some() {
            self.checkpoint_due = Some(now.mono.plus(self.hub.config.checkpoint_every_ms));
        }
    }

    pub(super) fn apply(&mut self, input: PresenceInput, now: Now, context: &mut Context<Self>) {
        let effects = self.presence.apply(input, &self.hub.config.presence, now);
        self.settle(effects, now, context);
    }

    fn settle(&mut self, effects: PresenceEffects, now: Now, context: &mut Context<Self>) {
        if let Some(link) = effects.replaced {
            self.sessions.close(link, CloseCode::Replaced);
        }
        if let Some(presence) = effects.transition {
            self.record(presence);
        }
        if effects.publish.is_some() {
            self.publish(now, context);
        }
        self.arm(context, now);
    }

    /// Writes a change to the history, and ends sockets that went silent.
    fn record(&mut self, presence: Presence) {
        let change = PresenceChanged {
            employee: self.employee.clone(),
            at: presence.since,
            order: self.hub.next_sequence(),
            status: presence.status,
            overlay: presence.overlay,
            reason: presence.reason,
            last_seen: presence.last_seen,
        };
        if self.hub.journal.try_send(Note(vec![Write::PresenceChanged(change)])).is_err() {
            metrics::counter!("muster_journal_mailbox_full_total").increment(1);
        }
        if presence.status == Status::Offline {
            self.checkpoint();
            if presence.reason == Reason::Timeout {
                self.sessions.close_silent();
            }
        }
    }

    /// Tells the roster what screens show; tries again when it has no room.
    fn publish(&mut self, now: Now, context: &mut Context<Self>) {
        self.shown_working_since = self.desk.working_since(now);
        self.shown_tracks = self.sessions.tracks();
        let message = Publish {
            employee: self.employee.clone(),
            presence: self.presence.presence(),
            working_since: self.shown_working_since,
            tracks: self.shown_tracks.clone(),
        };
        if self.hub.roster.try_send(message).is_err() {
            metrics::counter!("muster_roster_mailbox_full_total").increment(1);
            context.run_later(REPUBLISH_AFTER, |actor, context| actor.publish(actor.now(), context));
        }
    }

    /// Tells the roster when a work session began or ended.
    pub(super) fn publish_work(&mut self, context: &mut Context<Self>) {
        let now = self.now();
        if self.desk.working_since(now) != self.shown_working_since {
            self.publish(now, context);
        }
    }

    /// Tells the roster when a display came or went.
    fn publish_tracks(&mut self, now: Now, context: &mut Context<Self>) {
        if self.sessions.tracks() != self.shown_tracks {
            self.publish(now, context);
        }
    }

    /// Has the beats of the work session written; the last touch is written by `checkpoint.rs` for everyone.
    fn checkpoint(&mut self) {
        self.checkpoint_due = None;
        self.desk.want_checkpoint();
    }

    /// Brings the watches in line and sets the timer to the nearest deadline, unless it fires before that anyway. The end
    /// of everything that changes something.
    pub(super) fn arm(&mut self, context: &mut Context<Self>, now: Now) {
        self.refresh_live(now);
        let presence_due = self.presence.next_deadline();
        let work_due = self.desk.session_ends_at(now, self.hub.config.presence.offline_after_ms);
        let live_due = self.live.as_ref().and_then(|desk| desk.next_deadline());
        let due = [presence_due, self.checkpoint_due, work_due, self.desk.window_due, live_due];
        let due = due.into_iter().chain([self.agent_may_return_until]).flatten().min();
        let Some(due) = due else { return };
        if let Some((armed_for, handle)) = self.timer {
            if armed_for <= due {
                return;
            }
            context.cancel_future(handle);
        }
        let delay = Duration::from_millis(due.since(now.mono));
        self.timer = Some((due, context.run_later(delay, Self::fired)));
    }

    fn fired(&mut self, context: &mut Context<Self>) {
        self.timer = None;
        let now = self.now();
        if self.checkpoint_due.is_some_and(|due| due <= now.mono) {
            self.checkpoint();
        }
        self.desk.window_due = self.desk.window_due.filter(|due| *due > now.mono);
        self.agent_may_return_until = self.agent_may_return_until.filter(|until| *until > now.mono);
        self.apply(PresenceInput::Wake, now, context);
        self.cover(now, context);
        self.publish_work(context);
        if self.agent_may_return_until.is_none() {
            self.publish_tracks(now, context);
        }
        self.run_desk(context);
        if self.timer.is_none() && self.presence.is_settled() && self.desk.is_idle() && self.live.is_none() {
            context.stop();
        }
    }

    fn leave(&mut self, link: LinkId, input: PresenceInput, context: &mut Context<Self>) {
        let had_agent = self.sessions.has_agent();
        self.sessions.remove(link);
        let now = self.now();
        if had_agent && !self.sessions.has_agent() {
            let broke = matches!(input, PresenceInput::Break { .. });
            self.agent_may_return_until = broke.then(|| now.mono.plus(self.hub.config.presence.grace_ms));
        }
        self.apply(input, now, context);
        if self.agent_may_return_until.is_none() {
            self.publish_tracks(now, context);
        }
    }
}

impl Actor for EmployeeActor {
    type Context = Context<Self>;

    fn started(&mut self, context: &mut Self::Context) {
        context.set_mailbox_capacity(MAILBOX_MAX);
        if self.is_rebuilt {
            // Without this nobody would ever notice that the person has gone.
            let now = self.now();
            self.apply(PresenceInput::Request { activity: None }, now, context);
        }
        self.run_desk(context);
    }

    fn stopped(&mut self, context: &mut Self::Context) {
        self.hub.forget(&self.employee, &context.address());
    }
}

impl Drop for EmployeeActor {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.hub.report_lost(&self.employee);
        }
    }
}

impl Handler<Connect> for EmployeeActor {
    type Result = ();

    fn handle(&mut self, message: Connect, context: &mut Self::Context) {
        let now = self.now();
        let input = PresenceInput::Connect { link: message.link, device: message.device };
        self.sessions.add(message);
        self.agent_may_return_until = self.agent_may_return_until.filter(|_| !self.sessions.has_agent());
        self.touched(now, 0);
        self.apply(input, now, context);
        self.publish_tracks(now, context);
        self.introduce_live(now);
    }
}

impl Handler<Touch> for EmployeeActor {
    type Result = ();

    fn handle(&mut self, Touch { link, activity }: Touch, context: &mut Self::Context) {
        let now = self.now();
        self.touched(now, self.sessions.clock_skew_ms(link));
        self.apply(PresenceInput::Touch { link, activity }, now, context);
    }
}

impl Handler<Request> for EmployeeActor {
    type Result = ();

    fn handle(&mut self, message: Request, context: &mut Self::Context) {
        let now = self.now();
        let activity = message.activity;
        match message.device.and_then(|device| self.presence.link_of(device)) {
            Some(link) => {
                self.touched(now, self.sessions.clock_skew_ms(link));
                self.apply(PresenceInput::Touch { link, activity }, now, context);
            }
            None => {
                self.touched(now, 0);
                self.apply(PresenceInput::Request { activity }, now, context);
            }
        }
    }
}

impl Handler<Disconnect> for EmployeeActor {
    type Result = ();

    fn handle(&mut self, Disconnect { link }: Disconnect, context: &mut Self::Context) {
        self.leave(link, PresenceInput::Break { link }, context);
    }
}

impl Handler<Bye> for EmployeeActor {
    type Result = ();

    fn handle(&mut self, Bye { link }: Bye, context: &mut Self::Context) {
        self.leave(link, PresenceInput::Bye { link }, context);
    }
}

impl Handler<Logout> for EmployeeActor {
    type Result = ();

    fn handle(&mut self, _: Logout, context: &mut Self::Context) {
        let now = self.now();
        self.apply(PresenceInput::Logout, now, context);
    }
}

impl Handler<SetStatus> for EmployeeActor {
    type Result = actix::MessageResult<SetStatus>;

    fn handle(&mut self, message: SetStatus, context: &mut Self::Context) -> Self::Result {
        let now = self.now();
        self.apply(PresenceInput::SetStatus { status: message.status }, now, context);
        actix::MessageResult(self.presence.presence())
    }
}

impl Handler<Tell> for EmployeeActor {
    type Result = ();

    fn handle(&mut self, Tell(message): Tell, context: &mut Self::Context) {
        self.sessions.tell(&message);
        // It may have been a policy or a notice, on which the watches depend.
        self.arm(context, self.now());
    }
}

impl Handler<ConnectedDevices> for EmployeeActor {
    type Result = actix::MessageResult<ConnectedDevices>;

    fn handle(&mut self, _: ConnectedDevices, _: &mut Self::Context) -> Self::Result {
        actix::MessageResult(self.sessions.devices())
    }
}

impl Handler<EndSessions> for EmployeeActor {
    type Result = ();

    fn handle(&mut self, message: EndSessions, context: &mut Self::Context) {
        self.sessions.close_device(message.device, message.code, message.retry_after_ms);
        if message.code == CloseCode::Shutdown {
            // The last chance: what was heard since the checkpoint counts.
            self.checkpoint();
            self.end_viewings(self.now());
            self.run_desk(context);
        }
    }
}

impl Handler<Panic> for EmployeeActor {
    type Result = ();

    fn handle(&mut self, _: Panic, _: &mut Self::Context) {
        panic!("as the test asked");
    }
}
