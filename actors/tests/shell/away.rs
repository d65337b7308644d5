//! The database is away: presence goes on, work is refused, and nothing that was heard is lost when it comes back.

use std::sync::Arc;

use muster_actors::employee::{AgentEvents, Disconnect, Request, Work, WorkError, WorkNow, WorkRequest, WorkView};
use muster_actors::roster::View;
use muster_actors::{Hub, JournalError};
use muster_domain::Span;
use muster_domain::presence::Activity;
use muster_domain::work::WorkSession;
use muster_protocol::agent::{AgentDown, DurableEvent, EventKind};
use muster_protocol::close::Close;
use muster_protocol::presence::Status;
use muster_protocol::{BootId, CloseCode, DeviceId};

use crate::universe::{self, Line, START, Screen, durable, id, pass};

const REQUESTS: [WorkRequest; 5] = [
    WorkRequest::Start,
    WorkRequest::Heartbeat { idle_delta_seconds: 5.0 },
    WorkRequest::BreakBegin,
    WorkRequest::BreakEnd,
    WorkRequest::Stop,
];

async fn ask(hub: &Arc<Hub>, request: WorkRequest) -> Result<WorkView, WorkError> {
    hub.tell(&id(0), Request { device: None, activity: None });
    durable(hub.ask(&id(0), Work(request))).await.unwrap()
}

fn is_unavailable(outcome: &Result<WorkView, WorkError>) -> bool {
    matches!(outcome, Err(WorkError::Journal(JournalError::Unavailable)))
}

async fn stored(hub: &Arc<Hub>) -> Vec<WorkSession> {
    durable(hub.database.work().sessions(&id(0), Span::ALL)).await.unwrap()
}

#[test]
fn presence_goes_on_and_is_published() {
    universe::run(async || {
        let hub = universe::hub(1).await;
        durable(hub.database.close()).await;
        let mut screen = Screen::watch(&hub, View::All).await;
        let line = Line::open(&hub, &id(0), DeviceId::generate());
        line.beat_for(120).await;
        line.touch(Activity::Idle { since: START.plus(90_000) });
        pass(1).await;
        line.touch(Activity::Input);
        pass(200).await;
        let statuses = screen.changes().iter().map(|entry| entry.status).collect::<Vec<_>>();
        assert_eq!(statuses, [Status::Active, Status::Idle, Status::Active, Status::Offline]);
    });
}

#[test]
fn work_requests_of_somebody_who_was_not_heard_before_are_refused() {
    universe::run(async || {
        let hub = universe::hub(1).await;
        durable(hub.database.close()).await;
        for request in REQUESTS {
            let refused = ask(&hub, request).await;
            assert!(is_unavailable(&refused), "{request:?}: {refused:?}");
        }
        assert_eq!(durable(hub.ask(&id(0), WorkNow)).await.unwrap(), None);
    });
}

#[test]
fn refused_work_requests_change_nothing() {
    universe::run(async || {
        let hub = universe::hub(1).await;
        let started = ask(&hub, WorkRequest::Start).await.unwrap().session.start;
        pass(30).await;
        let mut screen = Screen::watch(&hub, View::All).await;
        let absence = hub.database.pretend_away();
        for request in REQUESTS.into_iter().filter(|request| *request != WorkRequest::BreakEnd) {
            let answer = ask(&hub, request).await;
            // A start while a session is open writes nothing.
            assert!(is_unavailable(&answer) || request == WorkRequest::Start, "{request:?}: {answer:?}");
            let now = durable(hub.ask(&id(0), WorkNow)).await.unwrap();
            assert_eq!(now.map(|view| view.session.start), Some(started), "{request:?} ended the session");
            pass(40).await;
        }
        assert!(screen.changes().is_empty(), "screens show what holds");
        drop(absence);

        // 190 s after the start: a delta reaches back to it, because no heartbeat since then was taken.
        let beaten = ask(&hub, WorkRequest::Heartbeat { idle_delta_seconds: 170.0 }).await.unwrap();
        assert_eq!(beaten.totals().idle_ms, 170_000);
        let stopped = ask(&hub, WorkRequest::Stop).await.unwrap();
        assert_eq!((stopped.session.start, stopped.totals().break_ms), (started, 0));
        assert!(stopped.totals().active_ms >= 190_000, "{:?}", stopped.totals());
        assert_eq!(stored(&hub).await, [stopped.session]);
    });
}

#[test]
fn events_of_agents_are_not_acknowledged_and_the_agent_comes_back_with_them() {
    universe::run(async || {
        let hub = universe::hub(1).await;
        let (device, boot) = (DeviceId::generate(), BootId::generate());
        let event = |seq, kind| DurableEvent { seq, boot_id: None, at: START.plus(seq as i64), kind };
        let items = vec![event(1, EventKind::WorkStarted), event(2, EventKind::NoticeAcknowledged { version: 1 })];
        durable(hub.database.notices().publish("We look.", START, &id(0))).await.unwrap();
        hub.policies.put_notice(durable(hub.database.notices().current()).await.unwrap().unwrap());

        for attempt in 0..2 {
            let absence = (attempt == 0).then(|| hub.database.pretend_away());
            let line = Line::open(&hub, &id(0), device);
            let (items, outbox) = (items.clone(), line.outbox.clone());
            assert!(hub.tell(&id(0), AgentEvents { device, boot, items, outbox }));
            let heard = durable(line.outbox.next()).await;
            match absence {
                Some(absence) => {
                    assert_eq!(heard, AgentDown::Close(Close::new(CloseCode::Overloaded, None)));
                    assert_eq!(hub.policies.acknowledged(&id(0)), None, "it is not durable");
                    drop(absence);
                    assert!(stored(&hub).await.is_empty());
                    assert_eq!(durable(hub.database.work().acked(device, boot)).await.unwrap(), 0);
                }
                None => assert_eq!(heard, AgentDown::Ack { boot_id: boot, seq: 2 }),
            }
        }
        assert_eq!(hub.policies.acknowledged(&id(0)), Some(1));
        assert_eq!(durable(hub.database.agent_events().list(&id(0), Span::ALL)).await.unwrap().len(), 1);
    });
}

#[test]
fn beats_that_came_meanwhile_count_and_presence_is_written_afterwards() {
    universe::run(async || {
        let hub = universe::hub(1).await;
        let line = Line::open(&hub, &id(0), DeviceId::generate());
        let started = ask(&hub, WorkRequest::Start).await.unwrap().session.start;
        line.beat_for(60).await;
        let absence = hub.database.pretend_away();
        line.beat_for(600).await;
        line.touch(Activity::Idle { since: START.plus(500_000) });
        pass(30).await;
        assert!(is_unavailable(&ask(&hub, WorkRequest::BreakBegin).await));
        line.touch(Activity::Input);
        line.beat_for(120).await;
        drop(absence);
        let stopped = ask(&hub, WorkRequest::Stop).await.unwrap();
        assert_eq!(stopped.session.start, started, "one session, for all that time");
        assert!(stopped.totals().active_ms >= 810_000, "{:?}", stopped.totals());
        durable(hub.drain()).await;
        let history = durable(hub.database.presence().history(&id(0), Span::ALL)).await.unwrap();
        let statuses = history.iter().map(|row| row.status).collect::<Vec<_>>();
        assert_eq!(statuses, [Status::Active, Status::Idle, Status::Active]);
    });
}

#[test]
fn nobody_is_left_behind_who_went_home_meanwhile() {
    universe::run(async || {
        let hub = universe::hub(1).await;
        let line = Line::open(&hub, &id(0), DeviceId::generate());
        ask(&hub, WorkRequest::Start).await.unwrap();
        let absence = hub.database.pretend_away();
        line.beat_for(300).await;
        hub.tell(&id(0), Disconnect { link: line.link });
        pass(300).await;
        assert!(hub.running(&id(0)).is_some(), "what it heard is not written yet");
        drop(absence);
        // It looks for the database every 30 s, and once more when it has written.
        pass(31).await;
        durable(async {
            let work = hub.database.work();
            let is_written = |session: &WorkSession| session.end.since(session.start) >= 270_000;
            while !work.sessions(&id(0), Span::ALL).await.unwrap().iter().any(is_written) {
                tokio::task::yield_now().await;
            }
            hub.drain().await;
        })
        .await;
        pass(62).await;
        assert!(hub.running(&id(0)).is_none(), "nothing is left to wait for");
    });
}
