//! Walls and storms against a small hub: what a good hub comes to, and that a bad one is found out.

use std::collections::BTreeMap;

use muster_loadtest::client::RestClient;
use muster_loadtest::clock::Clock;
use muster_loadtest::report::{Conditions, Presented};
use muster_loadtest::scenario::{SlowFrom, StormConfig, WallConfig, WallReport, run_storm, run_wall};
use muster_loadtest::throttle::LinkConfig;
use muster_loadtest::viewer::{Arrival, Keep, PortalViewer, Shown, ViewerConfig};
use muster_loadtest::{LoadtestError, Secret};
use muster_protocol::portal::{PortalDown, Tier, TrackRef, WatchTrack};
use muster_protocol::{EmployeeId, UtcMillis};

use crate::support::{FakeHub, Mischief, TRACK, crew, soon};

fn wall(hub: &FakeHub) -> WallConfig {
    WallConfig {
        crew: crew(hub, 4),
        ramp_per_second: 1000.0,
        duration_ms: 1_500,
        prepare_within_ms: 20_000,
        settle_ms: 200,
        fps: 10.0,
        picture_bytes: 50_000,
        picture_width: 480,
        viewers: 2,
        slow_viewers: 0,
        slow_link: LinkConfig::kilobits(2_000),
        slow_from: SlowFrom::TheStart,
        tracks_per_viewer: 3,
        paint_ms: 0,
        beat_every_ms: None,
        hub_pid: Some(std::process::id()),
    }
}

async fn bad_wall(mischief: Mischief) -> WallReport {
    let hub = FakeHub::open().await;
    hub.memory.lock().unwrap().mischief = mischief;
    let config = WallConfig { duration_ms: 500, prepare_within_ms: 1_000, settle_ms: 0, fps: 20.0, ..wall(&hub) };
    let report = run_wall(config).await.unwrap();
    assert!(!report.is_clean(), "{report}");
    report
}

#[tokio::test]
async fn every_picture_of_a_wall_is_counted_and_dated() {
    let hub = FakeHub::open().await;
    let report = run_wall(wall(&hub)).await.unwrap();
    assert!(report.is_clean(), "{report}");
    let stretch = &report.stretches[0];
    let fast = &stretch.classes[0];
    // Four agents send ten a second; two viewers see three of them each.
    assert!((50..=62).contains(&stretch.pictures_sent), "{report}");
    assert!((78..=94).contains(&fast.pictures) && fast.pictures == stretch.pictures_delivered, "{report}");
    assert_eq!((fast.age.count, fast.viewers, stretch.classes.len()), (fast.pictures, 2, 1), "{report}");
    let bytes_per_picture = fast.bytes_per_second / fast.pictures_per_second;
    assert!((bytes_per_picture - 50_072.0).abs() < 1.0, "{bytes_per_picture}: two parts with a header each");
    assert!(fast.age.p50_ms > 0.0 && fast.age.p50_ms < 100.0, "{report}");
    // A picture stays until the next one comes, a tenth of a second later.
    assert!((100.0..250.0).contains(&fast.outgrown.p50_ms), "{report}");
    assert_eq!((report.first_picture.count, report.never_shown, report.fps_asked_by_hub), (6, 0, 20.0), "{report}");
    assert!(stretch.used.hub.is_some() && stretch.hub_cpu_us_per_delivered.is_some(), "{report}");
    assert_eq!((report.fleet.connects, report.fleet.events_unacknowledged), (4, 0), "{report}");
    let memory = hub.memory.lock().unwrap();
    assert!(!memory.acks.is_empty(), "viewers acknowledge what they paint");
    assert!(memory.events.values().all(|events| events.len() == 2), "work was started and stopped");
}

#[tokio::test]
async fn a_slow_viewer_is_compared_with_its_absence() {
    let hub = FakeHub::open().await;
    let config = WallConfig { slow_viewers: 1, slow_from: SlowFrom::ASecondStretch, ..wall(&hub) };
    let report = run_wall(config).await.unwrap();
    let [alone, beside] = &report.stretches[..] else { panic!("two stretches") };
    assert_eq!((alone.classes.len(), beside.classes.len()), (1, 2), "{report}");
    let slow = &beside.classes[1];
    assert_eq!((slow.name, slow.viewers), ("slow", 1));
    // 2 Mbit/s are five pictures of 50,000 bytes in a second, of the thirty that are due.
    assert!((3.0..=6.5).contains(&slow.pictures_per_second), "{report}");
    assert!(slow.age.p50_ms > beside.classes[0].age.p50_ms, "{report}");
    let comparison = report.comparison.unwrap();
    let ratio = beside.classes[0].age.p99_ms / alone.classes[0].age.p99_ms;
    assert!((comparison.p99_ratio - ratio).abs() < 1e-9 && comparison.hub_growth_bytes.is_some(), "{report}");
    let html = report.page().html(&Conditions::here(UtcMillis(0), None));
    for text in ["p99 beside a slow viewer", "slow p99", "fast alone", "fast, together", "hub CPU per picture"] {
        assert!(html.contains(text), "{text}");
    }
}

#[tokio::test]
async fn a_hub_that_confuses_people_is_found_out() {
    let report = bad_wall(Mischief::ShiftedNumbers).await;
    assert!(report.faults["somebody else's picture"] > 10, "{report}");
    assert_eq!(report.stretches[0].pictures_delivered, 0, "what is wrong is not counted as delivered");
}

#[tokio::test]
async fn a_hub_that_sends_half_pictures_is_found_out() {
    let report = bad_wall(Mischief::HalfPictures).await;
    assert!(report.faults["mixed parts"] > 10, "{report}");
    assert_eq!((report.never_shown, report.states_without_picture), (6, [("waiting".to_owned(), 6)].into()));
}

#[tokio::test]
async fn a_track_that_turns_blank_for_no_reason_is_a_false_state() {
    let report = bad_wall(Mischief::Blanks).await;
    // Each of two viewers' three tracks, once.
    assert_eq!((report.blanks, report.faults), ([("not_working".to_owned(), 6)].into(), BTreeMap::new()));
}

#[tokio::test]
async fn a_wall_that_cannot_be_is_refused() {
    let hub = FakeHub::open().await;
    let configs = [
        WallConfig { picture_bytes: 131_073, ..wall(&hub) },
        WallConfig { picture_bytes: 100, ..wall(&hub) },
        WallConfig { picture_width: 481, ..wall(&hub) },
        WallConfig { viewers: 0, ..wall(&hub) },
        WallConfig { slow_from: SlowFrom::ASecondStretch, ..wall(&hub) },
    ];
    for config in configs {
        let shown = format!("{config:?}");
        assert!(matches!(run_wall(config).await, Err(LoadtestError::Limit(_))), "{shown}");
    }
}

fn storm(hub: &FakeHub) -> StormConfig {
    StormConfig {
        crew: crew(hub, 20),
        ramp_per_second: 1000.0,
        settle_ms: 200,
        watch_ms: 300,
        beat_every_ms: None,
        hub_pid: Some(std::process::id()),
    }
}

#[tokio::test]
async fn everybody_comes_back_from_a_storm() {
    let hub = FakeHub::open().await;
    let report = run_storm(storm(&hub)).await.unwrap();
    assert!(report.is_clean(), "{report}");
    assert_eq!((report.connected_before, report.seen_online_before, report.back), (20, 20, 20), "{report}");
    assert_eq!((report.fleet.dropped_sockets, report.fleet.reconnects), (20, 20), "{report}");
    // The first wait is anything up to a second.
    assert!((50.0..5_000.0).contains(&report.time_to_return.max_ms), "{report}");
    assert!(report.refused.is_empty() && report.returned_over_time.last().unwrap().1 == 20, "{report}");
    let html = report.page().html(&Conditions::here(UtcMillis(0), None));
    assert!(html.contains("Agents back") && html.contains("falsely offline"));
}

#[tokio::test]
async fn a_hub_that_is_too_quick_to_say_offline_is_found_out() {
    let hub = FakeHub::open().await;
    hub.memory.lock().unwrap().mischief = Mischief::OfflineAtOnce;
    let report = run_storm(storm(&hub)).await.unwrap();
    assert!(!report.is_clean(), "{report}");
    assert_eq!((report.back, report.false_offline, report.offline_changes), (20, 20, 20), "{report}");
}

#[tokio::test]
async fn doors_that_stay_shut_are_counted_and_tried_again() {
    let hub = FakeHub::open().await;
    let memory = hub.memory.clone();
    let config = StormConfig { settle_ms: 1_500, ..storm(&hub) };
    let turn_away = async {
        let all_online = async {
            while memory.lock().unwrap().online.len() < 20 {
                tokio::task::yield_now().await;
            }
        };
        soon("everybody", all_online).await;
        memory.lock().unwrap().turned_away = 5;
    };
    let (report, ()) = tokio::join!(run_storm(config), turn_away);
    let report = report.unwrap();
    assert_eq!((report.back, report.refused.values().sum::<u64>()), (20, 5), "{report}");
}

#[tokio::test]
async fn a_viewer_shows_what_it_watches_and_acknowledges_it() {
    let hub = FakeHub::open().await;
    let wall = tokio::spawn(run_wall(WallConfig { duration_ms: 1_500, ..wall(&hub) }));
    let clock = Clock::start();
    let rest = RestClient::new(&hub.portal_url).unwrap();
    let (rest, _) = rest.sign_in("ada@example.org", &Secret::new("correct horse")).await.unwrap();
    let config = ViewerConfig { keep: Keep::Pictures, ..ViewerConfig::fast(clock) };
    let mut viewer = PortalViewer::open(&rest, config).await.unwrap();
    let of = TrackRef { employee: EmployeeId::new("TEST-000001").unwrap(), track: TRACK };
    let track = WatchTrack { employee: of.employee.clone(), track: TRACK, tier: Tier::Wall };
    viewer.watch(vec![track], None).await.unwrap();
    let mut arrivals: BTreeMap<&str, u32> = BTreeMap::new();
    while arrivals.get("picture").is_none_or(|pictures| *pictures < 3) {
        let arrival = match soon("an arrival", viewer.next()).await.unwrap() {
            Arrival::Picture(picture) => {
                assert!(*picture.of == of && clock.utc().since(picture.captured_at) < 5_000, "{picture:?}");
                "picture"
            }
            Arrival::Message(PortalDown::TrackState(_)) => "state",
            other => panic!("{other:?}"),
        };
        *arrivals.entry(arrival).or_default() += 1;
    }
    assert_eq!(arrivals["state"], 1);
    let Some(Shown::Whole(jpeg)) = viewer.screen().shown(&of, Tier::Wall) else { panic!("nothing is shown") };
    let decoded = image::load_from_memory(jpeg).unwrap();
    assert_eq!((jpeg.len(), decoded.width(), decoded.height()), (50_000, 480, 270));
    soon("the wall", wall).await.unwrap().unwrap();
}
