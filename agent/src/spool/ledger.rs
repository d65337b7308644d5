//! The redb file: events in the order of their numbers, the machine's memory, and what was set aside.

use std::path::Path;
use std::sync::RwLock;

use muster_protocol::agent::{DurableEvent, EventKind, RefusedEvent};
use muster_protocol::{BootId, UtcMillis};
use redb::{Database, ReadableDatabase, ReadableTable, TableDefinition, WriteTransaction};
use serde::{Deserialize, Serialize};

use super::SpoolError;
use crate::core::Memory;
use crate::core::status::SetAside;

const META: TableDefinition<'_, &str, &[u8]> = TableDefinition::new("meta");
const EVENTS: TableDefinition<'_, u64, &[u8]> = TableDefinition::new("events");
const ASIDE: TableDefinition<'_, u64, &[u8]> = TableDefinition::new("set_aside");

const BOOT: &str = "boot_id";
const NEXT_SEQ: &str = "next_seq";
const MEMORY: &str = "memory";

const NAME: &str = "spool.redb";
/// The file is small and its pages are hot: redb's own default would be a gigabyte.
const CACHE_BYTES: usize = 2 * 1024 * 1024;
/// Set aside is what somebody may want to look at, not an archive.
const ASIDE_MAX: usize = 10;

/// An event as it lies in the file; its number is the key.
#[derive(Serialize, Deserialize)]
struct StoredEvent {
    at: UtcMillis,
    #[serde(flatten)]
    kind: EventKind,
}

/// The open file.
#[derive(Debug)]
pub(super) struct Ledger {
    database: Database,
    boot: RwLock<BootId>,
}

/// How much lies in the file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Load {
    pub events: u64,
    pub bytes: u64,
    pub next_seq: u64,
}

impl Load {
    fn lose(&mut self, bytes: usize) {
        self.events = self.events.saturating_sub(1);
        self.bytes = self.bytes.saturating_sub(bytes as u64);
    }
}

impl Ledger {
    /// Opens the file in `folder`. A file that cannot be read is kept under another name, and a new life begins.
    pub fn open(folder: &Path) -> Result<(Self, Option<String>), SpoolError> {
        let path = folder.join(NAME);
        match Self::try_open(&path) {
            Ok(ledger) => Ok((ledger, None)),
            Err(Unreadable::Busy) => Err(SpoolError::Busy),
            Err(Unreadable::Broken(reason)) => {
                let aside = unused_name(folder)?;
                std::fs::rename(&path, &aside)?;
                let warning = format!(
                    "The spool could not be read ({reason}). What waited in it is lost to the hub; it is kept as {}.",
                    aside.display()
                );
                tracing::error!(%reason, kept = %aside.display(), "the spool is broken; a new one begins");
                let ledger = Self::try_open(&path).map_err(|error| SpoolError::Disk(error.to_string()))?;
                Ok((ledger, Some(warning)))
            }
        }
    }

    fn try_open(path: &Path) -> Result<Self, Unreadable> {
        // A page that makes no sense may also end in a panic.
        let opened = std::panic::catch_unwind(|| {
            let database =
                Database::builder().set_cache_size(CACHE_BYTES).create(path).map_err(|error| match error {
                    redb::DatabaseError::DatabaseAlreadyOpen => Unreadable::Busy,
                    other => Unreadable::Broken(other.to_string()),
                })?;
            Self::of(database)
        });
        opened.unwrap_or_else(|_| Err(Unreadable::Broken("its pages make no sense".to_owned())))
    }

    /// The ledger in a file that is open, once all of it was read.
    pub fn of(database: Database) -> Result<Self, Unreadable> {
        let broken = |error: SpoolError| Unreadable::Broken(error.to_string());
        let boot = begin(&database).map_err(broken)?;
        let ledger = Self { database, boot: RwLock::new(boot) };
        ledger.memory().and(ledger.load()).and(ledger.events_after(0, usize::MAX)).map_err(broken)?;
        Ok(ledger)
    }

    pub fn boot(&self) -> BootId {
        *self.boot.read().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// A transaction for the writer's thread; the only one that writes.
    pub fn change(&self) -> Result<WriteTransaction, SpoolError> {
        self.database.begin_write().map_err(disk)
    }

    /// What the machine remembered at the last commit.
    pub fn memory(&self) -> Result<Memory, SpoolError> {
        let meta = self.database.begin_read().map_err(disk)?.open_table(META).map_err(disk)?;
        let stored = meta.get(MEMORY).map_err(disk)?;
        stored.map_or_else(|| Ok(Memory::default()), |json| serde_json::from_slice(json.value()).map_err(disk))
    }

    pub fn events_after(&self, after: u64, max: usize) -> Result<Vec<DurableEvent>, SpoolError> {
        let events = self.database.begin_read().map_err(disk)?.open_table(EVENTS).map_err(disk)?;
        let rows = events.range(after.saturating_add(1)..).map_err(disk)?;
        rows.take(max)
            .map(|row| {
                let (seq, json) = row.map_err(disk)?;
                let StoredEvent { at, kind } = serde_json::from_slice(json.value()).map_err(disk)?;
                Ok(DurableEvent { seq: seq.value(), boot_id: None, at, kind })
            })
            .collect()
    }

    pub fn load(&self) -> Result<Load, SpoolError> {
        let reading = self.database.begin_read().map_err(disk)?;
        let (meta, events) = (reading.open_table(META).map_err(disk)?, reading.open_table(EVENTS).map_err(disk)?);
        let mut load = Load { next_seq: next_seq(&meta)?, ..Load::default() };
        for row in events.iter().map_err(disk)? {
            load.events += 1;
            load.bytes += row.map_err(disk)?.1.value().len() as u64;
        }
        Ok(load)
    }

    pub fn set_aside(&self) -> Result<Vec<SetAside>, SpoolError> {
        let aside = self.database.begin_read().map_err(disk)?.open_table(ASIDE).map_err(disk)?;
        let rows = aside.iter().map_err(disk)?;
        rows.map(|row| serde_json::from_slice(row.map_err(disk)?.1.value()).map_err(disk)).collect()
    }

    /// The life of the file that `writing` began; call after its commit.
    pub fn set_boot(&self, boot: BootId) {
        *self.boot.write().unwrap_or_else(std::sync::PoisonError::into_inner) = boot;
    }
}

/// The file's tables exist and it has a life.
fn begin(database: &Database) -> Result<BootId, SpoolError> {
    let writing = database.begin_write().map_err(disk)?;
    let boot = {
        writing.open_table(EVENTS).map_err(disk)?;
        writing.open_table(ASIDE).map_err(disk)?;
        let mut meta = writing.open_table(META).map_err(disk)?;
        let stored = meta.get(BOOT).map_err(disk)?.map(|text| String::from_utf8_lossy(text.value()).into_owned());
        match stored {
            Some(text) => text.parse().map_err(disk)?,
            None => new_life(&mut meta)?,
        }
    };
    writing.commit().map_err(disk)?;
    Ok(boot)
}

fn new_life(meta: &mut redb::Table<'_, &'static str, &'static [u8]>) -> Result<BootId, SpoolError> {
    let boot = BootId::generate();
    meta.insert(BOOT, boot.to_string().as_bytes()).map_err(disk)?;
    meta.insert(NEXT_SEQ, 1u64.to_le_bytes().as_slice()).map_err(disk)?;
    Ok(boot)
}

/// Numbers and adds `events`.
pub(super) fn append(
    writing: &WriteTransaction,
    events: &[(EventKind, UtcMillis)],
    load: &mut Load,
) -> Result<(), SpoolError> {
    let mut table = writing.open_table(EVENTS).map_err(disk)?;
    for (kind, at) in events {
        let json = serde_json::to_vec(&StoredEvent { at: *at, kind: kind.clone() }).map_err(disk)?;
        table.insert(load.next_seq, json.as_slice()).map_err(disk)?;
        load.events += 1;
        load.bytes += json.len() as u64;
        load.next_seq += 1;
    }
    let mut meta = writing.open_table(META).map_err(disk)?;
    meta.insert(NEXT_SEQ, load.next_seq.to_le_bytes().as_slice()).map_err(disk)?;
    Ok(())
}

pub(super) fn remember(writing: &WriteTransaction, memory: &Memory) -> Result<(), SpoolError> {
    let json = serde_json::to_vec(memory).map_err(disk)?;
    writing.open_table(META).map_err(disk)?.insert(MEMORY, json.as_slice()).map_err(disk)?;
    Ok(())
}

pub(super) fn forget_up_to(writing: &WriteTransaction, seq: u64, load: &mut Load) -> Result<(), SpoolError> {
    let mut events = writing.open_table(EVENTS).map_err(disk)?;
    let forget = |_: u64, json: &[u8]| {
        load.lose(json.len());
        false
    };
    events.retain_in(..=seq, forget).map_err(disk)
}

/// Moves one event out of the way, if it still waits.
pub(super) fn refuse(
    writing: &WriteTransaction,
    item: &RefusedEvent,
    at: UtcMillis,
    load: &mut Load,
) -> Result<(), SpoolError> {
    let removed = {
        let mut events = writing.open_table(EVENTS).map_err(disk)?;
        let removed = events.remove(item.seq).map_err(disk)?;
        removed.map(|json| String::from_utf8_lossy(json.value()).into_owned())
    };
    let Some(json) = removed else { return Ok(()) };
    load.lose(json.len());
    put_aside(writing, &SetAside { at, what: format!("event {} {json}", item.seq), reason: item.reason.clone() })
}

/// Remembers what the hub will never take; the oldest of more than ten is forgotten.
pub(super) fn put_aside(writing: &WriteTransaction, item: &SetAside) -> Result<(), SpoolError> {
    let mut aside = writing.open_table(ASIDE).map_err(disk)?;
    let keys: Vec<u64> = aside.iter().map_err(disk)?.filter_map(|row| Some(row.ok()?.0.value())).collect();
    let key = keys.last().map_or(1, |last| last + 1);
    aside.insert(key, serde_json::to_vec(item).map_err(disk)?.as_slice()).map_err(disk)?;
    for old in keys.iter().take((keys.len() + 1).saturating_sub(ASIDE_MAX)) {
        aside.remove(old).map_err(disk)?;
    }
    Ok(())
}

/// Empties the file and begins another life in it.
pub(super) fn begin_anew(writing: &WriteTransaction, load: &mut Load) -> Result<BootId, SpoolError> {
    *load = Load { next_seq: 1, ..Load::default() };
    writing.open_table(EVENTS).map_err(disk)?.retain(|_, _| false).map_err(disk)?;
    writing.open_table(ASIDE).map_err(disk)?.retain(|_, _| false).map_err(disk)?;
    let mut meta = writing.open_table(META).map_err(disk)?;
    meta.remove(MEMORY).map_err(disk)?;
    new_life(&mut meta)
}

/// Begins another life and numbers what waits anew: the hub remembers higher numbers than this file, which therefore is an old
/// copy of itself.
pub(super) fn renumber(writing: &WriteTransaction, load: &mut Load) -> Result<BootId, SpoolError> {
    let mut events = writing.open_table(EVENTS).map_err(disk)?;
    let mut waiting = Vec::new();
    for row in events.iter().map_err(disk)? {
        waiting.push(row.map_err(disk)?.1.value().to_vec());
    }
    events.retain(|_, _| false).map_err(disk)?;
    for (seq, json) in (1..).zip(&waiting) {
        events.insert(seq, json.as_slice()).map_err(disk)?;
    }
    load.next_seq = waiting.len() as u64 + 1;
    let mut meta = writing.open_table(META).map_err(disk)?;
    let boot = new_life(&mut meta)?;
    meta.insert(NEXT_SEQ, load.next_seq.to_le_bytes().as_slice()).map_err(disk)?;
    Ok(boot)
}

fn next_seq(meta: &impl ReadableTable<&'static str, &'static [u8]>) -> Result<u64, SpoolError> {
    let stored = meta.get(NEXT_SEQ).map_err(disk)?;
    let bytes = stored.and_then(|bytes| bytes.value().try_into().ok());
    bytes.map(u64::from_le_bytes).ok_or_else(|| SpoolError::Disk("the spool has lost its count".to_owned()))
}

/// `spool.broken-1.redb` and so on.
fn unused_name(folder: &Path) -> Result<std::path::PathBuf, SpoolError> {
    let names = (1..1_000).map(|number| folder.join(format!("spool.broken-{number}.redb")));
    names
        .into_iter()
        .find(|path| !path.try_exists().unwrap_or(true))
        .ok_or_else(|| SpoolError::Disk("too many broken spools".to_owned()))
}

/// Why a file is no ledger.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unreadable {
    #[error("it is open already")]
    Busy,
    #[error("{0}")]
    Broken(String),
}

fn disk(error: impl std::fmt::Display) -> SpoolError {
    SpoolError::Disk(error.to_string())
}
