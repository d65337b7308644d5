use std::collections::BTreeSet;

use muster_agent::control::Deed;
use muster_protocol::agent::EventKind;
use serde_json::json;

use super::workplace::{JPEG_LEVELS, Workplace};
use crate::support::desktops::difference;
use crate::support::folder::{names, screenshots};
use crate::support::{AgentProcess, eventually, holds};

/// A minute of the interval, shortened: two of them are a second.
const MINUTE_MS: u64 = 500;

async fn wait_for_screenshots(agent: &AgentProcess, count: u64) {
    eventually(|| async {
        let waiting = agent.status().await["waiting"]["screenshots"].clone();
        holds(waiting.as_u64() >= Some(count), waiting)
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn screenshots_and_events_of_killed_agents_without_a_hub_are_there_once() {
    let mut place = Workplace::open(MINUTE_MS, json!({ "captureIntervalMinutes": 2 })).await;
    let agent = place.begin_work().await;
    agent.wait_sent().await;
    place.hub.stop();
    let desktop = place.desktop.still_picture();
    agent.tell(Deed::Break).await.unwrap();
    agent.tell(Deed::ResumeWork).await.unwrap();
    wait_for_screenshots(&agent, 2).await;
    agent.kill();

    let before = screenshots(place.folder.path());
    let agent = place.start_agent().await;
    assert_eq!(agent.status().await["work"]["kind"], "active", "work goes on where it was");
    wait_for_screenshots(&agent, before.len() as u64 + 2).await;
    agent.tell(Deed::PunchOut).await.unwrap();
    agent.kill();

    let unsent = screenshots(place.folder.path());
    assert!(unsent.is_superset(&before) && unsent.len() >= 4, "{before:?} {unsent:?}");
    place.hub.begin();
    let agent = place.start_agent().await;
    agent.wait_online().await;
    agent.wait_sent().await;
    assert!(agent.terminate().success());
    assert_eq!(screenshots(place.folder.path()), BTreeSet::new());

    let admin = place.hub.admin().await;
    let stored: Vec<_> = admin.screenshots().await.into_iter().map(|(_, id)| id).collect();
    let distinct: BTreeSet<_> = stored.iter().cloned().collect();
    assert!(distinct.len() == stored.len() && distinct.is_superset(&unsent), "{stored:?} {unsent:?}");
    for id in &unsent {
        assert!(difference(&admin.picture(id).await, &desktop) < JPEG_LEVELS, "{id} is no picture of the desktop");
    }

    let (device, boot) = names(place.folder.path());
    let events = admin.events(&device, &boot).await;
    let numbers: Vec<_> = events.iter().map(|event| event.seq).collect();
    assert_eq!(numbers, (1..=events.len() as u64).collect::<Vec<_>>(), "each once and none missing");
    let deeds = events.into_iter().map(|event| event.kind).filter(|kind| *kind != EventKind::WorkContinued);
    let expected = [EventKind::WorkStarted, EventKind::BreakBegan, EventKind::BreakEnded, EventKind::WorkStopped];
    assert_eq!(deeds.collect::<Vec<_>>(), expected);
}
