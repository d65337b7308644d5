//! Policy layers and notices.

use muster_db::{AcknowledgementRow, AcknowledgementSource, Database, DbError, NewPolicy, PolicyScope, Write};
use muster_domain::policy::PolicyLayer;
use muster_protocol::TeamId;
use muster_protocol::policy::{Blur, Notice, StartMode};

use crate::support::{at, employee, on_both_engines};

on_both_engines!(
    layers_are_stored_under_a_growing_version,
    a_layer_is_stored_over_the_version_that_was_read,
    notices_count_up_and_are_acknowledged_once,
);

fn new(scope: PolicyScope, settings: PolicyLayer, expected_version: Option<u64>) -> NewPolicy {
    NewPolicy { scope, settings, expected_version, at: at(5), by: Some(employee("M")) }
}

async fn layers_are_stored_under_a_growing_version(database: &Database) {
    let store = database.policy();
    assert_eq!((store.version().await.unwrap(), store.layers().await.unwrap().len()), (0, 0));
    let full = PolicyLayer {
        capture_interval_minutes: Some(5),
        screenshots: Some(false),
        blur: Some(Blur::Strong),
        live_view: Some(true),
        start_mode: Some(StartMode::Auto),
        idle_after_ms: Some(60_000),
        pause_allowed: Some(true),
    };
    let scopes =
        [PolicyScope::Organization, PolicyScope::Team(TeamId::generate()), PolicyScope::Employee(employee("A.b-c_1"))];
    let mut stored = Vec::new();
    for (scope, settings) in scopes.into_iter().zip([full, PolicyLayer::default(), full]) {
        stored.push(store.put(&new(scope, settings, None)).await.unwrap());
    }
    assert_eq!(stored.iter().map(|row| row.version).collect::<Vec<_>>(), [1, 2, 3]);
    let mut layers = store.layers().await.unwrap();
    layers.sort_by_key(|row| row.version);
    assert_eq!(layers, stored);
    assert_eq!(store.bump_version().await.unwrap(), 4);
    assert_eq!(store.version().await.unwrap(), 4);
}

async fn a_layer_is_stored_over_the_version_that_was_read(database: &Database) {
    let store = database.policy();
    let put = |expected| new(PolicyScope::Organization, PolicyLayer::default(), Some(expected));
    assert!(matches!(store.put(&put(1)).await, Err(DbError::Conflict)));
    assert_eq!(store.put(&put(0)).await.unwrap().version, 1);
    store.bump_version().await.unwrap();
    assert!(matches!(store.put(&put(0)).await, Err(DbError::Conflict)));
    assert_eq!(store.put(&put(1)).await.unwrap().version, 3);
    assert_eq!(store.version().await.unwrap(), 3, "refused changes use up no version");
}

async fn notices_count_up_and_are_acknowledged_once(database: &Database) {
    let notices = database.notices();
    assert_eq!(notices.current().await.unwrap(), None);
    let first = notices.publish("We record screenshots.", at(10), &employee("M")).await.unwrap();
    assert_eq!(first, Notice { version: 1, text: "We record screenshots.".into(), published_at: at(10) });
    let second = notices.publish("And live view.", at(20), &employee("M")).await.unwrap();
    assert_eq!(notices.current().await.unwrap(), Some(second));

    let row =
        |id: &str, version, when, source| AcknowledgementRow { employee: employee(id), version, at: at(when), source };
    let portal = row("A", 2, 30, AcknowledgementSource::Portal);
    let agent = row("B", 2, 31, AcknowledgementSource::Agent);
    notices.acknowledge(&portal).await.unwrap();
    notices.acknowledge(&row("A", 2, 99, AcknowledgementSource::Agent)).await.unwrap();
    assert_eq!(notices.acknowledgement(2, &employee("A")).await.unwrap(), Some(portal.clone()));
    assert_eq!(notices.acknowledgement(1, &employee("A")).await.unwrap(), None);
    let versions = async |before, limit| {
        let rows = notices.versions(before, limit).await.unwrap();
        rows.into_iter().map(|row| (row.notice.version, row.acknowledged)).collect::<Vec<_>>()
    };
    assert_eq!(versions(None, 10).await, [(2, 1), (1, 0)]);
    assert_eq!((versions(None, 1).await, versions(Some(2), 10).await), (vec![(2, 1)], vec![(1, 0)]));
    assert_eq!(versions(Some(1), 10).await, []);
    notices.acknowledge(&row("A", 1, 11, AcknowledgementSource::Agent)).await.unwrap();
    let writes = [Write::NoticeAcknowledged(agent.clone()), Write::NoticeAcknowledged(row("A", 2, 98, portal.source))];
    database.commit(&writes).await.unwrap();
    assert_eq!(notices.acknowledgements(2).await.unwrap(), [portal.clone(), agent]);
    let of_a = notices.acknowledgements_of(&employee("A")).await.unwrap();
    assert_eq!(of_a, [row("A", 1, 11, AcknowledgementSource::Agent), portal]);
    assert_eq!(notices.acknowledgements_of(&employee("C")).await.unwrap(), []);
    assert_eq!(notices.acknowledgements(1).await.unwrap().len(), 1);
    assert_eq!(notices.acknowledgements(3).await.unwrap(), []);
}
