//! From an HTTP request to a socket of a known device.

use std::sync::Arc;

use actix_http::{Request, header};
use actix_web::HttpMessage;
use actix_web::http::StatusCode;
use muster_actors::Person;
use muster_db::DeviceRow;
use muster_protocol::ErrorCode;
use muster_protocol::agent::SUBPROTOCOL;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::protocol::{Role, WebSocketConfig};

use super::agent_session;
use super::gulp::Gulp;
use super::handshake::{Framed, Opened, Refusal, Stream, accept, asks_for, refuse, speaks};
use super::open_sockets::{OpenSocket, OpenSockets};
use crate::app::App;
use crate::auth::device;

/// Beats and events are small. What is larger is read at once all the same, see [`Gulp`].
const READ_BUFFER_BYTES: usize = 1024;
/// What may wait for a socket that does not read: the largest message, twice.
const WRITE_BUFFER_BYTES_MAX: usize = 2 * muster_protocol::limits::AGENT_TEXT_BYTES_MAX;

/// A device that was let in.
pub(super) struct Admitted {
    pub person: Arc<Person>,
    pub device: Arc<DeviceRow>,
    pub open: OpenSocket,
}

/// Checks who knocks, answers the handshake and starts the session's future.
pub(super) async fn hand_over<S: Stream>(
    app: Arc<App>,
    sockets: OpenSockets,
    (request, framed): (Request, Framed<S>),
) -> Result<(), actix_web::Error> {
    let admitted = match admit(&app, &sockets, &request).await {
        Ok(admitted) => admitted,
        Err(refusal) => return refuse(framed, &refusal).await,
    };
    let mut config = WebSocketConfig::default();
    config.read_buffer_size = READ_BUFFER_BYTES;
    config.write_buffer_size = 0;
    config.max_write_buffer_size = WRITE_BUFFER_BYTES_MAX;
    config.max_message_size = Some(muster_protocol::limits::AGENT_FRAME_BYTES_MAX);
    config.max_frame_size = config.max_message_size;
    let Opened { io, read_already } = accept(&request, framed, SUBPROTOCOL).await?;
    let socket = WebSocketStream::from_partially_read(Gulp::new(io), read_already, Role::Server, Some(config)).await;
    actix_rt::spawn(agent_session::run(app, admitted, socket));
    Ok(())
}

async fn admit(app: &Arc<App>, sockets: &OpenSockets, request: &Request) -> Result<Admitted, Refusal> {
    let malformed = |message| Refusal::new(StatusCode::BAD_REQUEST, ErrorCode::Malformed, message);
    let busy = |message| Refusal::new(StatusCode::SERVICE_UNAVAILABLE, ErrorCode::Unavailable, message);
    let unknown = || Refusal::new(StatusCode::UNAUTHORIZED, ErrorCode::Unauthorized, "enrol this device first");
    if !asks_for(request, "/agent") {
        return Err(malformed("connect with a WebSocket to /agent"));
    }
    if !speaks(request, SUBPROTOCOL) {
        return Err(malformed("offer the subprotocol muster.agent.v1"));
    }
    let max = app.config.agents.connections_max;
    let open = sockets.enter(max).ok_or_else(|| busy("there is no room for more agents"))?;
    let hash = bearer(request).and_then(device::hash_of).ok_or_else(unknown)?;
    let device = app.devices.by_token_hash(&app.hub.database, &hash).await;
    let device = device.map_err(|_| busy("the database is not available just now"))?;
    let device = device.filter(|device| device.revoked_at.is_none()).ok_or_else(unknown)?;
    let person = app.hub.people.get(&device.employee).filter(|person| person.row().active).ok_or_else(unknown)?;
    Ok(Admitted { person, device, open })
}

fn bearer(request: &Request) -> Option<&str> {
    let (scheme, token) = request.headers().get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}
