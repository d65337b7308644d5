//! The thread against a real screen: its messages, decoded, are the desktop.

use std::time::Duration;

use muster_agent::capture::{Order, Orders, Report, spawn};
use muster_agent::clock::Clock;
use muster_agent::platform::x11::X11Screens;
use muster_protocol::agent::Watch;
use muster_protocol::frame::{FrameHeader, FrameKind, TIER_FOCUS};
use muster_protocol::policy::Blur;
use tokio::sync::mpsc::Receiver;

use crate::support::desktops::{Desktop, Picture, difference};

const FOCUS: Watch = Watch { track: 0, fps: 10.0, width: 1920, quality: 80 };

struct Capture {
    orders: Orders,
    reports: Receiver<Report>,
}

impl Capture {
    fn start(desktop: &Desktop) -> Self {
        let (orders, reports) = spawn(Box::new(X11Screens::new(desktop.name.clone())), Clock::start()).unwrap();
        orders.give(Order::Begin);
        Self { orders, reports }
    }

    /// The next report; pictures are answered.
    async fn next(&mut self) -> Report {
        let report = tokio::time::timeout(Duration::from_secs(30), self.reports.recv()).await;
        let report = report.expect("a report comes").expect("the thread lives");
        if let Report::Frame { track, seq, .. } | Report::Same { track, seq } = report {
            self.orders.give(Order::Got { track, seq });
        }
        report
    }

    /// Paints focus pictures onto `canvas` until the screen stands still. Returns how many tiles came.
    async fn paint_until_still(&mut self, canvas: &mut Picture) -> usize {
        let (mut tiles, mut still) = (0, 0);
        // The wall says "same" too, so a few of them.
        while still < 6 {
            still = match self.next().await {
                Report::Frame { message, .. } => {
                    tiles += paint(&message, canvas);
                    0
                }
                Report::Same { .. } => still + 1,
                _ => still,
            };
        }
        tiles
    }
}

/// Lays the tiles of a focus picture onto `canvas`; other pictures are passed over. Returns how many there were.
fn paint(message: &[u8], canvas: &mut Picture) -> usize {
    let (header, body) = FrameHeader::decode(message).unwrap();
    if header.tier != TIER_FOCUS {
        return 0;
    }
    assert_eq!(header.kind, FrameKind::Tiles);
    assert_eq!((usize::from(header.width), usize::from(header.height)), (canvas.width, canvas.height));
    canvas.lay_tiles(body)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_focus_is_the_desktop_and_typing_sends_few_of_its_tiles() {
    let mut desktop = Desktop::start(1920, 1080);
    desktop.open_terminal("80x24+40+40", "words", "ls /usr/bin | head -22; exec cat");
    let before = desktop.still_picture();
    let mut capture = Capture::start(&desktop);
    capture.orders.give(Order::Watch(FOCUS));
    let mut canvas = Picture::black(1920, 1080);
    let complete = capture.paint_until_still(&mut canvas).await;
    assert_eq!(complete, 40);
    let off = difference(&canvas, &before);
    assert!(off < 2.0, "{off} levels off");

    desktop.type_text("the quick brown fox");
    let after = desktop.still_picture();
    let changed = capture.paint_until_still(&mut canvas).await;
    assert!((1..=40).contains(&changed), "{changed} tiles for a line of text");
    let (off, was) = (difference(&canvas, &after), difference(&before, &after));
    assert!(was > 0.0 && off < 2.0, "{off} levels off");
    let line = canvas.cut(40, 300, 500, 200);
    assert!(difference(&line, &after.cut(40, 300, 500, 200)) < 6.0, "the line that was typed");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_screenshot_is_the_desktop_and_a_blurred_one_cannot_be_read() {
    let mut desktop = Desktop::start(1280, 720);
    desktop.open_terminal("80x24+40+40", "words", "ls -la /usr/bin | head -200; exec sleep 600");
    let seen = desktop.still_picture();
    let mut capture = Capture::start(&desktop);
    let mut off = vec![];
    for blur in [Blur::None, Blur::Light, Blur::Strong] {
        capture.orders.give(Order::Screenshot { blur });
        let shot = loop {
            match capture.next().await {
                Report::Screenshot(shot) => break shot,
                Report::Displays(_) => {}
                other => panic!("{other:?}"),
            }
        };
        let picture = Picture::decode(&shot.jpeg).cut(60, 80, 400, 250);
        off.push((difference(&picture, &seen.cut(60, 80, 400, 250)), contrast(&picture)));
    }
    let [(sharp, _), (light, light_contrast), (strong, strong_contrast)] = off[..] else { panic!("{off:?}") };
    assert!(sharp < 6.0 && light > sharp * 3.0 && strong > sharp * 3.0, "{off:?}");
    assert!(strong_contrast < light_contrast / 2.0, "{off:?}");
}

/// How much neighbours differ, in levels of 256: what letters are made of.
fn contrast(picture: &Picture) -> f64 {
    let inner = (0..picture.height).flat_map(|y| (1..picture.width).map(move |x| (x, y)));
    let sum: u64 = inner.map(|(x, y)| u64::from(picture.pixel(x, y)[1].abs_diff(picture.pixel(x - 1, y)[1]))).sum();
    sum as f64 / (picture.width * picture.height) as f64
}
