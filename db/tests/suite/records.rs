//! Screenshots, viewings, audit, agents' notes, and the chain of receipts.

use std::collections::BTreeMap;

use muster_db::{
    AgentEventKind, AgentEventRow, AuditEntry, AuditFilter, BlobId, ChainHead, Database, DbError, DeletionReason,
    ScreenshotRow, ViewingRow, Whose, Write,
};
use muster_domain::Span;
use muster_domain::work::MarkSource;
use muster_protocol::ids::ScreenshotId;
use muster_protocol::{BootId, DeviceId};
use uuid::Uuid;

use crate::support::{Folder, at, employee, on_both_engines};

on_both_engines!(
    a_screenshot_is_added_once,
    screenshots_are_paged_newest_first,
    the_latest_of_each_employee,
    a_deleted_screenshot_leaves_a_receipt,
    receipts_are_one_chain_under_concurrency,
    viewings_open_and_close,
    abandoned_viewings_are_closed,
    audit_is_filtered_and_paged,
    notes_of_agents,
);

pub fn screenshot(id: &str, taken_at: i64) -> ScreenshotRow {
    ScreenshotRow {
        id: ScreenshotId::generate(),
        employee: employee(id),
        taken_at: at(taken_at),
        received_at: at(taken_at + 2),
        device: None,
        track: Some(1),
        media_type: "image/jpeg".into(),
        width: 1_920,
        height: 1_080,
        bytes: 123_456,
        content_hash: "ab".repeat(32),
        perceptual_hash: u64::MAX - 5,
        near_identical: true,
        blob: BlobId(Uuid::now_v7()),
        thumbnail: BlobId(Uuid::now_v7()),
    }
}

pub fn viewing(id: &str, from: i64) -> ViewingRow {
    ViewingRow {
        id: Uuid::now_v7(),
        employee: employee(id),
        viewer: employee("M"),
        what: "screen 1".into(),
        from: at(from),
        to: None,
    }
}

pub fn entry(when: i64, actor: &str, action: &str, subject: Option<&str>) -> AuditEntry {
    AuditEntry {
        id: Uuid::now_v7(),
        at: at(when),
        actor: Some(employee(actor)),
        action: action.into(),
        subject: subject.map(employee),
        details: BTreeMap::from([("role".into(), "admin".into())]),
        request_id: None,
    }
}

async fn add(database: &Database, rows: &[ScreenshotRow]) {
    let writes: Vec<_> = rows.iter().map(|row| Write::Screenshot(Box::new(row.clone()))).collect();
    database.commit(&writes).await.unwrap();
}

async fn a_screenshot_is_added_once(database: &Database) {
    let row = ScreenshotRow { device: Some(DeviceId::generate()), ..screenshot("A", 10) };
    let doubled = ScreenshotRow { taken_at: at(99), bytes: 1, ..row.clone() };
    add(database, &[row.clone(), doubled.clone()]).await;
    add(database, &[doubled, row.clone()]).await;
    let screenshots = database.screenshots();
    assert_eq!(screenshots.get(row.id).await.unwrap(), Some(row.clone()));
    assert_eq!(screenshots.get(ScreenshotId::generate()).await.unwrap(), None);
    let page = screenshots.list(Whose::Everyone, Span::ALL, None, 10).await.unwrap();
    assert_eq!((page.rows, page.next), (vec![row], None));
}

async fn screenshots_are_paged_newest_first(database: &Database) {
    let mut rows = Vec::new();
    for n in 0..20 {
        // Two employees, and pairs of one millisecond.
        rows.push(screenshot(if n % 3 == 0 { "A" } else { "B" }, n / 2 * 10));
    }
    rows.push(screenshot("C", 45));
    add(database, &rows).await;
    rows.sort_by_key(|row| (std::cmp::Reverse(row.taken_at), row.id));
    let (both, all) = ([employee("A"), employee("B")], [employee("A"), employee("B"), employee("C")]);
    for whose in [Whose::Everyone, Whose::These(&all), Whose::These(&both)] {
        for span in [Span::ALL, Span { from: at(20), to: at(80) }] {
            let is_in = |row: &&ScreenshotRow| {
                span.contains(row.taken_at) && (row.employee != employee("C") || !matches!(whose, Whose::These([_, _])))
            };
            let expected: Vec<_> = rows.iter().filter(is_in).cloned().collect();
            for limit in [1, 3, 20, 100] {
                assert_eq!(pages(database, whose, span, limit).await, expected, "{whose:?} {span:?} {limit}");
            }
        }
    }
    let nobody = database.screenshots().list(Whose::These(&[]), Span::ALL, None, 10).await.unwrap();
    assert_eq!(nobody.rows, []);
}

async fn pages(database: &Database, whose: Whose<'_>, span: Span, limit: usize) -> Vec<ScreenshotRow> {
    let (mut rows, mut cursor) = (Vec::new(), None);
    loop {
        let page = database.screenshots().list(whose, span, cursor.as_ref(), limit).await.unwrap();
        assert!(page.rows.len() <= limit);
        rows.extend(page.rows);
        match page.next {
            // As it travels through a browser.
            Some(next) => cursor = Some(next.to_string().parse().unwrap()),
            None => return rows,
        }
    }
}

async fn the_latest_of_each_employee(database: &Database) {
    let rows: Vec<_> = (0..6).map(|n| screenshot(if n % 2 == 0 { "A" } else { "B" }, n * 10)).collect();
    add(database, &rows).await;
    let asked = [employee("B"), employee("nobody"), employee("A")];
    let found = database.screenshots().latest_of(&asked, 2).await.unwrap();
    assert_eq!(found.iter().map(|row| row.taken_at.0).collect::<Vec<_>>(), [50, 30, 40, 20]);
}

fn reason(when: i64) -> DeletionReason {
    DeletionReason { at: at(when), why: "asked for by the employee".into(), by: Some(employee("M")) }
}

async fn a_deleted_screenshot_leaves_a_receipt(database: &Database) {
    let rows = [screenshot("A", 10), screenshot("A", 20), screenshot("B", 30)];
    add(database, &rows).await;
    let screenshots = database.screenshots();
    let by_age = DeletionReason { at: at(101), why: "older than 90 days".into(), by: None };
    let first = screenshots.delete(&rows[1], &reason(100)).await.unwrap();
    let second = screenshots.delete(&rows[0], &by_age).await.unwrap();
    assert_eq!((first.seq, second.seq), (1, 2));
    assert_eq!((first.record.as_str(), first.recorded_at), (rows[1].id.to_string().as_str(), at(20)));
    assert_eq!((second.previous_hash.as_str(), second.by.as_ref()), (first.hash.as_str(), None));

    let again = screenshots.delete(&rows[0], &reason(102)).await;
    assert!(matches!(again, Err(DbError::NotFound)), "{again:?}");
    assert_eq!(screenshots.get(rows[0].id).await.unwrap(), None);
    let left = screenshots.list(Whose::Everyone, Span::ALL, None, 10).await.unwrap();
    assert_eq!(left.rows, rows[2..]);
    let receipts = database.receipts();
    assert_eq!(receipts.list(0, 10).await.unwrap(), [first.clone(), second.clone()]);
    assert_eq!(receipts.newest(None, 10).await.unwrap(), [second.clone(), first.clone()]);
    assert_eq!(receipts.newest(None, 1).await.unwrap(), [second.clone()]);
    assert_eq!(receipts.newest(Some(2), 10).await.unwrap(), [first]);
    assert_eq!(receipts.newest(Some(1), 10).await.unwrap(), []);
    assert_eq!(receipts.list(1, 10).await.unwrap(), [second.clone()]);
    assert_eq!(receipts.list(0, 1).await.unwrap().len(), 1);
    assert_eq!(receipts.of_employee(&second.employee, 1, 10).await.unwrap(), [second.clone()]);
    assert_eq!(receipts.of_employee(&second.employee, 2, 10).await.unwrap(), []);
    assert_eq!(receipts.of_employee(&employee("Z"), 0, 10).await.unwrap(), []);
    assert_eq!(receipts.verify().await.unwrap(), ChainHead { seq: 2, hash: second.hash });
}

async fn receipts_are_one_chain_under_concurrency(database: &Database) {
    assert_eq!(database.receipts().verify().await.unwrap(), ChainHead::default());
    let rows: Vec<_> = (0..16).map(|n| screenshot("A", n)).collect();
    add(database, &rows).await;
    let deleting = rows.iter().map(|row| {
        let screenshots = database.screenshots();
        async move { screenshots.delete(row, &reason(100)).await.unwrap().seq }
    });
    let mut seqs = futures_util::future::join_all(deleting).await;
    seqs.sort_unstable();
    assert_eq!(seqs, (1..=16).collect::<Vec<_>>());
    assert_eq!(database.receipts().verify().await.unwrap().seq, 16);
}

#[tokio::test]
async fn tampered_receipts_are_found() {
    for (statement, bad) in [
        ("UPDATE receipt:2 SET why = 'other'", "receipt 2"),
        ("UPDATE receipt:2 SET by = NONE", "receipt 2"),
        ("DELETE receipt:2", "receipt 3"),
        ("DELETE receipt:3", "receipt 3"),
        ("UPDATE receipt:1 SET hash = 'x'", "receipt 1"),
    ] {
        let folder = Folder::new();
        let database = folder.open().await;
        let rows = [screenshot("A", 10), screenshot("A", 20), screenshot("A", 30)];
        add(&database, &rows).await;
        for row in &rows {
            database.screenshots().delete(row, &reason(100)).await.unwrap();
        }
        assert_eq!(database.receipts().verify().await.unwrap().seq, 3);
        database.close().await;
        folder.tamper(statement).await;
        let database = folder.open_when_free().await;
        let error = database.receipts().verify().await.unwrap_err();
        assert!(matches!(&error, DbError::Corrupt(text) if text.starts_with(bad)), "{statement}: {error}");
    }
}

async fn viewings_open_and_close(database: &Database) {
    let (first, second) = (viewing("A", 10), viewing("B", 20));
    let close = |row: &ViewingRow, to| Write::ViewingClosed {
        employee: row.employee.clone(),
        from: row.from,
        id: row.id,
        to: at(to),
    };
    let never_opened = viewing("A", 5);
    let writes = [
        Write::ViewingOpened(first.clone()),
        Write::ViewingOpened(second.clone()),
        close(&first, 50),
        close(&never_opened, 50),
    ];
    let first = ViewingRow { to: Some(at(50)), ..first };
    for _ in 0..2 {
        database.commit(&writes).await.unwrap();
        let page = database.viewings().list(Whose::Everyone, Span::ALL, None, 10).await.unwrap();
        assert_eq!(page.rows, [second.clone(), first.clone()]);
        assert_eq!(database.viewings().open().await.unwrap(), [second.clone()]);
    }
    let of_a = database.viewings().list(Whose::These(&[employee("A")]), Span::ALL, None, 10).await.unwrap();
    assert_eq!(of_a.rows, [first]);
}

async fn abandoned_viewings_are_closed(database: &Database) {
    let (first, second) = (viewing("A", 10), viewing("B", 20));
    database.commit(&[Write::ViewingOpened(first), Write::ViewingOpened(second)]).await.unwrap();
    assert_eq!(database.viewings().close_abandoned(at(70)).await.unwrap(), 2);
    assert_eq!(database.viewings().close_abandoned(at(80)).await.unwrap(), 0);
    assert_eq!(database.viewings().open().await.unwrap(), []);
    let page = database.viewings().list(Whose::Everyone, Span::ALL, None, 10).await.unwrap();
    assert!(page.rows.iter().all(|row| row.to == Some(at(70))), "{page:?}");
}

async fn audit_is_filtered_and_paged(database: &Database) {
    let entries = vec![
        entry(50, "M", "person.create", Some("A")),
        AuditEntry { actor: None, request_id: Some("r1".into()), ..entry(40, "M", "retention.delete", None) },
        entry(30, "N", "person.create", Some("B")),
        entry(20, "M", "policy.change", None),
        entry(10, "M", "person.create", Some("B")),
    ];
    let writes: Vec<_> = entries.iter().rev().map(|entry| Write::Audit(entry.clone())).collect();
    database.commit(&writes).await.unwrap();
    database.commit(&writes).await.unwrap();
    let found = async |filter: AuditFilter| {
        let page = database.audit().list(&filter, None, 10).await.unwrap();
        page.rows.into_iter().map(|entry| entry.at.0).collect::<Vec<_>>()
    };
    assert_eq!(database.audit().list(&AuditFilter::default(), None, 10).await.unwrap().rows, entries);
    assert_eq!(found(AuditFilter { actor: Some(employee("M")), ..Default::default() }).await, [50, 20, 10]);
    assert_eq!(found(AuditFilter { subject: Some(employee("B")), ..Default::default() }).await, [30, 10]);
    assert_eq!(found(AuditFilter { action: Some("policy.change".into()), ..Default::default() }).await, [20]);
    assert_eq!(
        found(AuditFilter { span: Some(Span { from: at(20), to: at(50) }), ..Default::default() }).await,
        [40, 30, 20]
    );

    assert_eq!(found(AuditFilter { person: Some(employee("B")), ..Default::default() }).await, [30, 10]);
    let by_m = AuditFilter { actor: Some(employee("M")), ..Default::default() };
    let first = database.audit().list(&by_m, None, 2).await.unwrap();
    assert_eq!(first.rows.iter().map(|entry| entry.at.0).collect::<Vec<_>>(), [50, 20]);
    let second = database.audit().list(&by_m, first.next.as_ref(), 2).await.unwrap();
    assert_eq!((second.rows.as_slice(), second.next), (&entries[4..], None));
}

async fn notes_of_agents(database: &Database) {
    let note = |when, seq, kind| AgentEventRow {
        employee: employee("A"),
        at: at(when),
        source: MarkSource { device: DeviceId::generate(), boot: BootId::generate(), seq },
        kind,
    };
    let failed = note(10, 1, AgentEventKind::CaptureFailed { reason: "no permission".into() });
    let jumped = note(20, u64::MAX, AgentEventKind::ClockJumped { by_ms: -3_600_000 });
    let acknowledged = note(15, 2, AgentEventKind::NoticeAcknowledged { version: 7 });
    let writes = [&jumped, &failed, &acknowledged].map(|row| Write::AgentEvent(row.clone()));
    database.commit(&writes).await.unwrap();
    database.commit(&writes).await.unwrap();
    let store = database.agent_events();
    assert_eq!(store.list(&employee("A"), Span::ALL).await.unwrap(), [failed, acknowledged.clone(), jumped.clone()]);
    assert_eq!(store.list(&employee("A"), Span { from: at(11), to: at(21) }).await.unwrap(), [acknowledged, jumped]);
}
