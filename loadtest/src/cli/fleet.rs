//! `fleet` and `idle`: agents at work, and sockets that only beat.

use std::path::PathBuf;

use clap::Args;
use muster_loadtest::LoadtestError;
use muster_loadtest::agent::Faults;
use muster_loadtest::scenario::{FleetConfig, IdleConfig};

use super::crew::CrewArgs;
use super::values::duration_ms;

#[derive(Debug, Args)]
pub struct FleetArgs {
    #[command(flatten)]
    pub crew: CrewArgs,
    /// One screenshot per agent in each such stretch, instead of the policy's interval.
    #[arg(long, value_parser = duration_ms)]
    screenshots_every: Option<u64>,
    /// Extra durable events of each agent.
    #[arg(long)]
    events_per_minute: Option<f64>,
    /// Beats come so often, whatever the hub asks for.
    #[arg(long, value_parser = duration_ms)]
    beat_override: Option<u64>,
    /// So many of a hundred leaves are dropped sockets.
    #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u32).range(0..=100))]
    unclean_percent: u32,
    /// So many of a hundred batches of events are sent twice.
    #[arg(long, default_value_t = 0, value_parser = clap::value_parser!(u8).range(0..=100))]
    doubled_percent: u8,
    /// Shuffle the events of each batch.
    #[arg(long)]
    shuffled: bool,
    /// The longest wait before a reconnect; less than the protocol's minute for crash tests.
    #[arg(long, default_value = "60s", value_parser = duration_ms)]
    reconnect_within: u64,
    /// Write down everything that the hub acknowledged, for `verify`.
    #[arg(long)]
    ledger: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct IdleArgs {
    #[command(flatten)]
    pub crew: CrewArgs,
    /// The hub's process on this machine.
    #[arg(long)]
    hub_pid: u32,
    /// How long to wait after the last connection before anything is measured.
    #[arg(long, default_value = "5s", value_parser = duration_ms)]
    settle: u64,
    /// Beats come so often, whatever the hub asks for.
    #[arg(long, value_parser = duration_ms)]
    beat_override: Option<u64>,
}

impl FleetArgs {
    pub fn into_config(self) -> Result<FleetConfig, LoadtestError> {
        let per_minute = self.events_per_minute.filter(|per_minute| *per_minute > 0.0);
        Ok(FleetConfig {
            ramp_per_second: self.crew.ramp,
            duration_ms: self.crew.duration,
            crew: self.crew.into_config()?,
            screenshot_every_ms: self.screenshots_every,
            event_every_ms: per_minute.map(|per_minute| (60_000.0 / per_minute) as u64),
            beat_every_ms: self.beat_override,
            unclean_percent: self.unclean_percent,
            reconnect_within_ms: self.reconnect_within,
            faults: Faults { doubled_percent: self.doubled_percent, shuffled: self.shuffled },
            ledger: self.ledger,
        })
    }
}

impl IdleArgs {
    pub fn into_config(self) -> Result<IdleConfig, LoadtestError> {
        Ok(IdleConfig {
            ramp_per_second: self.crew.ramp,
            duration_ms: self.crew.duration,
            crew: self.crew.into_config()?,
            beat_every_ms: self.beat_override,
            hub_pid: self.hub_pid,
            settle_ms: self.settle,
        })
    }
}
