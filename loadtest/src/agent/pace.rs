//! How the days of simulated people look: how often they pause, leave or lose their network, and for how long. Pure.

use rand::Rng;

/// Instants and lengths are milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// How long they work between two spells.
    pub work_ms: (u64, u64),
    pub hands_off: Spell,
    pub locked: Spell,
    pub rest: Spell,
    pub away: Spell,
    pub unplugged: Spell,
}

/// One kind of pause: how likely it is against the others, and how long it lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spell {
    pub weight: u32,
    pub lasts_ms: (u64, u64),
}

/// What interrupts the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pause {
    /// No input; idle once the policy's limit has passed.
    HandsOff,
    /// The screen is locked: idle at once.
    Locked,
    /// A break that the person announces.
    Rest,
    /// A clean leave: work stopped, `bye`.
    Away,
    /// The socket is dropped without a word; the person goes on working.
    Unplugged,
}

impl Spell {
    /// It never happens.
    pub const NEVER: Self = Self { weight: 0, lasts_ms: (0, 0) };

    /// Happens as often as its `weight` says, between so many seconds.
    #[must_use]
    pub const fn seconds(weight: u32, from: u64, to: u64) -> Self {
        Self { weight, lasts_ms: (from * 1000, to * 1000) }
    }
}

impl Pace {
    /// Nobody ever pauses: sockets with beats, or agents that only commands move.
    pub const STEADY: Self = Self {
        work_ms: (u64::MAX, u64::MAX),
        hands_off: Spell::NEVER,
        locked: Spell::NEVER,
        rest: Spell::NEVER,
        away: Spell::NEVER,
        unplugged: Spell::NEVER,
    };

    /// An office, for people to look at: most work, some pause, now and then somebody leaves or loses the network.
    pub const HUMAN: Self = Self {
        work_ms: (60_000, 8 * 60_000),
        hands_off: Spell::seconds(45, 200, 420),
        locked: Spell::seconds(15, 40, 300),
        rest: Spell::seconds(20, 60, 300),
        away: Spell::seconds(12, 45, 240),
        unplugged: Spell::seconds(8, 5, 60),
    };

    /// A load test: something happens every minute, and `unclean_percent` of the leaves are dropped sockets.
    #[must_use]
    pub fn brisk(unclean_percent: u32) -> Self {
        let unclean_percent = unclean_percent.min(100);
        Self {
            work_ms: (20_000, 60_000),
            hands_off: Spell::NEVER,
            locked: Spell::seconds(100, 5, 20),
            rest: Spell::seconds(50, 5, 20),
            away: Spell::seconds(100 - unclean_percent, 5, 20),
            unplugged: Spell::seconds(unclean_percent, 2, 15),
        }
    }

    /// How long the next stretch of work is.
    pub fn draw_work_ms(&self, rng: &mut impl Rng) -> u64 {
        rng.random_range(self.work_ms.0..=self.work_ms.1)
    }

    /// The next pause and its length; `None` when this pace has none.
    pub fn draw_pause(&self, rng: &mut impl Rng) -> Option<(Pause, u64)> {
        let spells = [
            (Pause::HandsOff, self.hands_off),
            (Pause::Locked, self.locked),
            (Pause::Rest, self.rest),
            (Pause::Away, self.away),
            (Pause::Unplugged, self.unplugged),
        ];
        let total: u32 = spells.iter().map(|(_, spell)| spell.weight).sum();
        if total == 0 {
            return None;
        }
        let mut drawn = rng.random_range(0..total);
        let (pause, spell) = spells.into_iter().find(|(_, spell)| match drawn.checked_sub(spell.weight) {
            Some(rest) => {
                drawn = rest;
                false
            }
            None => true,
        })?;
        Some((pause, rng.random_range(spell.lasts_ms.0..=spell.lasts_ms.1)))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use rand::SeedableRng;
    use rand::rngs::SmallRng;

    use super::*;

    #[test]
    fn pauses_come_as_often_as_their_weights_say() {
        let mut rng = SmallRng::seed_from_u64(5);
        let mut counts = BTreeMap::new();
        for _ in 0..10_000 {
            let (pause, _) = Pace::HUMAN.draw_pause(&mut rng).unwrap();
            *counts.entry(format!("{pause:?}")).or_insert(0i32) += 1;
        }
        for (name, weight) in [("HandsOff", 45), ("Locked", 15), ("Rest", 20), ("Away", 12), ("Unplugged", 8)] {
            assert!((counts[name] - weight * 100).abs() < 250, "{name}: {}", counts[name]);
        }
    }

    #[test]
    fn the_steady_never_pause() {
        assert_eq!(Pace::STEADY.draw_pause(&mut SmallRng::seed_from_u64(5)), None);
    }

    #[test]
    fn all_unclean_means_nobody_says_goodbye() {
        let mut rng = SmallRng::seed_from_u64(5);
        let pauses: Vec<Pause> = (0..1_000).map(|_| Pace::brisk(100).draw_pause(&mut rng).unwrap().0).collect();
        assert!(!pauses.contains(&Pause::Away) && pauses.contains(&Pause::Unplugged));
    }
}
