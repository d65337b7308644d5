//! Devices and enrolment.

use muster_db::{Database, DbError, DeviceRow, EnrolmentRow, NewDevice, TokenHash, Write};
use muster_protocol::DeviceId;

use crate::support::{at, employee, on_both_engines};

on_both_engines!(
    a_device_is_found_by_its_token,
    a_token_belongs_to_one_device,
    a_code_enrols_one_device_in_time,
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
