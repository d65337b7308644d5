//! Alerts, and which of them are wanted.

use muster_db::{AlertRow, AlertSettingsRow, Database, DbError, Whose, Write};
use muster_domain::Span;
use muster_domain::alert::AlertSettings;
use muster_protocol::alert::AlertKind;
use muster_protocol::ids::AlertId;

use crate::support::{at, employee, on_both_engines};

on_both_engines!(
    alerts_begin_and_end,
    alerts_that_go_on_outlive_their_retention,
    settings_are_changed_over_what_was_read
);

fn alert(id: &str, since: i64) -> AlertRow {
    AlertRow {
        id: AlertId::generate(),
        kind: AlertKind::CaptureFailing,
        employee: employee(id),
        since: at(since),
        until: None,
        detail: "the display is asleep".into(),
    }
}

fn over(row: &AlertRow, until: i64) -> Write {
    Write::AlertCleared { employee: row.employee.clone(), since: row.since, id: row.id, until: at(until) }
}

async fn alerts_begin_and_end(database: &Database) {
    let (first, second, never) = (alert("A", 10), alert("B", 20), alert("A", 5));
    let raised = |row: &AlertRow| Write::AlertRaised(row.clone());
    let writes = [raised(&first), raised(&second), over(&first, 50), over(&never, 50)];
    let first = AlertRow { until: Some(at(50)), ..first };
    for _ in 0..2 {
        database.commit(&writes).await.unwrap();
        let page = database.alerts().list(Whose::Everyone, Span::ALL, None, 10).await.unwrap();
        assert_eq!(page.rows, [second.clone(), first.clone()]);
        assert_eq!(database.alerts().open().await.unwrap(), [second.clone()]);
    }
    let of_a = database.alerts().list(Whose::These(&[employee("A")]), Span::ALL, None, 10).await.unwrap();
    assert_eq!(of_a.rows, [first]);
}

async fn alerts_that_go_on_outlive_their_retention(database: &Database) {
    let (past, open) = (alert("A", 10), alert("A", 20));
    let writes = [Write::AlertRaised(past.clone()), Write::AlertRaised(open.clone()), over(&past, 15)];
    database.commit(&writes).await.unwrap();
    assert_eq!(database.alerts().delete_before(at(100), 10).await.unwrap(), 1);
    let left = database.alerts().list(Whose::Everyone, Span::ALL, None, 10).await.unwrap();
    assert_eq!(left.rows, [open.clone()]);
    assert_eq!(database.alerts().open().await.unwrap(), [open]);
}

async fn settings_are_changed_over_what_was_read(database: &Database) {
    let alerts = database.alerts();
    assert_eq!(alerts.settings().await.unwrap(), AlertSettingsRow::default());
    let mut wanted = AlertSettings::default();
    wanted.idle_too_long.enabled = true;
    let stored = alerts.put_settings(wanted.clone(), 0).await.unwrap();
    assert_eq!((stored.version, &stored.settings), (1, &wanted));
    assert!(matches!(alerts.put_settings(AlertSettings::default(), 0).await, Err(DbError::Conflict)));
    assert_eq!(alerts.settings().await.unwrap(), stored);
}
