//! `seed`: a hub with a past.

use clap::Args;
use jiff::civil::Date;
use muster_loadtest::LoadtestError;
use muster_loadtest::scenario::SeedConfig;

use super::crew::SignInArgs;

#[derive(Debug, Args)]
pub struct SeedArgs {
    #[command(flatten)]
    sign_in: SignInArgs,
    /// How many people have a past.
    #[arg(long, default_value_t = 40, value_parser = clap::value_parser!(u16).range(1..=5_000))]
    employees: u16,
    /// How many calendar days of it, the last one included.
    #[arg(long, default_value_t = 90, value_parser = clap::value_parser!(u32).range(1..=370))]
    days: u32,
    /// The last day of it, such as 2026-11-21, whole; today, up to now, if it is not given.
    #[arg(long)]
    until: Option<Date>,
    /// Screenshots are taken on the last so many days that somebody worked.
    #[arg(long, default_value_t = 2)]
    screenshot_days: usize,
    /// So many of the people have screenshots: each takes both sides some 50 ms.
    #[arg(long, default_value_t = 12)]
    screenshots_of: usize,
    /// Begins the employee ids; the same prefix uses the same people again.
    #[arg(long, default_value = "EMP")]
    prefix: String,
    /// Same seed, same story. A later run goes on with it.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

impl SeedArgs {
    pub fn into_config(self) -> Result<SeedConfig, LoadtestError> {
        Ok(SeedConfig {
            sign_in: self.sign_in.into_config()?,
            employees: self.employees.into(),
            days: self.days,
            until: self.until,
            screenshot_days: self.screenshot_days,
            screenshots_of: self.screenshots_of,
            prefix: self.prefix,
            seed: self.seed,
        })
    }
}
