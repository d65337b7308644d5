//! What an agent's durable events mean: marks of work, rows to write, and what is refused.

use std::collections::BTreeMap;

use muster_db::{AcknowledgementRow, AcknowledgementSource, AgentEventKind, AgentEventRow, Write};
use muster_domain::work::{Mark, MarkKind, MarkSource};
use muster_protocol::agent::{DurableEvent, EventKind, RefusedEvent};
use muster_protocol::limits::{FUTURE_SKEW_MS_MAX, TEXT_CHARS_MAX};
use muster_protocol::{BootId, DeviceId, EmployeeId, UtcMillis};

/// One message of events, taken apart.
#[derive(Debug, Default)]
pub(super) struct Reading {
    pub marks: Vec<Mark>,
    /// Everything else that has to be committed with the marks.
    pub writes: Vec<Write>,
    pub refused: BTreeMap<BootId, Vec<RefusedEvent>>,
    /// The highest sequence number of each boot: acknowledged after the commit, refused events included, because they
    /// will never be taken.
    pub acked: BTreeMap<BootId, u64>,
    /// The newest notice version that was acknowledged.
    pub acknowledged_notice: Option<u64>,
    pub failed_captures: Vec<(UtcMillis, String)>,
}

impl Reading {
    /// Reads `items` of `device`, whose current boot is `boot`. `notice` is the version that is published.
    pub fn of(
        employee: &EmployeeId,
        device: DeviceId,
        boot: BootId,
        items: Vec<DurableEvent>,
        now: UtcMillis,
        notice: Option<u64>,
    ) -> Self {
        let mut reading = Self::default();
        for event in items {
            let source = MarkSource { device, boot: event.boot_id.unwrap_or(boot), seq: event.seq };
            let acked = reading.acked.entry(source.boot).or_default();
            *acked = event.seq.max(*acked);
            match refusal(&event, now, notice) {
                Some(reason) => {
                    let refused = RefusedEvent { seq: event.seq, reason };
                    reading.refused.entry(source.boot).or_default().push(refused);
                }
                None => reading.take(employee, source, event),
            }
        }
        for (boot, seq) in &reading.acked {
            reading.writes.push(Write::Acked { device, boot: *boot, seq: *seq });
        }
        reading
    }

    /// The earliest instant that a mark speaks of.
    pub fn earliest(&self) -> Option<UtcMillis> {
        self.marks.iter().map(|mark| mark.at).min()
    }

    fn take(&mut self, employee: &EmployeeId, source: MarkSource, event: DurableEvent) {
        let at = event.at;
        let mark = |kind| Mark { at, kind, source };
        match event.kind {
            EventKind::WorkStarted => self.marks.push(mark(MarkKind::Start)),
            EventKind::WorkStopped => self.marks.push(mark(MarkKind::Stop)),
            EventKind::IdleBegan => self.marks.push(mark(MarkKind::Idle)),
            EventKind::IdleEnded => self.marks.push(mark(MarkKind::Active)),
            EventKind::BreakBegan => self.marks.push(mark(MarkKind::BreakBegan)),
            EventKind::BreakEnded => self.marks.push(mark(MarkKind::BreakEnded)),
            EventKind::WorkContinued => self.marks.push(mark(MarkKind::Covered { to: at })),
            EventKind::NoticeAcknowledged { version } => {
                self.acknowledged_notice = self.acknowledged_notice.max(Some(version));
                let where_from = AcknowledgementSource::Agent;
                let row = AcknowledgementRow { employee: employee.clone(), version, at, source: where_from };
                self.writes.push(Write::NoticeAcknowledged(row));
                self.note(employee, source, at, AgentEventKind::NoticeAcknowledged { version });
            }
            EventKind::CaptureFailed { reason } => {
                let reason = reason.chars().take(TEXT_CHARS_MAX).collect::<String>();
                self.failed_captures.push((at, reason.clone()));
                self.note(employee, source, at, AgentEventKind::CaptureFailed { reason });
            }
            EventKind::ClockJumped { by_ms } => self.note(employee, source, at, AgentEventKind::ClockJumped { by_ms }),
        }
    }

    fn note(&mut self, employee: &EmployeeId, source: MarkSource, at: UtcMillis, kind: AgentEventKind) {
        self.writes.push(Write::AgentEvent(AgentEventRow { employee: employee.clone(), at, source, kind }));
    }
}

fn refusal(event: &DurableEvent, now: UtcMillis, notice: Option<u64>) -> Option<String> {
    if let EventKind::NoticeAcknowledged { version } = event.kind
        && Some(version) > notice
    {
        return Some("there is no such notice".to_owned());
    }
    if event.at.since(now) > FUTURE_SKEW_MS_MAX {
        return Some("it lies more than five minutes ahead of the hub's clock".to_owned());
    }
    (event.at.0 < 0).then(|| "it lies before 1970".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: UtcMillis = UtcMillis(1_795_000_000_000);

    fn read(items: Vec<DurableEvent>) -> (Reading, BootId) {
        let boot = BootId::generate();
        let employee = EmployeeId::new("E1").unwrap();
        (Reading::of(&employee, DeviceId::generate(), boot, items, NOW, Some(2)), boot)
    }

    fn event(seq: u64, at: UtcMillis, kind: EventKind) -> DurableEvent {
        DurableEvent { seq, boot_id: None, at, kind }
    }

    #[test]
    fn an_event_from_the_future_is_refused_and_the_rest_is_taken() {
        let (reading, boot) = read(vec![
            event(1, NOW, EventKind::WorkStarted),
            event(2, NOW.plus(FUTURE_SKEW_MS_MAX + 1), EventKind::IdleBegan),
            event(3, NOW.plus(FUTURE_SKEW_MS_MAX), EventKind::IdleEnded),
        ]);
        assert_eq!(reading.marks.iter().map(|mark| mark.source.seq).collect::<Vec<_>>(), [1, 3]);
        assert_eq!(reading.refused[&boot].iter().map(|refused| refused.seq).collect::<Vec<_>>(), [2]);
        assert_eq!(reading.acked[&boot], 3);
    }

    #[test]
    fn events_of_an_older_boot_keep_their_own_sequence() {
        let older = BootId::generate();
        let late = DurableEvent { boot_id: Some(older), ..event(900, NOW.minus(60_000), EventKind::WorkStopped) };
        let (reading, boot) = read(vec![event(4, NOW, EventKind::WorkStarted), late]);
        assert_eq!(reading.acked, BTreeMap::from([(boot, 4), (older, 900)]));
        assert_eq!(reading.earliest(), Some(NOW.minus(60_000)));
    }

    #[test]
    fn a_notice_that_was_never_published_cannot_be_acknowledged() {
        let acknowledged = |version| event(version, NOW, EventKind::NoticeAcknowledged { version });
        let (reading, boot) = read(vec![acknowledged(2), acknowledged(3)]);
        assert_eq!(reading.acknowledged_notice, Some(2));
        assert_eq!(reading.refused[&boot].len(), 1);
    }

    #[test]
    fn a_failed_capture_is_a_row_and_not_a_mark() {
        let reason = "the display is locked".to_owned();
        let (reading, _) = read(vec![event(1, NOW, EventKind::CaptureFailed { reason: reason.clone() })]);
        assert!(reading.marks.is_empty());
        assert_eq!(reading.failed_captures, [(NOW, reason)]);
        assert_eq!(reading.writes.len(), 2);
    }
}
