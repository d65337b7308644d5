//! The spool: what is recorded is on disk before it counts, and stays there until the hub has committed it.
//!
//! Events and the machine's [`Memory`] lie in one redb file and change in one transaction ([`ledger`]). Screenshots are files
//! whose names say everything ([`album`]), so the folder itself is the queue. One thread writes ([`writer`]); it answers after
//! the commit, and whoever asks while it commits shares the next one. Losing power at any moment loses nothing that was
//! answered.

mod album;
mod ledger;
#[cfg(test)]
mod power_loss_test;
mod writer;

use std::path::Path;
use std::sync::Arc;

use muster_protocol::agent::{DurableEvent, EventKind, RefusedEvent};
use muster_protocol::{BootId, UtcMillis};
use tokio::sync::{mpsc, oneshot, watch};

pub use self::album::StoredShot;
use self::ledger::Ledger;
use self::writer::{Change, Request, Writer};
use crate::capture::Shot;
use crate::core::Memory;
use crate::core::status::{SetAside, Waiting};
use crate::durable::sync_folder;

/// Requests that wait for the writer. Each of them has somebody who waits for the answer.
const REQUESTS_MAX: usize = 64;

/// Why something is not in the spool.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SpoolError {
    #[error("the spool is full")]
    Full,
    #[error("another agent runs on these files")]
    Busy,
    #[error("the spool's disk refuses: {0}")]
    Disk(String),
    #[error("the spool is closed")]
    Closed,
}

impl From<std::io::Error> for SpoolError {
    fn from(error: std::io::Error) -> Self {
        Self::Disk(error.to_string())
    }
}

/// What lies in the spool, as of the last commit.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Contents {
    pub waiting: Waiting,
    /// The sequence number that the next event gets.
    pub next_seq: u64,
    /// There is no room for another screenshot.
    pub is_full: bool,
    pub oldest_shot: Option<StoredShot>,
    /// What the hub will never take, newest last, at most ten.
    pub set_aside: Vec<SetAside>,
}

/// The open spool. Clones share it.
#[derive(Clone, Debug)]
pub struct Spool {
    ledger: Arc<Ledger>,
    requests: mpsc::Sender<Request>,
    contents: watch::Receiver<Contents>,
}

/// A spool that was just opened.
#[derive(Debug)]
pub struct Opened {
    pub spool: Spool,
    pub memory: Memory,
    /// What the person should know, for example of a spool that was broken.
    pub warning: Option<String>,
}

impl Spool {
    /// Opens the spool in `folder`, or begins one. `bytes_max` bounds what waits in it. Blocks; the writer's thread lives as
    /// long as a clone of the spool.
    pub fn open(folder: &Path, bytes_max: u64) -> Result<Opened, SpoolError> {
        std::fs::create_dir_all(folder)?;
        let (ledger, warning) = Ledger::open(folder)?;
        let opened = Self::over(ledger, folder, bytes_max)?;
        // What was made just now has to be found again.
        sync_folder(folder)?;
        Ok(Opened { warning, ..opened })
    }

    /// The spool of a ledger that is open, with the screenshots in `folder`.
    fn over(ledger: Ledger, folder: &Path, bytes_max: u64) -> Result<Opened, SpoolError> {
        let ledger = Arc::new(ledger);
        let memory = ledger.memory()?;
        let (writer, contents) = Writer::new(ledger.clone(), folder, bytes_max)?;
        let (requests, receiver) = mpsc::channel(REQUESTS_MAX);
        std::thread::Builder::new().name("spool".to_owned()).spawn(move || writer.run(receiver))?;
        Ok(Opened { spool: Self { ledger, requests, contents }, memory, warning: None })
    }

    /// The life of this spool: sequence numbers count up within it.
    #[must_use]
    pub fn boot(&self) -> BootId {
        self.ledger.boot()
    }

    /// What lies here, and whenever that changes.
    #[must_use]
    pub fn contents(&self) -> watch::Receiver<Contents> {
        self.contents.clone()
    }

    /// Adds `events` and replaces the memory, both or neither. Answers when they are on disk.
    pub async fn append(&self, events: Vec<(EventKind, UtcMillis)>, memory: &Memory) -> Result<(), SpoolError> {
        self.write(Change::Append { events, memory: Box::new(memory.clone()) }).await
    }

    /// Adds a screenshot. Answers when it is on disk.
    pub async fn keep(&self, shot: Shot) -> Result<(), SpoolError> {
        self.write(Change::Keep(shot)).await
    }

    /// Forgets the events up to `seq`: the hub has committed them.
    pub async fn acknowledge(&self, seq: u64) -> Result<(), SpoolError> {
        self.write(Change::Acknowledge { seq }).await
    }

    /// Sets aside events that the hub will never take.
    pub async fn refuse(&self, items: Vec<RefusedEvent>, at: UtcMillis) -> Result<(), SpoolError> {
        self.write(Change::Refuse { items, at }).await
    }

    /// Forgets a screenshot: the hub has it.
    pub async fn forget_shot(&self, shot: StoredShot) -> Result<(), SpoolError> {
        self.write(Change::ForgetShot(shot)).await
    }

    /// Sets aside a screenshot that the hub will never take.
    pub async fn refuse_shot(&self, shot: StoredShot, reason: String, at: UtcMillis) -> Result<(), SpoolError> {
        self.write(Change::RefuseShot { shot, reason, at }).await
    }

    /// Up to `max` events after `after`, in ascending order.
    pub fn events_after(&self, after: u64, max: usize) -> Result<Vec<DurableEvent>, SpoolError> {
        self.ledger.events_after(after, max)
    }

    /// Begins a new life for somebody else: nothing of the last person stays. The caller has made sure that nothing waits.
    pub async fn begin_anew(&self) -> Result<(), SpoolError> {
        self.write(Change::BeginAnew).await
    }

    /// Begins a new life in which what waits is numbered anew.
    pub async fn renumber(&self) -> Result<(), SpoolError> {
        self.write(Change::Renumber).await
    }

    async fn write(&self, change: Change) -> Result<(), SpoolError> {
        let (answer, answered) = oneshot::channel();
        self.requests.send(Request { change, answer }).await.map_err(|_| SpoolError::Closed)?;
        answered.await.unwrap_or(Err(SpoolError::Closed))
    }
}
