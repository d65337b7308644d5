//! The one thread that writes. What waits while it commits goes into the next commit together.

use std::path::Path;
use std::sync::Arc;

use muster_protocol::UtcMillis;
use muster_protocol::agent::{EventKind, RefusedEvent};
use muster_protocol::limits::SCREENSHOT_BYTES_MAX;
use tokio::sync::{mpsc, oneshot, watch};

use super::album::{Album, StoredShot};
use super::ledger::{self, Ledger, Load};
use super::{Contents, SpoolError};
use crate::capture::Shot;
use crate::core::Memory;
use crate::core::status::{SetAside, Waiting};

/// Requests that share a commit.
const BATCH_MAX: usize = 32;
/// The part of the room that screenshots leave to events: a sixteenth holds them for months.
const RESERVE: u64 = 16;

/// Something to be written.
#[derive(Debug)]
pub(super) enum Change {
    Append { events: Vec<(EventKind, UtcMillis)>, memory: Box<Memory> },
    Keep(Shot),
    Acknowledge { seq: u64 },
    Refuse { items: Vec<RefusedEvent>, at: UtcMillis },
    ForgetShot(StoredShot),
    RefuseShot { shot: StoredShot, reason: String, at: UtcMillis },
    BeginAnew,
    Renumber,
}

/// A change, and who waits for it.
#[derive(Debug)]
pub(super) struct Request {
    pub change: Change,
    pub answer: oneshot::Sender<Result<(), SpoolError>>,
}

/// The thread's own.
pub(super) struct Writer {
    ledger: Arc<Ledger>,
    album: Album,
    load: Load,
    bytes_max: u64,
    /// The screenshot that had no room: another will be about as large.
    refused_bytes: u64,
    contents: watch::Sender<Contents>,
}

impl Writer {
    pub fn new(
        ledger: Arc<Ledger>,
        folder: &Path,
        bytes_max: u64,
    ) -> Result<(Self, watch::Receiver<Contents>), SpoolError> {
        let (album, load) = (Album::open(folder)?, ledger.load()?);
        let (contents, receiver) = watch::channel(Contents::default());
        let writer = Self { ledger, album, load, bytes_max, refused_bytes: 0, contents };
        writer.publish();
        Ok((writer, receiver))
    }

    /// Writes until nobody can ask any more.
    pub fn run(mut self, mut requests: mpsc::Receiver<Request>) {
        while let Some(first) = requests.blocking_recv() {
            let mut batch = vec![first];
            while batch.len() < BATCH_MAX {
                let Ok(more) = requests.try_recv() else { break };
                batch.push(more);
            }
            self.write(batch);
        }
    }

    fn write(&mut self, batch: Vec<Request>) {
        let mut answers = Vec::with_capacity(batch.len());
        let mut in_ledger = Vec::new();
        for Request { change, answer } in batch {
            match change {
                Change::Keep(shot) => answers.push((answer, self.keep(&shot))),
                Change::ForgetShot(shot) => answers.push((answer, self.album.remove(&shot))),
                Change::Append { ref events, .. } if !events.is_empty() && self.used() >= self.bytes_max => {
                    answers.push((answer, Err(SpoolError::Full)));
                }
                change => in_ledger.push((answer, change)),
            }
        }
        let outcome =
            if in_ledger.is_empty() { Ok(()) } else { self.commit(in_ledger.iter().map(|(_, change)| change)) };
        answers.extend(in_ledger.into_iter().map(|(answer, _)| (answer, outcome.clone())));
        self.publish();
        for (answer, outcome) in answers {
            // Whoever does not wait any more does not need the answer.
            let _ = answer.send(outcome);
        }
    }

    fn keep(&mut self, shot: &Shot) -> Result<(), SpoolError> {
        let bytes = shot.jpeg.len() as u64;
        if self.used() + bytes > self.room_for_shots() {
            self.refused_bytes = bytes;
            return Err(SpoolError::Full);
        }
        self.refused_bytes = 0;
        self.album.keep(shot)
    }

    /// One transaction for all of them.
    fn commit<'a>(&mut self, changes: impl Iterator<Item = &'a Change> + Clone) -> Result<(), SpoolError> {
        let writing = self.ledger.change()?;
        let (mut load, mut boot) = (self.load, None);
        for change in changes.clone() {
            match change {
                Change::Append { events, memory } => {
                    ledger::append(&writing, events, &mut load)?;
                    ledger::remember(&writing, memory)?;
                }
                Change::Acknowledge { seq } => ledger::forget_up_to(&writing, *seq, &mut load)?,
                Change::Refuse { items, at } => {
                    for item in items {
                        ledger::refuse(&writing, item, *at, &mut load)?;
                    }
                }
                Change::RefuseShot { shot, reason, at } => {
                    let what = format!("screenshot {} of display {}", shot.id, shot.track);
                    ledger::put_aside(&writing, &SetAside { at: *at, what, reason: reason.clone() })?;
                }
                Change::BeginAnew => boot = Some(ledger::begin_anew(&writing, &mut load)?),
                Change::Renumber => boot = Some(ledger::renumber(&writing, &mut load)?),
                Change::Keep(_) | Change::ForgetShot(_) => {}
            }
        }
        writing.commit().map_err(|error| SpoolError::Disk(error.to_string()))?;
        self.load = load;
        if let Some(boot) = boot {
            self.ledger.set_boot(boot);
        }
        changes.into_iter().try_for_each(|change| match change {
            Change::RefuseShot { shot, .. } => self.album.remove(shot),
            Change::BeginAnew => self.album.clear(),
            _ => Ok(()),
        })
    }

    const fn used(&self) -> u64 {
        self.load.bytes + self.album.bytes()
    }

    const fn room_for_shots(&self) -> u64 {
        self.bytes_max - self.bytes_max / RESERVE
    }

    fn publish(&self) {
        // Room for one more, or screenshots would be taken to be thrown away.
        let one_more = (SCREENSHOT_BYTES_MAX as u64).min(self.bytes_max / RESERVE).max(self.refused_bytes);
        let set_aside = self.ledger.set_aside().unwrap_or_default();
        self.contents.send_replace(Contents {
            waiting: Waiting {
                events: self.load.events,
                screenshots: self.album.len(),
                bytes: self.used(),
                bytes_max: self.bytes_max,
            },
            next_seq: self.load.next_seq,
            is_full: self.used() + one_more > self.room_for_shots(),
            oldest_shot: self.album.oldest(),
            set_aside,
        });
    }
}
