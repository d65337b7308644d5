//! Shows the window in one of its states, without a hub: `cargo run -p muster-agent --example window_states -- watched --dark`.
//!
//! The clock stands still, so that two pictures of one state are the same. Clicks are printed.

use std::sync::Arc;

use iced::theme::Mode;
use muster_agent::core::status::{Connection, SetAside, Status, Today, Waiting, Work};
use muster_agent::window::{self, Bridge};
use muster_domain::Zone;
use muster_protocol::UtcMillis;
use muster_protocol::agent::Watcher;
use muster_protocol::policy::{Blur, Notice, Policy, StartMode};
use tokio::sync::{Notify, mpsc, watch};

const NOW: UtcMillis = UtcMillis(1_795_875_767_000);
const MINUTE_MS: i64 = 60_000;

type State = (&'static str, fn(&mut Status));

const STATES: [State; 13] = [
    ("signed-out", |status| *status = Status { hub: "https://muster.example.org".to_owned(), ..Status::default() }),
    ("refused", |status| {
        *status = Status { hub: "https://muster.example.org".to_owned(), ..Status::default() };
        status.sign_in_problem = Some("E-mail or password is wrong.".to_owned());
    }),
    ("notice", |status| {
        status.work = Work::Off;
        status.notice = Some(notice());
    }),
    ("off", |status| status.work = Work::Off),
    ("active", |_| {}),
    ("idle", |status| status.work = Work::Idle { since: NOW.minus(11 * MINUTE_MS) }),
    ("break", |status| {
        status.work = Work::Break { since: NOW.minus(4 * MINUTE_MS) };
        status.today.break_ms = 240_000;
    }),
    ("paused", |status| {
        status.is_paused = true;
        status.policy.iter_mut().for_each(|policy| policy.pause_allowed = true);
    }),
    ("watched", |status| status.watchers = vec![watcher("Mia Chen", 1, 3), watcher("Omar Haddad", 2, 1)]),
    ("crowd", |status| {
        let names = ["Mia Chen", "Omar Haddad", "Lena Vogt", "Ravi Patel", "Sofia Lindqvist", "Tom Baker", "Ana Sousa"];
        status.watchers = names.iter().map(|name| watcher(name, 1, 2)).collect();
    }),
    ("offline", |status| {
        let reason = "the hub cannot be reached (connection refused)".to_owned();
        status.connection = Connection::Away { reason, retry_at: NOW.plus(12_000) };
        status.waiting = Waiting { events: 41, screenshots: 12, bytes: 461_200_000, bytes_max: 500_000_000 };
        let reason = "more than five minutes ahead of the hub's clock".to_owned();
        status.set_aside = vec![SetAside { at: NOW.minus(80 * MINUTE_MS), what: "Screenshot".to_owned(), reason }];
    }),
    ("stopped", |status| {
        let reason = "this device was deactivated; ask whoever administers your hub".to_owned();
        status.connection = Connection::Stopped { reason };
        status.work = Work::Off;
    }),
    ("capture-problem", |status| {
        status.capture_problem = Some("The system does not permit capture: allow it in the settings.".to_owned());
        status.warnings = vec![
            "The system's secret store is away. The device token is kept in a file that only you can read.".to_owned(),
        ];
        status.message = Some("The hub will be restarted at 18:00; nothing is lost.".to_owned());
    }),
];

fn usual() -> Status {
    Status {
        hub: "https://muster.example.org".to_owned(),
        person: Some("Nia Okafor".to_owned()),
        connection: Connection::Online { since: NOW.minus(200 * MINUTE_MS) },
        work: Work::Active { since: NOW.minus(42 * MINUTE_MS) },
        today: Today { as_of: NOW, active_ms: 19_330_000, idle_ms: 1_505_000, break_ms: 0, net_ms: 17_825_000 },
        policy: Some(Policy {
            version: 4,
            capture_interval_minutes: 10,
            screenshots: true,
            blur: Blur::Light,
            live_view: true,
            start_mode: StartMode::Manual,
            idle_after_ms: 180_000,
            pause_allowed: false,
        }),
        displays: vec![(1, "DP-1".to_owned()), (2, "HDMI-1".to_owned())],
        ..Status::default()
    }
}

fn watcher(name: &str, track: u32, minutes: i64) -> Watcher {
    Watcher { name: name.to_owned(), since: NOW.minus(minutes * MINUTE_MS), track }
}

fn notice() -> Notice {
    let text = "This computer belongs to Northwind Trading. While you are at work, Muster records when you work, when you are idle \
                and when you take a break. It takes one slightly blurred screenshot in every ten minutes, and your team lead may watch \
                your screen live. You always see here who is watching, and afterwards who did.\n\nNothing is recorded when you are \
                not at work, on a break or idle. No keys, no window titles, no sound.\n\nEverything is deleted after 90 days. You can \
                see and export all of it in the portal. Questions: works.council@northwind.example.";
    Notice { version: 2, text: text.to_owned(), published_at: NOW.minus(3 * 24 * 60 * MINUTE_MS) }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let chosen = arguments.first().and_then(|name| STATES.iter().find(|(state, _)| state == name));
    let Some((_, change)) = chosen else {
        let names: Vec<_> = STATES.iter().map(|(name, _)| *name).collect();
        return Err(format!("usage: window_states <{}> [--dark]", names.join("|")).into());
    };
    if let Some(problem) = window::display_problem() {
        return Err(problem.into());
    }
    let mut status = usual();
    change(&mut status);
    let (_agent, status) = watch::channel(Arc::new(status));
    let (commands, mut asked) = mpsc::channel(8);
    std::thread::spawn(move || {
        while let Some(command) = asked.blocking_recv() {
            println!("{command:?}");
        }
    });
    let is_dark = arguments.iter().any(|argument| argument == "--dark");
    window::run(Bridge {
        status,
        commands,
        raise: Arc::new(Notify::new()),
        now: Arc::new(|| NOW),
        zone: Zone::named("Europe/Berlin")?,
        starts_hidden: false,
        mode: Some(if is_dark { Mode::Dark } else { Mode::Light }),
    })?;
    Ok(())
}
