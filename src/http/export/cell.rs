//! Cells, and the texts they become.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use muster_domain::Zone;
use muster_protocol::UtcMillis;

/// One value of a table.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    Text(String),
    Integer(i64),
    Decimal(f64),
    /// Milliseconds. JSON: the number; CSV: `8:00:12.345`; XLSX: a real duration.
    Duration(i64),
    /// JSON: milliseconds since 1970; CSV: `2026-11-20T10:04:12.345+01:00`; XLSX: a real date and time on the zone's clock.
    DateTime {
        utc: UtcMillis,
        zone: Zone,
    },
    Date(Date),
    Bool(bool),
    Empty,
}

impl Cell {
    /// A text.
    pub fn text(text: impl ToString) -> Self {
        Self::Text(text.to_string())
    }

    /// An instant on the clock of `zone`.
    pub fn at(utc: UtcMillis, zone: &Zone) -> Self {
        Self::DateTime { utc, zone: zone.clone() }
    }

    /// What `cell` makes of a value, if there is one.
    pub fn or_empty<T>(value: Option<T>, cell: impl FnOnce(T) -> Self) -> Self {
        value.map_or(Self::Empty, cell)
    }
}

/// A text that no spreadsheet takes for a formula (OWASP, "CSV injection"): what begins one gets an apostrophe in front.
pub fn formula_safe(text: &str) -> String {
    if begins_a_formula(text) { format!("'{text}") } else { text.to_owned() }
}

/// Whether a spreadsheet might take `text` for a formula.
pub fn begins_a_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n'])
}

/// `8:00:12.345`; hours are not cut at 24.
pub fn duration(ms: i64) -> String {
    let sign = if ms < 0 { "-" } else { "" };
    let ms = ms.unsigned_abs();
    let (hours, minutes) = (ms / 3_600_000, ms / 60_000 % 60);
    format!("{sign}{hours}:{minutes:02}:{:02}.{:03}", ms / 1000 % 60, ms % 1000)
}

/// `2026-11-20T10:04:12.345+01:00`: to the millisecond, and clear in the hour that comes twice.
pub fn date_time(utc: UtcMillis, zone: &Zone) -> String {
    in_zone(utc, zone).strftime("%Y-%m-%dT%H:%M:%S%.3f%:z").to_string()
}

/// What a clock in `zone` shows.
pub fn civil(utc: UtcMillis, zone: &Zone) -> DateTime {
    in_zone(utc, zone).datetime()
}

fn in_zone(utc: UtcMillis, zone: &Zone) -> jiff::Zoned {
    let (min, max) = (Timestamp::MIN.as_millisecond(), Timestamp::MAX.as_millisecond());
    let timestamp = Timestamp::from_millisecond(utc.0.clamp(min, max)).unwrap_or(Timestamp::UNIX_EPOCH);
    timestamp.to_zoned(TimeZone::get(zone.name()).unwrap_or(TimeZone::UTC))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_begins_a_formula_is_text() {
        for text in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"] {
            assert_eq!(formula_safe(text), format!("'{text}"));
        }
        for text in ["", "Ada", "1-1", "a=b", "ada@example.org", "'=1"] {
            assert_eq!(formula_safe(text), text);
        }
    }

    #[test]
    fn durations_keep_their_milliseconds() {
        assert_eq!(duration(0), "0:00:00.000");
        assert_eq!(duration(28_812_345), "8:00:12.345");
        assert_eq!(duration(100 * 3_600_000), "100:00:00.000");
        assert_eq!(duration(-61_001), "-0:01:01.001");
        assert_eq!(duration(i64::MIN), "-2562047788015:12:55.808");
    }

    #[test]
    fn the_hour_that_comes_twice_has_two_texts() {
        let berlin = Zone::named("Europe/Berlin").unwrap();
        let first = UtcMillis(1_792_886_400_000);
        assert_eq!(date_time(first, &berlin), "2026-10-25T02:00:00.000+02:00");
        assert_eq!(date_time(first.plus(3_600_001), &berlin), "2026-10-25T02:00:00.001+01:00");
    }

    #[test]
    fn absurd_instants_do_no_harm() {
        date_time(UtcMillis(i64::MAX), &Zone::UTC);
        civil(UtcMillis(i64::MIN), &Zone::UTC);
    }
}
