//! Batches: all or nothing, as often as you like, and many at once.

use std::collections::BTreeMap;

use muster_db::{Database, DbError, PresenceChanged, Whose, Write};
use muster_domain::Span;
use muster_domain::work::{Mark, MarkKind, MarkSource, WorkChange, WorkSession};
use muster_protocol::presence::{Reason, Status};
use muster_protocol::{BootId, DeviceId};

use crate::records::{entry, screenshot, viewing};
use crate::support::{at, employee, on_both_engines};
use crate::work::{session, sessions, work};

on_both_engines!(
    a_batch_may_be_written_again,
    a_batch_is_all_or_nothing,
    an_empty_batch_is_nothing,
    a_thousand_writes_are_one_batch,
    writers_that_collide_are_all_heard,
);

fn a_bit_of_everything() -> Vec<Write> {
    let (device, boot) = (DeviceId::generate(), BootId::generate());
    let mark = Mark { at: at(10), kind: MarkKind::Start, source: MarkSource { device, boot, seq: 1 } };
    let change = WorkChange { marks: vec![mark], open: Some(at(10)), ..sessions(vec![session(10, 20, 30, false)]) };
    let opened = viewing("A", 10);
    let closed = Write::ViewingClosed { employee: employee("A"), from: at(10), id: opened.id, to: at(20) };
    let status = PresenceChanged {
        employee: employee("A"),
        at: at(10),
        order: 3,
        status: Status::Active,
        overlay: None,
        reason: Reason::Seen,
        last_seen: Some(at(10)),
    };
    vec![
        Write::PresenceChanged(status),
        Write::LastSeenPage { page: 7, seen: vec![(employee("A"), at(11))] },
        work("A", change),
        Write::Acked { device, boot, seq: 1 },
        Write::Screenshot(Box::new(screenshot("A", 10))),
        Write::ViewingOpened(opened),
        closed,
        Write::Audit(entry(10, "M", "x", None)),
    ]
}

/// Everything that the batch is about, in words that compare.
async fn everything(database: &Database) -> BTreeMap<&'static str, String> {
    let a = employee("A");
    let everyone = Whose::Everyone;
    BTreeMap::from([
        ("presence", format!("{:?}", database.presence().all().await.unwrap())),
        ("history", format!("{:?}", database.presence().history(&a, Span::ALL).await.unwrap())),
        ("marks", format!("{:?}", database.work().marks(&a, Span::ALL).await.unwrap())),
        ("sessions", format!("{:?}", database.work().sessions(&a, Span::ALL).await.unwrap())),
        ("open", format!("{:?}", database.work().open_sessions().await.unwrap())),
        ("screenshots", format!("{:?}", database.screenshots().list(everyone, Span::ALL, None, 9).await.unwrap())),
        ("viewings", format!("{:?}", database.viewings().list(everyone, Span::ALL, None, 9).await.unwrap())),
        ("viewings open", format!("{:?}", database.viewings().open().await.unwrap())),
        ("audit", format!("{:?}", database.audit().list(&Default::default(), None, 9).await.unwrap())),
    ])
}

async fn a_batch_may_be_written_again(database: &Database) {
    let batch = a_bit_of_everything();
    database.commit(&batch).await.unwrap();
    let once = everything(database).await;
    assert!(once.iter().all(|(name, text)| text != "[]" || *name == "viewings open"), "{once:?}");
    database.commit(&batch).await.unwrap();
    assert_eq!(everything(database).await, once);
}

async fn a_batch_is_all_or_nothing(database: &Database) {
    let empty = everything(database).await;
    let torn = WorkSession { end: at(99), ..session(10, 20, 30, false) };
    let mut batch = a_bit_of_everything();
    batch.push(work("A", sessions(vec![torn])));
    assert!(matches!(database.commit(&batch).await, Err(DbError::Query(_))));
    assert_eq!(everything(database).await, empty);
}

async fn an_empty_batch_is_nothing(database: &Database) {
    database.commit(&[]).await.unwrap();
}

async fn a_thousand_writes_are_one_batch(database: &Database) {
    let ids: Vec<_> = (0..1_000).map(|n| format!("E{n}")).collect();
    let changes = ids.iter().map(|id| work(id, sessions(vec![session(0, 500, 1_000, false)])));
    database.commit(&changes.collect::<Vec<_>>()).await.unwrap();
    let asked: Vec<_> = ids.iter().map(|id| employee(id)).collect();
    let found = database.work().sessions_of(&asked, Span::ALL).await.unwrap();
    assert!(found.iter().all(|found| found.sessions.len() == 1));
}

async fn writers_that_collide_are_all_heard(database: &Database) {
    let (device, boot) = (DeviceId::generate(), BootId::generate());
    let writers = (0..8).map(|writer| {
        let database = database.clone();
        tokio::spawn(async move {
            for round in 0..10 {
                // One hot record that all fight for, and one of one's own.
                let own = at(writer * 100 + round);
                let source = MarkSource { device, boot, seq: 1 };
                let mark = Mark { at: own, kind: MarkKind::Active, source };
                let hot = Write::Acked { device, boot, seq: own.0.unsigned_abs() };
                let change = WorkChange { marks: vec![mark], ..WorkChange::default() };
                database.commit(&[hot, work("A", change)]).await.unwrap();
            }
        })
    });
    for writer in writers.collect::<Vec<_>>() {
        writer.await.unwrap();
    }
    assert_eq!(database.work().acked(device, boot).await.unwrap(), 709);
    assert_eq!(database.work().marks(&employee("A"), Span::ALL).await.unwrap().len(), 80);
}
