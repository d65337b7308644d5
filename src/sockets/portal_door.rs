//! The portal door: REST and pages for requests, `/ws/portal` for browsers that stay.
//!
//! actix-web serves the requests. A request for a socket is taken off it, as at the agent door: a socket that is served
//! inside a response is not looked after while its browser does not read, and its queue has no bound
//! (`docs/adr/007-portal-sockets.md`).

use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use actix_http::body::BoxBody;
use actix_http::{HttpServiceBuilder, Request, Response};
use actix_server::{GracefulShutdownSignal, Server};
use actix_service::{Service, ServiceFactory, fn_service, map_config};
use actix_web::body::MessageBody;
use actix_web::dev::{AppConfig, ServiceResponse};
use actix_web::middleware::{Compress, NormalizePath, from_fn};
use actix_web::{App as WebApp, web};
use metrics_exporter_prometheus::PrometheusHandle;
use rustls::ServerConfig;

use super::open_sockets::OpenSockets;
use super::portal_handshake::hand_over;
use crate::app::App;
use crate::http;

/// A client that has not sent its request by then is gone or means harm.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(10);
/// How long open requests may take to end.
const SHUTDOWN_TIMEOUT: Duration = Duration::from_secs(5);

/// Serves browsers and scripts on `listener`, over TLS when that is configured.
pub fn serve(
    app: &Arc<App>,
    sockets: &OpenSockets,
    prometheus: PrometheusHandle,
    listener: TcpListener,
    tls: Option<ServerConfig>,
) -> std::io::Result<Server> {
    let server = Server::build()
        .workers(app.config.portal.workers)
        .shutdown_timeout(SHUTDOWN_TIMEOUT.as_secs())
        .disable_signals();
    let (app, sockets, ending) = (app.clone(), sockets.clone(), server.graceful_shutdown_signal());
    let server = match tls {
        None => server.listen("portal", listener, move || {
            let (app, sockets, state) = (app.clone(), sockets.clone(), web::Data::from(app.clone()));
            let hand_over = move |(request, socket)| hand_over(app.clone(), sockets.clone(), (request, socket));
            builder(&ending).upgrade(fn_service(hand_over)).finish(requests(state, prometheus.clone())).tcp()
        }),
        Some(tls) => server.listen("portal", listener, move || {
            let (app, sockets, state) = (app.clone(), sockets.clone(), web::Data::from(app.clone()));
            let hand_over = move |(request, socket)| hand_over(app.clone(), sockets.clone(), (request, socket));
            let service = builder(&ending).upgrade(fn_service(hand_over)).finish(requests(state, prometheus.clone()));
            service.rustls_0_23(tls.clone())
        }),
    };
    Ok(server?.run())
}

/// Settings of the HTTP side, the same with and without TLS.
fn builder<T, S>(ending: &GracefulShutdownSignal) -> HttpServiceBuilder<T, S>
where
    S: ServiceFactory<Request, Config = ()>,
    S::Error: Into<Response<BoxBody>> + 'static,
    S::InitError: std::fmt::Debug,
    <S::Service as Service<Request>>::Future: 'static,
{
    let ending = ending.clone();
    HttpServiceBuilder::default()
        .client_request_timeout(REQUEST_TIMEOUT)
        .tcp_nodelay(true)
        // Connections that only wait for the next request end at once when the door closes.
        .graceful_shutdown_signal(move || {
            let ending = ending.clone();
            async move { ending.notified().await }
        })
}

/// Everything that is no socket.
fn requests(
    state: web::Data<App>,
    prometheus: PrometheusHandle,
) -> impl ServiceFactory<
    Request,
    Config = (),
    Response = ServiceResponse<impl MessageBody>,
    Error = actix_web::Error,
    InitError = (),
    Service: 'static,
> {
    let app = WebApp::new()
        .app_data(state)
        .app_data(web::Data::new(prometheus))
        .wrap(NormalizePath::trim())
        .wrap(Compress::default())
        .wrap(from_fn(http::headers::protect))
        .wrap(from_fn(http::request_id::name))
        .configure(http::configure);
    map_config(app, |()| AppConfig::default())
}
