//! `bytes`: what one focused display costs on the wire.

use clap::Args;
use muster_loadtest::scenario::BytesConfig;

use super::output::OutputArgs;
use super::values::duration_ms;

#[derive(Debug, Args)]
pub struct BytesArgs {
    /// How much desktop time is measured; it takes much less.
    #[arg(long, default_value = "60s", value_parser = duration_ms)]
    duration: u64,
    /// Pictures a second.
    #[arg(long, default_value_t = 2.0)]
    fps: f32,
    /// Width of the focus pictures, in pixels.
    #[arg(long, default_value_t = 1920, value_parser = clap::value_parser!(u16).range(481..=1920))]
    width: u16,
    /// JPEG quality.
    #[arg(long, default_value_t = 75, value_parser = clap::value_parser!(u8).range(1..=100))]
    quality: u8,
    /// Same seed, same desktops.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    #[command(flatten)]
    pub output: OutputArgs,
}

impl BytesArgs {
    pub fn config(&self) -> BytesConfig {
        let Self { duration, fps, width, quality, seed, .. } = *self;
        BytesConfig { seconds: duration.div_ceil(1_000), fps, width, quality, seed }
    }
}
