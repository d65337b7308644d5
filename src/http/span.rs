//! `from` and `to` of a query: days of the organization's zone, or instants in milliseconds.

use jiff::civil::Date;
use muster_domain::{Span, Zone};
use muster_protocol::UtcMillis;

use super::error::{ApiError, ApiResult};

/// The longest report: a year and a day.
const DAYS_MAX: i64 = 367;
const DAY_MS: i64 = 86_400_000;

/// The span of a report, which is read as a whole: like [`span_of`], of at most a year and a day.
pub fn report_span_of(from: Option<&str>, to: Option<&str>, zone: &Zone, now: UtcMillis) -> ApiResult<Span> {
    let span = span_of(from, to, zone, now)?;
    if span.length_ms() > DAYS_MAX * DAY_MS {
        return Err(ApiError::field("to", "at most 367 days after from"));
    }
    Ok(span)
}

/// The span from the day or instant `from` to the day (included) or instant (excluded) `to`. Without both: today. As long as
/// one likes: a list comes page by page.
pub fn span_of(from: Option<&str>, to: Option<&str>, zone: &Zone, now: UtcMillis) -> ApiResult<Span> {
    let today = zone.day(zone.day_of(now));
    let from_span = from.map(|text| moment(text, "from", zone)).transpose()?;
    let to_span = to.map(|text| moment(text, "to", zone)).transpose()?;
    let span = match (from_span, to_span) {
        (None, None) => today,
        (Some(from), None) => Span { from: from.from, to: today.to.max(from.to) },
        (None, Some(to)) => Span { from: zone.day(zone.day_of(to.from)).from, to: to.to },
        (Some(from), Some(to)) => Span { from: from.from, to: to.to },
    };
    if span.from >= span.to {
        return Err(ApiError::field("to", "later than from"));
    }
    Ok(span)
}

/// A day as its whole span, an instant as an empty one.
fn moment(text: &str, field: &str, zone: &Zone) -> ApiResult<Span> {
    if let Ok(date) = text.parse::<Date>() {
        return Ok(zone.day(date));
    }
    match text.parse::<i64>() {
        Ok(ms) if ms >= 0 => Ok(Span { from: UtcMillis(ms), to: UtcMillis(ms) }),
        _ => Err(ApiError::field(field, "a day such as 2026-11-20, or milliseconds since 1970")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: UtcMillis = UtcMillis(1_795_000_000_000);

    #[test]
    fn days_are_days_of_the_zone_and_the_last_is_included() {
        let berlin = Zone::named("Europe/Berlin").unwrap();
        let span = span_of(Some("2026-10-24"), Some("2026-10-25"), &berlin, NOW).unwrap();
        assert_eq!(span.length_ms(), 49 * 3_600_000);
        assert_eq!(span_of(None, None, &berlin, NOW).unwrap(), berlin.day(berlin.day_of(NOW)));
    }

    #[test]
    fn instants_are_taken_as_they_are() {
        let span = span_of(Some("1000"), Some("2000"), &Zone::UTC, NOW).unwrap();
        assert_eq!(span, Span { from: UtcMillis(1000), to: UtcMillis(2000) });
    }

    #[test]
    fn a_list_may_reach_as_far_back_as_one_likes() {
        let span = span_of(Some("2020-01-01"), None, &Zone::UTC, NOW).unwrap();
        assert_eq!(span, Span { from: UtcMillis(1_577_836_800_000), to: Zone::UTC.day(Zone::UTC.day_of(NOW)).to });
    }

    #[test]
    fn nonsense_is_refused_by_field() {
        let refused =
            |from, to| report_span_of(Some(from), Some(to), &Zone::UTC, NOW).unwrap_err().fields[0].field.clone();
        assert_eq!(refused("yesterday", "2026-01-01"), "from");
        assert_eq!(refused("2026-01-02", "2026-01-01"), "to");
        assert_eq!(refused("2020-01-01", "2026-01-01"), "to");
        assert_eq!(refused("-5", "9"), "from");
    }
}
