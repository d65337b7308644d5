//! The base delay: the shortest that was measured within the last minute.

use crate::MonoMillis;

const SLOT_MS: u64 = 10_000;
const SLOTS: usize = 6;

/// A minimum over the last 50 to 60 seconds, in constant memory: one minimum per ten seconds.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct BaseDelay {
    slots: [Slot; SLOTS],
}

#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    /// Which ten seconds of this process, from 1; 0 is empty.
    number: u64,
    shortest_ms: u64,
}

impl BaseDelay {
    /// Takes in a measurement.
    pub fn note(&mut self, delay_ms: u64, now: MonoMillis) {
        let number = number_of(now);
        let slot = &mut self.slots[(number % SLOTS as u64) as usize];
        let shortest_ms = if slot.number == number { slot.shortest_ms.min(delay_ms) } else { delay_ms };
        *slot = Slot { number, shortest_ms };
    }

    /// The shortest of the last minute; `None` when nothing was measured.
    pub fn shortest_ms(&self, now: MonoMillis) -> Option<u64> {
        let oldest = number_of(now).saturating_sub(SLOTS as u64 - 1).max(1);
        self.slots.iter().filter(|slot| slot.number >= oldest).map(|slot| slot.shortest_ms).min()
    }
}

const fn number_of(now: MonoMillis) -> u64 {
    now.0 / SLOT_MS + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shortest_of_a_minute() {
        let mut base = BaseDelay::default();
        assert_eq!(base.shortest_ms(MonoMillis(0)), None);
        base.note(30, MonoMillis(1_000));
        base.note(80, MonoMillis(2_000));
        base.note(90, MonoMillis(45_000));
        assert_eq!(base.shortest_ms(MonoMillis(59_999)), Some(30));
        assert_eq!(base.shortest_ms(MonoMillis(60_000)), Some(90), "the route changed a minute ago");
        assert_eq!(base.shortest_ms(MonoMillis(500_000)), None);
    }
}
