//! Chance that can be repeated: every question about a day has a draw of its own.

use jiff::ToSpan;
use jiff::civil::Date;
use rand::rngs::SmallRng;
use rand::{Rng, SeedableRng};

/// The day that days are counted from; a Monday.
const FIRST_MONDAY: Date = Date::constant(1970, 1, 5);

/// What is drawn. Each topic has numbers of its own, so that a new one changes none of the others.
#[derive(Clone, Copy, Debug)]
pub(super) enum Topic {
    Sickness = 1,
    Holiday,
    Weekend,
    Habits,
    Shift,
    Pictures,
    Correction,
    Names,
}

/// One number of two: neighbours have nothing in common. (The finalizer of splitmix64.)
pub(super) const fn mixed(seed: u64, salt: u64) -> u64 {
    let mut x = seed ^ salt.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(0x9E37_79B9_7F4A_7C15);
    x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    x ^ (x >> 31)
}

/// The draws about `topic` of the day (or week, or person) with this number.
pub(super) fn draws(seed: u64, topic: Topic, number: i64) -> SmallRng {
    SmallRng::seed_from_u64(mixed(mixed(seed, topic as u64), number.cast_unsigned()))
}

/// Days from the first Monday to `date`; negative before it.
pub(super) fn day_number(date: Date) -> i64 {
    date.duration_since(FIRST_MONDAY).as_hours() / 24
}

/// The date so many days before; `None` before the calendar begins.
pub(super) fn days_before(date: Date, days: i64) -> Option<Date> {
    date.checked_sub(days.days()).ok()
}

/// Whether something happens that happens so many times out of a thousand.
pub(super) fn happens(rng: &mut impl Rng, of_thousand: u32) -> bool {
    rng.random_range(0..1000) < of_thousand
}

/// Milliseconds for so many minutes, ends included, to the millisecond: people do not act on full minutes.
pub(super) fn minutes_ms(rng: &mut impl Rng, minutes: std::ops::RangeInclusive<i64>) -> i64 {
    rng.random_range(minutes.start() * 60_000..=minutes.end() * 60_000)
}

/// The same around the middle: the ends are rare.
pub(super) fn about_minutes_ms(rng: &mut impl Rng, minutes: std::ops::RangeInclusive<i64>) -> i64 {
    (0..3).map(|_| minutes_ms(rng, minutes.clone())).sum::<i64>() / 3
}
