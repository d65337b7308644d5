//! The command line.

use std::io::{BufRead, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use muster_loadtest::agent::Faults;
use muster_loadtest::client::RestClient;
use muster_loadtest::scenario::{
    BytesConfig, CrewConfig, FleetConfig, IdleConfig, PresenceConfig, SignInConfig, run_bytes, run_fleet, run_idle,
    run_presence,
};
use muster_loadtest::verify::verify;
use muster_loadtest::{LoadtestError, Secret};
use serde::Serialize;

/// Load tests for a Muster hub, over its real doors.
#[derive(Debug, Parser)]
#[command(name = "muster-loadtest", version)]
pub struct Cli {
    #[command(subcommand)]
    scenario: Scenario,
}

#[derive(Debug, Subcommand)]
enum Scenario {
    /// A hurried office: beats, events, screenshots, clean and unclean leaves.
    Fleet(FleetArgs),
    /// Sockets with beats only: what one costs the hub in memory and processor time.
    Idle(IdleArgs),
    /// How long a change of status takes to a subscribed portal.
    Presence(PresenceArgs),
    /// What one focused display costs on the wire, tiles beside whole pictures; needs no hub.
    Bytes(BytesArgs),
    /// Compares a hub with the ledger of an earlier fleet; fails if anything is missing or double.
    Verify(VerifyArgs),
}

#[derive(Debug, Args)]
struct SignInArgs {
    /// The portal door.
    #[arg(long, default_value = "http://127.0.0.1:4000")]
    portal: String,
    /// An admin.
    #[arg(long)]
    email: String,
    /// Read the admin's password from the first line of standard input.
    #[arg(long, required = true)]
    password_stdin: bool,
}

#[derive(Debug, Args)]
struct CrewArgs {
    #[command(flatten)]
    sign_in: SignInArgs,
    /// How many agents connect.
    #[arg(long, default_value_t = 100)]
    agents: usize,
    /// How many of them start each second (`200` or `200/s`).
    #[arg(long, default_value = "200/s", value_parser = per_second)]
    ramp: f64,
    /// How long they run once all have started (`90`, `90s`, `5m`, `1h`).
    #[arg(long, default_value = "60s", value_parser = duration_ms)]
    duration: u64,
    /// Begins the employee ids; the same prefix uses the same people again.
    #[arg(long, default_value = "LOAD")]
    prefix: String,
    /// Same seed, same behaviour.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Also write the result to this file, as JSON.
    #[arg(long)]
    json: Option<PathBuf>,
}

#[derive(Debug, Args)]
struct FleetArgs {
    #[command(flatten)]
    crew: CrewArgs,
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
struct IdleArgs {
    #[command(flatten)]
    crew: CrewArgs,
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

#[derive(Debug, Args)]
struct PresenceArgs {
    #[command(flatten)]
    crew: CrewArgs,
    /// How many people change between active and idle each second.
    #[arg(long, default_value_t = 4.0)]
    changes_per_second: f64,
}

#[derive(Debug, Args)]
struct BytesArgs {
    /// How much desktop time is measured.
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
    /// Also write the result to this file, as JSON.
    #[arg(long)]
    json: Option<PathBuf>,
}

#[derive(Debug, Args)]
struct VerifyArgs {
    #[command(flatten)]
    sign_in: SignInArgs,
    /// The ledger that `fleet --ledger` wrote.
    #[arg(long)]
    ledger: PathBuf,
    /// Also write the result to this file, as JSON.
    #[arg(long)]
    json: Option<PathBuf>,
}

impl Cli {
    /// Runs the scenario and prints its result.
    pub async fn run(self) -> Result<ExitCode, LoadtestError> {
        match self.scenario {
            Scenario::Fleet(args) => {
                let json = args.crew.json.clone();
                tell(&run_fleet(args.into_config()?).await?, json.as_deref())
            }
            Scenario::Idle(args) => {
                let json = args.crew.json.clone();
                tell(&run_idle(args.into_config()?).await?, json.as_deref())
            }
            Scenario::Presence(args) => {
                let json = args.crew.json.clone();
                let report = run_presence(args.into_config()?).await?;
                tell(&report, json.as_deref())?;
                Ok(if report.unseen == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
            }
            Scenario::Bytes(args) => tell(&run_bytes(args.config()).await?, args.json.as_deref()),
            Scenario::Verify(args) => {
                let sign_in = args.sign_in.into_config()?;
                let portal = RestClient::new(&sign_in.portal_url)?;
                let (rest, _) = portal.sign_in(&sign_in.email, &sign_in.password).await?;
                let verdict = verify(&rest, &args.ledger).await?;
                tell(&verdict, args.json.as_deref())?;
                Ok(if verdict.is_clean() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
            }
        }
    }
}

impl SignInArgs {
    fn into_config(self) -> Result<SignInConfig, LoadtestError> {
        let mut line = String::new();
        std::io::stdin().lock().read_line(&mut line).map_err(|error| file("standard input", error))?;
        let password = Secret::new(line.trim_end_matches(['\r', '\n']));
        Ok(SignInConfig { portal_url: self.portal, email: self.email, password })
    }
}

impl CrewArgs {
    fn into_config(self) -> Result<CrewConfig, LoadtestError> {
        let sign_in = self.sign_in.into_config()?;
        Ok(CrewConfig { sign_in, agents: self.agents, prefix: self.prefix, seed: self.seed })
    }
}

impl FleetArgs {
    fn into_config(self) -> Result<FleetConfig, LoadtestError> {
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
    fn into_config(self) -> Result<IdleConfig, LoadtestError> {
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

impl PresenceArgs {
    fn into_config(self) -> Result<PresenceConfig, LoadtestError> {
        Ok(PresenceConfig {
            ramp_per_second: self.crew.ramp,
            duration_ms: self.crew.duration,
            crew: self.crew.into_config()?,
            changes_per_second: self.changes_per_second,
        })
    }
}

impl BytesArgs {
    fn config(&self) -> BytesConfig {
        let Self { duration, fps, width, quality, seed, .. } = *self;
        BytesConfig { seconds: duration.div_ceil(1_000), fps, width, quality, seed }
    }
}

/// Prints the result, and writes it as JSON where asked.
fn tell(result: &(impl std::fmt::Display + Serialize), json: Option<&Path>) -> Result<ExitCode, LoadtestError> {
    println!("{result}");
    if let Some(path) = json {
        let text = serde_json::to_vec_pretty(result).expect("a report is JSON");
        std::fs::File::create(path)
            .and_then(|mut opened| opened.write_all(&text))
            .map_err(|error| file(&path.display().to_string(), error))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn file(path: &str, source: std::io::Error) -> LoadtestError {
    LoadtestError::File { path: path.to_owned(), source }
}

/// `90`, `90s`, `5m` or `1h`, as milliseconds; `250ms` too.
fn duration_ms(text: &str) -> Result<u64, String> {
    let digits = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let factor = match unit {
        "ms" => 1.0,
        "" | "s" => 1_000.0,
        "m" => 60_000.0,
        "h" => 3_600_000.0,
        _ => return Err(format!("{unit:?} is no unit of time: ms, s, m or h")),
    };
    let number: f64 = number.parse().map_err(|_| format!("{text:?} is no duration"))?;
    match (number * factor) as u64 {
        0 => Err("must be longer than nothing".to_owned()),
        ms => Ok(ms),
    }
}

/// `200` or `200/s`.
fn per_second(text: &str) -> Result<f64, String> {
    let rate: f64 = text.trim_end_matches("/s").parse().map_err(|_| format!("{text:?} is no rate"))?;
    if rate.is_finite() && rate > 0.0 { Ok(rate) } else { Err("must be more than nothing".to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_have_units() {
        for (text, ms) in [("90", 90_000), ("1.5s", 1_500), ("5m", 300_000), ("1h", 3_600_000), ("250ms", 250)] {
            assert_eq!(duration_ms(text), Ok(ms), "{text}");
        }
        for text in ["", "s", "-1s", "5 minutes", "0", "1..2s"] {
            assert!(duration_ms(text).is_err(), "{text}");
        }
    }

    #[test]
    fn rates_are_positive() {
        assert_eq!(per_second("200/s"), Ok(200.0));
        assert_eq!(per_second("0.5"), Ok(0.5));
        for text in ["0", "-3/s", "inf", "fast"] {
            assert!(per_second(text).is_err(), "{text}");
        }
    }

    #[test]
    fn the_command_line_is_well_formed() {
        use clap::CommandFactory;
        Cli::command().debug_assert();
    }
}
