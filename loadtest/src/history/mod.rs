//! Months of an office's work, made up: who works when, and what their agents would have recorded. Pure.
//!
//! Everything about a day follows from the seed, the person and the date: never from the days before it, and never from
//! how many days are asked for. So a second run with the same seed tells the same story, and a later one goes on with it.
//!
//! Start reading at [`Worker::day`].

mod absence;
mod chance;
mod contract;
mod correction;
mod day;
mod names;
mod record;

#[cfg(test)]
mod history_test;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use muster_protocol::UtcMillis;

pub use contract::Contract;
pub use correction::{CorrectedKind, DayCorrection};
pub use day::{Doing, Ending, Stretch, WorkDay};
pub use names::{boot_of, correction_id, screenshot_id};

/// Somebody with a contract and habits.
#[derive(Clone, Debug)]
pub struct Worker {
    /// The person's own; two people of one office have different ones.
    seed: u64,
    contract: Contract,
    zone: TimeZone,
}

impl Worker {
    /// The person at `index` of the office that goes with `seed`, in the organization's zone.
    #[must_use]
    pub fn new(seed: u64, index: usize, zone: TimeZone) -> Self {
        Self { seed: chance::mixed(seed, index as u64), contract: Contract::of(index), zone }
    }

    /// What the person is there for.
    #[must_use]
    pub fn contract(&self) -> Contract {
        self.contract
    }

    /// What the person did in the shift that begins on `date`; `None` on a day off.
    #[must_use]
    pub fn day(&self, date: Date) -> Option<WorkDay> {
        if absence::is_away(self.seed, date) || !self.contract.works_on(self.seed, date) {
            return None;
        }
        WorkDay::plan(self.seed, self.contract, &self.zone, date)
    }

    /// The shifts that begin on the `days` days up to the one of `until`, oldest first. The last one may go on after
    /// `until`: whoever tells of it leaves that out.
    pub fn days(&self, until: UtcMillis, days: u32) -> impl Iterator<Item = WorkDay> + use<'_> {
        let today = jiff::Timestamp::from_millisecond(until.0).unwrap_or_default().to_zoned(self.zone.clone()).date();
        let dates = (0..i64::from(days)).rev().filter_map(move |back| chance::days_before(today, back));
        dates.filter_map(move |date| self.day(date)).filter(move |day| day.starts_at < until)
    }

    /// The seed of everything else that the person has, such as a desktop.
    #[must_use]
    pub fn seed(&self) -> u64 {
        self.seed
    }
}
