//! The command line.

mod bytes;
mod crew;
mod fleet;
mod live;
mod output;
mod seed;
mod values;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use muster_loadtest::LoadtestError;
use muster_loadtest::client::RestClient;
use muster_loadtest::scenario::{run_bytes, run_fleet, run_idle, run_presence, run_seed, run_storm, run_wall};
use muster_loadtest::verify::verify;

use self::bytes::BytesArgs;
use self::crew::SignInArgs;
use self::fleet::{FleetArgs, IdleArgs};
use self::live::{PresenceArgs, StormArgs, WallArgs};
use self::output::write_json;
use self::seed::SeedArgs;

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
    /// All agents lose their sockets at once: how long until they are back, and whether anybody is seen offline.
    Storm(StormArgs),
    /// How old pictures are when they reach those who watch, what that costs, and what a slow viewer does to the others.
    Wall(WallArgs),
    /// What one focused display costs on the wire, tiles beside whole pictures; needs no hub.
    Bytes(BytesArgs),
    /// Gives a hub a past: people, teams and months of work, as if their agents had been offline.
    Seed(SeedArgs),
    /// Compares a hub with the ledger of an earlier fleet; fails if anything is missing or double.
    Verify(VerifyArgs),
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
                let output = args.crew.output.clone();
                output.tell(&run_fleet(args.into_config()?).await?)?;
                Ok(ExitCode::SUCCESS)
            }
            Scenario::Idle(args) => {
                let output = args.crew.output.clone();
                output.tell(&run_idle(args.into_config()?).await?)?;
                Ok(ExitCode::SUCCESS)
            }
            Scenario::Presence(args) => {
                let output = args.crew.output.clone();
                let report = run_presence(args.into_config()?).await?;
                output.tell(&report)?;
                Ok(code(report.unseen == 0))
            }
            Scenario::Storm(args) => {
                let output = args.crew.output.clone();
                let report = run_storm(args.into_config()?).await?;
                output.tell(&report)?;
                Ok(code(report.is_clean()))
            }
            Scenario::Wall(args) => {
                let output = args.crew.output.clone();
                let report = run_wall(args.into_config()?).await?;
                output.tell(&report)?;
                Ok(code(report.is_clean()))
            }
            Scenario::Bytes(args) => {
                args.output.tell(&run_bytes(args.config()).await?)?;
                Ok(ExitCode::SUCCESS)
            }
            Scenario::Seed(args) => {
                let report = run_seed(args.into_config()?).await?;
                print!("{report}");
                Ok(code(report.refused == 0))
            }
            Scenario::Verify(args) => {
                let sign_in = args.sign_in.into_config()?;
                let portal = RestClient::new(&sign_in.portal_url)?;
                let (rest, _) = portal.sign_in(&sign_in.email, &sign_in.password).await?;
                let verdict = verify(&rest, &args.ledger).await?;
                println!("{verdict}");
                if let Some(path) = &args.json {
                    write_json(path, &verdict)?;
                }
                Ok(code(verdict.is_clean()))
            }
        }
    }
}

fn code(is_clean: bool) -> ExitCode {
    if is_clean { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_well_formed() {
        use clap::CommandFactory;
        Cli::command().debug_assert();
    }

    #[test]
    fn scenarios_take_what_their_help_says() {
        let sign_in = ["--email", "a@example.org", "--password-stdin"];
        for (line, is_taken) in [
            ("wall", true),
            ("wall --fps 2 --picture-bytes 60KB --viewers 9 --slow-viewers 1 --slow-kbits 64 --compare-slow", true),
            ("wall --html a.html --json a.json --note hub", true),
            ("wall --compare-slow", false),
            ("wall --slow-kbits 0", false),
            ("wall --fps 0", false),
            ("storm --agents 10000 --ramp 2000/s --hub-pid 7", true),
            ("presence --changes-per-second 90 --settle 0 --beat-override 30s", true),
            ("seed --employees 200 --days 90 --screenshot-days 0", true),
            ("seed --days 400", false),
            ("idle", false),
            ("nothing", false),
        ] {
            let words = ["muster-loadtest"].into_iter().chain(line.split(' ')).chain(sign_in);
            let parsed = Cli::try_parse_from(words);
            assert_eq!(parsed.is_ok(), is_taken, "{line}: {parsed:?}");
        }
    }
}
