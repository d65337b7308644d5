//! Who takes part: what all scenarios with agents are told.

use std::io::BufRead;

use clap::Args;
use muster_loadtest::scenario::{CrewConfig, SignInConfig};
use muster_loadtest::{LoadtestError, Secret};

use super::output::{OutputArgs, file};
use super::values::{duration_ms, per_second};

#[derive(Debug, Args)]
pub struct SignInArgs {
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
pub struct CrewArgs {
    #[command(flatten)]
    sign_in: SignInArgs,
    /// How many agents connect.
    #[arg(long, default_value_t = 100)]
    agents: usize,
    /// How many of them start each second (`200` or `200/s`).
    #[arg(long, default_value = "200/s", value_parser = per_second)]
    pub ramp: f64,
    /// How long is measured once all have started (`90`, `90s`, `5m`, `1h`). `storm`: how long the portal is watched after
    /// all are back; `wall`: each stretch.
    #[arg(long, default_value = "60s", value_parser = duration_ms)]
    pub duration: u64,
    /// Begins the employee ids; the same prefix uses the same people again.
    #[arg(long, default_value = "LOAD")]
    prefix: String,
    /// Same seed, same behaviour.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    #[command(flatten)]
    pub output: OutputArgs,
}

impl SignInArgs {
    pub fn into_config(self) -> Result<SignInConfig, LoadtestError> {
        let mut line = String::new();
        std::io::stdin().lock().read_line(&mut line).map_err(|error| file("standard input", error))?;
        let password = Secret::new(line.trim_end_matches(['\r', '\n']));
        Ok(SignInConfig { portal_url: self.portal, email: self.email, password })
    }
}

impl CrewArgs {
    pub fn into_config(self) -> Result<CrewConfig, LoadtestError> {
        let sign_in = self.sign_in.into_config()?;
        Ok(CrewConfig { sign_in, agents: self.agents, prefix: self.prefix, seed: self.seed })
    }
}
