//! How many people were here: counts at regular moments, from the changes of each.

use muster_protocol::UtcMillis;
use muster_protocol::presence::Status;

/// How many people had each status at a moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub active: u32,
    pub idle: u32,
    pub offline: u32,
}

impl Counts {
    fn add(&mut self, status: Status) {
        match status {
            Status::Active => self.active += 1,
            Status::Idle => self.idle += 1,
            Status::Offline => self.offline += 1,
        }
    }
}

/// Counts at moments that are equally far apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    first: UtcMillis,
    step_ms: i64,
    counts: Vec<Counts>,
}

impl Tally {
    /// Of nobody yet. The moments are the multiples of `step_ms` since 1970 after `from`, up to `to`, both included: asked
    /// again a little later, they are mostly the same.
    #[must_use]
    pub fn between(from: UtcMillis, to: UtcMillis, step_ms: i64) -> Self {
        let step_ms = step_ms.max(1);
        let first = from.0.div_euclid(step_ms) * step_ms + if from.0.rem_euclid(step_ms) == 0 { 0 } else { step_ms };
        let count = if to.0 < first { 0 } else { (to.0 - first) / step_ms + 1 };
        let counts = vec![Counts::default(); usize::try_from(count).unwrap_or_default()];
        Self { first: UtcMillis(first), step_ms, counts }
    }

    /// Adds somebody who has been known since `known_since`, and whose status changed so, oldest first. Before the first
    /// change they were offline.
    pub fn add(&mut self, known_since: UtcMillis, changes: impl IntoIterator<Item = (UtcMillis, Status)>) {
        let mut changes = changes.into_iter().peekable();
        let mut status = Status::Offline;
        let mut at = self.first;
        for counts in &mut self.counts {
            while let Some((_, next)) = changes.next_if(|(since, _)| *since <= at) {
                status = next;
            }
            if known_since <= at {
                counts.add(status);
            }
            at = at.plus(self.step_ms);
        }
    }

    /// The moments with their counts, oldest first.
    pub fn points(&self) -> impl Iterator<Item = (UtcMillis, Counts)> {
        let moments = (0..).map(|place: i64| self.first.plus(place * self.step_ms));
        moments.zip(self.counts.iter().copied())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(tally: &Tally) -> Vec<(i64, u32, u32, u32)> {
        tally.points().map(|(at, counts)| (at.0, counts.active, counts.idle, counts.offline)).collect()
    }

    #[test]
    fn a_status_counts_from_its_moment_to_the_next() {
        let mut tally = Tally::between(UtcMillis(95), UtcMillis(140), 10);
        let changes = [(90, Status::Idle), (100, Status::Active), (111, Status::Offline), (119, Status::Active)];
        tally.add(UtcMillis(0), changes.map(|(at, status)| (UtcMillis(at), status)));
        tally.add(UtcMillis(0), []);
        let expected = [(100, 1, 0, 1), (110, 1, 0, 1), (120, 1, 0, 1), (130, 1, 0, 1), (140, 1, 0, 1)];
        assert_eq!(counts(&tally), expected);
    }

    #[test]
    fn nobody_counts_before_they_are_known() {
        let mut tally = Tally::between(UtcMillis(100), UtcMillis(129), 10);
        tally.add(UtcMillis(115), [(UtcMillis(120), Status::Idle)]);
        assert_eq!(counts(&tally), [(100, 0, 0, 0), (110, 0, 0, 0), (120, 0, 1, 0)]);
    }

    #[test]
    fn a_span_that_holds_no_moment_has_no_points() {
        assert_eq!(counts(&Tally::between(UtcMillis(101), UtcMillis(109), 10)), []);
        assert_eq!(counts(&Tally::between(UtcMillis(200), UtcMillis(100), 10)), []);
    }
}
