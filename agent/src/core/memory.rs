//! What the machine remembers over restarts. Kept in the spool, in one transaction with the events that changed it.

use muster_protocol::UtcMillis;
use muster_protocol::policy::{Notice, Policy};
use serde::{Deserialize, Serialize};

use super::day::DayMarks;
use super::shift::Shift;

/// What an agent that knows nothing of its hub takes for the hub's patience, in milliseconds.
const OFFLINE_AFTER_MS: i64 = 120_000;

/// One machine's memory of one person at one hub.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Memory {
    /// The last one heard. Without one nothing is captured.
    pub policy: Option<Policy>,
    /// Shown and not accepted: nothing is captured, also when the hub is away.
    pub notice: Option<Notice>,
    /// The last one accepted, so that a hub that has not heard of it yet does not ask twice.
    pub accepted: Option<Accepted>,
    pub is_paused: bool,
    pub shift: Option<Shift>,
    /// Work was known to go on at this moment. Follows the truth within a minute.
    pub last_sign: UtcMillis,
    /// A silence that is longer ends a shift. From `welcome`.
    pub offline_after_ms: i64,
    pub marks: DayMarks,
}

/// Names a notice: a hub that starts anew counts its versions from the beginning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accepted {
    pub version: u64,
    pub published_at: UtcMillis,
}

impl Accepted {
    /// The name of `notice`.
    #[must_use]
    pub const fn of(notice: &Notice) -> Self {
        Self { version: notice.version, published_at: notice.published_at }
    }
}

impl Default for Memory {
    fn default() -> Self {
        Self {
            policy: None,
            notice: None,
            accepted: None,
            is_paused: false,
            shift: None,
            last_sign: UtcMillis(0),
            offline_after_ms: OFFLINE_AFTER_MS,
            marks: DayMarks::default(),
        }
    }
}
