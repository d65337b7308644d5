//! What the hub has acknowledged, written down while a fleet runs; afterwards `verify` asks the hub for all of it.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use muster_protocol::agent::{DurableEvent, EventKind};
use muster_protocol::ids::ScreenshotId;
use muster_protocol::{BootId, DeviceId, EmployeeId, UtcMillis};
use serde::{Deserialize, Serialize};

use crate::agent::{Identity, Observation, Observer};
use crate::error::LoadtestError;

/// One line of a ledger: something that the hub may never lose again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum LedgerLine {
    Event {
        employee: EmployeeId,
        device: DeviceId,
        boot: BootId,
        seq: u64,
        at: UtcMillis,
        #[serde(flatten)]
        kind: EventKind,
    },
    /// Both its start and its stop were acknowledged.
    WorkSession {
        employee: EmployeeId,
        from: UtcMillis,
        to: UtcMillis,
    },
    Screenshot {
        id: ScreenshotId,
        employee: EmployeeId,
        at: UtcMillis,
    },
}

/// Appends to a ledger; an [`Observer`] of a fleet.
#[derive(Debug)]
pub struct LedgerWriter {
    path: PathBuf,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    file: BufWriter<File>,
    /// Acknowledged starts of sessions that were not stopped yet.
    started: HashMap<DeviceId, UtcMillis>,
    /// The first failure; told by [`LedgerWriter::flush`].
    failed: Option<std::io::Error>,
}

impl LedgerWriter {
    /// Opens the ledger at `path`, at its end.
    pub fn append_to(path: &Path) -> Result<Self, LoadtestError> {
        let file = File::options().create(true).append(true).open(path);
        let file = file.map_err(|error| LoadtestError::file(path.display().to_string(), error))?;
        let state = State { file: BufWriter::new(file), started: HashMap::new(), failed: None };
        Ok(Self { path: path.to_owned(), state: Mutex::new(state) })
    }

    /// Hands everything to the operating system. Fails if any line so far could not be written.
    pub fn flush(&self) -> Result<(), LoadtestError> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let result = match state.failed.take() {
            Some(error) => Err(error),
            None => state.file.flush(),
        };
        result.map_err(|error| LoadtestError::file(self.path.display().to_string(), error))
    }

    fn event(&self, agent: &Identity, boot: BootId, event: &DurableEvent) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.write(&LedgerLine::Event {
            employee: agent.employee.clone(),
            device: agent.device,
            boot,
            seq: event.seq,
            at: event.at,
            kind: event.kind.clone(),
        });
        match event.kind {
            EventKind::WorkStarted => {
                state.started.insert(agent.device, event.at);
            }
            EventKind::WorkStopped => {
                if let Some(from) = state.started.remove(&agent.device) {
                    state.write(&LedgerLine::WorkSession { employee: agent.employee.clone(), from, to: event.at });
                }
            }
            _ => {}
        }
    }
}

impl Observer for LedgerWriter {
    fn observe(&self, agent: &Identity, observation: &Observation<'_>) {
        match observation {
            Observation::EventAcknowledged { boot, event, .. } => self.event(agent, *boot, event),
            Observation::ScreenshotStored { id, taken_at, .. } => {
                let line = LedgerLine::Screenshot { id: *id, employee: agent.employee.clone(), at: *taken_at };
                self.state.lock().unwrap_or_else(PoisonError::into_inner).write(&line);
            }
            _ => {}
        }
    }
}

impl State {
    fn write(&mut self, line: &LedgerLine) {
        let written = serde_json::to_writer(&mut self.file, line)
            .map_err(std::io::Error::from)
            .and_then(|()| self.file.write_all(b"\n"));
        if let Err(error) = written {
            self.failed.get_or_insert(error);
        }
    }
}

/// Reads a whole ledger.
pub fn read(path: &Path) -> Result<Vec<LedgerLine>, LoadtestError> {
    let name = path.display().to_string();
    let file = File::open(path).map_err(|error| LoadtestError::file(name.as_str(), error))?;
    let mut lines = Vec::new();
    for (index, line) in BufReader::new(file).lines().enumerate() {
        let line = line.map_err(|error| LoadtestError::file(name.as_str(), error))?;
        let parsed = serde_json::from_str(&line).map_err(|source| LoadtestError::LedgerLine {
            path: name.clone(),
            line: index + 1,
            source,
        })?;
        lines.push(parsed);
    }
    Ok(lines)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secret::Secret;

    fn agent() -> Identity {
        Identity {
            employee: EmployeeId::new("INT2607").unwrap(),
            name: "Ada".into(),
            device: DeviceId::generate(),
            token: Secret::new("t"),
        }
    }

    fn acknowledge(ledger: &LedgerWriter, agent: &Identity, boot: BootId, seq: u64, kind: EventKind) {
        let event = DurableEvent { seq, boot_id: None, at: UtcMillis(1_000 + seq as i64), kind };
        ledger.observe(agent, &Observation::EventAcknowledged { boot, event: &event, took_us: 1 });
    }

    #[test]
    fn what_is_written_is_read_again_and_a_session_needs_both_ends() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ledger.jsonl");
        let (agent, boot) = (agent(), BootId::generate());
        let ledger = LedgerWriter::append_to(&path).unwrap();
        acknowledge(&ledger, &agent, boot, 1, EventKind::WorkStarted);
        acknowledge(&ledger, &agent, boot, 2, EventKind::NoticeAcknowledged { version: 3 });
        acknowledge(&ledger, &agent, boot, 3, EventKind::WorkStopped);
        acknowledge(&ledger, &agent, boot, 4, EventKind::WorkStarted);
        ledger.flush().unwrap();
        let lines = read(&path).unwrap();
        let session =
            LedgerLine::WorkSession { employee: agent.employee, from: UtcMillis(1_001), to: UtcMillis(1_003) };
        assert_eq!(lines.len(), 5);
        assert_eq!(lines[3], session);
        assert!(matches!(&lines[1], LedgerLine::Event { kind: EventKind::NoticeAcknowledged { version: 3 }, .. }));
    }

    #[test]
    fn a_torn_line_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ledger.jsonl");
        std::fs::write(&path, "{\"type\":\"scree").unwrap();
        let error = read(&path).unwrap_err().to_string();
        assert!(error.contains("line 1"), "{error}");
    }
}
