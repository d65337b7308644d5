//! What one device has not told yet. Pure.

use std::collections::VecDeque;

use muster_protocol::BootId;
use muster_protocol::agent::DurableEvent;

/// Events in their order: those that wait, and those on the wire. Nothing is forgotten before the hub has it.
///
/// Unlike a live agent's spool it is filled as it empties, because months of a person are more than one wants to hold.
#[derive(Debug)]
pub(super) struct Backlog<I> {
    later: I,
    waiting: VecDeque<DurableEvent>,
    sent: VecDeque<DurableEvent>,
    /// The boot in `hello`: its events do not name it.
    current: BootId,
}

impl<I: Iterator<Item = Vec<DurableEvent>>> Backlog<I> {
    /// `later` gives one shift after the other; `current` is the boot that the device is in.
    pub(super) fn new(later: I, current: BootId) -> Self {
        Self { later, waiting: VecDeque::new(), sent: VecDeque::new(), current }
    }

    /// Up to `max` events that are now on the wire; fewer only at the end.
    pub(super) fn take(&mut self, max: usize) -> Vec<DurableEvent> {
        while self.waiting.len() < max
            && let Some(shift) = self.later.next()
        {
            self.waiting.extend(shift);
        }
        let batch: Vec<DurableEvent> = self.waiting.drain(..max.min(self.waiting.len())).collect();
        self.sent.extend(batch.iter().cloned());
        batch
    }

    /// How many events are on the wire.
    pub(super) fn in_flight(&self) -> usize {
        self.sent.len()
    }

    /// The hub has everything of `boot` up to `seq` that was sent. Returns how many that were.
    pub(super) fn acknowledge(&mut self, boot: BootId, seq: u64) -> usize {
        let (before, current) = (self.sent.len(), self.current);
        self.sent.retain(|event| event.boot_id.unwrap_or(current) != boot || event.seq > seq);
        before - self.sent.len()
    }

    /// The hub will never take these of `boot`. Returns how many there were.
    pub(super) fn refuse(&mut self, boot: BootId, seqs: &[u64]) -> usize {
        let (before, current) = (self.sent.len(), self.current);
        self.sent.retain(|event| event.boot_id.unwrap_or(current) != boot || !seqs.contains(&event.seq));
        before - self.sent.len()
    }

    /// The socket is gone: what was on the wire goes again, before everything else.
    pub(super) fn rewind(&mut self) {
        while let Some(event) = self.sent.pop_back() {
            self.waiting.push_front(event);
        }
    }
}

#[cfg(test)]
mod tests {
    use muster_protocol::UtcMillis;
    use muster_protocol::agent::EventKind;

    use super::*;

    fn shift(boot: BootId, count: u64) -> Vec<DurableEvent> {
        let event = |seq| DurableEvent { seq, boot_id: Some(boot), at: UtcMillis(0), kind: EventKind::WorkContinued };
        (1..=count).map(event).collect()
    }

    fn seqs(events: &[DurableEvent]) -> Vec<u64> {
        events.iter().map(|event| event.seq).collect()
    }

    #[test]
    fn batches_are_full_across_shifts_and_acknowledged_by_boot() {
        let [first, second, now] = [BootId::generate(), BootId::generate(), BootId::generate()];
        let mut backlog = Backlog::new([shift(first, 3), shift(second, 4)].into_iter(), now);
        assert_eq!(seqs(&backlog.take(5)), [1, 2, 3, 1, 2]);
        assert_eq!((backlog.acknowledge(second, 2), backlog.in_flight()), (2, 3));
        assert_eq!((backlog.acknowledge(first, 2), backlog.in_flight()), (2, 1));
        assert_eq!((backlog.refuse(first, &[3, 4]), backlog.in_flight()), (1, 0));
        assert_eq!(seqs(&backlog.take(5)), [3, 4]);
        assert!(backlog.take(5).is_empty());
    }

    #[test]
    fn what_a_broken_socket_swallowed_goes_again_in_its_order() {
        let [boot, now] = [BootId::generate(), BootId::generate()];
        let mut backlog = Backlog::new([shift(boot, 6)].into_iter(), now);
        backlog.take(4);
        backlog.acknowledge(boot, 1);
        backlog.rewind();
        assert_eq!((seqs(&backlog.take(9)), backlog.in_flight()), (vec![2, 3, 4, 5, 6], 5));
    }

    #[test]
    fn an_event_of_the_current_boot_is_acknowledged_under_its_name() {
        let now = BootId::generate();
        let event = DurableEvent { boot_id: None, ..shift(now, 1).remove(0) };
        let mut backlog = Backlog::new([vec![event]].into_iter(), now);
        backlog.take(1);
        assert_eq!((backlog.acknowledge(BootId::generate(), 1), backlog.acknowledge(now, 1)), (0, 1));
    }
}
