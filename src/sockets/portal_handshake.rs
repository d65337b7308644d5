//! From an HTTP request to a page's socket. Who it is, the page says in its first message.

use std::sync::Arc;

use actix_http::{Request, header};
use actix_web::HttpMessage;
use actix_web::http::StatusCode;
use muster_protocol::ErrorCode;
use muster_protocol::limits::{MEDIA_PART_BYTES_MAX, PORTAL_TEXT_BYTES_MAX};
use muster_protocol::portal::SUBPROTOCOL;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;

use super::handshake::{Framed, Refusal, Stream, accept, asks_for, refuse, speaks};
use super::open_sockets::{OpenSocket, OpenSockets};
use super::portal_socket;
use crate::app::App;
use crate::http::extract::origin_is_allowed;

/// Pages only send subscriptions and acknowledgements.
const READ_BUFFER_BYTES: usize = 4 * 1024;
/// Written at once: two parts of a picture.
const WRITE_BUFFER_BYTES: usize = 2 * MEDIA_PART_BYTES_MAX;

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
    let mut config = WebSocketConfig::default();
    config.read_buffer_size = READ_BUFFER_BYTES;
    config.write_buffer_size = WRITE_BUFFER_BYTES;
    config.max_message_size = Some(PORTAL_TEXT_BYTES_MAX);
    config.max_frame_size = config.max_message_size;
    let socket = accept(&request, framed, SUBPROTOCOL, config).await?;
    actix_rt::spawn(portal_socket::run(app, open, socket));
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
