//! What the agent knows, in plain words. Pure, so that every sentence a person may read is tested.

use muster_domain::Zone;
use muster_protocol::UtcMillis;
use muster_protocol::agent::Watcher;
use muster_protocol::policy::{Blur, Policy, StartMode};

use crate::core::status::{Connection, SetAside, Status, Waiting, Work};

const SECOND_MS: i64 = 1_000;
const MINUTE_MS: u64 = 60_000;

/// `2:03:04`: hours without a limit, minutes and seconds of two digits, so that a running one never changes its width.
#[must_use]
pub fn duration(ms: u64) -> String {
    let seconds = ms / 1_000;
    format!("{}:{:02}:{:02}", seconds / 3_600, seconds / 60 % 60, seconds % 60)
}

/// The time of day, with the date before it unless that is today.
#[must_use]
pub fn moment(zone: &Zone, at: UtcMillis, now: UtcMillis) -> String {
    let clock = zone.clock(at);
    let until_minutes = clock.get(..16).unwrap_or(&clock);
    let is_today = zone.day_of(at) == zone.day_of(now);
    if is_today { until_minutes.get(11..).unwrap_or(until_minutes).to_owned() } else { until_minutes.to_owned() }
}

/// What the policy permits, one sentence a line.
#[must_use]
pub fn policy(policy: &Policy) -> Vec<String> {
    let mut lines = vec![screenshots(policy)];
    lines.push(if policy.live_view {
        "Live view is allowed. You see here who is watching, as long as it lasts.".to_owned()
    } else {
        "Live view is off: nobody can watch this screen.".to_owned()
    });
    lines.push(format!("Idle after {} without a key or a movement.", span(policy.idle_after_ms)));
    lines.push(match policy.start_mode {
        StartMode::Manual => "Work starts when you punch in.".to_owned(),
        StartMode::Auto => "Work starts by itself when the agent reaches the hub.".to_owned(),
    });
    if policy.pause_allowed {
        lines.push("You may pause capture.".to_owned());
    }
    lines
}

fn screenshots(policy: &Policy) -> String {
    if !policy.screenshots {
        return "No screenshots are taken.".to_owned();
    }
    let blur = match policy.blur {
        Blur::None => "not blurred",
        Blur::Light => "slightly blurred",
        Blur::Strong => "strongly blurred",
    };
    let minutes = policy.capture_interval_minutes;
    format!(
        "One screenshot at a random moment of every {minutes} minutes, {blur}. None while you are idle or on a break."
    )
}

/// "3 minutes", "90 seconds", "1 minute".
fn span(ms: u64) -> String {
    if ms >= MINUTE_MS && ms.is_multiple_of(MINUTE_MS) {
        count(ms / MINUTE_MS, "minute")
    } else {
        count(ms / 1_000, "second")
    }
}

fn count(number: u64, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

/// The word for what the person does.
#[must_use]
pub fn work(work: Work) -> &'static str {
    match work {
        Work::Off => "Not at work",
        Work::Active { .. } => "Active",
        Work::Idle { .. } => "Idle",
        Work::Break { .. } => "On a break",
    }
}

/// Who watches, as one sentence; nobody is also said.
#[must_use]
pub fn watching(watchers: &[Watcher]) -> String {
    let mut names: Vec<&str> = Vec::new();
    for watcher in watchers {
        if !names.contains(&watcher.name.as_str()) {
            names.push(&watcher.name);
        }
    }
    match names.as_slice() {
        [] => "Nobody is watching".to_owned(),
        [one] => format!("{one} is watching your screen"),
        [one, other] => format!("{one} and {other} are watching your screen"),
        more => format!("{} people are watching your screen", more.len()),
    }
}

/// What one person watches and since when.
#[must_use]
pub fn watcher(watcher: &Watcher, displays: &[(u32, String)], zone: &Zone, now: UtcMillis) -> String {
    let named = displays.iter().find(|(track, _)| *track == watcher.track).map(|(_, name)| name.as_str());
    let display = named.map_or_else(|| format!("display {}", watcher.track), str::to_owned);
    format!("{} · {display} · since {}", watcher.name, moment(zone, watcher.since, now))
}

/// Whether the hub hears the agent: a word for the header.
#[must_use]
pub fn connection(connection: &Connection) -> &'static str {
    match connection {
        Connection::SignedOut => "Signed out",
        Connection::Connecting => "Connecting",
        Connection::Online { .. } => "Online",
        Connection::Away { .. } => "Offline",
        Connection::Stopped { .. } => "Stopped",
    }
}

/// What the person should know about the connection; `None` while all is well.
#[must_use]
pub fn connection_trouble(connection: &Connection, now: UtcMillis) -> Option<String> {
    match connection {
        Connection::SignedOut | Connection::Connecting | Connection::Online { .. } => None,
        Connection::Away { reason, retry_at } => {
            let wait = retry_at.since(now).max(0).unsigned_abs().div_ceil(SECOND_MS.unsigned_abs());
            let next = if wait == 0 { "Trying again now.".to_owned() } else { format!("Trying again in {wait} s.") };
            Some(format!("{} Everything is recorded meanwhile. {next}", sentence(reason)))
        }
        Connection::Stopped { reason } => Some(format!("{} Nothing is sent until that is solved.", sentence(reason))),
    }
}

/// `reason` with a capital and a full stop, since it becomes part of a text for a person.
#[must_use]
pub fn sentence(reason: &str) -> String {
    let reason = reason.trim().trim_end_matches('.');
    let mut letters = reason.chars();
    letters.next().map_or_else(String::new, |first| format!("{}{}.", first.to_uppercase(), letters.as_str()))
}

/// What is recorded and not acknowledged yet; `None` when that is nothing.
#[must_use]
pub fn waiting(waiting: &Waiting) -> Option<String> {
    let parts: Vec<String> = [(waiting.events, "event"), (waiting.screenshots, "screenshot")]
        .into_iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, noun)| count(number, noun))
        .collect();
    (!parts.is_empty()).then(|| format!("{} waiting to be sent ({}).", parts.join(" and "), bytes(waiting.bytes)))
}

/// How full the room for waiting items is, once that is worth a warning.
#[must_use]
pub fn nearly_full(waiting: &Waiting) -> Option<String> {
    waiting.is_nearly_full().then(|| {
        let used = format!("{} of {}", bytes(waiting.bytes), bytes(waiting.bytes_max));
        format!("The room for them is nearly full: {used}. When it is full, no screenshots are taken until the hub has them.")
    })
}

fn bytes(bytes: u64) -> String {
    const MEGABYTE: u64 = 1_000_000;
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..MEGABYTE => format!("{} KB", bytes / 1_000),
        _ => format!("{}.{} MB", bytes / MEGABYTE, bytes % MEGABYTE / 100_000),
    }
}

/// One thing that the hub refused.
#[must_use]
pub fn set_aside(item: &SetAside, zone: &Zone, now: UtcMillis) -> String {
    format!("{} of {}: {}", item.what, moment(zone, item.at, now), item.reason)
}

/// The tray icon's words: what is recorded, and who is watching, by name.
#[must_use]
pub fn tooltip(status: &Status) -> String {
    let state = match &status.connection {
        Connection::SignedOut => "signed out",
        _ if status.notice.is_some() => "a notice waits to be read",
        _ if status.is_paused => "capture is paused",
        _ => work(status.work),
    };
    let mut lines = vec![format!("Muster: {}", lowercase_first(state))];
    if !status.watchers.is_empty() {
        let mut names: Vec<&str> = status.watchers.iter().map(|watcher| watcher.name.as_str()).collect();
        names.dedup();
        lines.push(format!("Watching your screen: {}", names.join(", ")));
    }
    if matches!(status.connection, Connection::Away { .. } | Connection::Stopped { .. }) {
        lines.push(format!("{}.", connection(&status.connection)));
    }
    lines.join("\n")
}

fn lowercase_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| format!("{}{}", first.to_lowercase(), letters.as_str()))
}

#[cfg(test)]
#[path = "plain_test.rs"]
mod tests;
