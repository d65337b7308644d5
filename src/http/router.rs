//! Which handler answers which path. A trailing slash is optional everywhere: older clients use both.

use actix_web::web::{self, PathConfig, PayloadConfig, ServiceConfig};
use muster_protocol::limits::JSON_BODY_BYTES_MAX;

use super::error::ApiError;
use super::{openapi, portal_files, routes};

/// Registers everything. Paths are normalized before, so that none is registered twice.
pub fn configure(config: &mut ServiceConfig) {
    config.app_data(PayloadConfig::new(JSON_BODY_BYTES_MAX));
    config.app_data(PathConfig::default().error_handler(|_, _| ApiError::not_found("record").into()));
    health(config);
    accounts(config);
    organization(config);
    work(config);
    pictures(config);
    records(config);
    routes::live::configure(config);
    config.configure(openapi::configure);
    config.default_service(web::to(portal_files::serve));
}

fn health(config: &mut ServiceConfig) {
    use routes::health::{healthz, metrics, readyz};
    config.service(healthz).service(readyz).service(metrics);
}

fn accounts(config: &mut ServiceConfig) {
    use routes::{auth, setup};
    config.service(auth::login).service(auth::renew).service(auth::logout).service(auth::me).service(auth::ticket);
    config.service(setup::state).service(setup::complete);
}

fn work(config: &mut ServiceConfig) {
    use routes::work::{corrections, reports, session};
    config.service(session::start).service(session::heartbeat).service(session::stop);
    config.service(session::break_start).service(session::break_stop);
    config.service(reports::summary_today).service(reports::summary);
    config.service(reports::sessions_today).service(reports::sessions).service(reports::segments);
    config.service(corrections::add).service(corrections::list);
}

fn pictures(config: &mut ServiceConfig) {
    use routes::activity;
    use routes::uploads::{list, picture, receive, wish};
    config.service(receive::screenshot).service(wish::request).service(list::list);
    config.service(picture::thumb).service(picture::picture).service(picture::delete);
    config.service(activity::live_status).service(activity::live_status_all).service(activity::recent);
}

fn organization(config: &mut ServiceConfig) {
    use routes::{capture_interval, employees, invite, notice, org, policy, presence, teams, users};
    employees::configure(config);
    presence::configure(config);
    invite::configure(config);
    teams::configure(config);
    users::configure(config);
    org::configure(config);
    capture_interval::configure(config);
    policy::configure(config);
    notice::configure(config);
}

fn records(config: &mut ServiceConfig) {
    use routes::{alerts, audit, devices, downloads, me, receipts, retention, system, viewings};
    alerts::configure(config);
    devices::configure(config);
    downloads::configure(config);
    system::configure(config);
    audit::configure(config);
    receipts::configure(config);
    retention::configure(config);
    viewings::configure(config);
    me::configure(config);
}
