use std::sync::{Arc, Mutex};
use std::time::Duration;

use muster_media::encode::Pixels;
use muster_protocol::frame::{FrameHeader, FrameKind, TIER_FOCUS, TIER_WALL};

use super::super::Order;
use super::*;

const WALL: Watch = Watch { track: 0, fps: 30.0, width: 320, quality: 60 };

/// Screens whose content the test decides about.
#[derive(Clone, Default)]
struct Painted(Arc<Mutex<Painting>>);

#[derive(Default)]
struct Painting {
    tracks: Vec<u32>,
    shade: u8,
    is_changed: bool,
    failure: Option<CaptureError>,
    grabs: usize,
    rests: usize,
}

impl Painted {
    fn paint(&self, shade: u8) {
        let mut painting = self.0.lock().unwrap();
        (painting.shade, painting.is_changed) = (shade, true);
    }

    fn fail(&self, failure: Option<CaptureError>) {
        self.0.lock().unwrap().failure = failure;
    }

    fn grabs(&self) -> usize {
        self.0.lock().unwrap().grabs
    }
}

impl Screens for Painted {
    fn displays(&mut self) -> Result<Vec<Display>, CaptureError> {
        let display =
            |track: &u32| Display { track: *track, name: "d".to_owned(), width: 640, height: 480, primary: true };
        Ok(self.0.lock().unwrap().tracks.iter().map(display).collect())
    }

    fn may_have_changed(&mut self, _: u32) -> bool {
        let painting = self.0.lock().unwrap();
        painting.is_changed || painting.failure.is_some()
    }

    fn grab(&mut self, track: u32, into: &mut Pixels) -> Result<(), CaptureError> {
        let mut painting = self.0.lock().unwrap();
        painting.grabs += 1;
        if let Some(failure) = &painting.failure {
            return Err(failure.clone());
        }
        if !painting.tracks.contains(&track) {
            return Err(CaptureError::Gone(track));
        }
        painting.is_changed = false;
        into.resize(640, 480);
        into.bgrx.fill(painting.shade);
        Ok(())
    }

    fn rest(&mut self) {
        self.0.lock().unwrap().rests += 1;
    }
}

/// A running thread with two displays, and the reader of its reports.
struct Running {
    painted: Painted,
    orders: Orders,
    reports: mpsc::Receiver<Report>,
}

impl Running {
    async fn start() -> Self {
        let painted = Painted::default();
        painted.0.lock().unwrap().tracks = vec![0, 1];
        let (orders, reports) = spawn(Box::new(painted.clone()), Clock::start()).unwrap();
        let mut running = Self { painted, orders, reports };
        let Report::Displays(displays) = running.next().await else { panic!("the displays come first") };
        assert_eq!(displays.len(), 2);
        running.orders.give(Order::Begin);
        running
    }

    async fn next(&mut self) -> Report {
        let report = tokio::time::timeout(Duration::from_secs(20), self.reports.recv()).await;
        report.expect("a report comes").expect("the thread lives")
    }

    /// The next report has to be a picture: its header and number. It is answered.
    async fn next_frame(&mut self) -> FrameHeader {
        let report = self.next().await;
        let Report::Frame { track, seq, message } = report else { panic!("{report:?}") };
        let (header, body) = FrameHeader::decode(&message).unwrap();
        assert_eq!((header.track, header.seq, header.length as usize), (track, seq, body.len()));
        self.orders.give(Order::Got { track, seq });
        header
    }

    async fn next_same(&mut self) -> u32 {
        let report = self.next().await;
        let Report::Same { track, seq } = report else { panic!("{report:?}") };
        self.orders.give(Order::Got { track, seq });
        seq
    }
}

#[tokio::test]
async fn a_watched_display_comes_complete_and_then_as_the_same() {
    let mut running = Running::start().await;
    running.orders.give(Order::Watch(WALL));
    let header = running.next_frame().await;
    assert_eq!((header.kind, header.tier, header.seq), (FrameKind::Whole, TIER_WALL, 1));
    assert_eq!((header.width, header.height), (320, 240));
    for _ in 0..3 {
        assert_eq!(running.next_same().await, 1);
    }
    running.painted.paint(200);
    // A look may have been under way.
    let header = loop {
        match running.next().await {
            Report::Same { track, seq } => running.orders.give(Order::Got { track, seq }),
            Report::Frame { message, .. } => break FrameHeader::decode(&message).unwrap().0,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(header.seq, 2);
}

#[tokio::test]
async fn a_still_screen_is_grabbed_once_for_both_tiers() {
    let mut running = Running::start().await;
    running.orders.give(Order::Watch(Watch { width: 1920, ..WALL }));
    let tiers = [running.next_frame().await.tier, running.next_frame().await.tier];
    assert!(tiers.contains(&TIER_WALL) && tiers.contains(&TIER_FOCUS), "{tiers:?}");
    for _ in 0..5 {
        running.next_same().await;
    }
    assert_eq!(running.painted.grabs(), 1);
}

#[tokio::test]
async fn a_watch_said_again_brings_a_complete_picture_of_a_still_screen() {
    let mut running = Running::start().await;
    running.orders.give(Order::Watch(WALL));
    running.next_frame().await;
    running.orders.give(Order::Watch(WALL));
    assert_eq!(running.next_frame().await.seq, 2);
    running.orders.give(Order::Begin);
    running.orders.give(Order::Watch(WALL));
    assert_eq!(running.next_frame().await.seq, 1, "a new socket counts anew");
}

#[tokio::test]
async fn without_an_answer_nothing_more_comes_and_two_displays_do_not_wait_for_each_other() {
    let mut running = Running::start().await;
    running.orders.give(Order::Watch(WALL));
    let first = running.next().await;
    assert!(matches!(first, Report::Frame { track: 0, seq: 1, .. }), "{first:?}");
    running.painted.paint(90);
    running.orders.give(Order::Watch(Watch { track: 1, ..WALL }));
    for _ in 0..4 {
        match running.next().await {
            Report::Frame { track: 1, seq, .. } | Report::Same { track: 1, seq } => {
                running.orders.give(Order::Got { track: 1, seq });
            }
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn nobody_watches_nothing_is_grabbed_and_what_it_took_is_given_back() {
    let mut running = Running::start().await;
    running.orders.give(Order::Watch(WALL));
    running.next_frame().await;
    running.orders.give(Order::Unwatch { track: 0 });
    running.orders.give(Order::Displays);
    while !matches!(running.next().await, Report::Displays(_)) {}
    let grabs = running.painted.grabs();
    running.painted.paint(120);
    running.orders.give(Order::Displays);
    // Nothing may come between the two lists.
    let report = running.next().await;
    assert!(matches!(report, Report::Displays(_)), "{report:?}");
    assert_eq!(running.painted.grabs(), grabs);
    assert!(running.painted.0.lock().unwrap().rests > 0);
}

#[tokio::test]
async fn halt_stops_everything_and_the_count_goes_on() {
    let mut running = Running::start().await;
    running.orders.give(Order::Watch(WALL));
    assert_eq!(running.next_frame().await.seq, 1);
    running.orders.give(Order::Halt);
    running.orders.give(Order::Displays);
    while !matches!(running.next().await, Report::Displays(_)) {}
    running.orders.give(Order::Watch(WALL));
    // A "same" may have been on its way when the halt came; it was not answered.
    running.orders.give(Order::Got { track: 0, seq: 1 });
    assert_eq!(running.next_frame().await.seq, 2);
}

#[tokio::test]
async fn a_failure_is_said_once_and_so_is_its_end() {
    let mut running = Running::start().await;
    let failure = CaptureError::NotPermitted("ask the administrator".to_owned());
    running.painted.fail(Some(failure.clone()));
    running.orders.give(Order::Watch(WALL));
    assert_eq!(running.next().await, Report::Failed { reason: failure });
    running.orders.give(Order::Screenshot { blur: Blur::None });
    running.orders.give(Order::Displays);
    let report = running.next().await;
    assert!(matches!(report, Report::Displays(_)), "the same reason is not said again: {report:?}");
    // The thread takes orders together: once it answers another, the screenshot was tried.
    running.orders.give(Order::Displays);
    assert!(matches!(running.next().await, Report::Displays(_)));
    running.painted.fail(None);
    running.orders.give(Order::Screenshot { blur: Blur::None });
    for track in [0, 1] {
        let report = running.next().await;
        assert!(matches!(&report, Report::Screenshot(shot) if shot.track == track), "{report:?}");
    }
    running.next_frame().await;
    assert_eq!(running.next().await, Report::Recovered);
}

#[tokio::test]
async fn a_display_that_is_unplugged_while_it_is_watched_is_said_with_the_displays_that_are_left() {
    let mut running = Running::start().await;
    running.orders.give(Order::Watch(Watch { track: 1, ..WALL }));
    running.next_frame().await;
    running.painted.0.lock().unwrap().tracks = vec![0];
    running.painted.paint(1);
    let report = loop {
        match running.next().await {
            Report::Same { track, seq } => running.orders.give(Order::Got { track, seq }),
            other => break other,
        }
    };
    assert_eq!(report, Report::Failed { reason: CaptureError::Gone(1) });
    let Report::Displays(displays) = running.next().await else { panic!("the displays follow") };
    assert_eq!(displays.iter().map(|display| display.track).collect::<Vec<_>>(), [0]);
}

#[tokio::test]
async fn a_screenshot_shows_each_display_whether_or_not_it_is_watched() {
    let mut running = Running::start().await;
    running.painted.paint(77);
    running.orders.give(Order::Screenshot { blur: Blur::Strong });
    for track in [0, 1] {
        let Report::Screenshot(shot) = running.next().await else { panic!("a screenshot of each") };
        assert_eq!(shot.track, track);
        let info = muster_media::inspect(&shot.jpeg).unwrap();
        assert_eq!((info.width, info.height), (640, 480));
    }
}

#[tokio::test]
async fn the_thread_ends_when_nobody_gives_orders_any_more() {
    let Running { orders, mut reports, .. } = Running::start().await;
    drop(orders);
    let end = tokio::time::timeout(Duration::from_secs(20), reports.recv()).await;
    assert_eq!(end.expect("it ends"), None);
}
