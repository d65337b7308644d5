//! Live view: when an agent is asked and when it is left alone, and that nobody is forgotten in front of a screen.

use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use muster_actors::Hub;
use muster_actors::employee::{Bye, Disconnect, Panic, Work, WorkRequest};
use muster_actors::live::{Offered, ToViewer, Viewing};
use muster_db::{ViewingRow, Whose};
use muster_domain::Span;
use muster_domain::watch::ViewerId;
use muster_protocol::DeviceId;
use muster_protocol::agent::{AgentDown, Watch};
use muster_protocol::frame::{FrameHeader, FrameKind, TIER_FOCUS};
use muster_protocol::portal::{BlankReason, Tier, TrackPhase, WatchTrack};

use crate::universe::{self, Line, durable, id, pass};

/// What the agent is asked for when a page has the track on its wall.
const WALL: AgentDown = AgentDown::Watch(Watch { track: 0, fps: 1.0, width: 480, quality: 60 });
const STOP: AgentDown = AgentDown::Unwatch { track: 0 };

/// A page of `E1`, without the socket.
struct Page {
    hub: Arc<Hub>,
    viewing: Viewing,
}

impl Page {
    fn open(hub: &Arc<Hub>) -> Self {
        Self {
            hub: hub.clone(),
            viewing: Viewing::new(hub.clone(), ViewerId(hub.next_link().0), id(1), Arc::default()),
        }
    }

    /// From now on watches these displays of `E0`.
    fn watch(&mut self, tracks: &[u32]) {
        let wish = |&track| WatchTrack { employee: id(0), track, tier: Tier::Wall };
        self.viewing.watch(tracks.iter().map(wish).collect(), None, |_| true);
    }

    /// What the page was told since the last call.
    fn news(&mut self) -> Vec<(TrackPhase, Option<BlankReason>)> {
        let now = self.hub.clock.now().mono;
        let state = |next| match next {
            ToViewer::State(state) => (state.state, state.reason),
            ToViewer::Picture(_) => panic!("a picture that nobody sent"),
        };
        std::iter::from_fn(|| self.viewing.next(now)).map(state).collect()
    }
}

const WAITING: (TrackPhase, Option<BlankReason>) = (TrackPhase::Waiting, None);

const fn blank(reason: BlankReason) -> (TrackPhase, Option<BlankReason>) {
    (TrackPhase::Blank, Some(reason))
}

/// The orders that the agent was given since the last call; what it shows of who watches is left out.
fn orders(line: &Line) -> Vec<AgentDown> {
    said(line).into_iter().filter(|message| !matches!(message, AgentDown::Watchers { .. })).collect()
}

fn said(line: &Line) -> Vec<AgentDown> {
    let mut context = Context::from_waker(Waker::noop());
    std::iter::from_fn(|| match line.outbox.poll_next(&mut context) {
        Poll::Ready(message) => Some(message),
        Poll::Pending => None,
    })
    .collect()
}

/// Lets the actors do what they were told.
async fn settle() {
    tokio::time::sleep(Duration::from_millis(10)).await;
}

/// E0 works, with one agent; E1 may watch.
async fn at_work() -> (Arc<Hub>, Line) {
    let hub = universe::hub(2).await;
    let line = Line::open(&hub, &id(0), DeviceId::generate());
    durable(hub.ask(&id(0), Work(WorkRequest::Start))).await.unwrap().unwrap();
    settle().await;
    assert_eq!(said(&line), []);
    (hub, line)
}

/// Introduces the session again, as the agent's socket does when its person's actor was replaced.
fn again(line: &Line) -> Line {
    Line::introduce(&line.hub, &line.employee, DeviceId::generate(), line.link, line.outbox.clone())
}

async fn viewings(hub: &Arc<Hub>) -> Vec<ViewingRow> {
    durable(hub.drain()).await;
    durable(hub.database.viewings().list(Whose::Everyone, Span::ALL, None, 100)).await.unwrap().rows
}

#[test]
fn capture_and_viewing_end_when_the_linger_is_over_and_not_before() {
    universe::run(async || {
        let (hub, line) = at_work().await;
        let mut page = Page::open(&hub);
        page.watch(&[0]);
        settle().await;
        assert_eq!((orders(&line), page.news()), (vec![WALL], vec![WAITING]));

        page.watch(&[]);
        settle().await;
        let left = hub.clock.now().wall;
        tokio::time::sleep(Duration::from_millis(4_900)).await;
        assert_eq!(orders(&line), []);
        // Whoever comes back in time goes on, with the same viewing.
        page.watch(&[0]);
        pass(60).await;
        assert_eq!((orders(&line), page.news()), (vec![], vec![WAITING]));
        let open = viewings(&hub).await;
        assert!(open.len() == 1 && open[0].to.is_none() && open[0].from < left, "{open:?}");

        page.watch(&[]);
        settle().await;
        let left = hub.clock.now().wall;
        tokio::time::sleep(Duration::from_millis(4_900)).await;
        assert_eq!(orders(&line), []);
        tokio::time::sleep(Duration::from_millis(200)).await;
        assert_eq!(orders(&line), [STOP]);
        let closed = viewings(&hub).await;
        assert_eq!((closed.len(), closed[0].id), (1, open[0].id));
        assert!(closed[0].to.unwrap().since(left).abs() <= 20, "{closed:?}, left at {left}");
        assert!(hub.live.find(&id(0), 0).is_none(), "its pictures are forgotten");
    });
}

#[test]
fn a_gate_closes_and_opens_at_once() {
    universe::run(async || {
        let (hub, line) = at_work().await;
        let mut page = Page::open(&hub);
        page.watch(&[0, 7]);
        settle().await;
        assert_eq!(orders(&line), [WALL]);
        assert_eq!(page.news(), [WAITING, blank(BlankReason::NoSuchTrack)]);
        page.watch(&[0]);
        for (request, reason) in [
            (WorkRequest::BreakBegin, Some(BlankReason::OnBreak)),
            (WorkRequest::BreakEnd, None),
            (WorkRequest::Stop, Some(BlankReason::NotWorking)),
            (WorkRequest::Start, None),
        ] {
            durable(hub.ask(&id(0), Work(request))).await.unwrap().unwrap();
            settle().await;
            let (order, news) = match reason {
                Some(reason) => (STOP, blank(reason)),
                None => (WALL, WAITING),
            };
            assert_eq!((orders(&line), page.news()), (vec![order], vec![news]), "{request:?}");
        }
        // Who leaves while it is closed leaves nothing behind.
        durable(hub.ask(&id(0), Work(WorkRequest::Stop))).await.unwrap().unwrap();
        settle().await;
        assert_eq!(orders(&line), [STOP]);
        page.watch(&[]);
        pass(6).await;
        durable(hub.ask(&id(0), Work(WorkRequest::Start))).await.unwrap().unwrap();
        settle().await;
        assert_eq!(orders(&line), []);
    });
}

#[test]
fn a_broken_agent_is_waited_for_as_long_as_the_grace_lasts() {
    universe::run(async || {
        let (hub, line) = at_work().await;
        let mut page = Page::open(&hub);
        page.watch(&[0]);
        settle().await;
        page.news();
        hub.tell(&id(0), Disconnect { link: line.link });
        pass(19).await;
        assert_eq!(page.news(), [], "it waited already, and goes on");
        pass(2).await;
        assert_eq!(page.news(), [blank(BlankReason::Offline)]);
        let back = Line::open(&hub, &id(0), DeviceId::generate());
        settle().await;
        assert_eq!((orders(&back), page.news()), (vec![], vec![blank(BlankReason::NoSuchTrack)]), "another device");
        page.watch(&[256]);
        settle().await;
        assert_eq!((orders(&back), page.news()), (vec![WALL], vec![WAITING]));
        hub.tell(&id(0), Bye { link: back.link });
        settle().await;
        assert_eq!(page.news(), [blank(BlankReason::Offline)], "who says goodbye is not waited for");
    });
}

#[test]
fn an_actor_that_was_lost_is_told_again_who_watches() {
    universe::run(async || {
        let (hub, line) = at_work().await;
        let mut page = Page::open(&hub);
        page.watch(&[0]);
        settle().await;
        assert_eq!((orders(&line), page.news()), (vec![WALL], vec![WAITING]));
        hub.running(&id(0)).unwrap().try_send(Panic).unwrap();
        settle().await;
        let line = again(&line);
        // It reads first whether the person works.
        durable(tokio::time::sleep(Duration::from_millis(500))).await;
        orders(&line);
        page.viewing.review(|_| true);
        settle().await;
        assert_eq!(said(&line)[0], WALL);
        assert_eq!(page.news(), [], "it waits as before");
        page.viewing.leave();
        pass(6).await;
        assert_eq!(orders(&line), [STOP]);
    });
}

#[test]
fn who_left_before_a_lost_actor_was_back_is_not_captured_for() {
    universe::run(async || {
        let (hub, line) = at_work().await;
        let mut page = Page::open(&hub);
        page.watch(&[0]);
        settle().await;
        assert_eq!(orders(&line), [WALL]);
        hub.running(&id(0)).unwrap().try_send(Panic).unwrap();
        settle().await;
        page.viewing.leave();
        drop(page);
        let line = again(&line);
        settle().await;
        assert_eq!(said(&line), [STOP, AgentDown::Watchers { people: Vec::new() }]);
    });
}

#[test]
fn a_page_that_goes_without_a_word_is_not_captured_for() {
    universe::run(async || {
        let (hub, line) = at_work().await;
        let mut page = Page::open(&hub);
        page.watch(&[0]);
        settle().await;
        assert_eq!(orders(&line), [WALL]);
        // Its session panicked: nobody says that it watches no more.
        drop(page);
        line.beat_for(30).await;
        assert_eq!(orders(&line), [STOP]);
        let rows = viewings(&hub).await;
        assert!(rows.len() == 1 && rows[0].to.is_some(), "{rows:?}");
    });
}

#[test]
fn rights_that_end_take_every_track_with_them() {
    universe::run(async || {
        let (hub, line) = at_work().await;
        let mut page = Page::open(&hub);
        page.watch(&[0]);
        settle().await;
        assert_eq!((orders(&line), page.news()), (vec![WALL], vec![WAITING]));
        // It asks for more in the moment in which it may watch no more.
        let wish = |tier| WatchTrack { employee: id(0), track: 0, tier };
        page.viewing.watch(vec![wish(Tier::Wall), wish(Tier::Focus)], None, |_| false);
        assert_eq!(page.news(), [blank(BlankReason::NotPermitted), blank(BlankReason::NotPermitted)]);
        pass(6).await;
        assert_eq!(orders(&line), [STOP]);
        page.viewing.review(|_| true);
        settle().await;
        assert_eq!(orders(&line), [AgentDown::Watch(Watch { track: 0, fps: 4.0, width: 1920, quality: 75 })]);
        assert_eq!(page.news(), [WAITING, WAITING]);
    });
}

#[test]
fn nobody_stays_behind_when_an_offline_person_is_watched_no_more() {
    universe::run(async || {
        let hub = universe::hub(2).await;
        let mut page = Page::open(&hub);
        page.watch(&[0]);
        settle().await;
        assert_eq!(page.news(), [blank(BlankReason::Offline)]);
        pass(300).await;
        assert!(hub.running(&id(0)).is_some(), "it waits for the person");
        page.watch(&[]);
        pass(6).await;
        assert!(hub.running(&id(0)).is_none(), "nobody is left to wait for");
        assert!(hub.live.find(&id(0), 0).is_none());

        // The same after the person was here meanwhile.
        page.watch(&[0]);
        let line = Line::open(&hub, &id(0), DeviceId::generate());
        settle().await;
        hub.tell(&id(0), Bye { link: line.link });
        pass(300).await;
        page.watch(&[]);
        pass(6).await;
        assert!(hub.running(&id(0)).is_none());
        page.viewing.review(|_| true);
        assert!(hub.running(&id(0)).is_none(), "and a look at what is settled wakes nobody");
    });
}

/// Five seconds are enough to hear of a change; what still comes then is a defect of the agent.
#[test]
fn what_was_on_its_way_is_dropped_without_blame_for_a_while() {
    universe::run(async || {
        let (hub, _line) = at_work().await;
        let mut page = Page::open(&hub);
        page.watch(&[0]);
        settle().await;
        let live = hub.live.find(&id(0), 0).unwrap();
        let offer = || live.offer(&focus(), 0, hub.clock.now());
        assert_eq!(offer(), Offered::Dropped);
        pass(5).await;
        assert_eq!(offer(), Offered::Refused("focus_not_asked"));
        durable(hub.ask(&id(0), Work(WorkRequest::Stop))).await.unwrap().unwrap();
        settle().await;
        assert_eq!((offer(), live.confirm(1, hub.clock.now())), (Offered::Dropped, Offered::Dropped));
        pass(5).await;
        let unwatched = Offered::Refused("unwatched");
        assert_eq!((offer(), live.confirm(1, hub.clock.now())), (unwatched, unwatched));
    });
}

/// A picture of the focus tier, as far as the check goes that refuses it.
fn focus() -> Vec<u8> {
    let header = FrameHeader {
        kind: FrameKind::Whole,
        tier: TIER_FOCUS,
        flags: 0,
        track: 0,
        seq: 1,
        length: 0,
        captured_at_ms: 0,
        width: 1280,
        height: 720,
        part: 0,
        parts: 1,
    };
    header.encode().to_vec()
}
