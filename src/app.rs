//! What every request and socket works with, composed once in `serve`.

use std::sync::Arc;

use muster_actors::Hub;
use muster_db::BlobStore;
use muster_domain::Now;
use tokio::sync::Semaphore;

use crate::auth::{AccessTokens, Devices, Passwords, RateLimits, Revocations, Tickets};
use crate::config::Config;
use crate::http::leases::Leases;
use crate::http::routes::presence::Histories;
use crate::sockets::open_sockets::OpenSockets;
use crate::usage::DiskUse;

/// Pictures that are decoded at the same time: each may need up to 256 MiB for a moment.
const PICTURES_AT_ONCE: usize = 2;

/// See the module's page. Handlers reach it only through an extractor that has checked who asks.
pub struct App {
    pub hub: Arc<Hub>,
    pub config: Config,
    pub blobs: BlobStore,
    pub passwords: Passwords,
    pub access: AccessTokens,
    pub tickets: Tickets,
    pub revocations: Revocations,
    pub devices: Devices,
    pub limits: RateLimits,
    /// What scripts watch.
    pub leases: Leases,
    /// Turns for decoding pictures.
    pub pictures: Semaphore,
    /// Where people reach the portal.
    pub portal_url: String,
    /// Where agents connect.
    pub agent_url: String,
    /// Who is connected.
    pub agent_sockets: OpenSockets,
    pub portal_sockets: OpenSockets,
    pub disk: DiskUse,
    /// Of presence, as pages asked for them last.
    pub histories: Histories,
    pub started_at: Now,
}

impl App {
    /// The parts that follow from `config` alone, around the rest.
    pub fn new(hub: Arc<Hub>, config: Config, blobs: BlobStore, jwt_secret: &str, urls: Urls) -> Self {
        Self {
            access: AccessTokens::new(jwt_secret, config.auth.access_ttl.ms()),
            limits: RateLimits::new(config.auth.login_attempts_per_minute, config.auth.requests_per_second),
            passwords: Passwords::new(),
            tickets: Tickets::default(),
            revocations: Revocations::new(config.auth.access_ttl.ms()),
            devices: Devices::default(),
            leases: Leases::default(),
            pictures: Semaphore::new(PICTURES_AT_ONCE),
            portal_url: urls.portal,
            agent_url: urls.agents,
            agent_sockets: OpenSockets::counted_as("muster_agent_sockets"),
            portal_sockets: OpenSockets::counted_as("muster_portal_sockets"),
            disk: DiskUse::default(),
            histories: Histories::default(),
            started_at: hub.clock.now(),
            hub,
            config,
            blobs,
        }
    }

    /// Both clocks.
    pub fn now(&self) -> Now {
        self.hub.clock.now()
    }

    /// Milliseconds that a refresh token lives.
    pub fn refresh_ttl_ms(&self) -> i64 {
        i64::try_from(self.config.auth.refresh_ttl.ms()).unwrap_or(i64::MAX)
    }
}

/// Addresses as others see them.
pub struct Urls {
    pub portal: String,
    pub agents: String,
}
