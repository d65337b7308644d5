//! A past, told to a small hub: what arrives is what was made up, and a second run adds nothing.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::date;
use muster_loadtest::client::Role;
use muster_loadtest::history::Contract;
use muster_loadtest::scenario::{SeedConfig, SeedReport, run_seed};
use muster_protocol::agent::{DurableEvent, EventKind};
use muster_protocol::{EmployeeId, UtcMillis};

use crate::support::{FakeHub, crew};

const PEOPLE: usize = 26;
const DAYS: u32 = 30;
const DAY_MS: i64 = 86_400_000;

fn config(hub: &FakeHub) -> SeedConfig {
    SeedConfig {
        sign_in: crew(hub, 0).sign_in,
        employees: PEOPLE,
        days: DAYS,
        until: None,
        screenshot_days: 1,
        screenshots_of: 2,
        prefix: "PAST".to_owned(),
        seed: 7,
    }
}

/// Each person's events as instants and kinds, whatever devices and boots they came from.
fn told(hub: &FakeHub) -> BTreeMap<EmployeeId, BTreeSet<(UtcMillis, String)>> {
    let memory = hub.memory.lock().unwrap();
    let mut told: BTreeMap<EmployeeId, BTreeSet<_>> = BTreeMap::new();
    for ((device, _), events) in &memory.events {
        let own = told.entry(memory.devices[device].clone()).or_default();
        let work = events.values().filter(|event| !matches!(event.kind, EventKind::NoticeAcknowledged { .. }));
        own.extend(work.map(|event| (event.at, format!("{:?}", event.kind))));
    }
    told
}

fn kept(hub: &FakeHub) -> u64 {
    hub.memory.lock().unwrap().events.values().map(|events| events.len() as u64).sum()
}

#[tokio::test]
async fn a_past_arrives_whole_boot_by_boot() {
    let hub = FakeHub::open().await;
    // The door is not always open at once.
    hub.memory.lock().unwrap().turned_away = 2;
    let report = run_seed(config(&hub)).await.unwrap();
    assert_eq!((report.employees, report.refused, report.events), (PEOPLE, 0, kept(&hub)), "{report}");
    assert!(report.shifts > 15 * PEOPLE as u64 && report.corrections > 0, "{report}");

    let memory = hub.memory.lock().unwrap();
    for events in memory.events.values() {
        let seqs: Vec<u64> = events.keys().copied().collect();
        assert_eq!(seqs, (1..=seqs.len() as u64).collect::<Vec<_>>(), "a boot counts from 1 without gaps");
        let in_time = |pair: &[&DurableEvent]| pair[0].at <= pair[1].at;
        assert!(events.values().collect::<Vec<_>>().windows(2).all(in_time));
    }
    let boots = memory.events.len() as u64;
    // Each shift is a boot, and so is the delivery with the answer to the notice.
    assert_eq!(boots, report.shifts + memory.acknowledged.len() as u64);
    assert_eq!(memory.acknowledged.len(), PEOPLE - 1, "one has not read it yet");
    assert_eq!(report.screenshots, memory.screenshots.len() as u64);
    let photographed: BTreeSet<&EmployeeId> = memory.screenshots.iter().map(|(_, employee)| employee).collect();
    assert_eq!(photographed.len(), 2, "{report}");
    assert_eq!(memory.corrections.len() as u64, report.corrections);
}

#[tokio::test]
async fn a_second_run_tells_the_same_story_again() {
    let hub = FakeHub::open().await;
    let first = run_seed(SeedConfig { screenshots_of: 0, ..config(&hub) }).await.unwrap();
    let before = told(&hub);
    let second = run_seed(SeedConfig { screenshots_of: 0, ..config(&hub) }).await.unwrap();
    assert_eq!(hub.memory.lock().unwrap().employees.len(), PEOPLE);
    assert_eq!((first.shifts, first.corrections), (second.shifts, second.corrections));
    for (employee, events) in told(&hub) {
        // Whoever is at work right now has gone on meanwhile.
        assert!(events.is_superset(&before[&employee]), "{employee}");
        assert!(events.len() <= before[&employee].len() + 5, "{employee}");
    }
}

#[tokio::test]
async fn nothing_is_told_of_what_came_after_the_last_day() {
    let hub = FakeHub::open().await;
    let until = date(2026, 10, 24);
    run_seed(SeedConfig { until: Some(until), screenshots_of: 0, ..config(&hub) }).await.unwrap();
    let end = until.tomorrow().unwrap().in_tz("Europe/Berlin").unwrap().timestamp().as_millisecond();
    let told: Vec<UtcMillis> = told(&hub).into_values().flatten().map(|(at, _)| at).collect();
    assert!(told.iter().all(|at| (end - i64::from(DAYS) * DAY_MS..=end).contains(&at.0)));
    assert!(told.iter().any(|at| at.0 > end - DAY_MS), "the last day is in it");
}

#[tokio::test]
async fn managers_and_an_employee_can_sign_in() {
    let hub = FakeHub::open().await;
    let report: SeedReport = run_seed(SeedConfig { days: 1, screenshots_of: 0, ..config(&hub) }).await.unwrap();
    let roles: Vec<Role> = report.sign_ins.iter().map(|sign_in| sign_in.role).collect();
    assert_eq!(roles, [Role::Manager, Role::Manager, Role::Employee]);
    assert_eq!(hub.memory.lock().unwrap().may_sign_in, ["PAST-0001", "PAST-0002", "PAST-0003"]);
    let shown = report.to_string();
    assert!(shown.contains("past-0003@history.example") && shown.contains(report.password.expose()), "{shown}");
}

#[test]
fn the_first_people_of_an_office_have_every_kind_of_contract() {
    let contracts: Vec<Contract> = (0..10).map(Contract::of).collect();
    for contract in [Contract::Office, Contract::Early, Contract::Late, Contract::Mornings, Contract::Nights] {
        assert!(contracts.contains(&contract), "{contract:?}");
    }
}
