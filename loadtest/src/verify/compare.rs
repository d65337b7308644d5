//! What is missing, double or different. Pure.

use std::collections::{BTreeMap, BTreeSet};

use muster_protocol::agent::EventKind;
use muster_protocol::ids::ScreenshotId;
use muster_protocol::{EmployeeId, UtcMillis};

use crate::client::{EventRow, ScreenshotRow, SessionRow};

/// Every expected event is there, once, as it was sent. More events than expected are fine: an acknowledgement may have
/// been lost with the hub. Acknowledgements of a notice are kept elsewhere (`/api/notice/acknowledgements`), as one fact
/// each and not as events.
pub(super) fn compare_events(
    name: &str,
    expected: &BTreeMap<u64, (UtcMillis, EventKind)>,
    got: &[EventRow],
) -> Vec<String> {
    let mut problems = Vec::new();
    let mut seen: BTreeMap<u64, &EventRow> = BTreeMap::new();
    for row in got {
        if seen.insert(row.seq, row).is_some() {
            problems.push(format!("{name}: event {} is there twice", row.seq));
        }
    }
    let kept = expected.iter().filter(|(_, (_, kind))| !matches!(kind, EventKind::NoticeAcknowledged { .. }));
    for (seq, (at, kind)) in kept {
        match seen.get(seq) {
            None => problems.push(format!("{name}: event {seq} is missing")),
            Some(row) if row.at != *at || row.kind != *kind => {
                problems
                    .push(format!("{name}: event {seq} is {:?} at {}, sent was {kind:?} at {at}", row.kind, row.at));
            }
            Some(_) => {}
        }
    }
    problems
}

/// Start and stop of every expected session lie in a session, and no two sessions overlap.
pub(super) fn compare_sessions(
    employee: &EmployeeId,
    expected: &[(UtcMillis, UtcMillis)],
    got: &[SessionRow],
) -> Vec<String> {
    let mut problems = Vec::new();
    let end = |row: &SessionRow| row.end.unwrap_or(UtcMillis(i64::MAX));
    let covers = |at: UtcMillis| got.iter().any(|row| row.start <= at && at <= end(row));
    for (from, to) in expected {
        for at in [from, to] {
            if !covers(*at) {
                problems.push(format!("{employee}: no work session at {at} (session {from} to {to})"));
            }
        }
    }
    let mut rows: Vec<&SessionRow> = got.iter().collect();
    rows.sort_by_key(|row| row.start);
    for pair in rows.windows(2) {
        if end(pair[0]) > pair[1].start {
            problems.push(format!("{employee}: the sessions from {} and {} overlap", pair[0].start, pair[1].start));
        }
    }
    problems
}

/// Every expected screenshot is there, once, and belongs to whom it was taken of.
pub(super) fn compare_screenshots(
    expected: &BTreeMap<ScreenshotId, EmployeeId>,
    employees: &BTreeSet<&EmployeeId>,
    got: &[ScreenshotRow],
) -> Vec<String> {
    let mut problems = Vec::new();
    let mut seen: BTreeMap<ScreenshotId, &EmployeeId> = BTreeMap::new();
    for row in got.iter().filter(|row| employees.contains(&row.employee_id) || expected.contains_key(&row.id)) {
        if seen.insert(row.id, &row.employee_id).is_some() {
            problems.push(format!("screenshot {} is there twice", row.id));
        }
    }
    for (id, employee) in expected {
        match seen.get(id) {
            None => problems.push(format!("screenshot {id} of {employee} is missing")),
            Some(&of) if of != employee => {
                problems.push(format!("screenshot {id} of {employee} is listed for {of}"));
            }
            Some(_) => {}
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(seq: u64, at: i64, kind: EventKind) -> EventRow {
        EventRow { seq, at: UtcMillis(at), kind }
    }

    #[test]
    fn events_missing_double_and_changed_are_told() {
        let expected: BTreeMap<u64, _> =
            (1..=4).map(|seq| (seq, (UtcMillis(seq as i64), EventKind::WorkContinued))).collect();
        let mut expected = expected;
        expected.insert(9, (UtcMillis(9), EventKind::NoticeAcknowledged { version: 1 }));
        let good: Vec<EventRow> = (1..=5).map(|seq| row(seq, seq as i64, EventKind::WorkContinued)).collect();
        assert_eq!(compare_events("d", &expected, &good), [""; 0]);
        let bad = [
            row(1, 1, EventKind::WorkContinued),
            row(1, 1, EventKind::WorkContinued),
            row(2, 2, EventKind::WorkStopped),
            row(4, 5, EventKind::WorkContinued),
        ];
        let problems = compare_events("d", &expected, &bad);
        assert_eq!(problems.len(), 4, "{problems:?}");
        assert!(problems[0].contains("event 1 is there twice"), "{problems:?}");
        assert!(problems[2].contains("event 3 is missing"), "{problems:?}");
    }

    #[test]
    fn sessions_missing_and_overlapping_are_told() {
        let ada = EmployeeId::new("ADA").unwrap();
        let session = |start: i64, end: Option<i64>| SessionRow {
            employee_id: ada.clone(),
            start: UtcMillis(start),
            end: end.map(UtcMillis),
        };
        let expected = [(UtcMillis(100), UtcMillis(200)), (UtcMillis(300), UtcMillis(400))];
        assert_eq!(compare_sessions(&ada, &expected, &[session(100, Some(200)), session(300, None)]), [""; 0]);
        assert_eq!(compare_sessions(&ada, &expected, &[session(100, Some(200))]).len(), 2);
        let overlapping = [session(100, Some(350)), session(300, Some(400))];
        assert_eq!(compare_sessions(&ada, &expected, &overlapping).len(), 1);
    }

    #[test]
    fn screenshots_missing_double_and_misplaced_are_told() {
        let [ada, bob] = ["ADA", "BOB"].map(|code| EmployeeId::new(code).unwrap());
        let ids: Vec<ScreenshotId> = (0..3).map(|_| ScreenshotId::generate()).collect();
        let expected: BTreeMap<_, _> = ids.iter().map(|id| (*id, ada.clone())).collect();
        let employees = BTreeSet::from([&ada]);
        let listed = |id: ScreenshotId, employee: &EmployeeId| ScreenshotRow { id, employee_id: employee.clone() };
        let good: Vec<_> = ids.iter().map(|id| listed(*id, &ada)).collect();
        assert_eq!(compare_screenshots(&expected, &employees, &good), [""; 0]);
        let bad = [listed(ids[0], &ada), listed(ids[0], &ada), listed(ids[1], &bob)];
        assert_eq!(compare_screenshots(&expected, &employees, &bad).len(), 3);
    }
}
