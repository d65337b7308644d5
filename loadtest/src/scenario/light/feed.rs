//! When the next picture of a watched track is due. Pure; instants are monotonic microseconds.

/// The pictures of one track, each with a moment of its own whether or not the hub takes them in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Feed {
    wanted: Option<Wanted>,
    unacked: Option<Unacked>,
    /// Counts on from watch to watch.
    next_seq: u32,
}

/// Somebody watches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Wanted {
    interval_us: u64,
    next_due_us: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Unacked {
    seq: u32,
    sent_us: u64,
}

/// A picture to send now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct DuePicture {
    pub seq: u32,
    /// Its scheduled moment. Later than that it is sent when the hub held back its `got`, and all of that counts.
    pub due_us: u64,
    /// Pictures whose moments passed meanwhile: the newest is sent, the others never.
    pub skipped: u64,
}

impl Default for Feed {
    fn default() -> Self {
        Self { wanted: None, unacked: None, next_seq: 1 }
    }
}

impl Feed {
    /// Somebody watches: a picture each interval, the first one at `first_due_us`. If somebody did already, pictures go on
    /// from the last one's moment, at the new rate.
    pub(super) fn watch(&mut self, interval_us: u64, first_due_us: u64) {
        let interval_us = interval_us.max(1);
        match &mut self.wanted {
            Some(wanted) if wanted.interval_us == interval_us => {}
            Some(wanted) => {
                *wanted = Wanted { interval_us, next_due_us: wanted.next_due_us.min(first_due_us) };
            }
            None => self.wanted = Some(Wanted { interval_us, next_due_us: first_due_us }),
        }
    }

    /// Nobody watches any more.
    pub(super) fn unwatch(&mut self) {
        self.wanted = None;
    }

    /// When to ask [`Self::take`]; `None` while nobody watches or the hub has not taken the last picture.
    pub(super) fn next_due_us(&self) -> Option<u64> {
        self.wanted.filter(|_| self.unacked.is_none()).map(|wanted| wanted.next_due_us)
    }

    /// The picture to send now, if one is due.
    pub(super) fn take(&mut self, now_us: u64) -> Option<DuePicture> {
        self.next_due_us().filter(|due_us| *due_us <= now_us)?;
        let wanted = self.wanted.as_mut()?;
        let skipped = (now_us - wanted.next_due_us) / wanted.interval_us;
        let due_us = wanted.next_due_us + skipped * wanted.interval_us;
        wanted.next_due_us = due_us + wanted.interval_us;
        let seq = self.next_seq;
        self.next_seq = self.next_seq.wrapping_add(1);
        self.unacked = Some(Unacked { seq, sent_us: now_us });
        Some(DuePicture { seq, due_us, skipped })
    }

    /// The hub took `seq`. Returns how long that took; `None` for a picture that is not under way.
    pub(super) fn got(&mut self, seq: u32, now_us: u64) -> Option<u64> {
        let unacked = self.unacked.take_if(|unacked| unacked.seq == seq)?;
        Some(now_us.saturating_sub(unacked.sent_us))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn feed(interval_us: u64, first_due_us: u64) -> Feed {
        let mut feed = Feed::default();
        feed.watch(interval_us, first_due_us);
        feed
    }

    #[test]
    fn each_picture_is_dated_with_its_own_moment() {
        let mut feed = feed(500, 1_000);
        assert_eq!(feed.take(999), None);
        assert_eq!(feed.take(1_003), Some(DuePicture { seq: 1, due_us: 1_000, skipped: 0 }));
        assert_eq!((feed.next_due_us(), feed.take(9_000)), (None, None), "the hub has not taken it");
        assert_eq!((feed.got(7, 1_100), feed.got(1, 1_100), feed.got(1, 1_100)), (None, Some(97), None));
        assert_eq!(feed.next_due_us(), Some(1_500));
        assert_eq!(feed.take(1_500), Some(DuePicture { seq: 2, due_us: 1_500, skipped: 0 }));
    }

    #[test]
    fn a_late_got_costs_age_and_skips_but_makes_no_burst() {
        let mut feed = feed(500, 0);
        feed.take(0);
        feed.got(1, 1_900);
        assert_eq!(feed.take(1_900), Some(DuePicture { seq: 2, due_us: 1_500, skipped: 2 }));
        feed.got(2, 1_901);
        assert_eq!((feed.take(1_999), feed.next_due_us()), (None, Some(2_000)));
    }

    #[test]
    fn another_rate_takes_effect_at_once_and_the_same_one_changes_nothing() {
        let mut feed = feed(1_000, 5_000);
        feed.watch(1_000, 4_100);
        assert_eq!(feed.next_due_us(), Some(5_000));
        feed.watch(200, 4_300);
        assert_eq!(feed.next_due_us(), Some(4_300));
    }

    #[test]
    fn numbers_count_on_from_watch_to_watch() {
        let mut feed = feed(500, 0);
        assert_eq!(feed.take(0).map(|due| due.seq), Some(1));
        feed.unwatch();
        assert_eq!((feed.next_due_us(), feed.take(9_000)), (None, None));
        feed.watch(500, 10_000);
        assert_eq!(feed.next_due_us(), None, "the last picture is still under way");
        feed.got(1, 10_000);
        assert_eq!(feed.take(10_000).map(|due| due.seq), Some(2));
    }
}
