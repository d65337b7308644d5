//! Presence: states, changes, checkpoints, and what a dead hub leaves behind.

use muster_db::{Database, PresenceChangeRow, PresenceChanged, PresenceRow, Write};
use muster_domain::Span;
use muster_protocol::presence::{Overlay, Reason, Status};

use crate::support::{at, employee, on_both_engines};

on_both_engines!(
    the_last_change_is_the_state,
    checkpoints_only_move_forwards,
    the_history_begins_with_what_was_in_force,
    histories_of_many_are_those_of_each,
    changes_of_one_millisecond_are_both_kept,
    a_dead_hub_is_closed_at_its_checkpoints,
);

fn changed(id: &str, when: i64, status: Status, reason: Reason) -> PresenceChanged {
    PresenceChanged {
        employee: employee(id),
        at: at(when),
        order: 0,
        status,
        overlay: None,
        reason,
        last_seen: Some(at(when)),
    }
}

async fn the_last_change_is_the_state(database: &Database) {
    let meeting = PresenceChanged {
        overlay: Some(Overlay::Meeting),
        last_seen: None,
        ..changed("A", 30, Status::Idle, Reason::NoInput)
    };
    let writes = [
        Write::PresenceChanged(changed("A", 10, Status::Active, Reason::Seen)),
        Write::PresenceChanged(changed("B", 20, Status::Offline, Reason::Logout)),
        Write::PresenceChanged(meeting),
    ];
    database.commit(&writes).await.unwrap();
    let expected = [
        PresenceRow {
            employee: employee("A"),
            status: Status::Idle,
            overlay: Some(Overlay::Meeting),
            reason: Reason::NoInput,
            since: at(30),
            last_seen: Some(at(10)),
        },
        PresenceRow {
            employee: employee("B"),
            status: Status::Offline,
            overlay: None,
            reason: Reason::Logout,
            since: at(20),
            last_seen: Some(at(20)),
        },
    ];
    assert_eq!(database.presence().all().await.unwrap(), expected);
    database.commit(&[Write::PresenceChanged(changed("A", 40, Status::Active, Reason::Input))]).await.unwrap();
    let now = database.presence().all().await.unwrap().remove(0);
    assert_eq!((now.status, now.overlay, now.since, now.last_seen), (Status::Active, None, at(40), Some(at(40))));
}

async fn checkpoints_only_move_forwards(database: &Database) {
    let page = |when| Write::LastSeenPage { page: 3, seen: vec![(employee("A"), at(when)), (employee("B"), at(5))] };
    let change = |when| Write::PresenceChanged(changed("A", when, Status::Active, Reason::Seen));
    for (writes, expected) in
        [(vec![change(10)], 10), (vec![page(70)], 70), (vec![change(60)], 70), (vec![page(80)], 80)]
    {
        database.commit(&writes).await.unwrap();
        let all = database.presence().all().await.unwrap();
        assert_eq!((all.len(), all[0].last_seen), (1, Some(at(expected))));
    }
}

async fn the_history_begins_with_what_was_in_force(database: &Database) {
    let changes = [(10, Status::Active), (20, Status::Idle), (30, Status::Active), (40, Status::Offline)];
    let writes = changes.map(|(when, status)| Write::PresenceChanged(changed("A", when, status, Reason::Seen)));
    database.commit(&writes).await.unwrap();
    database.commit(&[Write::PresenceChanged(changed("AB", 25, Status::Active, Reason::Seen))]).await.unwrap();
    let history = async |from, to| {
        let span = Span { from: at(from), to: at(to) };
        let rows = database.presence().history(&employee("A"), span).await.unwrap();
        rows.into_iter().map(|row| row.at.0).collect::<Vec<_>>()
    };
    assert_eq!(history(20, 40).await, [10, 20, 30]);
    assert_eq!(history(21, 30).await, [20]);
    assert_eq!(history(0, 10).await, [0_i64; 0]);
    assert_eq!(history(0, 100).await, [10, 20, 30, 40]);
    assert_eq!(history(100, 200).await, [40]);
    let all = database.presence().history(&employee("A"), Span::ALL).await.unwrap();
    let first = PresenceChangeRow { at: at(10), status: Status::Active, overlay: None, reason: Reason::Seen };
    assert_eq!((all.len(), all.first()), (4, Some(&first)));
}

async fn histories_of_many_are_those_of_each(database: &Database) {
    let ids = (0..300).map(|number| employee(&format!("E{number}"))).collect::<Vec<_>>();
    let changes = ids.iter().enumerate().flat_map(|(place, id)| {
        let moments = [(10, Status::Active), (20, Status::Idle), (30, Status::Offline)];
        moments.into_iter().take(place % 4).map(|(when, status)| changed(id.as_str(), when, status, Reason::Seen))
    });
    let writes = changes.map(Write::PresenceChanged).collect::<Vec<_>>();
    database.commit(&writes).await.unwrap();
    let span = Span { from: at(15), to: at(30) };
    let histories = database.presence().histories(&ids, span).await.unwrap();
    assert_eq!(histories.len(), ids.len());
    for (id, history) in ids.iter().zip(histories) {
        assert_eq!(history, database.presence().history(id, span).await.unwrap(), "{id}");
    }
    assert_eq!(database.presence().histories(&[], span).await.unwrap(), Vec::<Vec<_>>::new());
}

async fn changes_of_one_millisecond_are_both_kept(database: &Database) {
    let second = PresenceChanged { order: 1, ..changed("A", 10, Status::Idle, Reason::NoInput) };
    let writes =
        [Write::PresenceChanged(changed("A", 10, Status::Active, Reason::Seen)), Write::PresenceChanged(second)];
    database.commit(&writes).await.unwrap();
    database.commit(&writes).await.unwrap();
    let history = database.presence().history(&employee("A"), Span::ALL).await.unwrap();
    assert_eq!(history.iter().map(|row| row.status).collect::<Vec<_>>(), [Status::Active, Status::Idle]);
}

async fn a_dead_hub_is_closed_at_its_checkpoints(database: &Database) {
    let writes = [
        Write::PresenceChanged(changed("A", 10, Status::Active, Reason::Seen)),
        Write::LastSeenPage { page: 0, seen: vec![(employee("A"), at(70))] },
        Write::PresenceChanged(changed("B", 20, Status::Offline, Reason::Logout)),
        Write::PresenceChanged(PresenceChanged { last_seen: None, ..changed("C", 30, Status::Idle, Reason::NoInput) }),
    ];
    database.commit(&writes).await.unwrap();
    let closed = database.presence().close_stale().await.unwrap();
    let ends: Vec<_> = closed.iter().map(|row| (row.employee.as_str(), row.since.0)).collect();
    assert_eq!(ends, [("A", 70), ("C", 30)]);
    let all = database.presence().all().await.unwrap();
    assert!(all.iter().all(|row| row.status == Status::Offline), "{all:?}");
    assert_eq!((all[0].reason, all[1].reason), (Reason::HubRestart, Reason::Logout));
    let history = database.presence().history(&employee("C"), Span::ALL).await.unwrap();
    assert_eq!(history.last().unwrap().reason, Reason::HubRestart);
    assert_eq!(database.presence().close_stale().await.unwrap(), []);
}
