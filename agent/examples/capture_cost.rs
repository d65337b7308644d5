//! What it costs to be watched: CPU of the capture thread and bytes for the socket, on a desktop that stands still, is typed on and
//! scrolls. `cargo run --release -p muster-agent --example capture_cost`; needs xvfb, openbox, xterm and xdotool.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a desktop that does not come up ends the measurement")]

#[path = "../tests/whole/support/x11/mod.rs"]
#[expect(dead_code, unused_imports, reason = "shared with the tests, which ask for more")]
mod support;

use std::process::Child;
use std::time::{Duration, Instant};

use muster_agent::capture::{Order, Orders, Report, spawn};
use muster_agent::clock::Clock;
use muster_agent::platform::x11::X11Screens;
use muster_protocol::agent::Watch;
use support::{Desktop, until};
use tokio::sync::mpsc::Receiver;

const FOR: Duration = Duration::from_secs(20);

/// What somebody does on the desktop meanwhile.
#[derive(Clone, Copy, Debug)]
enum Doing {
    Nothing,
    /// Ten letters a second.
    Typing,
    /// Five pages of a terminal a second.
    Scrolling,
}

#[tokio::main]
async fn main() {
    let watches = [
        ("nobody watches", None),
        ("wall, 2 fps, 480 px", Some(Watch { track: 0, fps: 2.0, width: 480, quality: 60 })),
        ("focus, 2 fps, 1920 px", Some(Watch { track: 0, fps: 2.0, width: 1920, quality: 70 })),
        ("focus, 5 fps, 1920 px", Some(Watch { track: 0, fps: 5.0, width: 1920, quality: 70 })),
    ];
    println!("| watched | desktop | CPU of a core | KB a minute | pictures | the same |\n|---|---|---|---|---|---|");
    for doing in [Doing::Nothing, Doing::Typing, Doing::Scrolling] {
        for (name, watch) in watches {
            measure(name, watch, doing).await;
        }
    }
    println!("resident at the end: {} KB", resident_kb());
}

async fn measure(name: &str, watch: Option<Watch>, doing: Doing) {
    let mut desktop = Desktop::start(1920, 1080);
    let script = match doing {
        Doing::Scrolling => "while :; do ls -la /usr/bin | tail -50; sleep 0.2; done",
        Doing::Nothing | Doing::Typing => "ls -la /usr/bin | tail -30; exec cat",
    };
    desktop.open_terminal("120x50+40+40", "work", script);
    let (orders, mut reports) = spawn(Box::new(X11Screens::new(desktop.name.clone())), Clock::start()).unwrap();
    orders.give(Order::Begin);
    watch.into_iter().for_each(|watch| orders.give(Order::Watch(watch)));
    // What is complete was sent before the measurement.
    listen(&orders, &mut reports, Duration::from_secs(3)).await;
    let mut typist = matches!(doing, Doing::Typing).then(|| typist(&desktop));
    let before = thread_ns();
    let heard = listen(&orders, &mut reports, FOR).await;
    let percent = (thread_ns() - before) as f64 / FOR.as_nanos() as f64 * 100.0;
    if let Some(typist) = &mut typist {
        typist.kill().unwrap();
        typist.wait().unwrap();
    }
    let kb_a_minute = heard.bytes as f64 / 1024.0 * 60.0 / FOR.as_secs_f64();
    println!("| {name} | {doing:?} | {percent:.2} % | {kb_a_minute:.0} | {} | {} |", heard.pictures, heard.same);
    drop(orders);
    until("the thread ends", || {
        reports
            .try_recv()
            .is_err_and(|error| error == tokio::sync::mpsc::error::TryRecvError::Disconnected)
            .then_some(())
    });
}

fn typist(desktop: &Desktop) -> Child {
    let text = "the quick brown fox jumps over the lazy dog ".repeat(20);
    desktop.on("xdotool").args(["type", "--delay", "100", &text]).spawn().unwrap()
}

#[derive(Default)]
struct Heard {
    bytes: usize,
    pictures: usize,
    same: usize,
}

/// Answers as a hub on the same machine does.
#[expect(clippy::disallowed_methods, reason = "a measurement lasts for a time")]
async fn listen(orders: &Orders, reports: &mut Receiver<Report>, lasts: Duration) -> Heard {
    let (mut heard, until) = (Heard::default(), tokio::time::Instant::from_std(Instant::now() + lasts));
    while let Ok(report) = tokio::time::timeout_at(until, reports.recv()).await {
        match report.unwrap() {
            Report::Frame { track, seq, message } => {
                heard.bytes += message.len();
                heard.pictures += 1;
                orders.give(Order::Got { track, seq });
            }
            Report::Same { track, seq } => {
                heard.bytes += format!("{{\"type\":\"same\",\"track\":{track},\"seq\":{seq}}}").len();
                heard.same += 1;
                orders.give(Order::Got { track, seq });
            }
            Report::Displays(_) => {}
            other => panic!("{other:?}"),
        }
    }
    heard
}

/// Nanoseconds that the capture thread has run.
fn thread_ns() -> u64 {
    let tasks = std::fs::read_dir("/proc/self/task").unwrap().map(|task| task.unwrap().path());
    let named = |task: &std::path::PathBuf| {
        std::fs::read_to_string(task.join("comm")).is_ok_and(|name| name.trim() == "capture")
    };
    let of_task = |task: std::path::PathBuf| -> u64 {
        let schedule = std::fs::read_to_string(task.join("schedstat")).unwrap();
        schedule.split_whitespace().next().unwrap().parse().unwrap()
    };
    tasks.filter(named).map(of_task).sum()
}

fn resident_kb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}
