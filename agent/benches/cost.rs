//! What the agent costs the machine that it runs on: the real program before a real desktop of 1920×1080, with a real hub.
//! `cargo build --release --workspace && cargo bench --workspace --bench cost`; needs xvfb, openbox, xterm, xdotool and ImageMagick.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "what does not come up ends the measurement")]
#![allow(clippy::disallowed_methods, reason = "it stands outside of the agent and has a clock of its own")]

#[path = "../tests/whole/support/mod.rs"]
#[expect(dead_code, unused_imports, reason = "shared with the tests, which ask for more")]
mod support;
#[path = "../tests/whole/at_work/workplace.rs"]
#[expect(dead_code, reason = "shared with the tests, which ask for more")]
mod workplace;

use std::time::{Duration, Instant};

use muster_protocol::portal::Tier;

use support::desktops::Desktop;
use support::{AgentProcess, Page};
use workplace::Workplace;

const FOR: Duration = Duration::from_secs(30);
/// What is complete is sent before the measurement begins.
const SETTLING: Duration = Duration::from_secs(5);
/// Of the kernel's processor times, a second.
const TICKS: f64 = 100.0;

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
    // What is being done may be named: `-- Scrolling`.
    let wanted = std::env::args().nth(1).filter(|argument| !argument.starts_with('-'));
    println!(
        "| watched | on the desktop | CPU of a core | memory | of it its own | KB a minute |\n|---|---|---|---|---|---|"
    );
    for doing in [Doing::Nothing, Doing::Typing, Doing::Scrolling] {
        if wanted.as_ref().is_some_and(|wanted| *wanted != format!("{doing:?}")) {
            continue;
        }
        for tier in [None, Some(Tier::Wall), Some(Tier::Focus)] {
            measure(doing, tier).await;
        }
    }
}

async fn measure(doing: Doing, tier: Option<Tier>) {
    let mut place = Workplace::without_screenshots().await;
    place.desktop = Desktop::start(1920, 1080);
    let script = match doing {
        Doing::Scrolling => {
            "while :; do i=$(((i + 7) % 600)); ls -la /usr/bin | tail -n +$i | head -50; sleep 0.2; done"
        }
        Doing::Nothing | Doing::Typing => "ls -la /usr/bin | tail -30; exec cat",
    };
    place.desktop.open_terminal("120x50+40+40", "work", script);
    let agent = place.begin_work().await;
    let page = match tier {
        Some(tier) => Page::watch(&place.hub.url(), &place.admin, tier).await,
        None => Page::own(&place.hub.url(), &place.admin).await,
    };
    keep(doing, &place.desktop, SETTLING).await;
    let (used, seen) = (ticks(&agent), page.bytes());
    keep(doing, &place.desktop, FOR).await;
    let percent = (ticks(&agent) - used) as f64 / TICKS / FOR.as_secs_f64() * 100.0;
    let kb = (page.bytes() - seen) as f64 / 1024.0 * 60.0 / FOR.as_secs_f64();
    let [resident, own] = ["Rss:", "Private_Dirty:"].map(|field| memory_kb(&agent, field) as f64 / 1024.0);
    let watched = tier.map_or("nobody".to_owned(), |tier| format!("{tier:?}"));
    println!("| {watched} | {doing:?} | {percent:.2} % | {resident:.1} MiB | {own:.1} MiB | {kb:.0} |");
}

/// Does it for so long.
async fn keep(doing: Doing, desktop: &Desktop, time: Duration) {
    let begun = Instant::now();
    while begun.elapsed() < time {
        match doing {
            Doing::Typing => desktop.type_slowly("the quick brown fox\n"),
            Doing::Nothing | Doing::Scrolling => tokio::time::sleep(Duration::from_millis(100)).await,
        }
    }
}

/// User and system time of the agent.
fn ticks(agent: &AgentProcess) -> u64 {
    let stat = std::fs::read_to_string(format!("/proc/{}/stat", agent.id())).unwrap();
    let fields = stat.rsplit_once(") ").unwrap().1.split(' ').collect::<Vec<_>>();
    fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap()
}

fn memory_kb(agent: &AgentProcess, field: &str) -> u64 {
    let rollup = std::fs::read_to_string(format!("/proc/{}/smaps_rollup", agent.id())).unwrap();
    let line = rollup.lines().find_map(|line| line.strip_prefix(field)).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}
