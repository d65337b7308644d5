//! Days on which somebody who should be there is not.

use jiff::civil::Date;
use rand::Rng;

use super::chance::{Topic, day_number, days_before, draws, happens};

/// Of a thousand days so many begin a sickness.
const FALLS_SICK: u32 = 9;
/// The longest that a cold lasts, in days.
const SICK_DAYS_MAX: i64 = 4;
/// Of a thousand quarters so many have a week of holiday.
const TAKES_HOLIDAY: u32 = 700;
/// Weeks of a quarter.
const QUARTER_WEEKS: i64 = 12;

/// Whether the person is sick or on holiday.
pub(super) fn is_away(seed: u64, date: Date) -> bool {
    is_on_holiday(seed, date) || is_sick(seed, date)
}

/// A sickness began at most so many days ago, and is not over.
fn is_sick(seed: u64, date: Date) -> bool {
    (0..SICK_DAYS_MAX).any(|ago| {
        let Some(began) = days_before(date, ago) else { return false };
        let mut rng = draws(seed, Topic::Sickness, day_number(began));
        happens(&mut rng, FALLS_SICK) && rng.random_range(1..=SICK_DAYS_MAX) > ago
    })
}

/// One week of most quarters, from Monday to Sunday.
fn is_on_holiday(seed: u64, date: Date) -> bool {
    let week = day_number(date).div_euclid(7);
    let mut rng = draws(seed, Topic::Holiday, week.div_euclid(QUARTER_WEEKS));
    happens(&mut rng, TAKES_HOLIDAY) && rng.random_range(0..QUARTER_WEEKS) == week.rem_euclid(QUARTER_WEEKS)
}
