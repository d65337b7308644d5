//! `presence`, `storm` and `wall`: what reaches those who look at the portal.

use clap::Args;
use muster_loadtest::LoadtestError;
use muster_loadtest::scenario::{PresenceConfig, SlowFrom, StormConfig, WallConfig};
use muster_loadtest::throttle::LinkConfig;
use muster_protocol::limits::WATCHED_TRACKS_MAX;

use super::crew::CrewArgs;
use super::values::{any_duration_ms, bytes, duration_ms, per_second};

#[derive(Debug, Args)]
pub struct PresenceArgs {
    #[command(flatten)]
    pub crew: CrewArgs,
    /// How many people change between active and idle each second.
    #[arg(long, default_value_t = 4.0)]
    changes_per_second: f64,
    /// Changes go on for so long before they are measured.
    #[arg(long, default_value = "5s", value_parser = any_duration_ms)]
    settle: u64,
    /// Beats come so often, whatever the hub asks for.
    #[arg(long, value_parser = duration_ms)]
    beat_override: Option<u64>,
    /// The hub's process on this machine, to measure what it uses.
    #[arg(long)]
    hub_pid: Option<u32>,
}

#[derive(Debug, Args)]
pub struct StormArgs {
    #[command(flatten)]
    pub crew: CrewArgs,
    /// All are connected and beat for so long before the drop.
    #[arg(long, default_value = "10s", value_parser = any_duration_ms)]
    settle: u64,
    /// Beats come so often, whatever the hub asks for.
    #[arg(long, value_parser = duration_ms)]
    beat_override: Option<u64>,
    /// The hub's process on this machine, to measure what it uses.
    #[arg(long)]
    hub_pid: Option<u32>,
}

#[derive(Debug, Args)]
pub struct WallArgs {
    #[command(flatten)]
    pub crew: CrewArgs,
    /// Pictures per second of each agent, if the hub asks for as many.
    #[arg(long, default_value = "1", value_parser = per_second)]
    fps: f64,
    /// Bytes of each picture (`60000`, `60KB`, `60KiB`); at most 128 KiB.
    #[arg(long, default_value = "60KB", value_parser = bytes)]
    picture_bytes: usize,
    /// Pixels of a picture's width; at most 480.
    #[arg(long, default_value_t = 480)]
    picture_width: u16,
    /// Viewers on fast lines.
    #[arg(long, default_value_t = 10)]
    viewers: usize,
    /// Tracks of each viewer; the next viewer watches the next ones.
    #[arg(long, default_value_t = WATCHED_TRACKS_MAX)]
    tracks_per_viewer: usize,
    /// Viewers behind a throttled line, beside the others.
    #[arg(long, default_value_t = 0)]
    slow_viewers: usize,
    /// The bandwidth of that line each way, in kilobits per second.
    #[arg(long, default_value_t = 64, value_parser = clap::value_parser!(u64).range(1..))]
    slow_kbits: u64,
    /// Its delay each way.
    #[arg(long, default_value = "0", value_parser = any_duration_ms)]
    slow_delay: u64,
    /// Measure the fast viewers alone first, then with the slow ones beside them, and compare.
    #[arg(long, requires = "slow_viewers")]
    compare_slow: bool,
    /// A picture is on a viewer's screen so long after it came.
    #[arg(long, default_value = "0", value_parser = any_duration_ms)]
    paint: u64,
    /// Everybody works and everything is shown within this, or the run says what was not.
    #[arg(long, default_value = "60s", value_parser = duration_ms)]
    prepare_within: u64,
    /// How long everything runs before a stretch is measured. A hub's memory grows for some two minutes, until the history
    /// of every watched track is full: wait for longer where that matters.
    #[arg(long, default_value = "5s", value_parser = any_duration_ms)]
    settle: u64,
    /// Beats come so often, whatever the hub asks for.
    #[arg(long, value_parser = duration_ms)]
    beat_override: Option<u64>,
    /// The hub's process on this machine, to measure what it uses.
    #[arg(long)]
    hub_pid: Option<u32>,
}

impl PresenceArgs {
    pub fn into_config(self) -> Result<PresenceConfig, LoadtestError> {
        Ok(PresenceConfig {
            ramp_per_second: self.crew.ramp,
            duration_ms: self.crew.duration,
            crew: self.crew.into_config()?,
            settle_ms: self.settle,
            changes_per_second: self.changes_per_second,
            beat_every_ms: self.beat_override,
            hub_pid: self.hub_pid,
        })
    }
}

impl StormArgs {
    pub fn into_config(self) -> Result<StormConfig, LoadtestError> {
        Ok(StormConfig {
            ramp_per_second: self.crew.ramp,
            watch_ms: self.crew.duration,
            crew: self.crew.into_config()?,
            settle_ms: self.settle,
            beat_every_ms: self.beat_override,
            hub_pid: self.hub_pid,
        })
    }
}

impl WallArgs {
    pub fn into_config(self) -> Result<WallConfig, LoadtestError> {
        Ok(WallConfig {
            ramp_per_second: self.crew.ramp,
            duration_ms: self.crew.duration,
            crew: self.crew.into_config()?,
            prepare_within_ms: self.prepare_within,
            settle_ms: self.settle,
            fps: self.fps,
            picture_bytes: self.picture_bytes,
            picture_width: self.picture_width,
            viewers: self.viewers,
            slow_viewers: self.slow_viewers,
            slow_link: LinkConfig::kilobits(self.slow_kbits).with_delay(self.slow_delay),
            slow_from: if self.compare_slow { SlowFrom::ASecondStretch } else { SlowFrom::TheStart },
            tracks_per_viewer: self.tracks_per_viewer,
            paint_ms: self.paint,
            beat_every_ms: self.beat_override,
            hub_pid: self.hub_pid,
        })
    }
}
