//! Whole scenarios against a small hub: what a fleet writes down is what `verify` finds, and what it does not.

use std::path::Path;

use muster_loadtest::agent::Faults;
use muster_loadtest::client::RestClient;
use muster_loadtest::scenario::{FleetConfig, IdleConfig, PresenceConfig, run_fleet, run_idle, run_presence};
use muster_loadtest::verify::{Verdict, verify};
use muster_loadtest::{LoadtestError, Secret};

use crate::support::{FakeHub, crew};

fn fleet(hub: &FakeHub, ledger: &Path) -> FleetConfig {
    FleetConfig {
        crew: crew(hub, 5),
        ramp_per_second: 1000.0,
        duration_ms: 1_500,
        screenshot_every_ms: Some(700),
        event_every_ms: Some(100),
        beat_every_ms: None,
        unclean_percent: 50,
        reconnect_within_ms: 1_000,
        faults: Faults { doubled_percent: 30, shuffled: true },
        ledger: Some(ledger.to_owned()),
    }
}

async fn check(hub: &FakeHub, ledger: &Path) -> Verdict {
    let rest = RestClient::new(&hub.portal_url).unwrap();
    let (rest, _) = rest.sign_in("ada@example.org", &Secret::new("correct horse")).await.unwrap();
    verify(&rest, ledger).await.unwrap()
}

#[tokio::test]
async fn a_fleet_s_ledger_is_clean_until_the_hub_forgets() {
    let hub = FakeHub::open().await;
    let folder = tempfile::tempdir().unwrap();
    let ledger = folder.path().join("ledger.jsonl");
    let summary = run_fleet(fleet(&hub, &ledger)).await.unwrap();
    assert_eq!((summary.connects, summary.clean_leaves, summary.connected_at_end), (5, 5, 0), "{summary}");
    assert!(summary.events_acknowledged > 25 && summary.events_unacknowledged == 0, "{summary}");
    assert!(summary.screenshots > 0 && summary.beats > 50, "{summary}");
    assert!(summary.errors.is_empty(), "{summary}");
    assert_eq!(summary.event_to_ack.count, summary.events_acknowledged);

    let verdict = check(&hub, &ledger).await;
    assert!(verdict.is_clean(), "{verdict}");
    assert_eq!(verdict.events as u64, summary.events_acknowledged);
    assert_eq!(verdict.screenshots as u64, summary.screenshots);
    assert_eq!(verdict.sessions, 5);

    {
        let mut memory = hub.memory.lock().unwrap();
        // One event is gone, and one screenshot is there twice.
        memory.events.values_mut().next().unwrap().pop_last();
        let screenshot = memory.screenshots[0].clone();
        memory.screenshots.push(screenshot);
    }
    let verdict = check(&hub, &ledger).await;
    assert_eq!(verdict.problem_count, 2, "{verdict}");
}

#[tokio::test]
async fn a_second_fleet_uses_the_people_of_the_first() {
    let hub = FakeHub::open().await;
    let folder = tempfile::tempdir().unwrap();
    let ledger = folder.path().join("ledger.jsonl");
    for agents in [2, 4] {
        let config = FleetConfig { crew: crew(&hub, agents), duration_ms: 100, ..fleet(&hub, &ledger) };
        assert_eq!(run_fleet(config).await.unwrap().connects, agents as u64);
    }
    assert_eq!(hub.memory.lock().unwrap().employees.len(), 4);
    let verdict = check(&hub, &ledger).await;
    assert!(verdict.is_clean() && verdict.sessions == 6, "{verdict}");
}

#[tokio::test]
async fn what_was_never_acknowledged_is_not_in_the_ledger() {
    let hub = FakeHub::open().await;
    hub.memory.lock().unwrap().is_silent = true;
    let folder = tempfile::tempdir().unwrap();
    let ledger = folder.path().join("ledger.jsonl");
    let config = FleetConfig { screenshot_every_ms: None, duration_ms: 200, ..fleet(&hub, &ledger) };
    let summary = run_fleet(config).await.unwrap();
    assert_eq!(summary.events_acknowledged, 0);
    assert!(summary.events_unacknowledged >= 10, "{summary}");
    assert_eq!(std::fs::read_to_string(&ledger).unwrap(), "");
}

#[tokio::test]
async fn idle_agents_are_weighed() {
    let hub = FakeHub::open().await;
    let config = IdleConfig {
        crew: crew(&hub, 3),
        ramp_per_second: 100.0,
        settle_ms: 100,
        duration_ms: 300,
        beat_every_ms: Some(20),
        hub_pid: std::process::id(),
    };
    let report = run_idle(config).await.unwrap();
    assert_eq!(report.connected, 3);
    assert!(report.beats > 10, "{report}");
    assert_eq!(report.fleet.events_acknowledged, 0, "sockets with beats send no events");
}

fn presence(hub: &FakeHub, agents: usize) -> PresenceConfig {
    PresenceConfig {
        crew: crew(hub, agents),
        ramp_per_second: 1000.0,
        settle_ms: 1_000,
        duration_ms: 2_000,
        changes_per_second: 5.0,
        beat_every_ms: Some(100),
        hub_pid: Some(std::process::id()),
    }
}

#[tokio::test]
async fn changes_of_status_are_seen_and_measured_once_all_is_steady() {
    let hub = FakeHub::open().await;
    let report = run_presence(presence(&hub, 125)).await.unwrap();
    assert_eq!((report.changes, report.unseen, report.gaps, report.change_to_seen.count), (15, 0, 0, 10), "{report}");
    // 125 people beat ten times a second, for two seconds.
    assert!((2_000..3_000).contains(&report.beats) && report.used.hub.is_some(), "{report}");
}

#[tokio::test]
async fn people_who_flap_are_no_measurement() {
    let hub = FakeHub::open().await;
    let error = run_presence(presence(&hub, 10)).await.unwrap_err();
    assert!(matches!(&error, LoadtestError::Limit(message) if message.contains("125 agents")), "{error}");
}
