//! Twenty times killed at a random moment: what was answered is there, once.

use std::time::Duration;

use muster_agent::control::Deed;
use muster_protocol::agent::EventKind;
use rand::Rng;

use crate::support::folder::names;
use crate::support::process::sign_in_by_code;
use crate::support::{AgentProcess, Hub};

const ROUNDS: usize = 20;

#[tokio::test]
async fn nothing_that_was_answered_is_lost_by_kill_9_and_nothing_comes_twice() {
    let mut hub = Hub::start().await;
    let folder = tempfile::tempdir().unwrap();
    let code = hub.admin().await.code_for("E1").await;
    assert!(sign_in_by_code(folder.path(), &hub.url(), &code).status.success());
    let mut answered = Vec::new();
    for round in 0..ROUNDS {
        // Now with the hub and now without it, so that the kill also hits sending and forgetting.
        if round % 5 == 3 {
            hub.stop();
        } else if round % 5 == 0 && round > 0 {
            hub.begin();
        }
        let agent = AgentProcess::start(folder.path()).await;
        let life = Duration::from_millis(rand::rng().random_range(20..400));
        // Dropped at any await: an answer that did not arrive may or may not have been recorded.
        let _ = tokio::time::timeout(life, work(&agent, &mut answered)).await;
        agent.kill();
    }
    hub.stop();
    hub.begin();
    let agent = AgentProcess::start(folder.path()).await;
    agent.wait_online().await;
    agent.wait_sent().await;
    assert!(agent.terminate().success());

    let (device, boot) = names(folder.path());
    let events = hub.admin().await.events(&device, &boot).await;
    let numbers: Vec<_> = events.iter().map(|event| event.seq).collect();
    assert_eq!(numbers, (1..=events.len() as u64).collect::<Vec<_>>(), "numbers without gaps, each once");
    let is_deed = |kind: &EventKind| {
        matches!(kind, EventKind::WorkStarted | EventKind::WorkStopped | EventKind::BreakBegan | EventKind::BreakEnded)
    };
    let mut recorded = events.into_iter().map(|event| event.kind).filter(is_deed);
    for deed in &answered {
        // In the order of the answers; between them there may be one for each kill that was recorded and not answered.
        assert!(recorded.any(|kind| kind == *deed), "{deed:?} was answered and is not there");
    }
    assert!(answered.len() > ROUNDS, "{} answers are no test", answered.len());
    let unanswered = recorded.count();
    assert!(unanswered <= ROUNDS, "{unanswered} after the last answer");
}

/// Punches in and out and takes breaks, as fast as it is answered.
async fn work(agent: &AgentProcess, answered: &mut Vec<EventKind>) {
    loop {
        let kind = agent.status().await["work"]["kind"].as_str().unwrap().to_owned();
        let (deed, event) = match (kind.as_str(), answered.len() % 4) {
            ("off", _) => (Deed::PunchIn, EventKind::WorkStarted),
            ("break", _) => (Deed::ResumeWork, EventKind::BreakEnded),
            (_, 3) => (Deed::PunchOut, EventKind::WorkStopped),
            _ => (Deed::Break, EventKind::BreakBegan),
        };
        if agent.tell(deed).await.is_ok() {
            answered.push(event);
        }
    }
}
