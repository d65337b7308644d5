//! Values of the command line with units.

/// `90`, `90s`, `5m` or `1h`, as milliseconds; `250ms` too.
pub fn duration_ms(text: &str) -> Result<u64, String> {
    match any_duration_ms(text)? {
        0 => Err("must be longer than nothing".to_owned()),
        ms => Ok(ms),
    }
}

/// The same, and `0` too.
pub fn any_duration_ms(text: &str) -> Result<u64, String> {
    let digits = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let factor = match unit {
        "ms" => 1.0,
        "" | "s" => 1_000.0,
        "m" => 60_000.0,
        "h" => 3_600_000.0,
        _ => return Err(format!("{unit:?} is no unit of time: ms, s, m or h")),
    };
    let number: f64 = number.parse().map_err(|_| format!("{text:?} is no duration"))?;
    Ok((number * factor) as u64)
}

/// `200` or `200/s`.
pub fn per_second(text: &str) -> Result<f64, String> {
    let rate: f64 = text.trim_end_matches("/s").parse().map_err(|_| format!("{text:?} is no rate"))?;
    if rate.is_finite() && rate > 0.0 { Ok(rate) } else { Err("must be more than nothing".to_owned()) }
}

/// `60000`, `60k` (thousands), `60KiB` or `60KB`, as bytes.
pub fn bytes(text: &str) -> Result<usize, String> {
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let factor = match unit {
        "" | "B" => 1,
        "k" | "kB" | "KB" => 1_000,
        "KiB" => 1_024,
        _ => return Err(format!("{unit:?} is no unit of bytes: B, KB or KiB")),
    };
    let number: usize = number.parse().map_err(|_| format!("{text:?} is no number of bytes"))?;
    number.checked_mul(factor).filter(|bytes| *bytes > 0).ok_or_else(|| format!("{text:?} is no size"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_have_units() {
        for (text, ms) in [("90", 90_000), ("1.5s", 1_500), ("5m", 300_000), ("1h", 3_600_000), ("250ms", 250)] {
            assert_eq!(duration_ms(text), Ok(ms), "{text}");
        }
        for text in ["", "s", "-1s", "5 minutes", "0", "1..2s"] {
            assert!(duration_ms(text).is_err(), "{text}");
        }
        assert_eq!(any_duration_ms("0"), Ok(0));
    }

    #[test]
    fn rates_are_positive() {
        assert_eq!(per_second("200/s"), Ok(200.0));
        assert_eq!(per_second("0.5"), Ok(0.5));
        for text in ["0", "-3/s", "inf", "fast"] {
            assert!(per_second(text).is_err(), "{text}");
        }
    }

    #[test]
    fn sizes_have_units() {
        for (text, size) in [("60000", 60_000), ("60KB", 60_000), ("32KiB", 32_768), ("7B", 7)] {
            assert_eq!(bytes(text), Ok(size), "{text}");
        }
        for text in ["", "KB", "0", "1.5KB", "-1", "99999999999999999999", "18446744073709551615KiB"] {
            assert!(bytes(text).is_err(), "{text}");
        }
    }
}
