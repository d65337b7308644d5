//! The portal's socket. The only file that says actix-web-actors.
//!
//! Its timers stop while the browser does not read (actix-web issue 2441), so nothing that matters hangs on them: presence
//! lives in the employee's actor, and the roster skips a viewer whose mailbox is full.

use std::sync::Arc;
use std::time::Duration;

use actix::{Actor, ActorContext, AsyncContext, Handler, Running, StreamHandler};
use actix_web::http::header::{ORIGIN, SEC_WEBSOCKET_PROTOCOL};
use actix_web::{Error, HttpRequest, HttpResponse, web};
use actix_web_actors::ws::{CloseReason, Message, ProtocolError, WebsocketContext, WsResponseBuilder};
use muster_actors::Person;
use muster_actors::employee::{Connect, Disconnect, Touch};
use muster_actors::roster::{Outbound, Subscribe, Unsubscribe};
use muster_domain::presence::LinkId;
use muster_protocol::close::Close;
use muster_protocol::limits::{PORTAL_TEXT_BYTES_MAX, UNAUTHENTICATED_BYTES_MAX};
use muster_protocol::portal::{PortalDown, PortalUp, SUBPROTOCOL, Scope};
use muster_protocol::{CloseCode, ErrorCode};

use super::header_guard::HeaderGuard;
use super::token_bucket::TokenBucket;
use crate::app::App;
use crate::auth::tickets::TicketHolder;
use crate::http::error::ApiError;
use crate::http::extract::origin_is_allowed;
use crate::http::view::narrowed;

/// From the handshake to the ticket.
const TICKET_TIMEOUT: Duration = Duration::from_secs(5);
/// A changed role or a sign-out reaches an open page within this.
const RECHECK_EVERY: Duration = Duration::from_secs(2);
/// Messages that a page may send in a second, on average.
const MESSAGES_PER_SECOND: u32 = 20;
/// Diffs that may wait for a page that does not read; with one every 100 ms, twelve seconds' worth.
const MAILBOX_MAX: usize = 128;
/// Pings without an answer after which the page is gone.
const UNANSWERED_PINGS_MAX: u32 = 2;

/// `GET /ws/portal`.
pub async fn open(app: web::Data<App>, request: HttpRequest, payload: web::Payload) -> Result<HttpResponse, Error> {
    let origin = request.headers().get(ORIGIN).and_then(|origin| origin.to_str().ok());
    if !origin.is_some_and(|origin| origin_is_allowed(origin, &app)) {
        return Err(ApiError::new(ErrorCode::CrossSite, "this origin may not use the hub").into());
    }
    let session = PortalSession::new(Arc::clone(&app));
    let guarded = HeaderGuard::new(payload, PORTAL_TEXT_BYTES_MAX as u64);
    let builder = WsResponseBuilder::new(session, &request, guarded);
    let response = builder.protocols(&[SUBPROTOCOL]).frame_size(PORTAL_TEXT_BYTES_MAX).start()?;
    if !response.headers().contains_key(SEC_WEBSOCKET_PROTOCOL) {
        return Err(ApiError::new(ErrorCode::Malformed, "offer the subprotocol muster.portal.v1").into());
    }
    Ok(response)
}

/// One page's socket.
struct PortalSession {
    app: Arc<App>,
    link: LinkId,
    person: Option<SignedIn>,
    bucket: TokenBucket,
    unanswered_pings: u32,
}

struct SignedIn {
    person: Arc<Person>,
    holder: TicketHolder,
}

type Socket = WebsocketContext<PortalSession>;

impl PortalSession {
    fn new(app: Arc<App>) -> Self {
        let bucket = TokenBucket::full(MESSAGES_PER_SECOND, app.now().mono);
        Self { link: app.hub.next_link(), app, person: None, bucket, unanswered_pings: 0 }
    }

    fn end(&self, code: CloseCode, socket: &mut Socket) {
        let close = Close::new(code, None);
        say(&PortalDown::Close(close), socket);
        let reason = CloseReason { code: code.number().into(), description: Some(code.reason().to_owned()) };
        socket.close(Some(reason));
        socket.stop();
    }

    fn hear(&mut self, text: &str, socket: &mut Socket) {
        if !self.bucket.take(MESSAGES_PER_SECOND, self.app.now().mono) {
            return self.end(CloseCode::TooFast, socket);
        }
        if self.person.is_none() && text.len() > UNAUTHENTICATED_BYTES_MAX {
            return self.end(CloseCode::TooLarge, socket);
        }
        let Ok(message) = serde_json::from_str::<PortalUp>(text) else {
            return self.end(CloseCode::ProtocolError, socket);
        };
        match (message, &self.person) {
            (PortalUp::Authenticate { ticket }, None) => self.sign_in(&ticket, socket),
            (_, None) => self.end(CloseCode::Unauthorized, socket),
            (PortalUp::Authenticate { .. }, Some(_)) => self.end(CloseCode::ProtocolError, socket),
            (PortalUp::Subscribe { presence }, Some(signed_in)) => self.subscribe(&signed_in.person, &presence, socket),
            (PortalUp::Pong, Some(signed_in)) => {
                let employee = signed_in.person.id().clone();
                self.unanswered_pings = 0;
                self.app.hub.tell(&employee, Touch { link: self.link, activity: None });
            }
            (PortalUp::Watch { .. } | PortalUp::Ack { .. }, Some(_)) => {
                metrics::counter!("muster_portal_ignored_total").increment(1);
            }
        }
    }

    fn sign_in(&mut self, ticket: &str, socket: &mut Socket) {
        let holder = self.app.tickets.redeem(ticket, self.app.now().mono);
        let Some(signed_in) = holder.and_then(|holder| self.signed_in(holder)) else {
            return self.end(CloseCode::Unauthorized, socket);
        };
        let connect = Connect { link: self.link, device: None, clock_skew_ms: 0, outbox: None };
        self.app.hub.tell(signed_in.person.id(), connect);
        self.person = Some(signed_in);
        metrics::gauge!("muster_portal_sockets").increment(1);
        let ping_every_ms = self.app.config.ping_every_ms();
        socket.run_interval(Duration::from_millis(ping_every_ms), Self::ping);
        socket.run_interval(RECHECK_EVERY, Self::recheck);
        say(&PortalDown::Ready { server_time: self.app.now().wall, ping_every_ms }, socket);
    }

    /// The person behind a ticket, if the account is still what it was when the ticket was made.
    fn signed_in(&self, holder: TicketHolder) -> Option<SignedIn> {
        let person = self.app.hub.people.get(&holder.employee)?;
        let row = person.row();
        let ended = self.app.revocations.contains(holder.family);
        (row.active && row.token_epoch == holder.epoch && !ended).then_some(SignedIn { person, holder })
    }

    fn ping(&mut self, socket: &mut Socket) {
        self.unanswered_pings += 1;
        if self.unanswered_pings > UNANSWERED_PINGS_MAX {
            return self.end(CloseCode::NoPong, socket);
        }
        say(&PortalDown::Ping, socket);
    }

    fn recheck(&mut self, socket: &mut Socket) {
        let holder = self.person.as_ref().map(|signed_in| signed_in.holder.clone());
        if holder.and_then(|holder| self.signed_in(holder)).is_none() {
            self.end(CloseCode::Revoked, socket);
        }
    }

    fn subscribe(&self, person: &Person, scope: &Scope, socket: &mut Socket) {
        let Some(view) = narrowed(person, scope) else { return self.end(CloseCode::Unauthorized, socket) };
        let subscribe = Subscribe { viewer: self.link.0, view, recipient: socket.address().recipient() };
        if self.app.hub.roster.try_send(subscribe).is_err() {
            self.end(CloseCode::Overloaded, socket);
        }
    }
}

fn say(message: &PortalDown, socket: &mut Socket) {
    socket.text(serde_json::to_string(message).expect("wire messages have string keys only"));
}

impl Actor for PortalSession {
    type Context = Socket;

    fn started(&mut self, socket: &mut Self::Context) {
        socket.set_mailbox_capacity(MAILBOX_MAX);
        socket.run_later(TICKET_TIMEOUT, |session, socket| {
            if session.person.is_none() {
                session.end(CloseCode::Unauthorized, socket);
            }
        });
    }

    fn stopping(&mut self, _: &mut Self::Context) -> Running {
        if let Some(signed_in) = self.person.take() {
            metrics::gauge!("muster_portal_sockets").decrement(1);
            self.app.hub.tell(signed_in.person.id(), Disconnect { link: self.link });
            // A roster without room forgets the viewer when its next diff finds the mailbox closed.
            let _ = self.app.hub.roster.try_send(Unsubscribe { viewer: self.link.0 });
        }
        Running::Stop
    }
}

impl Handler<Outbound> for PortalSession {
    type Result = ();

    fn handle(&mut self, Outbound(text): Outbound, socket: &mut Self::Context) {
        socket.text(&*text);
    }
}

impl StreamHandler<Result<Message, ProtocolError>> for PortalSession {
    fn handle(&mut self, message: Result<Message, ProtocolError>, socket: &mut Self::Context) {
        match message {
            Ok(Message::Text(text)) => self.hear(&text, socket),
            Ok(Message::Ping(payload)) => socket.pong(&payload),
            Ok(Message::Pong(_)) | Ok(Message::Nop) => {}
            Ok(Message::Close(_)) => socket.stop(),
            Ok(Message::Binary(_) | Message::Continuation(_)) => self.end(CloseCode::ProtocolError, socket),
            Err(ProtocolError::Overflow) => self.end(CloseCode::TooLarge, socket),
            Err(_) => self.end(CloseCode::TooLarge, socket),
        }
    }
}
