//! The agent's memory of durable events: nothing leaves it before the hub has committed it. Pure.

use std::collections::VecDeque;

use muster_protocol::agent::{DurableEvent, EventKind};
use muster_protocol::{BootId, UtcMillis};

/// Events of one device that the hub has not acknowledged, oldest first.
#[derive(Debug)]
pub struct Spool {
    boot: BootId,
    next_seq: u64,
    entries: VecDeque<Entry>,
    /// Entries before this index are on the wire; all others wait to be sent.
    sent: usize,
}

#[derive(Debug)]
struct Entry {
    boot: BootId,
    event: DurableEvent,
    first_sent_at_us: Option<u64>,
}

/// An event that the hub has committed.
#[derive(Clone, Debug, PartialEq)]
pub struct Acknowledged {
    pub boot: BootId,
    pub event: DurableEvent,
    /// Monotonic microseconds when it first went out.
    pub first_sent_at_us: u64,
}

impl Spool {
    /// An empty spool. Sequence numbers of a boot begin at 1.
    #[must_use]
    pub fn new(boot: BootId) -> Self {
        Self { boot, next_seq: 1, entries: VecDeque::new(), sent: 0 }
    }

    /// The life that new events belong to.
    #[must_use]
    pub fn boot(&self) -> BootId {
        self.boot
    }

    /// The sequence number of the next event.
    #[must_use]
    pub fn next_seq(&self) -> u64 {
        self.next_seq
    }

    /// How many events the hub has not acknowledged.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether everything is acknowledged.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// How many events are on the wire without an answer.
    #[must_use]
    pub fn in_flight(&self) -> usize {
        self.sent
    }

    /// Keeps a new event and returns its sequence number.
    pub fn push(&mut self, at: UtcMillis, kind: EventKind) -> u64 {
        let seq = self.next_seq;
        self.next_seq += 1;
        let event = DurableEvent { seq, boot_id: None, at, kind };
        self.entries.push_back(Entry { boot: self.boot, event, first_sent_at_us: None });
        seq
    }

    /// Up to `max` events that are not on the wire, which they then are. Events of earlier boots say so.
    pub fn take_unsent(&mut self, max: usize, now_us: u64) -> Vec<DurableEvent> {
        let boot = self.boot;
        let batch: Vec<DurableEvent> = self
            .entries
            .iter_mut()
            .skip(self.sent)
            .take(max)
            .map(|entry| {
                entry.first_sent_at_us.get_or_insert(now_us);
                let boot_id = (entry.boot != boot).then_some(entry.boot);
                DurableEvent { boot_id, ..entry.event.clone() }
            })
            .collect();
        self.sent += batch.len();
        batch
    }

    /// The socket is gone: whatever was on the wire has to go again.
    pub fn rewind(&mut self) {
        self.sent = 0;
    }

    /// The device restarted: new events belong to `boot`, unacknowledged ones keep their own.
    pub fn reboot(&mut self, boot: BootId) {
        self.boot = boot;
        self.next_seq = 1;
        self.sent = 0;
    }

    /// Forgets every sent event of `boot` up to `seq` and returns them. An acknowledgement of something that was never
    /// sent forgets nothing.
    pub fn acknowledge(&mut self, boot: BootId, seq: u64) -> Vec<Acknowledged> {
        self.forget(|entry| entry.boot == boot && entry.event.seq <= seq)
    }

    /// Sets aside the events of `boot` that the hub will never take, and returns them.
    pub fn refuse(&mut self, boot: BootId, seqs: &[u64]) -> Vec<Acknowledged> {
        self.forget(|entry| entry.boot == boot && seqs.contains(&entry.event.seq))
    }

    fn forget(&mut self, leaves: impl Fn(&Entry) -> bool) -> Vec<Acknowledged> {
        let mut gone = Vec::new();
        let mut kept = VecDeque::with_capacity(self.entries.len());
        let mut sent = 0;
        for (index, entry) in self.entries.drain(..).enumerate() {
            match entry.first_sent_at_us {
                Some(first_sent_at_us) if leaves(&entry) => {
                    gone.push(Acknowledged { boot: entry.boot, event: entry.event, first_sent_at_us });
                }
                _ => {
                    sent += usize::from(index < self.sent);
                    kept.push_back(entry);
                }
            }
        }
        self.entries = kept;
        self.sent = sent;
        gone
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn boot() -> BootId {
        BootId::generate()
    }

    fn filled(boot: BootId, count: i64) -> Spool {
        let mut spool = Spool::new(boot);
        for at in 0..count {
            spool.push(UtcMillis(at), EventKind::WorkContinued);
        }
        spool
    }

    fn seqs(events: &[DurableEvent]) -> Vec<u64> {
        events.iter().map(|event| event.seq).collect()
    }

    #[test]
    fn events_are_sent_once_and_in_order() {
        let mut spool = filled(boot(), 5);
        assert_eq!(seqs(&spool.take_unsent(3, 0)), [1, 2, 3]);
        assert_eq!(seqs(&spool.take_unsent(3, 0)), [4, 5]);
        assert_eq!(seqs(&spool.take_unsent(3, 0)), [0u64; 0]);
        assert_eq!(spool.in_flight(), 5);
    }

    #[test]
    fn only_an_acknowledgement_deletes() {
        let boot = boot();
        let mut spool = filled(boot, 5);
        spool.take_unsent(4, 0);
        assert_eq!(spool.acknowledge(boot, 2).len(), 2);
        assert_eq!((spool.len(), spool.in_flight()), (3, 2));
        spool.rewind();
        assert_eq!(seqs(&spool.take_unsent(9, 0)), [3, 4, 5]);
    }

    #[test]
    fn what_was_never_sent_cannot_be_acknowledged() {
        let boot = boot();
        let mut spool = filled(boot, 3);
        spool.take_unsent(1, 0);
        assert_eq!(spool.acknowledge(boot, 3).len(), 1);
        assert_eq!(seqs(&spool.take_unsent(9, 0)), [2, 3]);
    }

    #[test]
    fn the_first_sending_counts_for_the_latency() {
        let boot = boot();
        let mut spool = filled(boot, 1);
        spool.take_unsent(1, 100);
        spool.rewind();
        spool.take_unsent(1, 900);
        assert_eq!(spool.acknowledge(boot, 1)[0].first_sent_at_us, 100);
    }

    #[test]
    fn events_of_an_earlier_boot_keep_their_name() {
        let (old, new) = (boot(), boot());
        let mut spool = filled(old, 2);
        spool.take_unsent(2, 0);
        spool.reboot(new);
        assert_eq!(spool.push(UtcMillis(9), EventKind::WorkStopped), 1);
        let batch = spool.take_unsent(9, 0);
        let names: Vec<_> = batch.iter().map(|event| (event.boot_id, event.seq)).collect();
        assert_eq!(names, [(Some(old), 1), (Some(old), 2), (None, 1)]);
        assert_eq!(spool.acknowledge(new, 2).len(), 1, "an acknowledgement is for its boot only");
        assert_eq!(spool.acknowledge(old, 2).len(), 2);
        assert!(spool.is_empty());
    }

    #[test]
    fn a_refused_event_leaves_and_the_others_stay() {
        let boot = boot();
        let mut spool = filled(boot, 3);
        spool.take_unsent(3, 0);
        assert_eq!(spool.refuse(boot, &[2])[0].event.seq, 2);
        assert_eq!((spool.len(), spool.in_flight()), (2, 2));
    }
}
