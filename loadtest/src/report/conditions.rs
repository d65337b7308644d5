//! Under which conditions figures came about: without them they cannot be repeated.

use muster_protocol::UtcMillis;
use serde::Serialize;

use super::axis::Unit;

/// The machine, the moment and the program.
#[derive(Clone, Debug, Serialize)]
pub struct Conditions {
    pub at: UtcMillis,
    /// The moment in words, UTC.
    pub date: String,
    pub cores: usize,
    pub processor: String,
    pub memory_bytes: u64,
    /// The load generator and how it was built.
    pub generator: String,
    /// What whoever ran it has to say: the hub's version and build, for example.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl Conditions {
    /// Those of this machine at the moment `at`.
    #[must_use]
    pub fn here(at: UtcMillis, note: Option<String>) -> Self {
        let build = if cfg!(debug_assertions) { "debug build" } else { "release build" };
        let cpuinfo = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
        let meminfo = std::fs::read_to_string("/proc/meminfo").unwrap_or_default();
        Self {
            at,
            date: date_of(at),
            cores: std::thread::available_parallelism().map_or(0, std::num::NonZero::get),
            processor: value_of(&cpuinfo, "model name").unwrap_or("unknown").to_owned(),
            memory_bytes: memory_bytes(&meminfo).unwrap_or_default(),
            generator: format!("muster-loadtest {}, {build}", env!("CARGO_PKG_VERSION")),
            note,
        }
    }

    /// As a page lists them.
    pub(super) fn rows(&self) -> impl Iterator<Item = (&'static str, String)> {
        let machine =
            format!("{} cores, {}, {}", self.cores, self.processor, Unit::Bytes.text(self.memory_bytes as f64));
        let rows = [("date", self.date.clone()), ("machine", machine), ("load generator", self.generator.clone())];
        rows.into_iter().chain(self.note.clone().map(|note| ("note", note)))
    }
}

fn value_of<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let line = text.lines().find(|line| line.starts_with(name))?;
    Some(line.split_once(':')?.1.trim())
}

fn memory_bytes(meminfo: &str) -> Option<u64> {
    let kib: u64 = value_of(meminfo, "MemTotal")?.split_whitespace().next()?.parse().ok()?;
    Some(kib * 1024)
}

/// "2026-11-20 09:48 UTC". Days to a date as in Howard Hinnant's "chrono-compatible low-level date algorithms".
fn date_of(at: UtcMillis) -> String {
    let minutes = at.0.div_euclid(60_000);
    let (days, minute) = (minutes.div_euclid(24 * 60), minutes.rem_euclid(24 * 60));
    let days = days + 719_468;
    let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    // Years begin in March here, so that the leap day is their last.
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02} {:02}:{:02} UTC", minute / 60, minute % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_those_of_the_calendar() {
        for (ms, date) in [
            (0, "1970-01-01 00:00 UTC"),
            (951_782_399_999, "2000-02-28 23:59 UTC"),
            (951_782_400_000, "2000-02-29 00:00 UTC"),
            (1_795_168_080_000, "2026-11-20 09:48 UTC"),
            (-1, "1969-12-31 23:59 UTC"),
        ] {
            assert_eq!(date_of(UtcMillis(ms)), date);
        }
    }

    #[test]
    fn this_machine_has_cores_and_memory() {
        let here = Conditions::here(UtcMillis(0), Some("hub 1.0".to_owned()));
        assert!(here.cores > 0 && here.memory_bytes > 0, "{here:?}");
        let rows: Vec<_> = here.rows().map(|(name, _)| name).collect();
        assert_eq!(rows, ["date", "machine", "load generator", "note"]);
    }
}
