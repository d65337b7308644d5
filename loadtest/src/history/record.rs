//! What an agent without a hub would have spooled of a shift, and when it would have taken pictures.

use muster_protocol::UtcMillis;
use muster_protocol::agent::EventKind;
use rand::Rng;

use super::chance::{Topic, day_number, draws};
use super::{Doing, Ending, WorkDay, Worker};

impl WorkDay {
    /// The durable events of the shift up to `until`, in their order. No two of them are further apart than
    /// `cover_every_ms`, unless the machine slept.
    #[must_use]
    pub fn events(&self, cover_every_ms: i64, until: UtcMillis) -> Vec<(UtcMillis, EventKind)> {
        let mut events = vec![(self.starts_at, EventKind::WorkStarted)];
        for stretch in &self.stretches {
            let (from, to) = (stretch.from, stretch.to);
            match stretch.doing {
                Doing::Working => {}
                Doing::HandsOff => events.push((from, EventKind::IdleBegan)),
                Doing::Break => events.push((from, EventKind::BreakBegan)),
                // The last sign of life before the lid closes.
                Doing::LidClosed => events.push((from, EventKind::WorkContinued)),
            }
            if stretch.doing != Doing::LidClosed {
                events.extend(covering(from, to, cover_every_ms));
            }
            match stretch.doing {
                Doing::Working => {}
                Doing::HandsOff => events.push((to, EventKind::IdleEnded)),
                Doing::Break => events.push((to, EventKind::BreakEnded)),
                Doing::LidClosed => {
                    events.push((to, EventKind::ClockJumped { by_ms: to.since(from) }));
                    events.push((to, EventKind::WorkStarted));
                }
            }
        }
        events.push(match self.ending {
            Ending::PunchedOut => (self.ends_at(), EventKind::WorkStopped),
            Ending::FellSilent => (self.ends_at(), EventKind::WorkContinued),
        });
        events.retain(|(at, _)| *at <= until);
        events
    }

    /// Whether the shift is over.
    #[must_use]
    pub fn is_over(&self, now: UtcMillis) -> bool {
        self.ends_at() <= now
    }
}

/// "Work went on", as often as needed between two events.
fn covering(from: UtcMillis, to: UtcMillis, every_ms: i64) -> impl Iterator<Item = (UtcMillis, EventKind)> {
    let every_ms = every_ms.max(1);
    let times = (to.since(from) - 1).max(0) / every_ms;
    (1..=times).map(move |time| (from.plus(time * every_ms), EventKind::WorkContinued))
}

impl Worker {
    /// When pictures were taken in this shift: one in each interval, at a random moment, unless the hands were off.
    #[must_use]
    pub fn picture_moments(&self, day: &WorkDay, interval_ms: i64, until: UtcMillis) -> Vec<UtcMillis> {
        let interval_ms = interval_ms.max(1);
        let mut rng = draws(self.seed, Topic::Pictures, day_number(day.date));
        let windows = day.ends_at().since(day.starts_at) / interval_ms;
        let moments =
            (0..=windows).map(|window| day.starts_at.plus(window * interval_ms + rng.random_range(0..interval_ms)));
        let works_at = |at: &UtcMillis| {
            let working = day.stretches.iter().filter(|stretch| stretch.doing == Doing::Working);
            *at <= until && working.into_iter().any(|stretch| stretch.from <= *at && *at < stretch.to)
        };
        moments.filter(works_at).collect()
    }
}
