//! Devices and enrolment.

use muster_db::{Database, DbError, DeviceRow, EnrolmentRow, Existing, NewDevice, TokenHash, Whose, Write};
use muster_protocol::DeviceId;

use crate::support::{Folder, at, employee, on_both_engines};

on_both_engines!(
    a_device_is_found_by_its_token,
    a_token_belongs_to_one_device,
    a_code_enrols_one_device_in_time,
    a_device_stays_its_owners,
    many_are_stored_together_or_not_at_all,
    devices_are_paged_the_latest_first,
    a_hello_is_noted_on_known_devices_only,
);

fn device(employee_id: &str, token: &str) -> DeviceRow {
    DeviceRow {
        id: DeviceId::generate(),
        employee: employee(employee_id),
        name: "desk".into(),
        os: "linux".into(),
        agent_version: "0.1.0".into(),
        token_hash: TokenHash::of(token),
        enrolled_at: at(5),
        last_seen: None,
        clock_skew_ms: None,
        revoked_at: None,
    }
}

async fn a_device_is_found_by_its_token(database: &Database) {
    let devices = database.devices();
    let (first, second, other) = (device("A", "1"), device("A", "2"), device("B", "3"));
    for row in [&first, &second, &other] {
        devices.put(row).await.unwrap();
    }
    assert_eq!(devices.by_token_hash(&TokenHash::of("2")).await.unwrap(), Some(second.clone()));
    assert_eq!(devices.by_token_hash(&TokenHash::of("x")).await.unwrap(), None);
    assert_eq!(devices.get(first.id).await.unwrap(), Some(first.clone()));
    assert_eq!(devices.of_employee(&employee("A")).await.unwrap(), [first.clone(), second]);
    assert_eq!(devices.all().await.unwrap().len(), 3);

    let renewed = DeviceRow { token_hash: TokenHash::of("4"), ..first.clone() };
    devices.put(&renewed).await.unwrap();
    assert_eq!(devices.by_token_hash(&TokenHash::of("1")).await.unwrap(), None);
    assert_eq!(devices.by_token_hash(&TokenHash::of("4")).await.unwrap(), Some(renewed));

    let revoked = devices.revoke(first.id, at(9)).await.unwrap();
    assert_eq!(revoked.revoked_at, Some(at(9)));
    assert_eq!(devices.revoke(first.id, at(10)).await.unwrap(), revoked);
    assert_eq!(devices.by_token_hash(&TokenHash::of("4")).await.unwrap(), Some(revoked));
    assert!(matches!(devices.revoke(DeviceId::generate(), at(1)).await, Err(DbError::NotFound)));
}

async fn a_token_belongs_to_one_device(database: &Database) {
    let devices = database.devices();
    devices.put(&device("A", "same")).await.unwrap();
    let second = devices.put(&device("B", "same")).await;
    assert!(matches!(second, Err(DbError::AlreadyExists { .. })), "{second:?}");
    assert_eq!(devices.all().await.unwrap().len(), 1);
}

async fn a_code_enrols_one_device_in_time(database: &Database) {
    let devices = database.devices();
    let offer = |code: &str| EnrolmentRow {
        code_hash: TokenHash::of(code),
        employee: employee("A"),
        created_by: employee("M"),
        created_at: at(0),
        expires_at: at(100),
    };
    let new = |token: &str| NewDevice {
        id: DeviceId::generate(),
        name: "desk".into(),
        os: "linux".into(),
        agent_version: "0.1.0".into(),
        token_hash: TokenHash::of(token),
    };
    devices.offer_enrolment(&offer("code")).await.unwrap();
    let code = TokenHash::of("code");
    let (left, right) = (new("1"), new("2"));
    let both = tokio::join!(devices.enrol(&code, &left, at(50)), devices.enrol(&code, &right, at(50)));
    let enrolled: Vec<DeviceRow> = [both.0, both.1].into_iter().filter_map(Result::ok).collect();
    assert_eq!(enrolled.len(), 1);
    assert_eq!(devices.all().await.unwrap(), enrolled);
    assert_eq!(enrolled[0].employee, employee("A"));

    devices.offer_enrolment(&offer("late")).await.unwrap();
    for (code, when) in [("late", 100), ("unknown", 50), ("code", 50)] {
        let refused = devices.enrol(&TokenHash::of(code), &new(code), at(when)).await;
        assert!(matches!(refused, Err(DbError::NotFound)), "{code}: {refused:?}");
    }
    assert_eq!(devices.purge_enrolments(at(99)).await.unwrap(), 0);
    assert_eq!(devices.purge_enrolments(at(100)).await.unwrap(), 1);
}

fn is_taken(outcome: &Result<impl std::fmt::Debug, DbError>) -> bool {
    matches!(outcome, Err(DbError::AlreadyExists { what: Existing::Device }))
}

async fn a_device_stays_its_owners(database: &Database) {
    let devices = database.devices();
    let owned = device("A", "1");
    devices.put(&owned).await.unwrap();
    let offer = EnrolmentRow {
        code_hash: TokenHash::of("code"),
        employee: employee("B"),
        created_by: employee("M"),
        created_at: at(0),
        expires_at: at(100),
    };
    devices.offer_enrolment(&offer).await.unwrap();
    let as_owned = NewDevice {
        id: owned.id,
        name: "stolen".into(),
        os: "linux".into(),
        agent_version: String::new(),
        token_hash: TokenHash::of("2"),
    };
    let enrolled = devices.enrol(&offer.code_hash, &as_owned, at(50)).await;
    assert!(is_taken(&enrolled), "{enrolled:?}");
    let put = devices.put(&DeviceRow { id: owned.id, ..device("B", "3") }).await;
    assert!(is_taken(&put), "{put:?}");
    assert_eq!(devices.all().await.unwrap(), [owned.clone()]);
    assert_eq!(devices.by_token_hash(&owned.token_hash).await.unwrap(), Some(owned.clone()));

    let own = NewDevice { id: DeviceId::generate(), ..as_owned };
    assert_eq!(devices.enrol(&offer.code_hash, &own, at(50)).await.unwrap().employee, employee("B"));
    let revoked = devices.revoke(owned.id, at(60)).await.unwrap();
    let put = devices.put(&DeviceRow { id: owned.id, ..device("B", "4") }).await;
    assert!(is_taken(&put), "{put:?}");
    assert_eq!(devices.get(owned.id).await.unwrap(), Some(revoked));
}

async fn many_are_stored_together_or_not_at_all(database: &Database) {
    let devices = database.devices();
    let owned = device("A", "owned");
    devices.put(&owned).await.unwrap();
    let mut fleet = (0..1_000).map(|n| device("B", &n.to_string())).collect::<Vec<_>>();
    fleet.push(DeviceRow { id: owned.id, ..device("B", "last") });
    let refused = devices.put_all(&fleet).await;
    assert!(is_taken(&refused), "{refused:?}");
    assert_eq!(devices.all().await.unwrap(), [owned]);
    fleet.pop();
    devices.put_all(&fleet).await.unwrap();
    assert_eq!(devices.by_token_hash(&TokenHash::of("999")).await.unwrap().as_ref(), fleet.last());
    assert_eq!(devices.all().await.unwrap().len(), 1_001);
}

async fn pages_of(database: &Database, whose: Whose<'_>, limit: usize) -> Vec<Vec<DeviceId>> {
    let (mut pages, mut cursor) = (Vec::new(), None);
    loop {
        let page = database.devices().page(whose, cursor.as_ref(), limit).await.unwrap();
        pages.push(page.rows.iter().map(|row| row.id).collect());
        match page.next {
            Some(next) => cursor = Some(next),
            None => return pages,
        }
    }
}

async fn devices_are_paged_the_latest_first(database: &Database) {
    let rows = [("A", 10), ("B", 30), ("A", 20), ("A", 20), ("B", 40)];
    let rows = rows
        .iter()
        .zip(0..)
        .map(|((id, enrolled_at), n)| DeviceRow { enrolled_at: at(*enrolled_at), ..device(id, &format!("{n}")) });
    let rows = rows.collect::<Vec<_>>();
    database.devices().put_all(&rows).await.unwrap();
    let id = |n: usize| rows[n].id;
    let [tied_first, tied_second] = if id(2) < id(3) { [id(2), id(3)] } else { [id(3), id(2)] };
    let everyone = [vec![id(4), id(1)], vec![tied_first, tied_second], vec![id(0)]];
    assert_eq!(pages_of(database, Whose::Everyone, 2).await, everyone);
    let a = employee("A");
    let of_a = Whose::These(std::slice::from_ref(&a));
    assert_eq!(pages_of(database, of_a, 1).await, [[tied_first], [tied_second], [id(0)]]);

    let again = DeviceRow { enrolled_at: at(50), token_hash: TokenHash::of("again"), ..rows[0].clone() };
    database.devices().put(&again).await.unwrap();
    let everyone = [vec![id(0), id(4), id(1)], vec![tied_first, tied_second]];
    assert_eq!(pages_of(database, Whose::Everyone, 3).await, everyone);
}

#[tokio::test]
async fn what_an_older_program_stored_is_listed() {
    let folder = Folder::new();
    let database = folder.open().await;
    let rows = [device("A", "1"), device("A", "2")];
    database.devices().put_all(&rows).await.unwrap();
    database.close().await;
    folder
        .tamper(
            "REMOVE TABLE last_seen_page; REMOVE TABLE device_by_time; REMOVE TABLE receipt_of; REMOVE TABLE invitation;
             REMOVE TABLE draft_blob; REMOVE TABLE alert; REMOVE TABLE alert_by_time; REMOVE TABLE open_alert;
             REMOVE TABLE alert_settings; REMOVE FIELD event.version ON agent_event;
             UPDATE schema:version SET number = 5;",
        )
        .await;
    let database = folder.open_when_free().await;
    assert_eq!(pages_of(&database, Whose::Everyone, 5).await.concat().len(), 2);
    let again = DeviceRow { enrolled_at: at(90), token_hash: TokenHash::of("3"), ..rows[0].clone() };
    database.devices().put(&again).await.unwrap();
    assert_eq!(pages_of(&database, Whose::Everyone, 5).await, [[rows[0].id, rows[1].id]]);
    database.close().await;
}

async fn a_hello_is_noted_on_known_devices_only(database: &Database) {
    let devices = database.devices();
    let known = device("A", "1");
    devices.put(&known).await.unwrap();
    let hello = |device: DeviceId| Write::DeviceSeen {
        device,
        at: at(70),
        clock_skew_ms: -250,
        agent_version: "0.2.0".into(),
        os: "windows".into(),
    };
    database.commit(&[hello(known.id), hello(DeviceId::generate())]).await.unwrap();
    let seen = DeviceRow {
        last_seen: Some(at(70)),
        clock_skew_ms: Some(-250),
        agent_version: "0.2.0".into(),
        os: "windows".into(),
        ..known
    };
    assert_eq!(devices.all().await.unwrap(), [seen]);
}
