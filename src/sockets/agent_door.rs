//! The agent door: a listener of its own, for fleets.
//!
//! actix-http reads and checks the handshake, then hands the socket over; its buffers and its dispatcher are dropped and one
//! small future per socket goes on. Left inside the dispatcher the same future costs four times the memory.

use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use actix_http::body::BoxBody;
use actix_http::{HttpServiceBuilder, KeepAlive, Request, Response};
use actix_server::Server;
use actix_service::{Service, ServiceFactory, fn_service};
use actix_web::http::StatusCode;
use rustls::ServerConfig;

use super::agent_handshake::hand_over;
use super::open_sockets::OpenSockets;
use crate::app::App;

/// A client that has not sent its request by then is gone or means harm.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(5);
/// Accepted connections that may wait for a thread: a fleet that comes back at once.
const BACKLOG: u32 = 4096;

/// Serves agents on `listener`, over TLS when that is configured.
pub fn serve(
    app: &Arc<App>,
    sockets: &OpenSockets,
    listener: TcpListener,
    tls: Option<ServerConfig>,
) -> std::io::Result<Server> {
    let server = Server::build()
        .workers(app.config.portal.workers)
        .backlog(BACKLOG)
        .max_concurrent_connections(app.config.agents.connections_max)
        .disable_signals();
    let (app, sockets) = (app.clone(), sockets.clone());
    let server = match tls {
        None => server.listen("agents", listener, move || {
            let (app, sockets) = (app.clone(), sockets.clone());
            let hand_over = move |(request, socket)| hand_over(app.clone(), sockets.clone(), (request, socket));
            builder().upgrade(fn_service(hand_over)).finish(fn_service(hint)).tcp()
        }),
        Some(tls) => server.listen("agents", listener, move || {
            let (app, sockets) = (app.clone(), sockets.clone());
            let hand_over = move |(request, socket)| hand_over(app.clone(), sockets.clone(), (request, socket));
            builder().upgrade(fn_service(hand_over)).finish(fn_service(hint)).rustls_0_23(tls.clone())
        }),
    };
    Ok(server?.run())
}

/// Settings of the HTTP side, the same with and without TLS.
fn builder<T, S>() -> HttpServiceBuilder<T, S>
where
    S: ServiceFactory<Request, Config = ()>,
    S::Error: Into<Response<BoxBody>> + 'static,
    S::InitError: std::fmt::Debug,
    <S::Service as Service<Request>>::Future: 'static,
{
    HttpServiceBuilder::default()
        .client_request_timeout(REQUEST_TIMEOUT)
        .keep_alive(KeepAlive::Disabled)
        .tcp_nodelay(true)
}

/// For whoever opens the door with a browser.
async fn hint(_: Request) -> Result<Response<BoxBody>, actix_web::Error> {
    let hint = "this is the door for agents: connect with a WebSocket to /agent\n";
    Ok(Response::build(StatusCode::UPGRADE_REQUIRED).body(hint).map_into_boxed_body())
}
