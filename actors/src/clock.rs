//! The only module of the hub that reads a clock.
#![allow(clippy::disallowed_methods, reason = "this is the module that the rest of the hub asks for the time")]

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use muster_domain::{MonoMillis, Now};
use muster_protocol::UtcMillis;
use tokio::time::Instant;

/// Reads both clocks. Cheap to copy; all copies agree.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    origin: Instant,
    wall: Wall,
}

#[derive(Clone, Copy, Debug)]
enum Wall {
    /// The operating system's.
    System,
    /// Runs with the monotonic clock from here, so that a test with paused time has both under control; somebody may set it
    /// by so many milliseconds.
    From(UtcMillis, &'static AtomicI64),
}

impl Clock {
    /// The machine's clocks.
    #[must_use]
    pub fn system() -> Self {
        Self { origin: Instant::now(), wall: Wall::System }
    }

    /// A wall clock that shows `start` now and then follows tokio's (pausable) monotonic clock.
    #[must_use]
    pub fn starting_at(start: UtcMillis) -> Self {
        static NEVER_SET: AtomicI64 = AtomicI64::new(0);
        Self::settable(start, &NEVER_SET)
    }

    /// The same with a wall clock that is ahead by `set_by_ms`: the tests' way to see a clock being set.
    #[doc(hidden)]
    #[must_use]
    pub fn settable(start: UtcMillis, set_by_ms: &'static AtomicI64) -> Self {
        Self { origin: Instant::now(), wall: Wall::From(start, set_by_ms) }
    }

    /// One reading.
    #[must_use]
    pub fn now(&self) -> Now {
        let elapsed_ms = u64::try_from(self.origin.elapsed().as_millis()).unwrap_or(u64::MAX);
        // Never zero: a machine may take "nothing heard yet" for the beginning of time.
        let mono = MonoMillis(elapsed_ms.saturating_add(1));
        let wall = match self.wall {
            Wall::System => system_wall(),
            Wall::From(start, set_by_ms) => {
                let elapsed_ms = i64::try_from(elapsed_ms).unwrap_or(i64::MAX);
                start.plus(elapsed_ms).plus(set_by_ms.load(Ordering::Relaxed))
            }
        };
        Now { mono, wall }
    }

    /// The wall clock alone.
    #[must_use]
    pub fn wall(&self) -> UtcMillis {
        self.now().wall
    }
}

fn system_wall() -> UtcMillis {
    let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    UtcMillis(i64::try_from(since_epoch.as_millis()).unwrap_or(i64::MAX))
}
