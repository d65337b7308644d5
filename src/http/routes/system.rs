//! `/api/system`: how the hub is doing, for whoever runs it.

use std::path::PathBuf;

use actix_web::web::ServiceConfig;
use actix_web::{HttpResponse, get};
use muster_actors::journal::{WAITING_MAX, Waiting};
use muster_db::SCHEMA_VERSION;
use muster_protocol::UtcMillis;
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::App;
use crate::http::error::{ApiError, ApiResult};
use crate::http::extract::{Permit, needs};
use crate::serve::{blobs_url, database_config};
use crate::usage::resident_bytes;

/// Registers the routes of this file.
pub fn configure(config: &mut ServiceConfig) {
    config.service(get);
}

/// The hub at this moment. What the machine does not tell is null.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SystemView {
    version: &'static str,
    started_at: UtcMillis,
    uptime_ms: u64,
    database: DatabaseView,
    sockets: SocketsView,
    actors: ActorsView,
    journal: JournalView,
    live: LiveView,
    storage: StorageView,
    memory: MemoryView,
    limits: LimitsView,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DatabaseView {
    /// Without what stands before an `@`: a password may be there.
    url: String,
    healthy: bool,
    schema_version: u32,
    /// Of a question that asks for nothing; null when there was no answer.
    #[schema(required = true)]
    latency_ms: Option<u64>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct SocketsView {
    agents: usize,
    portals: usize,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ActorsView {
    /// Employees with an actor: who is here, and who has just been.
    employees: usize,
    /// How many were built anew after a defect, since the start.
    rebuilt: u64,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct JournalView {
    /// Writes that wait for the database.
    waiting: usize,
    /// With so many, new ones are refused with 503.
    capacity: usize,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LiveView {
    /// Displays that are watched.
    tracks: usize,
    /// Pages and scripts that watch.
    viewers: usize,
    /// Pictures that came from agents within the last second.
    frames_per_second: u64,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct StorageView {
    /// Database, keys and downloads.
    #[schema(required = true)]
    data_bytes: Option<u64>,
    /// Pictures; null when they are in a bucket.
    #[schema(required = true)]
    blob_bytes: Option<u64>,
    /// What is left on the disk.
    #[schema(required = true)]
    free_bytes: Option<u64>,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MemoryView {
    #[schema(required = true)]
    resident_bytes: Option<u64>,
}

/// What the configuration allows.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LimitsView {
    agent_sockets_max: usize,
    portal_sockets_max: usize,
    requests_per_second: u32,
    login_attempts_per_minute: u32,
    agent_messages_per_second: u32,
    offline_after_ms: u64,
    idle_after_ms: u64,
}

/// How the hub is doing. Sizes of folders are up to a minute old.
#[utoipa::path(tag = "health", responses((status = 200, body = SystemView), (status = 403)))]
#[get("/api/system")]
pub async fn get(permit: Permit<needs::SeeSystem>) -> ApiResult<HttpResponse> {
    let (app, now) = (&permit.app, permit.app.now());
    let live = app.hub.live.in_use();
    let waiting = app.hub.journal.send(Waiting).await.map_err(|_| ApiError::unavailable())?;
    let disk = app.disk.sizes(&app.config.data.dir, blobs_folder(app), now.mono).await;
    Ok(HttpResponse::Ok().json(SystemView {
        version: env!("CARGO_PKG_VERSION"),
        started_at: app.started_at.wall,
        uptime_ms: now.mono.since(app.started_at.mono),
        database: database(app).await,
        sockets: SocketsView { agents: app.agent_sockets.count(), portals: app.portal_sockets.count() },
        actors: ActorsView { employees: app.hub.actors(), rebuilt: app.hub.rebuilds() },
        journal: JournalView { waiting, capacity: WAITING_MAX },
        live: LiveView { tracks: live.tracks, viewers: live.viewers, frames_per_second: live.frames_per_second },
        storage: StorageView { data_bytes: disk.data, blob_bytes: disk.blobs, free_bytes: disk.free },
        memory: MemoryView { resident_bytes: resident_bytes() },
        limits: limits(app),
    }))
}

async fn database(app: &App) -> DatabaseView {
    let asked_at = app.now().mono;
    let healthy = app.hub.database.ping().await.is_ok();
    let latency_ms = healthy.then(|| app.now().mono.since(asked_at));
    let url = without_credentials(&database_config(&app.config).url);
    DatabaseView { url, healthy, schema_version: SCHEMA_VERSION, latency_ms }
}

fn limits(app: &App) -> LimitsView {
    let config = &app.config;
    LimitsView {
        agent_sockets_max: config.agents.connections_max,
        portal_sockets_max: config.portal.sockets_max,
        requests_per_second: config.auth.requests_per_second,
        login_attempts_per_minute: config.auth.login_attempts_per_minute,
        agent_messages_per_second: config.agents.messages_per_second,
        offline_after_ms: config.presence.offline_after.ms(),
        idle_after_ms: config.presence.idle_after.ms(),
    }
}

/// Where pictures are, if that is a folder.
fn blobs_folder(app: &App) -> Option<PathBuf> {
    let url = blobs_url(&app.config);
    let path = url.strip_prefix("file://").unwrap_or(&url);
    (!path.contains("://")).then(|| path.into())
}

/// Only a server's address may have credentials; a folder's may have an `@`.
fn without_credentials(url: &str) -> String {
    match url.split_once("://") {
        Some((scheme, rest)) if scheme.starts_with("ws") => {
            let server = rest.find(['/', '?']).unwrap_or(rest.len());
            let shown = rest[..server].rfind('@').map_or(rest, |at| &rest[at + 1..]);
            format!("{scheme}://{shown}")
        }
        _ => url.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_in_the_address_is_not_shown() {
        assert_eq!(without_credentials("wss://root:secret@db.example.org:8000/rpc"), "wss://db.example.org:8000/rpc");
        assert_eq!(without_credentials("wss://root:p@ss@db.example.org"), "wss://db.example.org");
        for plain in ["mem://", "surrealkv:///srv/data@home/db?sync=every", "wss://db.example.org"] {
            assert_eq!(without_credentials(plain), plain);
        }
    }
}
