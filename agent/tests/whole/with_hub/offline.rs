//! The hub is away, and comes back.

use muster_agent::control::Deed;
use muster_protocol::agent::{DurableEvent, EventKind};

use crate::support::folder::names;
use crate::support::process::sign_in_by_code;
use crate::support::{AgentProcess, Hub, eventually, holds};

fn at(events: &[DurableEvent], kind: &EventKind) -> i64 {
    events.iter().find(|event| event.kind == *kind).unwrap_or_else(|| panic!("no {kind:?} in {events:?}")).at.0
}

#[tokio::test]
async fn hours_are_exact_when_the_hub_was_away_and_the_agent_was_killed_meanwhile() {
    let mut hub = Hub::start().await;
    let folder = tempfile::tempdir().unwrap();
    let code = hub.admin().await.code_for("E1").await;
    assert!(sign_in_by_code(folder.path(), &hub.url(), &code).status.success());
    let agent = AgentProcess::start(folder.path()).await;
    agent.wait_online().await;
    agent.tell(Deed::PunchIn).await.unwrap();
    agent.wait_sent().await;

    hub.stop();
    eventually(|| async {
        let status = agent.status().await;
        holds(status["connection"]["state"] == "away" && status["waiting"]["events"].as_u64() >= Some(1), status)
    })
    .await;
    agent.tell(Deed::Break).await.unwrap();
    agent.tell(Deed::ResumeWork).await.unwrap();
    agent.kill();

    hub.begin();
    let agent = AgentProcess::start(folder.path()).await;
    assert_eq!(agent.status().await["work"]["kind"], "active", "work goes on where it was");
    agent.wait_online().await;
    agent.tell(Deed::PunchOut).await.unwrap();
    agent.wait_sent().await;
    let own = agent.status().await["today"].clone();
    assert!(agent.terminate().success());

    let admin = hub.admin().await;
    let (device, boot) = names(folder.path());
    let events = admin.events(&device, &boot).await;
    let numbers: Vec<_> = events.iter().map(|event| event.seq).collect();
    assert_eq!(numbers, (1..=events.len() as u64).collect::<Vec<_>>(), "each once and none missing");
    let worked_ms = at(&events, &EventKind::WorkStopped) - at(&events, &EventKind::WorkStarted);
    let break_ms = at(&events, &EventKind::BreakEnded) - at(&events, &EventKind::BreakBegan);
    let hours = admin.today().await;
    assert_eq!((hours.active_ms, hours.net_ms), (worked_ms, worked_ms - break_ms));
    assert_eq!((own["active_ms"].as_i64(), own["net_ms"].as_i64()), (Some(hours.active_ms), Some(hours.net_ms)));
}

#[tokio::test]
async fn the_agent_comes_back_by_itself() {
    let mut hub = Hub::start().await;
    let folder = tempfile::tempdir().unwrap();
    let code = hub.admin().await.code_for("E1").await;
    assert!(sign_in_by_code(folder.path(), &hub.url(), &code).status.success());
    let agent = AgentProcess::start(folder.path()).await;
    agent.wait_online().await;
    hub.stop();
    eventually(|| async {
        let state = agent.status().await["connection"].clone();
        holds(state["state"] == "away" && !state["reason"].as_str().unwrap().is_empty(), state)
    })
    .await;
    hub.begin();
    agent.wait_online().await;
}
