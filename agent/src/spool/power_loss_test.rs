//! The power goes at any moment: what was answered is in the file, whatever became of the writes that were not flushed yet.

use std::io;
use std::sync::{Arc, Mutex};

use muster_protocol::UtcMillis;
use muster_protocol::agent::EventKind;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use redb::backends::InMemoryBackend;
use redb::{Database, StorageBackend};

use super::Spool;
use super::ledger::Ledger;
use crate::core::Memory;

const CHANGES: i64 = 120;
const CUTS: usize = 300;
/// What a disk writes completely or not at all, in bytes.
const SECTOR: usize = 512;

/// What the file was asked to do.
#[derive(Clone, Debug)]
enum Step {
    Write { at: usize, bytes: Vec<u8> },
    Length(usize),
    Flush,
}

/// A disk that remembers its whole history.
#[derive(Clone, Debug, Default)]
struct Disk {
    file: Arc<InMemoryBackend>,
    steps: Arc<Mutex<Vec<Step>>>,
}

impl Disk {
    fn note(&self, step: Step) {
        self.steps.lock().unwrap().push(step);
    }

    fn steps(&self) -> usize {
        self.steps.lock().unwrap().len()
    }
}

impl StorageBackend for Disk {
    fn len(&self) -> io::Result<u64> {
        self.file.len()
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        self.file.read(offset, out)
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        self.note(Step::Length(len as usize));
        self.file.set_len(len)
    }

    fn sync_data(&self) -> io::Result<()> {
        self.note(Step::Flush);
        Ok(())
    }

    fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        self.note(Step::Write { at: offset as usize, bytes: data.to_vec() });
        self.file.write(offset, data)
    }
}

/// What lies in a spool.
#[derive(Clone, Debug, Default, PartialEq)]
struct Held {
    seqs: Vec<u64>,
    next_seq: u64,
    memory: Memory,
}

/// A spool's history: its disk, and what lay in it once so many steps were done.
struct History {
    steps: Vec<Step>,
    answered: Vec<(usize, Held)>,
}

fn held(spool: &Spool, memory: Memory) -> Held {
    let seqs = spool.events_after(0, usize::MAX).unwrap().iter().map(|event| event.seq).collect();
    Held { seqs, next_seq: spool.contents().borrow().next_seq, memory }
}

/// Events come, are acknowledged now and then, and each answer is noted.
async fn live(chance: &mut StdRng) -> History {
    let (disk, folder) = (Disk::default(), tempfile::tempdir().unwrap());
    let database = Database::builder().create_with_backend(disk.clone()).unwrap();
    let spool = Spool::over(Ledger::of(database).unwrap(), folder.path(), 1 << 30).unwrap().spool;
    let mut memory = Memory::default();
    let mut answered = vec![(disk.steps(), held(&spool, memory.clone()))];
    for at in 0..CHANGES {
        if chance.random_ratio(1, 4) {
            let seqs = &answered.last().unwrap().1.seqs;
            let seq = seqs.get(seqs.len() / 2).copied().unwrap_or_default();
            spool.acknowledge(seq).await.unwrap();
        } else {
            // One that goes on for pages now and then.
            let reason = "x".repeat(chance.random_range(0..3) * 3_000);
            let kinds = [EventKind::WorkContinued, EventKind::CaptureFailed { reason }];
            memory.last_sign = UtcMillis(at);
            spool.append(kinds.map(|kind| (kind, UtcMillis(at))).to_vec(), &memory).await.unwrap();
        }
        answered.push((disk.steps(), held(&spool, memory.clone())));
    }
    let steps = disk.steps.lock().unwrap().clone();
    History { steps, answered }
}

/// The file after a loss of power behind `steps`, of which the first `flushed` are safe. Of the others each sector was written or
/// not.
fn cut(steps: &[Step], flushed: usize, chance: &mut StdRng) -> Vec<u8> {
    let mut file = Vec::new();
    for (index, step) in steps.iter().enumerate() {
        let mut is_lost = || index >= flushed && chance.random();
        match step {
            Step::Write { at, bytes } => {
                for (sector, bytes) in bytes.chunks(SECTOR).enumerate().filter(|_| !is_lost()) {
                    let at = at + sector * SECTOR;
                    file.resize(file.len().max(at + bytes.len()), 0);
                    file[at..at + bytes.len()].copy_from_slice(bytes);
                }
            }
            Step::Length(length) if !is_lost() => file.resize(*length, 0),
            Step::Length(_) | Step::Flush => {}
        }
    }
    file
}

/// What a spool finds in `file`; `None` if it cannot be read.
fn found(file: &[u8]) -> Option<Held> {
    let backend = InMemoryBackend::new();
    backend.set_len(file.len() as u64).unwrap();
    backend.write(0, file).unwrap();
    let open = || {
        let ledger = Ledger::of(Database::builder().create_with_backend(backend).ok()?).ok()?;
        let opened = Spool::over(ledger, tempfile::tempdir().unwrap().path(), 1 << 30).ok()?;
        Some(held(&opened.spool, opened.memory))
    };
    // A page that makes no sense may also end in a panic.
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(open)).ok().flatten()
}

impl History {
    /// Whether a loss of power behind `steps`, of which `flushed` are safe, left what was answered last, or what was about to be.
    fn survives(&self, steps: usize, flushed: usize, chance: &mut StdRng) -> bool {
        let last = self.answered.iter().rposition(|(at, _)| *at <= steps).unwrap();
        let found = found(&cut(&self.steps[..steps], flushed, chance));
        self.answered[last..].iter().take(2).any(|(_, held)| found.as_ref() == Some(held))
    }

    fn flushed(&self, steps: usize) -> usize {
        self.steps[..steps].iter().rposition(|step| matches!(step, Step::Flush)).map_or(0, |index| index + 1)
    }
}

#[test]
fn what_was_answered_outlives_a_loss_of_power_at_any_moment() {
    let mut chance = StdRng::seed_from_u64(1_883);
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let history = runtime.block_on(live(&mut chance));
    let (begun, ended) = (history.answered[0].0, history.steps.len());
    let mut lost_by_a_disk_that_lies = 0;
    for _ in 0..CUTS {
        let steps = chance.random_range(begun..=ended);
        assert!(history.survives(steps, history.flushed(steps), &mut chance), "power lost behind step {steps}");
        // The same where nothing since the beginning was flushed: if that did no harm, this test would show nothing.
        lost_by_a_disk_that_lies += usize::from(!history.survives(steps, begun, &mut chance));
    }
    assert!(lost_by_a_disk_that_lies > CUTS / 2, "{lost_by_a_disk_that_lies}");
}
