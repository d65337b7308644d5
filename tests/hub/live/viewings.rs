//! Nobody watches unseen: the record, and what the watched person is shown.

use muster_protocol::portal::{Tier, TrackPhase};
use serde_json::Value;

use super::{Scene, quick};
use crate::support::agent::now;
use crate::support::hub::signal;
use crate::support::{Api, HubBuilder, Viewer, eventually};

/// The only viewing that `api`'s person may see, once `check` is content with it.
async fn viewing(api: &Api, check: impl Fn(&Value) -> bool) -> Value {
    eventually(|| async {
        let rows = api.get("/api/viewings").await.ok();
        match rows["items"].as_array().unwrap().as_slice() {
            [row] if check(row) => Ok(row.clone()),
            _ => Err(rows.to_string()),
        }
    })
    .await
}

#[tokio::test]
async fn a_person_sees_who_watches_while_it_lasts_and_afterwards() {
    let mut scene = Scene::open(HubBuilder::default().set("MUSTER__LIVE__LINGER", "1500ms")).await;
    let mut own_page = Viewer::open(&scene.hub, &scene.employee).await;
    let before = now();
    let mut viewer = scene.watched().await;
    let watchers = scene.agent.watchers().await;
    assert_eq!(watchers.len(), 1);
    assert_eq!((watchers[0].name.as_str(), watchers[0].track), ("ADMIN Example", 0));
    assert!((before..=now()).contains(&watchers[0].since));
    own_page.until_watched_by(&["ADMIN Example"]).await;
    // A page that is opened meanwhile is told at once.
    let mut second_page = Viewer::open(&scene.hub, &scene.employee).await;
    second_page.until_watched_by(&["ADMIN Example"]).await;

    let open = viewing(&scene.employee, |_| true).await;
    assert_eq!(
        (&open["employeeId"], &open["viewer"], &open["what"]),
        (&"E1".into(), &"ADMIN".into(), &"screen 1".into())
    );
    assert!(open["to"].is_null() && open["from"].as_i64().unwrap() == watchers[0].since.0, "{open}");

    // A second page of the same person, and another tier, are the same viewing.
    let mut other = scene.viewer().await;
    other.focus(&[], ("E1", 0)).await;
    other.until("E1", 0, TrackPhase::Live).await;
    viewer.watch(&[("E1", 0, Tier::Focus)]).await;
    viewer.watch(&[]).await;
    let left = now();
    other.watch(&[]).await;
    own_page.until_watched_by(&[]).await;
    while !scene.agent.watchers().await.is_empty() {}
    let closed = viewing(&scene.employee, |row| row["to"].is_i64()).await;
    assert_eq!((&closed["id"], &closed["from"]), (&open["id"], &open["from"]));
    let late_ms = closed["to"].as_i64().unwrap() - left.0;
    assert!((0..1_200).contains(&late_ms), "it ended {late_ms} ms after the last page left, not with the linger");
}

#[tokio::test]
async fn a_hub_that_dies_while_somebody_watches_closes_the_viewing_when_it_starts() {
    let mut scene = Scene::open(quick()).await;
    let _viewer = scene.watched().await;
    let open = viewing(&scene.admin, |row| row["to"].is_null()).await;
    let hub = scene.hub.kill_and_restart();
    let admin = scene.admin.at(&hub.portal);
    let closed = viewing(&admin, |_| true).await;
    assert_eq!(closed["id"], open["id"]);
    let (from, to) = (closed["from"].as_i64().unwrap(), closed["to"].as_i64().expect("it is closed"));
    assert!((from..=now().0).contains(&to), "{closed}");
}

#[tokio::test]
async fn a_hub_that_stops_ends_the_viewings_that_go_on() {
    let mut scene = Scene::open(quick()).await;
    let mut viewer = scene.watched().await;
    viewing(&scene.admin, |row| row["to"].is_null()).await;
    let stopped = now();
    signal(scene.hub.pid(), "TERM");
    assert_eq!((viewer.closed().await, scene.agent.closed().await), (4000, 4000));
    drop((viewer, scene.agent));
    assert!(scene.hub.terminate().success());
    let hub = scene.hub.kill_and_restart();
    let closed = viewing(&scene.admin.at(&hub.portal), |_| true).await;
    let off_ms = closed["to"].as_i64().unwrap() - stopped.0;
    assert!((0..5_000).contains(&off_ms), "{off_ms} ms after the stop");
}
