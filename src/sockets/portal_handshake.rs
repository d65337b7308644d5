//! From an HTTP request to a page's socket. Who it is, the page says in its first message.

use std::sync::Arc;

use actix_http::{Request, header};
use actix_web::HttpMessage;
use actix_web::http::StatusCode;
use muster_protocol::ErrorCode;
use muster_protocol::portal::SUBPROTOCOL;

use super::handshake::{Framed, Refusal, Stream, accept, asks_for, refuse, speaks};
use super::open_sockets::{OpenSocket, OpenSockets};
use super::portal_socket;
use crate::app::App;
use crate::http::extract::origin_is_allowed;

/// Checks who knocks, answers the handshake and starts the page's session.
pub(super) async fn hand_over<S: Stream>(
    app: Arc<App>,
    sockets: OpenSockets,
    (request, framed): (Request, Framed<S>),
) -> Result<(), actix_web::Error> {
    let open = match admit(&app, &sockets, &request) {
        Ok(open) => open,
        Err(refusal) => return refuse(framed, &refusal).await,
    };
    let opened = accept(&request, framed, SUBPROTOCOL).await?;
    actix_rt::spawn(portal_socket::run(app, open, opened));
    Ok(())
}

fn admit(app: &App, sockets: &OpenSockets, request: &Request) -> Result<OpenSocket, Refusal> {
    let malformed = |message| Refusal::new(StatusCode::BAD_REQUEST, ErrorCode::Malformed, message);
    if !asks_for(request, "/ws/portal") {
        return Err(malformed("connect with a WebSocket to /ws/portal"));
    }
    let origin = request.headers().get(header::ORIGIN).and_then(|origin| origin.to_str().ok());
    if !origin.is_some_and(|origin| origin_is_allowed(origin, app)) {
        let message = "this origin may not use the hub";
        return Err(Refusal::new(StatusCode::FORBIDDEN, ErrorCode::CrossSite, message));
    }
    if !speaks(request, SUBPROTOCOL) {
        return Err(malformed("offer the subprotocol muster.portal.v1"));
    }
    let busy = Refusal::new(StatusCode::SERVICE_UNAVAILABLE, ErrorCode::Unavailable, "there is no room for more pages");
    sockets.enter(app.config.portal.sockets_max).ok_or(busy)
}
