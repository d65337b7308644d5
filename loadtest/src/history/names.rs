//! Names of things that never happened: the same ones in every run, and ordered by time as real ones are.

use muster_protocol::ids::ScreenshotId;
use muster_protocol::{BootId, UtcMillis};
use rand::Rng;
use uuid::Uuid;

use super::chance::{Topic, draws};
use super::{WorkDay, Worker};

/// The life of the agent's spool in this shift: the machine is switched on in the morning.
#[must_use]
pub fn boot_of(worker: &Worker, day: &WorkDay) -> BootId {
    BootId(named(worker, day.starts_at, 0))
}

/// The screenshot that was taken at this moment.
#[must_use]
pub fn screenshot_id(worker: &Worker, at: UtcMillis) -> ScreenshotId {
    ScreenshotId(named(worker, at, 1))
}

/// The correction of what began at this moment.
#[must_use]
pub fn correction_id(worker: &Worker, from: UtcMillis) -> Uuid {
    named(worker, from, 2)
}

/// A UUIDv7 of this moment.
fn named(worker: &Worker, at: UtcMillis, kind: i64) -> Uuid {
    let mut bytes = [0; 10];
    draws(worker.seed, Topic::Names, at.0 * 4 + kind).fill(&mut bytes);
    let since_epoch = u64::try_from(at.0).unwrap_or_default();
    uuid::Builder::from_unix_timestamp_millis(since_epoch, &bytes).into_uuid()
}
