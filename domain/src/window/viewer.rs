//! The byte window of one viewer.

use std::collections::VecDeque;

use super::base_delay::BaseDelay;
use crate::MonoMillis;

/// Media is split at this size, and the window grows by about one such part per round trip once it has found its size.
const PART_BYTES: u64 = 32 * 1024;
/// Small messages ("same as before") cost records, not bytes: this bounds them.
const MESSAGES_MAX: usize = 1_024;

/// After so long without a measurement of an empty path the window is drained for one round trip to take one. Without
/// that, the base delay would slowly rise by the window's own queue, and the queue with it.
const MEASURE_EVERY_MS: u64 = 30_000;

/// The bounds of a window, from the measurements in `docs/performance.md`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WindowConfig {
    pub start_bytes: u64,
    pub min_bytes: u64,
    pub max_bytes: u64,
    /// An acknowledgement later than the base delay by more than this shrinks the window.
    pub queue_delay_ms: u64,
    /// No acknowledgement for so long with bytes in flight: no more pictures until one comes.
    pub pause_after_ms: u64,
    /// And for so long: the socket is closed as slow.
    pub slow_after_ms: u64,
    /// A check later than this was held up by the hub, not by the viewer.
    pub stall_ms: u64,
}

impl Default for WindowConfig {
    fn default() -> Self {
        Self {
            start_bytes: 64 * 1024,
            min_bytes: 16 * 1024,
            max_bytes: 2 * 1024 * 1024,
            queue_delay_ms: 100,
            pause_after_ms: 3_000,
            slow_after_ms: 15_000,
            stall_ms: 2_000,
        }
    }
}

/// How a viewer keeps up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ViewerHealth {
    KeepsUp,
    /// Control messages only.
    Paused,
    /// Close it with [`muster_protocol::CloseCode::Slow`].
    Slow,
}

/// The window of one viewer. The writer of its socket asks [`Self::has_room`] before each media message.
#[derive(Clone, Debug)]
pub struct ViewerWindow {
    config: WindowConfig,
    window_bytes: u64,
    in_flight: VecDeque<Sent>,
    in_flight_bytes: u64,
    /// Of pictures that had the path to themselves.
    base_delay: BaseDelay,
    measured_at: Option<MonoMillis>,
    is_draining: bool,
    /// Until the first sign of a queue the window doubles with each round trip.
    is_searching: bool,
    /// The window was full since the last acknowledgement: only then it says something that there was no queue.
    was_full: bool,
    /// Messages sent before this moment have shrunk the window already.
    shrunk_at: Option<MonoMillis>,
    /// The last acknowledgement, or when bytes were sent after none had been in flight.
    progress_at: MonoMillis,
    health: ViewerHealth,
}

#[derive(Clone, Copy, Debug)]
struct Sent {
    message_id: u32,
    bytes: u64,
    at: MonoMillis,
    /// Nothing of another picture was in flight when it was sent.
    was_alone: bool,
}

impl ViewerWindow {
    #[must_use]
    pub fn new(config: WindowConfig) -> Self {
        Self {
            config,
            window_bytes: config.start_bytes.clamp(config.min_bytes, config.max_bytes),
            in_flight: VecDeque::new(),
            in_flight_bytes: 0,
            base_delay: BaseDelay::default(),
            measured_at: None,
            is_draining: false,
            is_searching: true,
            was_full: false,
            shrunk_at: None,
            progress_at: MonoMillis(0),
            health: ViewerHealth::KeepsUp,
        }
    }

    /// Whether one more media message may go. So at most the window and one message are ever in flight.
    #[must_use]
    pub fn has_room(&self) -> bool {
        if self.is_draining {
            return self.in_flight.is_empty();
        }
        self.health == ViewerHealth::KeepsUp
            && self.in_flight_bytes < self.window_bytes
            && self.in_flight.len() < MESSAGES_MAX
    }

    /// The messages of a picture, ids and bytes, were handed to the socket. Ids count up from message to message.
    pub fn sent(&mut self, messages: impl IntoIterator<Item = (u32, u64)>, now: MonoMillis) {
        let was_alone = self.in_flight.is_empty();
        if was_alone {
            self.progress_at = now;
        }
        for (message_id, bytes) in messages {
            self.in_flight.push_back(Sent { message_id, bytes, at: now, was_alone });
            self.in_flight_bytes += bytes;
        }
        self.was_full |= self.in_flight_bytes >= self.window_bytes;
    }

    /// The viewer has painted everything up to `message_id`. An id that is not in flight (old, doubled, made up) changes
    /// nothing.
    pub fn acknowledged(&mut self, message_id: u32, now: MonoMillis) {
        // The viewer acknowledges the newest, or close to it: search from there.
        let Some(index) = self.in_flight.iter().rposition(|sent| sent.message_id == message_id) else { return };
        let newest = self.in_flight[index];
        let painted_bytes: u64 = self.in_flight.drain(..=index).map(|sent| sent.bytes).sum();
        self.in_flight_bytes -= painted_bytes;
        self.progress_at = now;
        self.health = ViewerHealth::KeepsUp;
        let delay_ms = now.since(newest.at);
        if newest.was_alone {
            self.base_delay.note(delay_ms, now);
            self.measured_at = Some(now);
        }
        self.is_draining = self.measured_at.is_none_or(|measured_at| now.since(measured_at) > MEASURE_EVERY_MS);
        let base_ms = self.base_delay.shortest_ms(now).unwrap_or(delay_ms);
        if delay_ms > base_ms.saturating_add(self.config.queue_delay_ms) {
            self.shrink(newest.at, now);
        } else if self.was_full {
            self.grow(painted_bytes);
        }
        self.was_full = self.in_flight_bytes >= self.window_bytes;
    }

    /// The timer fired. When that is later than its deadline by more than `stall_ms`, the hub slept and not the viewer:
    /// its time begins again.
    pub fn check(&mut self, now: MonoMillis) -> ViewerHealth {
        let Some(due) = self.next_deadline().filter(|due| *due <= now) else { return self.health };
        if now.since(due) > self.config.stall_ms {
            self.progress_at = now;
            return self.health;
        }
        let silent_ms = now.since(self.progress_at);
        self.health = if silent_ms >= self.config.slow_after_ms {
            ViewerHealth::Slow
        } else if silent_ms >= self.config.pause_after_ms {
            ViewerHealth::Paused
        } else {
            ViewerHealth::KeepsUp
        };
        self.health
    }

    /// When [`Self::check`] may have something new to say.
    #[must_use]
    pub fn next_deadline(&self) -> Option<MonoMillis> {
        let after_ms = match self.health {
            _ if self.in_flight.is_empty() => return None,
            ViewerHealth::KeepsUp => self.config.pause_after_ms,
            ViewerHealth::Paused => self.config.slow_after_ms,
            ViewerHealth::Slow => return None,
        };
        Some(self.progress_at.plus(after_ms))
    }

    /// Bytes that may be in flight.
    #[must_use]
    pub const fn window_bytes(&self) -> u64 {
        self.window_bytes
    }

    /// Bytes that are.
    #[must_use]
    pub const fn in_flight_bytes(&self) -> u64 {
        self.in_flight_bytes
    }

    fn grow(&mut self, painted_bytes: u64) {
        let step =
            if self.is_searching { painted_bytes } else { painted_bytes * PART_BYTES / self.window_bytes.max(1) };
        self.window_bytes = self.window_bytes.saturating_add(step).min(self.config.max_bytes);
    }

    /// By 15 %, and once per round trip: what was sent before the last time says nothing about the smaller window.
    fn shrink(&mut self, sent_at: MonoMillis, now: MonoMillis) {
        if self.shrunk_at.is_some_and(|shrunk_at| sent_at < shrunk_at) {
            return;
        }
        self.is_searching = false;
        self.shrunk_at = Some(now);
        self.window_bytes = (self.window_bytes * 85 / 100).max(self.config.min_bytes);
    }
}
