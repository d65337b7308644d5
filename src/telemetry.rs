//! Logs on standard error, metrics for Prometheus. Neither holds a token, an address, a name of a window or a picture.

use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use tracing::{Level, Metadata};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use crate::config::{LogConfig, LogFormat};

/// Starts logging. A filter that does not parse is an error of the configuration.
pub fn start_logging(config: &LogConfig) -> Result<(), String> {
    let filter = EnvFilter::try_new(&config.filter).map_err(|error| format!("log.filter: {error}"))?;
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr).with_target(true);
    let registry = tracing_subscriber::registry().with(filter).with(filter_fn(may_be_logged));
    let started = match config.format {
        LogFormat::Text => {
            registry.with(lines.with_ansi(std::io::IsTerminal::is_terminal(&std::io::stderr()))).try_init()
        }
        LogFormat::Json => registry.with(lines.json()).try_init(),
    };
    started.map_err(|error| format!("logging: {error}"))
}

/// Whatever the operator's filter asks for: below DEBUG other people's crates print what passes through them, statements
/// with their values for one. Ours name what happened, and hold no secret at any level.
fn may_be_logged(metadata: &Metadata<'_>) -> bool {
    *metadata.level() <= Level::DEBUG || metadata.target().starts_with("muster")
}

/// Starts collecting metrics.
pub fn start_metrics() -> Result<PrometheusHandle, String> {
    PrometheusBuilder::new().install_recorder().map_err(|error| format!("metrics: {error}"))
}
