//! Time as the rules see it: two clocks that are handed in, spans, and the days of a named zone.

use jiff::civil::Date;
use jiff::{Timestamp, tz::TimeZone};
use muster_protocol::UtcMillis;

/// Milliseconds on the monotonic clock of this process. Deadlines live here, so that nobody can move them by setting a clock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MonoMillis(pub u64);

impl MonoMillis {
    /// The moment `ms` later.
    #[must_use]
    pub const fn plus(self, ms: u64) -> Self {
        Self(self.0.saturating_add(ms))
    }

    /// Milliseconds since `earlier`; zero when that lies ahead.
    #[must_use]
    pub const fn since(self, earlier: Self) -> u64 {
        self.0.saturating_sub(earlier.0)
    }
}

/// One reading of both clocks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Now {
    /// For deadlines.
    pub mono: MonoMillis,
    /// For records.
    pub wall: UtcMillis,
}

/// A stretch of time: `from` belongs to it, `to` does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Span {
    pub from: UtcMillis,
    pub to: UtcMillis,
}

impl Span {
    /// Everything that can be stored.
    pub const ALL: Self = Self { from: UtcMillis(i64::MIN), to: UtcMillis(i64::MAX) };

    /// Its length in milliseconds; zero when it ends before it begins.
    #[must_use]
    pub const fn length_ms(self) -> i64 {
        let length = self.to.since(self.from);
        if length > 0 { length } else { 0 }
    }

    /// What both have in common, if anything.
    #[must_use]
    pub fn intersection(self, other: Self) -> Option<Self> {
        let common = Self { from: self.from.max(other.from), to: self.to.min(other.to) };
        (common.from < common.to).then_some(common)
    }

    /// Whether `at` lies in it.
    #[must_use]
    pub fn contains(self, at: UtcMillis) -> bool {
        self.from <= at && at < self.to
    }
}

/// A named IANA time zone ("Europe/Berlin"). Days are days of the organization's zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zone(TimeZone);

/// The name is in no edition of the IANA database that this program carries.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is no IANA time zone")]
pub struct UnknownZone(pub String);

impl Zone {
    /// Universal time, the zone of an organization that has not chosen.
    pub const UTC: Self = Self(TimeZone::UTC);

    /// Finds a zone by its IANA name.
    pub fn named(name: &str) -> Result<Self, UnknownZone> {
        TimeZone::get(name).map(Self).map_err(|_| UnknownZone(name.to_owned()))
    }

    /// The IANA name.
    #[must_use]
    pub fn name(&self) -> &str {
        self.0.iana_name().unwrap_or("UTC")
    }

    /// The calendar day of `at` in this zone.
    #[must_use]
    pub fn day_of(&self, at: UtcMillis) -> Date {
        self.0.to_datetime(timestamp(at)).date()
    }

    /// The span of a calendar day: 23 or 25 hours long when the clocks change.
    #[must_use]
    pub fn day(&self, date: Date) -> Span {
        Span { from: self.start_of(date), to: self.start_of(date.tomorrow().unwrap_or(Date::MAX)) }
    }

    /// The moment `minute` minutes after midnight by the clocks of this zone. A minute that a clock change leaves out is
    /// taken as the one after the gap.
    #[must_use]
    pub fn minute(&self, date: Date, minute: u16) -> UtcMillis {
        let (hour, minute) = ((minute / 60).min(23) as i8, (minute % 60) as i8);
        let zoned = date.at(hour, minute, 0, 0).to_zoned(self.0.clone());
        zoned.map_or(UtcMillis(i64::MAX), |zoned| UtcMillis(zoned.timestamp().as_millisecond()))
    }

    /// The span from the first to the last of these days, both included.
    #[must_use]
    pub fn days(&self, first: Date, last: Date) -> Span {
        Span { from: self.start_of(first), to: self.day(last).to }
    }

    /// `at` on the clock of this zone, as `2026-11-20 10:04:12`.
    #[must_use]
    pub fn clock(&self, at: UtcMillis) -> String {
        self.0.to_datetime(timestamp(at)).strftime("%Y-%m-%d %H:%M:%S").to_string()
    }

    fn start_of(&self, date: Date) -> UtcMillis {
        date.to_zoned(self.0.clone()).map_or(UtcMillis(i64::MAX), |zoned| UtcMillis(zoned.timestamp().as_millisecond()))
    }
}

fn timestamp(at: UtcMillis) -> Timestamp {
    let end = if at.0 < 0 { Timestamp::MIN } else { Timestamp::MAX };
    Timestamp::from_millisecond(at.0).unwrap_or(end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const HOUR_MS: i64 = 3_600_000;

    #[test]
    fn days_are_as_long_as_the_zone_makes_them() {
        let berlin = Zone::named("Europe/Berlin").unwrap();
        for (day, hours) in [(date(2026, 3, 29), 23), (date(2026, 3, 30), 24), (date(2026, 10, 25), 25)] {
            assert_eq!(berlin.day(day).length_ms(), hours * HOUR_MS, "{day}");
        }
    }

    #[test]
    fn midnight_belongs_to_the_new_day() {
        let kolkata = Zone::named("Asia/Kolkata").unwrap();
        let day = kolkata.day(date(2026, 11, 20));
        assert_eq!(kolkata.day_of(day.from), date(2026, 11, 20));
        assert_eq!(kolkata.day_of(day.from.minus(1)), date(2026, 11, 19));
        assert_eq!(kolkata.day_of(day.to), date(2026, 11, 21));
    }

    #[test]
    fn a_day_that_begins_at_one_because_the_clocks_jump_at_midnight() {
        let cairo = Zone::named("Africa/Cairo").unwrap();
        let day = cairo.day(date(2026, 4, 24));
        assert_eq!(day.length_ms(), 23 * HOUR_MS);
        assert_eq!(cairo.clock(day.from), "2026-04-24 01:00:00");
    }

    #[test]
    fn unknown_zones_and_absurd_instants_do_no_harm() {
        assert_eq!(Zone::named("Mars/Olympus"), Err(UnknownZone("Mars/Olympus".into())));
        assert_eq!(Zone::UTC.day_of(UtcMillis(i64::MAX)).year(), 9999);
        assert_eq!(Zone::UTC.day_of(UtcMillis(i64::MIN)).year(), -9999);
        assert!(Zone::UTC.clock(UtcMillis(i64::MAX)).starts_with("9999-12-30"));
    }
}
