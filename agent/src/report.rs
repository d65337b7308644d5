//! The status as a terminal shows it.

use serde_json::Value;

/// A few lines of plain text from the status document.
#[must_use]
pub fn text(status: &Value) -> String {
    let mut lines = vec![connection(status), work(status), today(status), waiting(status)];
    lines.extend(watchers(status));
    if let Some(notice) = status["notice"].as_object() {
        lines.push(format!(
            "A notice waits to be accepted (muster-agent do accept-notice):\n\n{}\n",
            notice.get("text").and_then(Value::as_str).unwrap_or_default()
        ));
    }
    if status["is_paused"] == true {
        lines.push("Capture is paused.".to_owned());
    }
    if let Some(problem) = status["capture_problem"].as_str() {
        lines.push(format!("No picture can be taken: {problem}"));
    }
    lines.extend(
        items(&status["set_aside"])
            .map(|item| format!("The hub refused {}: {}", word(&item["what"]), word(&item["reason"]))),
    );
    lines.extend(items(&status["warnings"]).map(|warning| format!("Warning: {}", word(warning))));
    if let Some(message) = status["message"].as_str() {
        lines.push(format!("Message: {message}"));
    }
    lines.join("\n") + "\n"
}

fn connection(status: &Value) -> String {
    let connection = &status["connection"];
    let state = match connection["state"].as_str().unwrap_or_default() {
        "signed_out" => return "Nobody has signed in on this machine.".to_owned(),
        "online" => "online".to_owned(),
        "connecting" => "connecting".to_owned(),
        "away" => format!("the hub is away ({}); everything is recorded meanwhile", word(&connection["reason"])),
        "stopped" => format!("stopped: {}", word(&connection["reason"])),
        other => other.to_owned(),
    };
    format!("{} at {}: {state}", word(&status["person"]), word(&status["hub"]))
}

fn work(status: &Value) -> String {
    let kind = status["work"]["kind"].as_str().unwrap_or_default();
    let words = match kind {
        "active" => "working",
        "idle" => "working, no input",
        "break" => "on a break",
        _ => "punched out",
    };
    format!("Work: {words}")
}

fn today(status: &Value) -> String {
    let of = |field: &str| duration(status["today"][field].as_u64().unwrap_or_default());
    format!(
        "Today: {} at work, {} idle, {} break, {} net",
        of("active_ms"),
        of("idle_ms"),
        of("break_ms"),
        of("net_ms")
    )
}

fn waiting(status: &Value) -> String {
    let of = |field: &str| status["waiting"][field].as_u64().unwrap_or_default();
    let mib = of("bytes").div_ceil(1024 * 1024);
    format!("Waiting to be sent: {} events, {} screenshots ({mib} MiB)", of("events"), of("screenshots"))
}

fn watchers(status: &Value) -> Vec<String> {
    let name = |track: &Value| items(&status["displays"]).find(|display| display[0] == *track).map(|one| word(&one[1]));
    let line = |watcher: &Value| {
        let track = &watcher["track"];
        let display = name(track).map_or_else(|| format!("display {track}"), str::to_owned);
        format!("{} is watching {display} now.", word(&watcher["name"]))
    };
    items(&status["watchers"]).map(line).collect()
}

fn items(list: &Value) -> impl Iterator<Item = &Value> {
    list.as_array().into_iter().flatten()
}

fn word(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// `7:04 h`.
fn duration(ms: u64) -> String {
    let minutes = ms / 60_000;
    format!("{}:{:02} h", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use muster_protocol::UtcMillis;
    use muster_protocol::agent::Watcher;

    use super::*;
    use crate::core::Status;
    use crate::core::status::{Connection, Today, Work};

    #[test]
    fn a_terminal_shows_what_the_window_shows() {
        let status = Status {
            hub: "https://hub.example.org".to_owned(),
            person: Some("Ada".to_owned()),
            connection: Connection::Away { reason: "no route".to_owned(), retry_at: UtcMillis(0) },
            work: Work::Idle { since: UtcMillis(0) },
            today: Today { active_ms: 4 * 3_600_000, idle_ms: 240_000, ..Today::default() },
            watchers: [0, 1].map(|track| Watcher { name: "Grace".to_owned(), since: UtcMillis(0), track }).to_vec(),
            displays: vec![(0, "DP-1".to_owned())],
            warnings: vec!["Look here.".to_owned()],
            ..Status::default()
        };
        let text = text(&serde_json::to_value(status).unwrap());
        for part in [
            "Ada at https://hub.example.org: the hub is away (no route)",
            "no input",
            "4:00 h at work, 0:04 h idle",
            "Grace is watching DP-1 now.",
            "Grace is watching display 1 now.",
            "Warning: Look here.",
        ] {
            assert!(text.contains(part), "{part} is not in\n{text}");
        }
    }

    #[test]
    fn before_the_first_sign_in_it_says_so() {
        let text = text(&serde_json::to_value(Status::default()).unwrap());
        assert!(text.starts_with("Nobody has signed in"), "{text}");
    }
}
