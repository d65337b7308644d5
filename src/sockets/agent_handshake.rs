//! From an HTTP request to a socket of a known device.

use std::sync::Arc;

use actix_http::body::BodySize;
use actix_http::h1::{Codec, Message};
use actix_http::{Request, Response, header, ws};
use actix_web::HttpMessage;
use actix_web::http::StatusCode;
use bytes::Bytes;
use futures_util::SinkExt;
use muster_actors::Person;
use muster_db::DeviceRow;
use muster_protocol::agent::SUBPROTOCOL;
use muster_protocol::{ErrorBody, ErrorCode};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::protocol::{Role, WebSocketConfig};

use super::agent_door::{OpenSocket, OpenSockets};
use super::agent_session::{self, Stream};
use crate::app::App;
use crate::auth::device;

type Framed<S> = actix_codec::Framed<S, Codec>;

/// Beats and events are small: more than this at once is a picture and worth another read.
const READ_BUFFER_BYTES: usize = 1024;
/// What may wait for a socket that does not read: the largest message, twice.
const WRITE_BUFFER_BYTES_MAX: usize = 2 * muster_protocol::limits::AGENT_TEXT_BYTES_MAX;

/// A device that was let in.
pub(super) struct Admitted {
    pub person: Arc<Person>,
    pub device: Arc<DeviceRow>,
    pub open: OpenSocket,
}

/// Why a handshake is refused.
struct Refusal {
    status: StatusCode,
    code: ErrorCode,
    message: &'static str,
}

/// Checks who knocks, answers the handshake and starts the session's future.
pub(super) async fn hand_over<S: Stream>(
    app: Arc<App>,
    sockets: OpenSockets,
    (request, mut framed): (Request, Framed<S>),
) -> Result<(), actix_web::Error> {
    let admitted = match admit(&app, &sockets, &request).await {
        Ok(admitted) => admitted,
        Err(refusal) => return refuse(framed, &refusal).await,
    };
    let mut response = ws::handshake_response(request.head());
    response.insert_header((header::SEC_WEBSOCKET_PROTOCOL, SUBPROTOCOL));
    framed.send(Message::Item((response.finish().drop_body(), BodySize::None))).await?;

    let parts = framed.into_parts();
    let mut config = WebSocketConfig::default();
    config.read_buffer_size = READ_BUFFER_BYTES;
    config.write_buffer_size = 0;
    config.max_write_buffer_size = WRITE_BUFFER_BYTES_MAX;
    config.max_message_size = Some(muster_protocol::limits::AGENT_FRAME_BYTES_MAX);
    config.max_frame_size = config.max_message_size;
    let read_already = parts.read_buf.to_vec();
    let socket = WebSocketStream::from_partially_read(parts.io, read_already, Role::Server, Some(config)).await;
    actix_rt::spawn(agent_session::run(app, admitted, socket));
    Ok(())
}

async fn admit(app: &Arc<App>, sockets: &OpenSockets, request: &Request) -> Result<Admitted, Refusal> {
    let refusal = |status, code, message| Refusal { status, code, message };
    if request.path().trim_end_matches('/') != "/agent" || ws::verify_handshake(request.head()).is_err() {
        let message = "connect with a WebSocket to /agent";
        return Err(refusal(StatusCode::BAD_REQUEST, ErrorCode::Malformed, message));
    }
    if !speaks_our_protocol(request) {
        let message = "offer the subprotocol muster.agent.v1";
        return Err(refusal(StatusCode::BAD_REQUEST, ErrorCode::Malformed, message));
    }
    let open = sockets.enter(app.config.agents.connections_max).ok_or_else(|| {
        refusal(StatusCode::SERVICE_UNAVAILABLE, ErrorCode::Unavailable, "there is no room for more agents")
    })?;
    let unknown = || refusal(StatusCode::UNAUTHORIZED, ErrorCode::Unauthorized, "enrol this device first");
    let hash = bearer(request).and_then(device::hash_of).ok_or_else(unknown)?;
    let device = app.devices.by_token_hash(&app.hub.database, &hash).await.map_err(|_| {
        refusal(StatusCode::SERVICE_UNAVAILABLE, ErrorCode::Unavailable, "the database is not available just now")
    })?;
    let device = device.filter(|device| device.revoked_at.is_none()).ok_or_else(unknown)?;
    let person = app.hub.people.get(&device.employee).filter(|person| person.row().active).ok_or_else(unknown)?;
    Ok(Admitted { person, device, open })
}

fn speaks_our_protocol(request: &Request) -> bool {
    let offered = request.headers().get_all(header::SEC_WEBSOCKET_PROTOCOL);
    offered
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|name| name.trim() == SUBPROTOCOL)
}

fn bearer(request: &Request) -> Option<&str> {
    let (scheme, token) = request.headers().get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

async fn refuse<S: Stream>(mut framed: Framed<S>, refusal: &Refusal) -> Result<(), actix_web::Error> {
    let body = ErrorBody {
        code: refusal.code,
        message: refusal.message.to_owned(),
        request_id: uuid::Uuid::now_v7().simple().to_string(),
        fields: Vec::new(),
    };
    let body = Bytes::from(serde_json::to_vec(&body)?);
    let mut response = Response::build(refusal.status);
    response.insert_header((header::CONTENT_TYPE, "application/json")).insert_header((header::CONNECTION, "close"));
    if refusal.status == StatusCode::SERVICE_UNAVAILABLE {
        response.insert_header((header::RETRY_AFTER, 2));
    }
    let size = BodySize::Sized(body.len() as u64);
    framed.send(Message::Item((response.finish().drop_body(), size))).await?;
    framed.send(Message::Chunk(Some(body))).await?;
    framed.send(Message::Chunk(None)).await?;
    Ok(())
}
