//! Every key, what it does, its unit and why its default is what it is. `muster check-config` prints the resolved tree.

use std::net::SocketAddr;
use std::path::PathBuf;

use muster_domain::presence::PresenceConfig;
use serde::{Deserialize, Serialize};

use super::HumanDuration;
use super::live::LiveSection;

/// Shorter than the minute after which proxies forget a silent connection.
const PING_EVERY_MS: u64 = 25_000;

/// The whole configuration.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    pub portal: PortalConfig,
    pub agents: AgentsConfig,
    pub data: DataConfig,
    pub database: DatabaseSection,
    pub blobs: BlobsConfig,
    pub presence: PresenceSection,
    pub live: LiveSection,
    pub auth: AuthConfig,
    pub log: LogConfig,
}

/// The portal door: REST, pages, `/ws/portal`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PortalConfig {
    /// Loopback by default: whoever opens it to a network puts TLS in front or configures it here.
    pub listen: SocketAddr,
    /// The address people type, when a proxy stands in front. Default: the listening address.
    pub public_url: Option<String>,
    /// Origins beside its own from which browsers may use the hub with cookies.
    pub allowed_origins: Vec<String>,
    /// How often a portal's socket is asked whether it lives; two unanswered pings end it. Default: 25s, or a quarter of
    /// `presence.offline_after` if that is shorter, because the answer keeps its person here.
    pub ping_every: Option<HumanDuration>,
    /// Threads that serve requests.
    pub workers: usize,
    /// Pages that may be open at the same time. Above it new sockets are answered 503 with Retry-After.
    pub sockets_max: usize,
    pub tls: Option<TlsConfig>,
}

impl Default for PortalConfig {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 4000)),
            public_url: None,
            allowed_origins: Vec::new(),
            ping_every: None,
            workers: 2,
            sockets_max: 10_000,
            tls: None,
        }
    }
}

/// The agent door.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AgentsConfig {
    pub listen: SocketAddr,
    /// The address that agents are told at login, when a proxy stands in front.
    pub public_url: Option<String>,
    /// The cadence of beats; each session gets it ± 20 %. Default: a quarter of `presence.offline_after`, so that three
    /// beats may be lost before anybody is called offline.
    pub beat_every: Option<HumanDuration>,
    /// Text messages that one agent may send in a second, on average; bursts of four seconds' worth are taken.
    pub messages_per_second: u32,
    /// Sockets at most. Above it new ones are answered 503 with Retry-After.
    pub connections_max: usize,
    pub tls: Option<TlsConfig>,
}

impl Default for AgentsConfig {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 4001)),
            public_url: None,
            beat_every: None,
            messages_per_second: 50,
            connections_max: 100_000,
            tls: None,
        }
    }
}

/// A certificate chain and its key, both PEM.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TlsConfig {
    pub certificate: PathBuf,
    pub key: PathBuf,
}

/// Where the hub keeps what is its own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct DataConfig {
    pub dir: PathBuf,
}

impl Default for DataConfig {
    fn default() -> Self {
        Self { dir: PathBuf::from("data") }
    }
}

/// SurrealDB.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct DatabaseSection {
    /// Default: `surrealkv://<data.dir>/db?sync=every`. Also `mem://`, `ws://` and `wss://`.
    pub url: Option<String>,
    pub namespace: String,
    pub name: String,
    pub user: Option<String>,
    pub password: Option<Secret>,
    /// A query that takes longer counts as an absent database.
    pub query_timeout: HumanDuration,
}

impl Default for DatabaseSection {
    fn default() -> Self {
        Self {
            url: None,
            namespace: "muster".to_owned(),
            name: "hub".to_owned(),
            user: None,
            password: None,
            query_timeout: HumanDuration::seconds(10),
        }
    }
}

/// Encrypted pictures.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct BlobsConfig {
    /// Default: the folder `<data.dir>/blobs`. Also `s3://bucket/prefix?region=…`.
    pub url: Option<String>,
    /// Default: `<data.dir>/master.key`, made with mode 0600 at the first start.
    pub key_file: Option<PathBuf>,
}

/// Timings of presence; see `PresenceConfig` for what each does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PresenceSection {
    pub offline_after: HumanDuration,
    pub grace: HumanDuration,
    pub idle_after: HumanDuration,
    /// How often `last_seen` and running work sessions are written.
    pub checkpoint_every: HumanDuration,
}

impl Default for PresenceSection {
    fn default() -> Self {
        let rules = PresenceConfig::default();
        let ms = |ms| HumanDuration(std::time::Duration::from_millis(ms));
        Self {
            offline_after: ms(rules.offline_after_ms),
            grace: ms(rules.grace_ms),
            idle_after: ms(rules.idle_after_ms),
            checkpoint_every: HumanDuration::seconds(60),
        }
    }
}

impl Config {
    /// The cadence of beats that agents are told, before the jitter.
    pub fn beat_every_ms(&self) -> u64 {
        self.agents.beat_every.map_or(self.presence.offline_after.ms() / 4, HumanDuration::ms).max(1)
    }

    /// How often a portal's socket is pinged.
    pub fn ping_every_ms(&self) -> u64 {
        let usual = PING_EVERY_MS.min(self.presence.offline_after.ms() / 4);
        self.portal.ping_every.map_or(usual, HumanDuration::ms).max(1)
    }
}

impl PresenceSection {
    /// As the rules take it. A short `offline_after` shortens the grace with it.
    pub fn rules(&self) -> PresenceConfig {
        PresenceConfig {
            offline_after_ms: self.offline_after.ms(),
            grace_ms: self.grace.ms().min(self.offline_after.ms()),
            idle_after_ms: self.idle_after.ms(),
            ..PresenceConfig::default()
        }
    }
}

/// Tokens and sign-in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AuthConfig {
    /// Signs access tokens; at least 32 characters. Default: made at the first start and kept in `<data.dir>/jwt.key`, 0600.
    pub jwt_secret: Option<Secret>,
    /// Short, because an access token cannot be taken back by itself.
    pub access_ttl: HumanDuration,
    pub refresh_ttl: HumanDuration,
    /// Sign-ins that one address and one account may try in a minute.
    pub login_attempts_per_minute: u32,
    /// Requests that one account may make in a second, on average.
    pub requests_per_second: u32,
}

impl Default for AuthConfig {
    fn default() -> Self {
        Self {
            jwt_secret: None,
            access_ttl: HumanDuration::seconds(15 * 60),
            refresh_ttl: HumanDuration::seconds(30 * 24 * 3600),
            login_attempts_per_minute: 10,
            requests_per_second: 50,
        }
    }
}

/// What the hub says on standard error.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LogConfig {
    pub format: LogFormat,
    /// As `tracing`'s EnvFilter takes it.
    pub filter: String,
}

impl Default for LogConfig {
    fn default() -> Self {
        Self { format: LogFormat::Text, filter: "info,surrealdb=warn,surrealkv=warn,actix_server=warn".to_owned() }
    }
}

/// The form of a log line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LogFormat {
    Text,
    Json,
}

/// A value that is never printed.
#[derive(Clone, PartialEq, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// The value itself, for the one place that needs it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("(secret)")
    }
}

impl Serialize for Secret {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str("(secret)")
    }
}
