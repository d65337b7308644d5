//! How anything gets out of this machine: trusted certificates, the proxy, and one HTTP client.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use rustls::ClientConfig;

use super::ca;
use super::proxy::Proxies;

/// An answer that takes longer is no answer; a screenshot over a thin line takes its time.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(60);
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// The way out. Cheap to copy.
#[derive(Clone, Debug)]
pub struct Network {
    pub(super) tls: Arc<ClientConfig>,
    pub(super) proxies: Proxies,
    pub(super) client: reqwest::Client,
}

/// Why there is no way out.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the network is not set up: {0}")]
pub struct NetworkError(String);

impl Network {
    /// `extra_ca` and `proxy` are those of the configuration.
    pub fn new(extra_ca: Option<&Path>, proxy: Option<&str>) -> Result<Self, NetworkError> {
        let tls = ca::tls(extra_ca).map_err(NetworkError)?;
        let proxies = Proxies::choose(proxy, |name| std::env::var(name).ok()).map_err(NetworkError)?;
        let rules = proxies.clone();
        let client = reqwest::Client::builder()
            .use_preconfigured_tls(tls.clone())
            .proxy(reqwest::Proxy::custom(move |target| rules.for_target(target).cloned()))
            .user_agent(concat!("muster-agent/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(CONNECT_TIMEOUT)
            .timeout(REQUEST_TIMEOUT)
            // The hub is one address; a redirect would carry the token somewhere else.
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .map_err(|error| NetworkError(error.to_string()))?;
        Ok(Self { tls: Arc::new(tls), proxies, client })
    }
}
