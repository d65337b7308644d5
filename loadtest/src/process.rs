//! Memory and processor time of another process, from `/proc` (Linux only).

use serde::Serialize;

use crate::error::LoadtestError;

/// The kernel reports processor time to programs in hundredths of a second, on every architecture (`USER_HZ`).
const TICK_US: u64 = 10_000;
/// Looks that are kept: a plot has no more pixels.
const LOOKS_MAX: usize = 2_048;
/// At first, looks are so far apart; processor time is told in steps of 10 ms, so shorter stretches say little.
const LOOK_APART_MS: u64 = 200;

/// One look at a process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProcessSample {
    pub resident_bytes: u64,
    /// User and system time since its start.
    pub cpu_us: u64,
}

impl ProcessSample {
    /// Looks at the process `pid`.
    pub fn of(pid: u32) -> Result<Self, LoadtestError> {
        let status = read(&format!("/proc/{pid}/status"))?;
        let stat = read(&format!("/proc/{pid}/stat"))?;
        let resident_bytes = resident_bytes(&status).ok_or_else(|| unreadable("VmRSS", pid))?;
        let cpu_us = cpu_us(&stat).ok_or_else(|| unreadable("stat", pid))?;
        Ok(Self { resident_bytes, cpu_us })
    }
}

/// A process, looked at again and again. Instants are monotonic milliseconds.
#[derive(Clone, Debug)]
pub struct ProcessWatch {
    pid: u32,
    looks: Vec<Look>,
    /// Looks closer together than this are left out; doubles when there are too many.
    apart_ms: u64,
}

/// One look, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    pub at_ms: u64,
    pub sample: ProcessSample,
}

/// What a process used in a stretch of time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct ProcessUse {
    pub seconds: f64,
    pub cpu_us: u64,
    /// Of one core.
    pub cpu_percent: f64,
    pub resident_start_bytes: u64,
    /// In the middle of the stretch.
    pub resident_mid_bytes: u64,
    pub resident_end_bytes: u64,
    pub resident_max_bytes: u64,
}

impl ProcessWatch {
    /// Watches `pid` from `now_ms` on. Fails if there is no such process.
    pub fn begin(pid: u32, now_ms: u64) -> Result<Self, LoadtestError> {
        let look = Look { at_ms: now_ms, sample: ProcessSample::of(pid)? };
        Ok(Self { pid, looks: vec![look], apart_ms: LOOK_APART_MS })
    }

    /// Looks again. A process that is gone is looked at no more: what is known of it stays.
    pub fn look(&mut self, now_ms: u64) {
        let Ok(sample) = ProcessSample::of(self.pid) else { return };
        let look = Look { at_ms: now_ms, sample };
        match self.looks.as_mut_slice() {
            // The newest is always kept, so that a stretch that ends now has its end.
            [.., before, newest] if newest.at_ms < before.at_ms + self.apart_ms => *newest = look,
            _ => self.looks.push(look),
        }
        if self.looks.len() > LOOKS_MAX {
            self.apart_ms *= 2;
            let mut index = 0;
            self.looks.retain(|_| {
                index += 1;
                index % 2 == 1
            });
        }
    }

    /// What was used from `from_ms` to `to_ms`, as far as looks tell.
    #[must_use]
    pub fn used(&self, from_ms: u64, to_ms: u64) -> ProcessUse {
        let within = |look: &&Look| (from_ms..=to_ms).contains(&look.at_ms);
        let looks: Vec<&Look> = self.looks.iter().filter(within).collect();
        let (Some(first), Some(last)) = (looks.first(), looks.last()) else { return ProcessUse::default() };
        let seconds = (last.at_ms - first.at_ms) as f64 / 1000.0;
        let cpu_us = last.sample.cpu_us.saturating_sub(first.sample.cpu_us);
        ProcessUse {
            seconds,
            cpu_us,
            cpu_percent: cpu_us as f64 / 10_000.0 / seconds.max(0.001),
            resident_start_bytes: first.sample.resident_bytes,
            resident_mid_bytes: looks[looks.len() / 2].sample.resident_bytes,
            resident_end_bytes: last.sample.resident_bytes,
            resident_max_bytes: looks.iter().map(|look| look.sample.resident_bytes).max().unwrap_or_default(),
        }
    }

    /// Every look that is kept, oldest first.
    #[must_use]
    pub fn looks(&self) -> &[Look] {
        &self.looks
    }
}

/// How many files (and so sockets) this process may open.
pub fn open_files_max() -> Result<u64, LoadtestError> {
    let limits = read("/proc/self/limits")?;
    let line = limits.lines().find(|line| line.starts_with("Max open files"));
    let soft = line.and_then(|line| line.split_whitespace().nth(3));
    // "unlimited" is no number.
    Ok(soft.and_then(|soft| soft.parse().ok()).unwrap_or(u64::MAX))
}

fn read(path: &str) -> Result<String, LoadtestError> {
    std::fs::read_to_string(path).map_err(|error| LoadtestError::file(path, error))
}

fn unreadable(what: &str, pid: u32) -> LoadtestError {
    LoadtestError::Limit(format!("{what} of process {pid} could not be understood"))
}

fn resident_bytes(status: &str) -> Option<u64> {
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    let kib: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kib * 1024)
}

/// The name in parentheses may hold spaces, so fields are counted from its end.
fn cpu_us(stat: &str) -> Option<u64> {
    let (_, after_name) = stat.rsplit_once(')')?;
    let mut fields = after_name.split_whitespace().skip(11);
    let user: u64 = fields.next()?.parse().ok()?;
    let system: u64 = fields.next()?.parse().ok()?;
    Some((user + system) * TICK_US)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kernel_s_lines_are_understood() {
        assert_eq!(resident_bytes("Name:\tx\nVmRSS:\t    1234 kB\n"), Some(1_263_616));
        let stat = "77 (a (b) c) S 1 77 77 0 -1 4194560 5 0 0 0 250 50 0 0 20 0 8 0 99 1 2 3";
        assert_eq!(cpu_us(stat), Some(3_000_000));
        assert_eq!(cpu_us("nonsense"), None);
    }

    fn watch_of(looks: &[(u64, u64, u64)]) -> ProcessWatch {
        let look = |&(at_ms, resident_bytes, cpu_us): &(u64, u64, u64)| Look {
            at_ms,
            sample: ProcessSample { resident_bytes, cpu_us },
        };
        ProcessWatch { pid: std::process::id(), looks: looks.iter().map(look).collect(), apart_ms: LOOK_APART_MS }
    }

    #[test]
    fn a_stretch_has_its_own_use() {
        let watch =
            watch_of(&[(0, 5, 0), (1_000, 10, 40_000), (2_000, 90, 50_000), (3_000, 20, 540_000), (9_000, 7, 1)]);
        let used = watch.used(500, 3_500);
        assert_eq!((used.seconds, used.cpu_us, used.cpu_percent), (2.0, 500_000, 25.0));
        assert_eq!((used.resident_start_bytes, used.resident_mid_bytes), (10, 90));
        assert_eq!((used.resident_end_bytes, used.resident_max_bytes), (20, 90));
        assert_eq!(watch.used(10_000, 20_000), ProcessUse::default());
    }

    #[test]
    fn a_long_watch_keeps_a_bounded_number_of_looks() {
        let mut watch = ProcessWatch::begin(std::process::id(), 0).unwrap();
        for look in 1..20_000u64 {
            watch.look(look * 250);
        }
        let looks = watch.looks();
        assert!((LOOKS_MAX / 2..=LOOKS_MAX).contains(&looks.len()), "{}", looks.len());
        assert!(looks.is_sorted_by_key(|look| look.at_ms));
        assert_eq!((looks[0].at_ms, looks[looks.len() - 1].at_ms), (0, 19_999 * 250));
    }

    #[test]
    fn this_process_uses_memory() {
        let sample = ProcessSample::of(std::process::id()).unwrap();
        assert!(sample.resident_bytes > 100_000, "{sample:?}");
        assert!(ProcessSample::of(u32::MAX).is_err());
    }
}
