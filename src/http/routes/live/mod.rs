//! `/api/live/…`: live view for scripts and older clients, without a socket.
//!
//! Every picture is behind a watch, and every watch is a viewing that the person sees.

pub mod frame;
pub mod history;
pub mod watch;

use std::sync::Arc;
use std::time::Duration;

use actix_web::web::ServiceConfig;
use muster_actors::Person;
use muster_actors::live::LiveTrack;
use muster_protocol::{EmployeeId, ErrorCode};

use crate::http::error::{ApiError, ApiResult};
use crate::http::extract::{Permit, needs};

/// How long a watch may take to its person's actor.
const SEATED_WITHIN: Duration = Duration::from_secs(2);
const LOOK_EVERY: Duration = Duration::from_millis(10);

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

/// Waits until a watch has reached its person's actor: before that, the track shows what it was like when nobody watched.
async fn seated(live: &LiveTrack, watcher: &EmployeeId) -> ApiResult<()> {
    let look = async {
        while !live.is_watched_by(watcher) {
            tokio::time::sleep(LOOK_EVERY).await;
        }
    };
    let busy = |_| ApiError::new(ErrorCode::Unavailable, "the hub is busy; ask again");
    tokio::time::timeout(SEATED_WITHIN, look).await.map_err(busy)
}
