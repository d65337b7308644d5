//! When a viewer acknowledges what it has painted. Pure.

use std::collections::VecDeque;

/// The protocol's "at the latest 50 ms or eight messages after painting".
const ACK_WITHIN_MS: u64 = 50;
const MESSAGES_PER_ACK_MAX: usize = 8;
/// More messages than any window lets be under way; what comes on top is acknowledged with the newest.
const PAINTING_MAX: usize = 4_096;

/// Paints messages one after another, each some time after it came, and says which `ack` is due. Instants are monotonic
/// milliseconds.
#[derive(Clone, Debug)]
pub struct AckPace {
    paint_ms: u64,
    /// Message ids and when they will have been painted, oldest first.
    painting: VecDeque<(u32, u64)>,
}

impl AckPace {
    /// Pictures are on the screen `paint_ms` after they came.
    #[must_use]
    pub fn new(paint_ms: u64) -> Self {
        Self { paint_ms, painting: VecDeque::new() }
    }

    /// A media message came.
    pub fn received(&mut self, message_id: u32, now_ms: u64) {
        if self.painting.len() >= PAINTING_MAX {
            self.painting.pop_back();
        }
        self.painting.push_back((message_id, now_ms + self.paint_ms));
    }

    /// When the next `ack` is due: 50 ms after the first message that it speaks of, or with the eighth, whatever comes first.
    /// As the portal does it: the parts of a picture are acknowledged together.
    #[must_use]
    pub fn due_at_ms(&self) -> Option<u64> {
        let (_, first_ms) = *self.painting.front()?;
        let spaced_ms = first_ms + ACK_WITHIN_MS;
        let eighth_ms = self.painting.get(MESSAGES_PER_ACK_MAX - 1).map(|(_, painted_ms)| *painted_ms);
        Some(eighth_ms.map_or(spaced_ms, |eighth_ms| eighth_ms.min(spaced_ms)))
    }

    /// The message up to which everything is painted, if it is time to say so.
    pub fn take(&mut self, now_ms: u64) -> Option<u32> {
        self.due_at_ms().filter(|due_at_ms| *due_at_ms <= now_ms)?;
        let mut painted = None;
        while let Some((message_id, painted_ms)) = self.painting.front()
            && *painted_ms <= now_ms
        {
            painted = Some(*message_id);
            self.painting.pop_front();
        }
        painted
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_painted_within_fifty_milliseconds_is_acknowledged_together() {
        let mut acks = AckPace::new(0);
        assert_eq!((acks.due_at_ms(), acks.take(1_000)), (None, None));
        acks.received(1, 1_000);
        acks.received(2, 1_010);
        assert_eq!((acks.due_at_ms(), acks.take(1_049)), (Some(1_050), None));
        assert_eq!((acks.take(1_050), acks.due_at_ms()), (Some(2), None));
        acks.received(3, 2_000);
        assert_eq!((acks.take(2_049), acks.take(2_050)), (None, Some(3)));
    }

    #[test]
    fn eight_messages_do_not_wait() {
        let mut acks = AckPace::new(0);
        for id in 1..=7 {
            acks.received(id, 1);
            assert_eq!(acks.take(1), None, "{id}");
        }
        acks.received(8, 2);
        assert_eq!(acks.take(2), Some(8));
    }

    #[test]
    fn what_is_not_painted_is_not_acknowledged() {
        let mut acks = AckPace::new(30);
        acks.received(7, 100);
        acks.received(8, 160);
        assert_eq!((acks.due_at_ms(), acks.take(179)), (Some(180), None));
        assert_eq!((acks.take(180), acks.due_at_ms()), (Some(7), Some(240)));
        assert_eq!(acks.take(240), Some(8));
        for id in 10..17 {
            acks.received(id, 250);
        }
        acks.received(17, 255);
        assert_eq!(acks.due_at_ms(), Some(285), "the eighth is painted before 50 ms have passed");
    }

    #[test]
    fn a_flood_is_bounded_and_the_newest_is_kept() {
        let mut acks = AckPace::new(10);
        for id in 0..10_000 {
            acks.received(id, 0);
        }
        assert_eq!(acks.painting.len(), PAINTING_MAX);
        assert_eq!(acks.take(10), Some(9_999));
    }
}
