//! What is too old goes, in bounded bites, and nothing else.

use muster_db::{DELETED_PER_CALL_MAX, Database, PresenceChanged, Whose, Write};
use muster_domain::Span;
use muster_domain::work::{Mark, MarkKind, MarkSource, WorkChange};
use muster_protocol::presence::{Reason, Status};
use muster_protocol::{BootId, DeviceId};
use uuid::Uuid;

use crate::records::{entry, screenshot, viewing};
use crate::support::{at, employee, on_both_engines};
use crate::work::{session, sessions, work};

on_both_engines!(
    what_would_go_is_counted_up_to_a_limit,
    old_work_goes_in_bites,
    old_presence_goes_and_the_state_stays,
    old_audit_goes_in_bites,
    old_viewings_go,
    old_screenshots_are_found_and_younger_ones_are_not,
);

async fn what_would_go_is_counted_up_to_a_limit(database: &Database) {
    let change = sessions((0..25).map(|n| session(n * 10, n * 10 + 4, n * 10 + 9, true)).collect());
    database.commit(&[work("A", change.clone()), work("B", change)]).await.unwrap();
    let entries = (0..25).map(|n| Write::Audit(entry(n * 10, "M", "policy.change", Some("B")))).collect::<Vec<_>>();
    database.commit(&entries).await.unwrap();
    let ids = [employee("A"), employee("B"), employee("C")];
    for (before, max, expected) in [(100, 1_000, 10), (0, 1_000, 0), (1_000, 1_000, 25), (1_000, 7, 7)] {
        assert_eq!(database.work().count_sessions_before(&ids, at(before), max).await.unwrap(), 2 * expected);
        assert_eq!(database.audit().count_before(at(before), max).await.unwrap(), expected);
    }
    assert_eq!(database.screenshots().count_before(at(1_000), 10).await.unwrap(), 0);
}

async fn old_work_goes_in_bites(database: &Database) {
    let source = MarkSource { device: DeviceId(Uuid::nil()), boot: BootId(Uuid::nil()), seq: 1 };
    let marks = (0..25).map(|n| Mark { at: at(n * 10), kind: MarkKind::Active, source }).collect();
    let change =
        WorkChange { marks, ..sessions((0..25).map(|n| session(n * 10, n * 10 + 4, n * 10 + 9, true)).collect()) };
    database.commit(&[work("A", change.clone()), work("B", change)]).await.unwrap();
    let store = database.work();
    for bite in [10, 10, 0] {
        assert_eq!(store.delete_marks_before(&employee("A"), at(200), 10).await.unwrap(), bite);
        assert_eq!(store.delete_sessions_before(&employee("A"), at(200), 10).await.unwrap(), bite);
    }
    for (id, left) in [("A", 5), ("B", 25)] {
        assert_eq!(store.marks(&employee(id), Span::ALL).await.unwrap().len(), left);
        assert_eq!(store.sessions(&employee(id), Span::ALL).await.unwrap().len(), left);
    }
    assert_eq!(store.marks(&employee("A"), Span::ALL).await.unwrap()[0].at, at(200));
}

async fn old_presence_goes_and_the_state_stays(database: &Database) {
    let changes: Vec<_> = (0..5)
        .map(|n| {
            Write::PresenceChanged(PresenceChanged {
                employee: employee("A"),
                at: at(n * 10),
                order: 0,
                status: Status::Active,
                overlay: None,
                reason: Reason::Seen,
                last_seen: None,
            })
        })
        .collect();
    database.commit(&changes).await.unwrap();
    assert_eq!(database.presence().delete_before(&employee("A"), at(30), 100).await.unwrap(), 3);
    assert_eq!(database.presence().history(&employee("A"), Span::ALL).await.unwrap().len(), 2);
    assert_eq!(database.presence().delete_before(&employee("A"), at(1_000), 100).await.unwrap(), 2);
    assert_eq!(database.presence().all().await.unwrap()[0].since, at(40));
}

async fn old_audit_goes_in_bites(database: &Database) {
    let many = DELETED_PER_CALL_MAX + 200;
    let writes: Vec<_> = (0..i64::try_from(many).unwrap()).map(|n| Write::Audit(entry(n, "M", "x", None))).collect();
    for some in writes.chunks(500) {
        database.commit(some).await.unwrap();
    }
    let before = at(i64::try_from(many).unwrap() - 50);
    assert_eq!(database.audit().delete_before(before, usize::MAX).await.unwrap(), DELETED_PER_CALL_MAX);
    assert_eq!(database.audit().delete_before(before, usize::MAX).await.unwrap(), 150);
    assert_eq!(database.audit().delete_before(before, usize::MAX).await.unwrap(), 0);
    let left = database.audit().list(&muster_db::AuditFilter::default(), None, 100).await.unwrap().rows;
    assert_eq!((left.len(), left[49].at), (50, before));
}

async fn old_viewings_go(database: &Database) {
    let writes: Vec<_> = (0..6).map(|n| Write::ViewingOpened(viewing("A", n * 10))).collect();
    database.commit(&writes).await.unwrap();
    assert_eq!(database.viewings().delete_before(at(40), 3).await.unwrap(), 3);
    assert_eq!(database.viewings().delete_before(at(40), 3).await.unwrap(), 1);
    assert_eq!(database.viewings().delete_before(at(40), 3).await.unwrap(), 0);
    for whose in [Whose::Everyone, Whose::These(&[employee("A")])] {
        let left = database.viewings().list(whose, Span::ALL, None, 10).await.unwrap().rows;
        assert_eq!(left.iter().map(|row| row.from.0).collect::<Vec<_>>(), [50, 40]);
    }
    assert_eq!(database.viewings().open().await.unwrap().len(), 2);
}

async fn old_screenshots_are_found_and_younger_ones_are_not(database: &Database) {
    let rows = [screenshot("A", 10), screenshot("B", 20), screenshot("A", 30)];
    let writes = rows.clone().map(|row| Write::Screenshot(Box::new(row)));
    database.commit(&writes).await.unwrap();
    let store = database.screenshots();
    assert_eq!(store.older_than(at(30), 10).await.unwrap(), [rows[1].clone(), rows[0].clone()]);
    assert_eq!(store.older_than(at(30), 1).await.unwrap().len(), 1);
    assert_eq!(store.older_than(at(10), 10).await.unwrap(), []);
}
