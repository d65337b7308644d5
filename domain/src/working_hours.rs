//! When people usually work: what "late" is measured against, and nothing else.

use muster_protocol::UtcMillis;
use serde::{Deserialize, Serialize};

use crate::{Span, Zone};

/// The hours of an organization, in its zone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkingHours {
    /// Minutes after midnight.
    pub start_minute: u16,
    /// Minutes after midnight; before the start when work goes on over midnight.
    pub end_minute: u16,
    /// 1 is Monday, 7 is Sunday: the days on which work begins.
    pub days: Vec<u8>,
}

impl WorkingHours {
    /// The working hours that go on at `now`, from their beginning to their end.
    #[must_use]
    pub fn at(&self, zone: &Zone, now: UtcMillis) -> Option<Span> {
        let today = zone.day_of(now);
        // Work that began yesterday may go on over midnight.
        [Some(today), today.yesterday().ok()].into_iter().flatten().find_map(|day| {
            let is_worked = self.days.contains(&day.weekday().to_monday_one_offset().cast_unsigned());
            let last = if self.end_minute > self.start_minute { day } else { day.tomorrow().unwrap_or(day) };
            let span = Span { from: zone.minute(day, self.start_minute), to: zone.minute(last, self.end_minute) };
            (is_worked && span.contains(now)).then_some(span)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const HOUR_MS: i64 = 3_600_000;

    fn berlin() -> Zone {
        Zone::named("Europe/Berlin").unwrap()
    }

    fn hours(start: u16, end: u16) -> WorkingHours {
        WorkingHours { start_minute: start * 60, end_minute: end * 60, days: vec![1, 2, 3, 4, 5] }
    }

    #[test]
    fn the_day_has_its_hours_and_the_weekend_none() {
        let (zone, hours) = (berlin(), hours(9, 18));
        let friday = zone.minute(date(2026, 11, 27), 9 * 60);
        let nine_to_six = Span { from: friday, to: friday.plus(9 * HOUR_MS) };
        assert_eq!(hours.at(&zone, friday.minus(1)), None);
        assert_eq!(hours.at(&zone, friday), Some(nine_to_six));
        assert_eq!(hours.at(&zone, friday.plus(9 * HOUR_MS - 1)), Some(nine_to_six));
        assert_eq!(hours.at(&zone, friday.plus(9 * HOUR_MS)), None);
        assert_eq!(hours.at(&zone, friday.plus(24 * HOUR_MS)), None, "Saturday");
    }

    #[test]
    fn a_night_shift_belongs_to_the_day_on_which_it_begins() {
        let (zone, hours) = (berlin(), hours(22, 6));
        let friday = zone.minute(date(2026, 11, 27), 22 * 60);
        let night = Some(Span { from: friday, to: friday.plus(8 * HOUR_MS) });
        assert_eq!(hours.at(&zone, friday.plus(5 * HOUR_MS)), night, "three on Saturday morning");
        assert_eq!(hours.at(&zone, friday.minus(20 * HOUR_MS)).map(|span| span.length_ms()), Some(8 * HOUR_MS));
        assert_eq!(hours.at(&zone, friday.plus(24 * HOUR_MS)), None, "Saturday night");
    }

    #[test]
    fn the_night_of_a_clock_change_is_as_long_as_the_zone_makes_it() {
        let everyday = WorkingHours { days: (1..=7).collect(), ..hours(22, 6) };
        let saturday = berlin().minute(date(2026, 10, 24), 22 * 60);
        assert_eq!(everyday.at(&berlin(), saturday).map(Span::length_ms), Some(9 * HOUR_MS));
    }
}
