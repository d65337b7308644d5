//! When to look at one display, for which tier, and under which number the picture goes. Pure; instants are monotonic
//! milliseconds.

use muster_protocol::agent::Watch;
use muster_protocol::limits::{FOCUS_WIDTH_MAX, WALL_WIDTH_MAX};
use muster_protocol::portal::Tier;

/// Beside the focus there is a wall picture at most so often (docs/protocol.md, 2.7).
const WALL_BESIDE_FOCUS_MS: u64 = 1_000;
/// A failed look is tried again after so long.
const RETRY_MS: u64 = 2_000;
/// Rates that are kept to, in pictures a second.
const FPS_MIN: f32 = 0.1;
const FPS_MAX: f32 = 30.0;

/// One display over the life of a socket: nobody watches it at first, and nothing was sent.
#[derive(Clone, Copy, Debug, Default)]
pub struct TrackPace {
    watch: Option<Watch>,
    wall: TierPace,
    focus: TierPace,
    /// The picture that the hub has not answered: one at most, whatever its tier.
    unanswered: Option<u32>,
    /// Of both tiers; they share the count.
    last_seq: u32,
}

#[derive(Clone, Copy, Debug, Default)]
struct TierPace {
    looked_at_ms: Option<u64>,
    due_at_ms: u64,
    /// The number of the picture that the hub has; `None`: the next one is complete.
    held: Option<u32>,
}

/// One look to take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    pub tier: Tier,
    /// At most so many pixels wide.
    pub width: u16,
    /// JPEG quality.
    pub quality: u8,
    pub extent: Extent,
}

/// How much of the picture the hub needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// All of it: it has none, or lost it.
    Complete,
    /// What changed since the last one of the tier.
    Changes,
}

impl TrackPace {
    #[must_use]
    pub const fn is_watched(&self) -> bool {
        self.watch.is_some()
    }

    /// The hub wants this from now on, complete pictures first: also when it says the same again. Repeating it does not make
    /// pictures come sooner than its rate says.
    pub fn watch(&mut self, watch: Watch, now_ms: u64) {
        self.watch = Some(watch);
        for tier in [Tier::Wall, Tier::Focus] {
            let interval_ms = interval_ms(&watch, tier);
            let pace = self.tier_mut(tier);
            pace.held = None;
            pace.due_at_ms = pace.looked_at_ms.map_or(now_ms, |looked_at_ms| looked_at_ms + interval_ms);
        }
    }

    /// Nobody watches any more. The count goes on, and what is unanswered stays so.
    pub fn unwatch(&mut self) {
        self.watch = None;
    }

    /// When to look next; `None` while a picture is unanswered or nobody watches.
    #[must_use]
    pub fn due_at_ms(&self) -> Option<u64> {
        if self.unanswered.is_some() {
            return None;
        }
        self.wanted().iter().map(|tier| self.tier(*tier).due_at_ms).min()
    }

    /// The look to take now, if one is due: of two the one that has waited longer. Has to be followed by [`Self::sent`],
    /// [`Self::same`] or [`Self::failed`].
    pub fn begin(&mut self, now_ms: u64) -> Option<Look> {
        let watch = self.watch.filter(|_| self.due_at_ms().is_some_and(|due_at_ms| due_at_ms <= now_ms))?;
        let tier = self.wanted().iter().copied().min_by_key(|tier| self.tier(*tier).due_at_ms)?;
        let interval_ms = interval_ms(&watch, tier);
        let pace = self.tier_mut(tier);
        pace.looked_at_ms = Some(now_ms);
        // From the due moment, so that a late thread does not lower the rate; but never as quick as half above it, which is
        // where the hub stops taking pictures.
        pace.due_at_ms = (pace.due_at_ms + interval_ms).max(now_ms + interval_ms * 3 / 4);
        let extent = if pace.held.is_some() { Extent::Changes } else { Extent::Complete };
        let width_max = if tier == Tier::Wall { WALL_WIDTH_MAX } else { FOCUS_WIDTH_MAX };
        Some(Look { tier, width: watch.width.clamp(1, width_max), quality: watch.quality.clamp(1, 100), extent })
    }

    /// The look showed something new: the number that it is sent under.
    pub fn sent(&mut self, tier: Tier) -> u32 {
        self.last_seq = self.last_seq.wrapping_add(1);
        self.tier_mut(tier).held = Some(self.last_seq);
        self.unanswered = Some(self.last_seq);
        self.last_seq
    }

    /// The look showed what the hub has: the number of that picture. `None` if it has none.
    pub fn same(&mut self, tier: Tier) -> Option<u32> {
        let held = self.tier(tier).held?;
        self.unanswered = Some(held);
        Some(held)
    }

    /// The look failed: it is tried again after a while, and complete.
    pub fn failed(&mut self, now_ms: u64) {
        for tier in [Tier::Wall, Tier::Focus] {
            let pace = self.tier_mut(tier);
            pace.held = None;
            pace.due_at_ms = pace.due_at_ms.max(now_ms + RETRY_MS);
        }
    }

    /// The hub answered a picture. Other numbers than the one on its way mean nothing.
    pub fn got(&mut self, seq: u32) {
        if self.unanswered == Some(seq) {
            self.unanswered = None;
        }
    }

    fn wanted(&self) -> &'static [Tier] {
        match self.watch {
            None => &[],
            Some(watch) if watch.width <= WALL_WIDTH_MAX => &[Tier::Wall],
            Some(_) => &[Tier::Focus, Tier::Wall],
        }
    }

    const fn tier(&self, tier: Tier) -> &TierPace {
        match tier {
            Tier::Wall => &self.wall,
            Tier::Focus => &self.focus,
        }
    }

    const fn tier_mut(&mut self, tier: Tier) -> &mut TierPace {
        match tier {
            Tier::Wall => &mut self.wall,
            Tier::Focus => &mut self.focus,
        }
    }
}

fn interval_ms(watch: &Watch, tier: Tier) -> u64 {
    let fps = if watch.fps.is_finite() { watch.fps.clamp(FPS_MIN, FPS_MAX) } else { 1.0 };
    let interval_ms = (1000.0 / fps) as u64;
    let is_beside = tier == Tier::Wall && watch.width > WALL_WIDTH_MAX;
    if is_beside { interval_ms.max(WALL_BESIDE_FOCUS_MS) } else { interval_ms }
}

#[cfg(test)]
#[path = "pace_test.rs"]
mod tests;
