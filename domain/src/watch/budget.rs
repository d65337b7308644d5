//! How many pictures an agent may send of a track.

use muster_protocol::agent::Watch;
use muster_protocol::limits::WALL_WIDTH_MAX;

use crate::MonoMillis;

/// Pictures that may come at once: timers are late and then catch up.
const BURST: f32 = 4.0;
/// What was asked for, and half as much again.
const TOLERANCE: f32 = 1.5;

/// A token bucket for the pictures of one track.
#[derive(Clone, Copy, Debug)]
pub struct FrameBudget {
    tokens: f32,
    filled_at: MonoMillis,
}

impl FrameBudget {
    /// A full one.
    #[must_use]
    pub const fn full(now: MonoMillis) -> Self {
        Self { tokens: BURST, filled_at: now }
    }

    /// Takes one picture out of what `watch` asked for; `false` when the agent sends more than that.
    pub fn take(&mut self, watch: &Watch, now: MonoMillis) -> bool {
        // With the focus tier comes a wall picture a second.
        let beside = if watch.width > WALL_WIDTH_MAX { 1.0 } else { 0.0 };
        let per_second = (watch.fps + beside) * TOLERANCE;
        let refill = now.since(self.filled_at) as f32 / 1_000.0 * per_second;
        self.tokens = (self.tokens + refill).min(BURST.max(per_second));
        self.filled_at = now;
        let has_one = self.tokens >= 1.0;
        if has_one {
            self.tokens -= 1.0;
        }
        has_one
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WALL: Watch = Watch { track: 0, fps: 2.0, width: 480, quality: 60 };

    fn taken(watch: &Watch, every_ms: u64, seconds: u64) -> usize {
        let mut budget = FrameBudget::full(MonoMillis(0));
        (1..=seconds * 1_000 / every_ms).filter(|n| budget.take(watch, MonoMillis(n * every_ms))).count()
    }

    #[test]
    fn what_was_asked_for_passes_and_half_as_much_again() {
        assert_eq!(taken(&WALL, 500, 60), 120);
        assert_eq!(taken(&WALL, 334, 60), 179);
        let flood = taken(&WALL, 10, 60);
        assert!((180..=185).contains(&flood), "{flood}");
    }

    #[test]
    fn the_wall_picture_beside_the_focus_is_not_too_much() {
        let focus = Watch { fps: 4.0, width: 1920, ..WALL };
        assert_eq!(taken(&focus, 200, 60), 300);
    }
}
