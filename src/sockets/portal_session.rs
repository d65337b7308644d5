//! One page's session: an actor of its own, so that its timers run while the page does not read.
//!
//! It translates between the page and the hub: the roster for presence, [`Viewing`] for pictures, the employee's actor for
//! being here. What it says goes through the outbox of its socket.

use std::sync::Arc;
use std::time::Duration;

use actix::{Actor, ActorContext, AsyncContext, Context, Handler, Message, SpawnHandle, StreamHandler};
use muster_actors::Person;
use muster_actors::employee::{Connect, Disconnect, Touch, Voice};
use muster_actors::live::{Painted, ToViewer, Viewing, Woken};
use muster_actors::portal_outbox::PortalOutbox;
use muster_actors::roster::{Outbound, Subscribe, Unsubscribe};
use muster_domain::MonoMillis;
use muster_domain::presence::LinkId;
use muster_domain::watch::ViewerId;
use muster_domain::window::ViewerHealth;
use muster_protocol::CloseCode;
use muster_protocol::limits::WATCHED_TRACKS_MAX;
use muster_protocol::portal::{PortalDown, PortalUp, Scope, TrackRef, WatchTrack};

use crate::app::App;
use crate::auth::tickets::TicketHolder;
use crate::http::view::{may_watch, narrowed};

/// From the handshake to the ticket.
const TICKET_TIMEOUT: Duration = Duration::from_secs(5);
/// A changed role or a sign-out reaches an open page within this.
const RECHECK_EVERY: Duration = Duration::from_secs(2);
/// Messages that may wait for the session: diffs and what the page says.
const MAILBOX_MAX: usize = 128;
/// Pings without an answer after which the page is gone.
const UNANSWERED_PINGS_MAX: u32 = 2;

/// A message of the page that is no acknowledgement of pictures.
#[derive(Debug, Message)]
#[rtype(result = "()")]
pub(super) struct Heard(pub PortalUp);

/// More of the page's pictures are painted, and the session waits for that.
#[derive(Debug, Message)]
#[rtype(result = "()")]
pub(super) struct HasRoom;

/// The socket has ended.
#[derive(Debug, Message)]
#[rtype(result = "()")]
pub(super) struct Gone;

/// See the module's page.
pub(super) struct PortalSession {
    app: Arc<App>,
    link: LinkId,
    outbox: PortalOutbox,
    painted: Arc<Painted>,
    page: Option<Page>,
    unanswered_pings: u32,
    /// The timer of the viewer's window, and the moment it is set to.
    window_timer: Option<(MonoMillis, SpawnHandle)>,
}

/// A page that has said whose it is.
struct Page {
    person: Arc<Person>,
    holder: TicketHolder,
    viewing: Viewing,
}

impl PortalSession {
    pub fn new(app: Arc<App>, outbox: PortalOutbox, painted: Arc<Painted>) -> Self {
        let link = app.hub.next_link();
        Self { app, link, outbox, painted, page: None, unanswered_pings: 0, window_timer: None }
    }

    fn hear(&mut self, message: PortalUp, context: &mut Context<Self>) {
        match (message, &mut self.page) {
            (PortalUp::Authenticate { ticket }, None) => self.sign_in(&ticket, context),
            (_, None) => self.end(CloseCode::Unauthorized, context),
            (PortalUp::Authenticate { .. }, Some(_)) => self.end(CloseCode::ProtocolError, context),
            (PortalUp::Subscribe { presence }, Some(_)) => self.subscribe(&presence, context),
            (PortalUp::Pong, Some(page)) => {
                self.unanswered_pings = 0;
                self.app.hub.tell(page.person.id(), Touch { link: self.link, activity: None });
            }
            (PortalUp::Watch { tracks, focus }, Some(_)) => self.watch(tracks, focus, context),
            // The socket leaves a mark for them.
            (PortalUp::Ack { .. }, Some(_)) => {}
        }
    }

    fn sign_in(&mut self, ticket: &str, context: &mut Context<Self>) {
        let holder = self.app.tickets.redeem(ticket, self.app.now().mono);
        let Some((person, holder)) = holder.and_then(|holder| self.person_of(holder)) else {
            return self.end(CloseCode::Unauthorized, context);
        };
        let viewing =
            Viewing::new(self.app.hub.clone(), ViewerId(self.link.0), person.id().clone(), self.painted.clone());
        let ping_every_ms = self.app.config.ping_every_ms();
        context.add_stream(viewing.wakes());
        context.run_interval(Duration::from_millis(ping_every_ms), Self::ping);
        context.run_interval(RECHECK_EVERY, Self::recheck);
        self.say(&PortalDown::Ready { server_time: self.app.now().wall, ping_every_ms });
        let connect = Connect {
            link: self.link,
            device: None,
            clock_skew_ms: 0,
            displays: Arc::default(),
            is_paused: false,
            voice: Voice::Portal(self.outbox.clone()),
        };
        self.app.hub.tell(person.id(), connect);
        self.page = Some(Page { person, holder, viewing });
    }

    /// The person behind a ticket, if the account is still what it was when the ticket was made.
    fn person_of(&self, holder: TicketHolder) -> Option<(Arc<Person>, TicketHolder)> {
        let person = self.app.hub.people.get(&holder.employee)?;
        let row = person.row();
        let ended = self.app.revocations.contains(holder.family);
        (row.active && row.token_epoch == holder.epoch && !ended).then_some((person, holder))
    }

    fn ping(&mut self, context: &mut Context<Self>) {
        self.unanswered_pings += 1;
        if self.unanswered_pings > UNANSWERED_PINGS_MAX {
            return self.end(CloseCode::NoPong, context);
        }
        self.say(&PortalDown::Ping);
    }

    /// The account, its role and its teams may have changed since.
    fn recheck(&mut self, context: &mut Context<Self>) {
        let holder = self.page.as_ref().map(|page| page.holder.clone());
        let Some((person, _)) = holder.and_then(|holder| self.person_of(holder)) else {
            return self.end(CloseCode::Revoked, context);
        };
        if let Some(page) = &mut self.page {
            page.person = person;
            page.viewing.review(may_watch(&self.app.hub, &page.person));
        }
    }

    fn subscribe(&mut self, scope: &Scope, context: &mut Context<Self>) {
        let view = self.page.as_ref().and_then(|page| narrowed(&page.person, scope));
        let Some(view) = view else { return self.end(CloseCode::Unauthorized, context) };
        let subscribe = Subscribe { viewer: self.link.0, view, recipient: context.address().recipient() };
        if self.app.hub.roster.try_send(subscribe).is_err() {
            self.end(CloseCode::Overloaded, context);
        }
    }

    fn watch(&mut self, tracks: Vec<WatchTrack>, focus: Option<TrackRef>, context: &mut Context<Self>) {
        if tracks.len() > WATCHED_TRACKS_MAX {
            return self.end(CloseCode::TooLarge, context);
        }
        if let Some(page) = &mut self.page {
            page.viewing.watch(tracks, focus, may_watch(&self.app.hub, &page.person));
        }
        self.pump(context);
    }

    /// Hands the socket what is new, as far as the window allows.
    fn pump(&mut self, context: &mut Context<Self>) {
        let now = self.app.now().mono;
        let Some(page) = &mut self.page else { return };
        while let Some(next) = page.viewing.next(now) {
            match next {
                // A page that does not read its news does not read its pictures: the window ends it.
                ToViewer::State(state) => drop(self.outbox.say(Outbound::encode(&PortalDown::TrackState(state)).0)),
                ToViewer::Picture(picture) => self.outbox.show(picture.0),
            }
        }
        self.set_window_timer(now, context);
    }

    /// Sets the timer to the window's deadline, unless it fires before that anyway.
    fn set_window_timer(&mut self, now: MonoMillis, context: &mut Context<Self>) {
        let Some(due) = self.page.as_ref().and_then(|page| page.viewing.next_deadline()) else { return };
        if let Some((armed_for, handle)) = self.window_timer {
            if armed_for <= due {
                return;
            }
            context.cancel_future(handle);
        }
        let handle = context.run_later(Duration::from_millis(due.since(now)), Self::check_window);
        self.window_timer = Some((due, handle));
    }

    fn check_window(&mut self, context: &mut Context<Self>) {
        self.window_timer = None;
        let now = self.app.now().mono;
        let Some(page) = &mut self.page else { return };
        match page.viewing.check(now) {
            ViewerHealth::Slow => {
                metrics::counter!("muster_slow_viewers_closed_total").increment(1);
                self.end(CloseCode::Slow, context);
            }
            ViewerHealth::KeepsUp | ViewerHealth::Paused => self.set_window_timer(now, context),
        }
    }

    fn say(&self, message: &PortalDown) {
        // Who does not read is ended by its unanswered pings.
        let _ = self.outbox.say(Outbound::encode(message).0);
    }

    fn end(&mut self, code: CloseCode, context: &mut Context<Self>) {
        self.outbox.close(code, None);
        context.stop();
    }
}

impl Actor for PortalSession {
    type Context = Context<Self>;

    fn started(&mut self, context: &mut Self::Context) {
        context.set_mailbox_capacity(MAILBOX_MAX);
        context.run_later(TICKET_TIMEOUT, |session, context| {
            if session.page.is_none() {
                session.end(CloseCode::NoPong, context);
            }
        });
    }

    fn stopped(&mut self, _: &mut Self::Context) {
        if let Some(mut page) = self.page.take() {
            page.viewing.leave();
            self.app.hub.tell(page.person.id(), Disconnect { link: self.link });
            // A roster without room forgets the viewer when its next diff finds the mailbox closed.
            let _ = self.app.hub.roster.try_send(Unsubscribe { viewer: self.link.0 });
        }
    }
}

impl Handler<Heard> for PortalSession {
    type Result = ();

    fn handle(&mut self, Heard(message): Heard, context: &mut Self::Context) {
        self.hear(message, context);
    }
}

impl Handler<HasRoom> for PortalSession {
    type Result = ();

    fn handle(&mut self, _: HasRoom, context: &mut Self::Context) {
        self.pump(context);
    }
}

impl Handler<Gone> for PortalSession {
    type Result = ();

    fn handle(&mut self, _: Gone, context: &mut Self::Context) {
        context.stop();
    }
}

impl Handler<Outbound> for PortalSession {
    type Result = ();

    fn handle(&mut self, Outbound(text): Outbound, _: &mut Self::Context) {
        if self.outbox.say(text).is_err() {
            metrics::counter!("muster_roster_diffs_skipped_total").increment(1);
        }
    }
}

impl StreamHandler<Woken> for PortalSession {
    fn handle(&mut self, _: Woken, context: &mut Self::Context) {
        self.pump(context);
    }
}
