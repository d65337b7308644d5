//! Starts the hub, in order: folder and keys, database, actors, doors; and stops it in the opposite one.

use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use actix_server::ServerHandle;
use metrics_exporter_prometheus::PrometheusHandle;
use muster_actors::{Clock, Hub, HubConfig, HubError};
use muster_db::{BlobConfig, BlobError, BlobStore, Credentials, Database, DatabaseConfig, DbError, MasterKey};

use crate::app::{App, Urls};
use crate::auth::{secrets, setup};
use crate::config::{Config, ConfigError};
use crate::sockets::{agent_door, portal_door};
use crate::{demo, telemetry, tls};

/// Agents are told to come back within this, each after another delay.
const RECONNECT_SPREAD: Duration = Duration::from_secs(10);
/// How long open sockets and writes may take to end.
const DRAIN_TIMEOUT: Duration = Duration::from_secs(5);
/// How often rarely needed things are tidied.
const SWEEP_EVERY: Duration = Duration::from_secs(300);

/// Why the hub does not run. Each is one clear line.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    #[error("configuration: {0}")]
    Config(#[from] ConfigError),
    #[error("database: {0}")]
    Database(#[from] DbError),
    #[error("pictures: {0}")]
    Blobs(#[from] BlobError),
    #[error("cannot use the data folder {}: {reason}", path.display())]
    DataFolder { path: PathBuf, reason: String },
    #[error("cannot use the key file {}: {reason}", path.display())]
    KeyFile { path: PathBuf, reason: String },
    #[error("cannot listen on {address}: {reason}")]
    Listen { address: SocketAddr, reason: String },
    #[error("{0}")]
    Other(String),
}

impl From<HubError> for ServeError {
    fn from(error: HubError) -> Self {
        match error {
            HubError::Database(error) => error.into(),
            HubError::Overloaded => Self::Other(error.to_string()),
        }
    }
}

/// `muster serve`.
pub fn run(config: Config, demo: Option<usize>) -> Result<(), ServeError> {
    telemetry::start_logging(&config.log).map_err(ServeError::Other)?;
    if demo.is_some() && !config.portal.listen.ip().is_loopback() {
        return Err(ServeError::Other("--demo works on a loopback address only".to_owned()));
    }
    let prometheus = telemetry::start_metrics().map_err(ServeError::Other)?;
    actix_rt::System::new().block_on(serve(config, prometheus, demo))
}

async fn serve(config: Config, prometheus: PrometheusHandle, demo: Option<usize>) -> Result<(), ServeError> {
    let portal = listen(config.portal.listen)?;
    let agents = listen(config.agents.listen)?;
    let urls = urls(&config, local(&portal), local(&agents));
    let app = Arc::new(compose(config, urls).await?);
    let setup_token = setup::offer(&app.hub.database, app.hub.people.count()).await?;

    let failed = |error: std::io::Error| ServeError::Other(error.to_string());
    let agent_tls = app.config.agents.tls.as_ref().map(tls::load).transpose()?;
    let agent_server = agent_door::serve(&app, &app.agent_sockets, agents, agent_tls).map_err(failed)?;
    let portal_tls = app.config.portal.tls.as_ref().map(tls::load).transpose()?;
    let portal_server =
        portal_door::serve(&app, &app.portal_sockets, prometheus, portal, portal_tls).map_err(failed)?;
    let handles = [portal_server.handle(), agent_server.handle()];
    let running = [actix_rt::spawn(portal_server), actix_rt::spawn(agent_server)];
    actix_rt::spawn(sweep(app.clone()));
    actix_rt::spawn(sweep_leases(app.clone()));
    let janitor = muster_actors::janitor::start(&app.hub, app.blobs.clone());

    println!("muster: ready portal={} agents={}", app.portal_url, app.agent_url);
    let demo = match demo {
        Some(agents) => Some(demo::start(&app, agents).await?),
        None => None,
    };
    if let (Some(token), None) = (setup_token, &demo) {
        println!("muster: make the first administrator at {}/setup#token={token}", app.portal_url);
    }
    stop_signal().await;
    tracing::info!("stopping");
    drop((demo, janitor));
    stop(&app, handles).await;
    for server in running {
        if let Ok(Err(error)) = server.await {
            tracing::warn!(%error, "a door did not close cleanly");
        }
    }
    Ok(())
}

/// Everything that requests and sockets work with.
pub async fn compose(config: Config, urls: Urls) -> Result<App, ServeError> {
    let (database, blobs, jwt_secret) = open_stores(&config).await?;
    let hub_config = HubConfig {
        presence: config.presence.rules(),
        checkpoint_every_ms: config.presence.checkpoint_every.ms(),
        live: config.live.rules(),
        ..HubConfig::default()
    };
    let hub = Hub::start(hub_config, Clock::system(), database).await?;
    Ok(App::new(hub, config, blobs, &jwt_secret, urls))
}

async fn open_stores(config: &Config) -> Result<(Database, BlobStore, String), ServeError> {
    let folder = &config.data.dir;
    std::fs::create_dir_all(folder)
        .map_err(|error| ServeError::DataFolder { path: folder.clone(), reason: error.to_string() })?;
    let database = Database::open(&database_config(config)).await?;
    let key_file = config.blobs.key_file.clone().unwrap_or_else(|| folder.join("master.key"));
    let master_key = MasterKey::load_or_create(&key_file)?;
    let blobs = BlobStore::open(&BlobConfig { url: blobs_url(config), options: Vec::new() }, master_key)?;
    let jwt_secret = match &config.auth.jwt_secret {
        Some(secret) => secret.expose().to_owned(),
        None => jwt_secret(&folder.join("jwt.key"))?,
    };
    Ok((database, blobs, jwt_secret))
}

fn jwt_secret(path: &Path) -> Result<String, ServeError> {
    secrets::load_or_create(path)
        .map_err(|error| ServeError::KeyFile { path: path.to_owned(), reason: error.to_string() })
}

/// Where pictures are kept, as configured.
pub fn blobs_url(config: &Config) -> String {
    config.blobs.url.clone().unwrap_or_else(|| config.data.dir.join("blobs").display().to_string())
}

/// The database as configured.
pub fn database_config(config: &Config) -> DatabaseConfig {
    let section = &config.database;
    let embedded = || format!("surrealkv://{}?sync=every", config.data.dir.join("db").display());
    let credentials = section.user.clone().zip(section.password.clone());
    DatabaseConfig {
        namespace: section.namespace.clone(),
        database: section.name.clone(),
        credentials: credentials.map(|(user, password)| Credentials { user, password: password.expose().to_owned() }),
        query_timeout: section.query_timeout.0,
        ..DatabaseConfig::at(section.url.clone().unwrap_or_else(embedded))
    }
}

fn listen(address: SocketAddr) -> Result<TcpListener, ServeError> {
    TcpListener::bind(address).map_err(|error| ServeError::Listen { address, reason: error.to_string() })
}

fn local(listener: &TcpListener) -> SocketAddr {
    listener.local_addr().expect("a bound listener has an address")
}

fn urls(config: &Config, portal: SocketAddr, agents: SocketAddr) -> Urls {
    let http = if config.portal.tls.is_some() { "https" } else { "http" };
    let ws = if config.agents.tls.is_some() { "wss" } else { "ws" };
    let trimmed = |url: &String| url.trim_end_matches('/').to_owned();
    Urls {
        portal: config.portal.public_url.as_ref().map_or_else(|| format!("{http}://{portal}"), trimmed),
        agents: config.agents.public_url.as_ref().map_or_else(|| format!("{ws}://{agents}/agent"), trimmed),
    }
}

async fn sweep(app: Arc<App>) {
    let mut ticks = actix_rt::time::interval(SWEEP_EVERY);
    loop {
        ticks.tick().await;
        app.limits.sweep();
        let now = app.now().wall;
        let database = &app.hub.database;
        for purged in [
            database.tokens().purge_expired(now).await,
            database.devices().purge_enrolments(now).await,
            database.invitations().purge_expired(now).await,
        ] {
            if let Err(error) = purged {
                tracing::warn!(%error, "outdated tokens could not be purged");
            }
        }
    }
}

/// Watches without a socket run out to the second, and pictures are counted by the second.
async fn sweep_leases(app: Arc<App>) {
    let mut ticks = actix_rt::time::interval(Duration::from_secs(1));
    loop {
        ticks.tick().await;
        app.leases.sweep(&app.hub, app.now().mono);
        app.hub.live.close_second();
    }
}

async fn stop_signal() {
    let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())
        .expect("the process may listen to its own signals");
    tokio::select! {
        _ = terminate.recv() => {}
        _ = tokio::signal::ctrl_c() => {}
    }
}

/// Sockets first, so that agents and pages know when to come back; then the doors; then what waits to be written.
async fn stop(app: &Arc<App>, handles: [ServerHandle; 2]) {
    let open = || app.agent_sockets.count() + app.portal_sockets.count();
    app.hub.drain_sessions(RECONNECT_SPREAD);
    let closed = async {
        while open() > 0 {
            actix_rt::time::sleep(Duration::from_millis(20)).await;
        }
    };
    if actix_rt::time::timeout(DRAIN_TIMEOUT, closed).await.is_err() {
        tracing::warn!(open = open(), "some sockets did not close in time");
    }
    for handle in handles {
        handle.stop(true).await;
    }
    if actix_rt::time::timeout(DRAIN_TIMEOUT, app.hub.drain()).await.is_err() {
        tracing::warn!("some writes did not become durable in time");
    }
    app.hub.database.close().await;
}
