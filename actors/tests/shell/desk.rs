//! Work sessions: durable before they count, exact whatever comes late, twice or in the wrong order.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use muster_actors::employee::{AgentEvents, Request, Work, WorkError, WorkNow, WorkRequest, WorkView};
use muster_actors::roster::{Snapshot, View};
use muster_actors::{Clock, Hub};
use muster_domain::Span;
use muster_domain::presence::Activity;
use muster_domain::work::WorkSession;
use muster_protocol::agent::{AgentDown, DurableEvent, EventKind};
use muster_protocol::limits::FUTURE_SKEW_MS_MAX;
use muster_protocol::presence::{Overlay, Status};
use muster_protocol::{BootId, DeviceId, UtcMillis};

use crate::universe::{self, Line, START, Screen, durable, id, pass};

async fn ask(hub: &Arc<Hub>, request: WorkRequest) -> Result<WorkView, WorkError> {
    hub.tell(&id(0), Request { device: None, activity: None });
    durable(hub.ask(&id(0), Work(request))).await.unwrap()
}

async fn stored(hub: &Arc<Hub>) -> Vec<WorkSession> {
    durable(hub.database.work().sessions(&id(0), Span::ALL)).await.unwrap()
}

/// Milliseconds that the test machine may need for a commit: the clock runs meanwhile.
const COMMIT_MS: i64 = 2_000;

fn close_to(actual_ms: i64, expected_ms: i64) -> bool {
    (actual_ms - expected_ms).abs() <= COMMIT_MS
}

#[test]
fn a_day_of_an_older_client() {
    universe::run(async || {
        let hub = universe::hub(1).await;
        let started = ask(&hub, WorkRequest::Start).await.unwrap();
        assert!(started.is_open());
        for idle_delta_seconds in [0.0, 0.0, 12.0, 0.0] {
            pass(30).await;
            ask(&hub, WorkRequest::Heartbeat { idle_delta_seconds }).await.unwrap();
        }
        let again = ask(&hub, WorkRequest::Start).await.unwrap();
        assert_eq!(again.session.start, started.session.start, "the open session is returned");
        pass(30).await;
        let stopped = ask(&hub, WorkRequest::Stop).await.unwrap();
        assert!(!stopped.is_open());
        let totals = stopped.totals();
        assert!(close_to(totals.active_ms, 150_000), "{totals:?}");
        assert_eq!(totals.idle_ms, 12_000);
        assert_eq!(totals.net_ms, totals.active_ms - totals.idle_ms);
        assert_eq!(stored(&hub).await, [stopped.session]);
        assert!(matches!(ask(&hub, WorkRequest::Stop).await, Err(WorkError::NotWorking)));
    });
}

#[test]
fn an_idle_delta_is_clipped_to_the_last_heartbeat_and_nonsense_changes_nothing() {
    universe::run(async || {
        let hub = universe::hub(1).await;
        ask(&hub, WorkRequest::Start).await.unwrap();
        pass(30).await;
        ask(&hub, WorkRequest::Heartbeat { idle_delta_seconds: 0.0 }).await.unwrap();
        pass(20).await;
        let clipped = ask(&hub, WorkRequest::Heartbeat { idle_delta_seconds: 3_600.0 }).await.unwrap();
        assert!(close_to(clipped.totals().idle_ms, 20_000), "{:?}", clipped.totals());
        for idle_delta_seconds in [f64::NAN, -1.0, f64::INFINITY, 1e9] {
            let refused = ask(&hub, WorkRequest::Heartbeat { idle_delta_seconds }).await;
            assert!(matches!(refused, Err(WorkError::IdleDelta(_))), "{idle_delta_seconds}");
        }
        let after = ask(&hub, WorkRequest::Heartbeat { idle_delta_seconds: 0.0 }).await.unwrap();
        assert_eq!(after.totals().idle_ms, clipped.totals().idle_ms);
    });
}

#[test]
fn without_a_beat_the_session_ends_at_the_last_one() {
    universe::run(async || {
        let hub = universe::hub(1).await;
        let mut screen = Screen::watch(&hub, View::All).await;
        let started = ask(&hub, WorkRequest::Start).await.unwrap().session.start;
        pass(100).await;
        ask(&hub, WorkRequest::Heartbeat { idle_delta_seconds: 0.0 }).await.unwrap();
        pass(1).await;
        assert_eq!(screen.changes().last().unwrap().working_since, Some(started));
        pass(130).await;
        let last = screen.changes().pop().unwrap();
        assert_eq!((last.status, last.working_since), (Status::Offline, None));
        assert_eq!(durable(hub.ask(&id(0), WorkNow)).await.unwrap(), None);
        durable(hub.drain()).await;
        let session = stored(&hub).await.pop().unwrap();
        assert!(close_to(session.end.since(session.start), 100_000), "{session:?}");
        assert!(matches!(ask(&hub, WorkRequest::Stop).await, Err(WorkError::NotWorking)));
    });
}

#[test]
fn a_break_covers_the_presence_and_is_no_net_work() {
    universe::run(async || {
        let hub = universe::hub(1).await;
        ask(&hub, WorkRequest::Start).await.unwrap();
        pass(30).await;
        let mut screen = Screen::watch(&hub, View::All).await;
        ask(&hub, WorkRequest::BreakBegin).await.unwrap();
        pass(60).await;
        assert_eq!(screen.changes().pop().unwrap().overlay, Some(Overlay::Break));
        ask(&hub, WorkRequest::BreakEnd).await.unwrap();
        pass(30).await;
        assert_eq!(screen.changes().pop().unwrap().overlay, None);
        let totals = ask(&hub, WorkRequest::Stop).await.unwrap().totals();
        assert!(close_to(totals.break_ms, 60_000) && close_to(totals.net_ms, 60_000), "{totals:?}");
    });
}

fn at(seconds: i64) -> UtcMillis {
    START.minus(3_600_000).plus(seconds * 1_000)
}

/// An hour offline: work from 0 to 600 s, idle from 200 to 300, a break from 400 to 450.
fn offline_day() -> Vec<DurableEvent> {
    let mut events = vec![
        (at(0), EventKind::WorkStarted),
        (at(200), EventKind::IdleBegan),
        (at(300), EventKind::IdleEnded),
        (at(400), EventKind::BreakBegan),
        (at(450), EventKind::BreakEnded),
        (at(600), EventKind::WorkStopped),
    ];
    events.extend((1..10).map(|minute| (at(minute * 60), EventKind::WorkContinued)));
    events.sort_by_key(|(at, _)| *at);
    let numbered = events.into_iter().zip(1..);
    numbered.map(|((at, kind), seq)| DurableEvent { seq, boot_id: None, at, kind }).collect()
}

async fn deliver(line: &Line, device: DeviceId, boot: BootId, items: Vec<DurableEvent>) -> Vec<AgentDown> {
    let outbox = line.outbox.clone();
    assert!(line.hub.tell(&line.employee, AgentEvents { device, boot, items, outbox }));
    durable(async {
        let mut heard = Vec::new();
        loop {
            heard.push(line.outbox.next().await);
            if matches!(heard.last(), Some(AgentDown::Ack { .. })) {
                return heard;
            }
        }
    })
    .await
}

#[test]
fn doubled_split_and_reordered_replays_give_the_same_hours() {
    universe::run(async || {
        let mut reference = None;
        for order in 0..4 {
            let hub = durable(universe::hub(1)).await;
            let (device, boot) = (DeviceId::generate(), BootId::generate());
            let line = Line::open(&hub, &id(0), device);
            let mut events = offline_day();
            match order {
                1 => events.reverse(),
                2 => events.extend(offline_day()),
                3 => events.rotate_left(7),
                _ => {}
            }
            for batch in events.chunks(if order == 0 { 100 } else { 4 }) {
                deliver(&line, device, boot, batch.to_vec()).await;
            }
            let sessions = stored(&hub).await;
            assert_eq!(sessions.len(), 1, "order {order}: {sessions:?}");
            assert_eq!(muster_domain::work::totals(&sessions[0].segments).net_ms, 450_000);
            assert_eq!(*reference.get_or_insert(sessions.clone()), sessions, "order {order}");
            assert_eq!(durable(hub.database.work().acked(device, boot)).await.unwrap(), 15);
        }
    });
}

#[test]
fn late_events_before_what_is_known_reach_the_right_session() {
    universe::run(async || {
        let hub = universe::hub(1).await;
        let (device, boot) = (DeviceId::generate(), BootId::generate());
        let line = Line::open(&hub, &id(0), device);
        let second = |seq, seconds, kind| DurableEvent { seq, boot_id: None, at: at(seconds), kind };
        deliver(
            &line,
            device,
            boot,
            vec![second(101, 2_000, EventKind::WorkStarted), second(102, 2_100, EventKind::WorkStopped)],
        )
        .await;
        let older_boot = BootId::generate();
        let of_older_boot = |event| DurableEvent { boot_id: Some(older_boot), ..event };
        deliver(&line, device, boot, offline_day().into_iter().map(of_older_boot).collect()).await;
        let starts = stored(&hub).await.iter().map(|session| session.start).collect::<Vec<_>>();
        assert_eq!(starts, [at(0), at(2_000)]);
    });
}

#[test]
fn the_future_is_refused_and_said_so() {
    universe::run(async || {
        let hub = universe::hub(1).await;
        let (device, boot) = (DeviceId::generate(), BootId::generate());
        let line = Line::open(&hub, &id(0), device);
        let far = START.plus(FUTURE_SKEW_MS_MAX + 60_000);
        let event = DurableEvent { seq: 1, boot_id: None, at: far, kind: EventKind::WorkStarted };
        let heard = deliver(&line, device, boot, vec![event]).await;
        assert!(matches!(&heard[0], AgentDown::Refused { items, .. } if items[0].seq == 1), "{heard:?}");
        assert_eq!(heard[1], AgentDown::Ack { boot_id: boot, seq: 1 });
        assert!(stored(&hub).await.is_empty());
    });
}

#[test]
fn an_open_session_survives_a_restart_within_the_offline_limit() {
    universe::run(async || {
        let database = universe::database(1).await;
        let hub = durable(universe::hub_on(database.clone())).await;
        let device = DeviceId::generate();
        let started = ask(&hub, WorkRequest::Start).await.unwrap().session.start;
        let line = Line::open(&hub, &id(0), device);
        line.beat_for(90).await;
        durable(hub.drain()).await;

        let restarted = durable(universe::hub_on(database)).await;
        let again = Line::open(&restarted, &id(0), device);
        again.touch(Activity::Input);
        let now = durable(async {
            loop {
                if let Some(view) = restarted.ask(&id(0), WorkNow).await.unwrap() {
                    return view;
                }
                tokio::task::yield_now().await;
            }
        })
        .await;
        assert_eq!(now.session.start, started);
    });
}

#[test]
fn a_clock_that_is_set_ends_no_work_and_nobody_goes_offline() {
    for jump_ms in [3_600_000, -3_600_000] {
        universe::run(async || {
            let set_by_ms: &'static AtomicI64 = Box::leak(Box::default());
            let clock = Clock::settable(START, set_by_ms);
            let hub = universe::hub_by(clock, universe::database(1).await).await;
            let line = Line::open(&hub, &id(0), DeviceId::generate());
            let started = ask(&hub, WorkRequest::Start).await.unwrap();
            line.beat_for(120).await;
            set_by_ms.store(jump_ms, Ordering::Relaxed);
            // Longer than until the timers that were set before, and shorter than until the next beat.
            pass(20).await;
            let between = durable(hub.ask(&id(0), WorkNow)).await.unwrap();
            assert_eq!(between.map(|view| view.session.start), Some(started.session.start), "{jump_ms}");
            line.beat_for(300).await;
            let view = durable(hub.ask(&id(0), WorkNow)).await.unwrap().expect("work goes on");
            assert_eq!(view.session.start, started.session.start, "{jump_ms}");
            let entries = hub.roster.send(Snapshot { view: View::All }).await.unwrap();
            assert_eq!(entries[0].status, Status::Active, "{jump_ms}");
            let stopped = ask(&hub, WorkRequest::Stop).await.unwrap();
            assert!(stopped.totals().active_ms >= 0 && stored(&hub).await.len() == 1, "{jump_ms}");
        });
    }
}
