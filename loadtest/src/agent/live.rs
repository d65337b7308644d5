//! What to capture of one display, and when: the rates of the tiers, the brake, and which pictures are complete. Pure.

use muster_protocol::agent::Watch;
use muster_protocol::limits::{FOCUS_WIDTH_MAX, WALL_WIDTH_MAX};
use muster_protocol::portal::Tier;

/// Beside the focus there is a wall picture so often at most.
const WALL_BESIDE_FOCUS_MS: u64 = 1_000;
/// Rates that are kept to, in pictures a second.
const FPS_MIN: f32 = 0.1;
const FPS_MAX: f32 = 60.0;

/// One display over the life of a socket. Instants are monotonic milliseconds.
#[derive(Clone, Copy, Debug)]
pub struct LiveTrack {
    watch: Option<Watch>,
    /// Counts every `watch` and `unwatch`: what was begun for an earlier one is not sent.
    order: u32,
    wall: TierPace,
    focus: TierPace,
    flight: Flight,
    /// Of both tiers; they share the count.
    last_seq: u32,
}

#[derive(Clone, Copy, Debug, Default)]
struct TierPace {
    begun_at_ms: Option<u64>,
    due_at_ms: u64,
    /// The seq of the picture that the hub has; `None`: the next one is complete.
    holds: Option<u32>,
}

/// At most one picture per track is on its way, whatever its tier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Flight {
    Free,
    /// A picture is being drawn.
    Drawing,
    /// This seq went out at so many microseconds and the hub has not taken it.
    Unacked {
        seq: u32,
        sent_at_us: u64,
    },
}

/// One picture to take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shot {
    pub tier: Tier,
    /// At most so many pixels wide.
    pub width: u16,
    /// JPEG quality.
    pub quality: u8,
    pub extent: Extent,
    order: u32,
}

/// How much of a picture is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// All of it: the hub has none, or lost it.
    Complete,
    /// What changed since the last one of the tier.
    Changes,
}

/// What a look at the screen showed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    News,
    /// The last picture of the tier still holds.
    Same,
}

impl LiveTrack {
    /// Nobody watches it yet.
    #[must_use]
    pub const fn new() -> Self {
        const PACE: TierPace = TierPace { begun_at_ms: None, due_at_ms: 0, holds: None };
        Self { watch: None, order: 0, wall: PACE, focus: PACE, flight: Flight::Free, last_seq: 0 }
    }

    /// Whether somebody watches.
    #[must_use]
    pub fn is_watched(&self) -> bool {
        self.watch.is_some()
    }

    /// The hub wants this from now on, complete pictures first: also when it says the same again.
    pub fn watch(&mut self, watch: Watch, now_ms: u64) {
        self.order = self.order.wrapping_add(1);
        self.watch = Some(watch);
        for tier in [Tier::Wall, Tier::Focus] {
            let interval_ms = interval_ms(&watch, tier);
            let pace = self.pace_mut(tier);
            pace.holds = None;
            pace.due_at_ms = pace.begun_at_ms.map_or(now_ms, |begun_at_ms| begun_at_ms + interval_ms);
        }
    }

    /// Nobody watches any more. The count goes on, and what is unacknowledged stays so.
    pub fn unwatch(&mut self) {
        self.order = self.order.wrapping_add(1);
        self.watch = None;
    }

    /// When to take the next picture; `None` while one is on its way or nobody watches.
    #[must_use]
    pub fn due_at_ms(&self) -> Option<u64> {
        if self.flight != Flight::Free {
            return None;
        }
        self.wanted().iter().map(|tier| self.pace(*tier).due_at_ms).min()
    }

    /// The picture to take now, if one is due. Of two the one that waits longer.
    pub fn begin(&mut self, now_ms: u64) -> Option<Shot> {
        let watch = self.watch.filter(|_| self.due_at_ms().is_some_and(|due_at_ms| due_at_ms <= now_ms))?;
        let tier = self.wanted().iter().copied().min_by_key(|tier| self.pace(*tier).due_at_ms)?;
        let interval_ms = interval_ms(&watch, tier);
        let order = self.order;
        let pace = self.pace_mut(tier);
        pace.begun_at_ms = Some(now_ms);
        // From the due moment, so that late timers do not lower the rate; but never as quick as half above it, which is
        // where the hub stops taking pictures.
        pace.due_at_ms = (pace.due_at_ms + interval_ms).max(now_ms + interval_ms * 3 / 4);
        let extent = if pace.holds.is_some() { Extent::Changes } else { Extent::Complete };
        self.flight = Flight::Drawing;
        let widest = if tier == Tier::Wall { WALL_WIDTH_MAX } else { FOCUS_WIDTH_MAX };
        Some(Shot { tier, width: watch.width.clamp(1, widest), quality: watch.quality, extent, order })
    }

    /// Whether the pictures taken for `shot` are still wanted.
    #[must_use]
    pub fn wants(&self, shot: &Shot) -> bool {
        self.order == shot.order && self.is_watched()
    }

    /// `shot` was taken and goes out at `now_us`: returns its seq, for "same" that of the picture that still holds. `None`
    /// when it is not wanted any more: then it must not be sent, and the next one is complete.
    pub fn sent(&mut self, shot: &Shot, seen: Seen, now_us: u64) -> Option<u32> {
        if self.flight != Flight::Drawing {
            return None;
        }
        let seq = match seen {
            _ if !self.wants(shot) => None,
            Seen::News => Some(self.last_seq.wrapping_add(1)),
            Seen::Same => self.pace(shot.tier).holds,
        };
        let Some(seq) = seq else {
            self.discard(shot);
            return None;
        };
        if seen == Seen::News {
            self.last_seq = seq;
            self.pace_mut(shot.tier).holds = Some(seq);
        }
        self.flight = Flight::Unacked { seq, sent_at_us: now_us };
        Some(seq)
    }

    /// `shot` was taken but is not sent: its tier begins anew, at once.
    pub fn discard(&mut self, shot: &Shot) {
        if self.flight == Flight::Drawing {
            self.flight = Flight::Free;
        }
        let pace = self.pace_mut(shot.tier);
        *pace = TierPace { begun_at_ms: None, due_at_ms: 0, holds: None };
    }

    /// The hub took `seq`. Returns how long that took, in microseconds; `None` for a picture that is not on its way.
    pub fn got(&mut self, seq: u32, now_us: u64) -> Option<u64> {
        match self.flight {
            Flight::Unacked { seq: unacked, sent_at_us } if unacked == seq => {
                self.flight = Flight::Free;
                Some(now_us.saturating_sub(sent_at_us))
            }
            _ => None,
        }
    }

    fn wanted(&self) -> &'static [Tier] {
        match self.watch {
            None => &[],
            Some(watch) if watch.width <= WALL_WIDTH_MAX => &[Tier::Wall],
            Some(_) => &[Tier::Focus, Tier::Wall],
        }
    }

    fn pace(&self, tier: Tier) -> &TierPace {
        match tier {
            Tier::Wall => &self.wall,
            Tier::Focus => &self.focus,
        }
    }

    fn pace_mut(&mut self, tier: Tier) -> &mut TierPace {
        match tier {
            Tier::Wall => &mut self.wall,
            Tier::Focus => &mut self.focus,
        }
    }
}

impl Default for LiveTrack {
    fn default() -> Self {
        Self::new()
    }
}

fn interval_ms(watch: &Watch, tier: Tier) -> u64 {
    let fps = if watch.fps.is_finite() { watch.fps.clamp(FPS_MIN, FPS_MAX) } else { 1.0 };
    let interval_ms = (1000.0 / fps) as u64;
    let is_beside = tier == Tier::Wall && watch.width > WALL_WIDTH_MAX;
    if is_beside { interval_ms.max(WALL_BESIDE_FOCUS_MS) } else { interval_ms }
}

#[cfg(test)]
#[path = "live_test.rs"]
mod tests;
