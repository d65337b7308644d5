//! `ts` of an upload, in every form that clients have sent it.

use muster_protocol::UtcMillis;

/// Below this a number means seconds: as milliseconds it would lie in 1970.
const SECONDS_BELOW: f64 = 100_000_000_000.0;

/// Reads milliseconds, seconds (also with a fraction) or RFC 3339.
pub fn parse_instant(text: &str) -> Option<UtcMillis> {
    let text = text.trim();
    if let Ok(number) = text.parse::<f64>() {
        let ms = if number < SECONDS_BELOW { number * 1000.0 } else { number };
        // A double holds milliseconds exactly for another 280,000 years; what is out of range is refused.
        return (ms.is_finite() && (0.0..8.0e15).contains(&ms)).then(|| UtcMillis(ms.round() as i64));
    }
    text.parse::<jiff::Timestamp>().ok().map(|at| UtcMillis(at.as_millisecond())).filter(|at| at.0 >= 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn milliseconds_seconds_and_text_are_the_same_instant() {
        let at = Some(UtcMillis(1_795_000_000_123));
        for text in ["1795000000123", "1795000000.123", " 1795000000123 ", "2026-11-18T11:06:40.123Z"] {
            assert_eq!(parse_instant(text), at, "{text}");
        }
    }

    #[test]
    fn nonsense_is_no_instant() {
        for text in ["", "now", "-1", "NaN", "inf", "1e300", "1969-01-01T00:00:00Z"] {
            assert_eq!(parse_instant(text), None, "{text}");
        }
    }
}
