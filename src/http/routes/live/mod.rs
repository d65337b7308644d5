//! `/api/live/…`: live view for scripts and older clients, without a socket.
//!
//! Every picture is behind a watch, and every watch is a viewing that the person sees.

pub mod frame;
pub mod history;
pub mod watch;

use std::sync::Arc;

use actix_web::web::ServiceConfig;
use muster_actors::Person;
use muster_actors::live::LiveTrack;
use muster_protocol::EmployeeId;

use crate::http::error::{ApiError, ApiResult};
use crate::http::extract::{Permit, needs};

/// Registers the routes of this folder.
pub fn configure(config: &mut ServiceConfig) {
    config.service(watch::start).service(watch::stop);
    config.service(history::list).service(history::picture).service(frame::frame);
}

/// The person whom the caller watches at this address.
fn watched(permit: &Permit<needs::WatchScreen>, employee: &str) -> ApiResult<Arc<Person>> {
    let employee = EmployeeId::new(employee).map_err(|_| ApiError::not_found("employee"))?;
    permit.subject(&employee)
}

/// The track, if the caller watches it this moment, here or on a page.
fn watched_track(permit: &Permit<needs::WatchScreen>, person: &Person, track: u32) -> Option<Arc<LiveTrack>> {
    let live = permit.app.hub.live.find(person.id(), track);
    live.filter(|live| live.is_watched_by(permit.person.id()))
}
