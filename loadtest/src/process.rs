//! Memory and processor time of another process, from `/proc` (Linux only).

use crate::error::LoadtestError;

/// The kernel reports processor time to programs in hundredths of a second, on every architecture (`USER_HZ`).
const TICK_US: u64 = 10_000;

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

    #[test]
    fn this_process_uses_memory() {
        let sample = ProcessSample::of(std::process::id()).unwrap();
        assert!(sample.resident_bytes > 100_000, "{sample:?}");
        assert!(ProcessSample::of(u32::MAX).is_err());
    }
}
