//! `kill -9` under load: what was acknowledged is there, once.
//!
//! Three rounds here; `cargo xtask crash --rounds 20` does more.

use std::collections::BTreeSet;
use std::fs::File;
use std::path::Path;
use std::time::Duration;

use muster_protocol::agent::{AgentDown, EventKind};
use muster_protocol::ids::ScreenshotId;
use muster_protocol::{BootId, UtcMillis};
use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::support::agent::{Device, event, now};
use crate::support::pictures::jpeg;
use crate::support::{Agent, Api, TestHub};

const AGENTS: usize = 8;

/// What the hub said is durable.
#[derive(Default)]
struct Acknowledged {
    /// Of each device: boot and highest sequence number.
    events: Vec<(Device, BootId, u64)>,
    screenshots: Vec<(String, String)>,
    /// Sessions that older clients started: code and start.
    sessions: Vec<(String, i64)>,
}

fn rounds() -> usize {
    std::env::var("MUSTER_CRASH_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(3)
}

#[tokio::test(flavor = "multi_thread")]
async fn crash_loses_nothing_that_was_acknowledged() {
    let mut hub = TestHub::start();
    let admin = hub.admin().await;
    for number in 0..AGENTS {
        admin.create(&format!("E{number}"), "employee", None).await;
        admin.create(&format!("W{number}"), "employee", None).await;
    }
    let mut kept = Acknowledged::default();
    for round in 0..rounds() {
        let mut load = start_load(&hub, round).await;
        tokio::time::sleep(Duration::from_millis(700 + 130 * (round as u64 % 5))).await;
        hub = hub.kill_and_restart();
        while let Some(done) = load.join_next().await {
            let done = done.unwrap();
            kept.events.extend(done.events);
            kept.screenshots.extend(done.screenshots);
            kept.sessions.extend(done.sessions);
        }
        compare(&hub, &kept).await;
    }
    let events = kept.events.iter().map(|(_, _, seq)| seq).sum::<u64>();
    println!(
        "{} rounds: {events} events, {} screenshots, {} sessions",
        rounds(),
        kept.screenshots.len(),
        kept.sessions.len()
    );
    assert!(events > 0 && !kept.screenshots.is_empty() && !kept.sessions.is_empty(), "there was load");
}

/// What a kill in the middle of a write leaves. SurrealKV 0.21 by itself cuts it off and then goes on writing into a file that
/// is in no folder any more: everything that is acknowledged afterwards is gone with the next crash.
#[tokio::test(flavor = "multi_thread")]
async fn a_commit_that_was_half_written_takes_nothing_with_it_that_came_afterwards() {
    let hub = TestHub::start();
    hub.admin().await.create("E1", "employee", None).await;
    let hub = hub.kill_harm_and_restart(cut_the_last_commit);
    let admin = hub.admin().await;
    for number in 2..6 {
        admin.create(&format!("E{number}"), "employee", None).await;
    }
    let hub = hub.kill_and_restart();
    let people = hub.admin().await.get("/api/employees").await.ok();
    let codes = people.as_array().unwrap().iter().map(|row| row["employeeId"].as_str().unwrap());
    let codes = codes.collect::<BTreeSet<_>>();
    // What was cut may have been E1.
    assert!(codes.is_superset(&BTreeSet::from(["ADMIN", "E2", "E3", "E4", "E5"])), "{codes:?}");
}

fn cut_the_last_commit(data: &Path) {
    let logs = std::fs::read_dir(data.join("db/wal")).unwrap().map(|entry| entry.unwrap().path());
    let last = File::options().write(true).open(logs.max().unwrap()).unwrap();
    let bytes = last.metadata().unwrap().len();
    assert!(bytes > 3, "there are commits");
    last.set_len(bytes - 3).unwrap();
}

async fn start_load(hub: &TestHub, round: usize) -> JoinSet<Acknowledged> {
    let mut load = JoinSet::new();
    for number in 0..AGENTS {
        let employee = hub.sign_in(&format!("e{number}@example.org")).await;
        let device = Device::enrol(&employee).await;
        let agent = Agent::connect(hub, &device).await;
        load.spawn(send_events(agent));
        let token = employee.with_token(&device.token);
        load.spawn(send_screenshots(token, format!("E{number}"), round * AGENTS + number));
        load.spawn(punch(hub.sign_in(&format!("w{number}@example.org")).await, format!("W{number}")));
    }
    load
}

/// Sends batches of events until the socket breaks; remembers the last acknowledgement.
async fn send_events(mut agent: Agent) -> Acknowledged {
    let (device, boot) = (agent.device.clone(), agent.device.boot);
    let began = now();
    let (mut next, mut acked) = (1, 0);
    loop {
        let kinds = [EventKind::WorkStarted, EventKind::IdleBegan, EventKind::IdleEnded, EventKind::WorkStopped];
        let batch = kinds.into_iter().zip(next..).map(|(kind, seq)| event(seq, began.plus(seq as i64), kind));
        let items = batch.collect();
        next += 4;
        let message = muster_protocol::agent::AgentUp::Events(muster_protocol::agent::Events { items });
        let text = serde_json::to_string(&message).unwrap();
        if futures_util::SinkExt::send(&mut agent.socket, tokio_tungstenite::tungstenite::Message::Text(text.into()))
            .await
            .is_err()
        {
            break;
        }
        match heard_ack(&mut agent).await {
            Some(seq) => acked = seq,
            None => break,
        }
    }
    Acknowledged { events: vec![(device, boot, acked)], ..Acknowledged::default() }
}

async fn heard_ack(agent: &mut Agent) -> Option<u64> {
    loop {
        let message = futures_util::StreamExt::next(&mut agent.socket).await?.ok()?;
        let text = message.into_text().ok()?;
        if let Ok(AgentDown::Ack { seq, .. }) = serde_json::from_str(&text) {
            return Some(seq);
        }
    }
}

async fn send_screenshots(api: Api, code: String, seed: usize) -> Acknowledged {
    let mut done = Acknowledged::default();
    let picture = jpeg(seed as u64);
    loop {
        let id = ScreenshotId::generate().to_string();
        let part = reqwest::multipart::Part::bytes(picture.clone()).file_name("screen.jpg");
        let form = reqwest::multipart::Form::new().part("screenshot", part).text("id", id.clone());
        let answer = api.request(reqwest::Method::POST, "/api/uploads/screenshot").multipart(form).send().await;
        match answer {
            Ok(answer) if answer.status() == 201 => done.screenshots.push((code.clone(), id)),
            _ => return done,
        }
    }
}

/// Starts and stops a work session as older clients do.
async fn punch(api: Api, code: String) -> Acknowledged {
    let mut done = Acknowledged::default();
    loop {
        let start = api.request(reqwest::Method::POST, "/api/work/start").json(&json!({})).send().await;
        let Ok(start) = start else { return done };
        let Ok(session) = start.json::<Value>().await else { return done };
        let Some(start) = session["start"].as_i64() else { return done };
        done.sessions.push((code.clone(), start));
        if api.request(reqwest::Method::POST, "/api/work/stop").json(&json!({})).send().await.is_err() {
            return done;
        }
    }
}

async fn compare(hub: &TestHub, kept: &Acknowledged) {
    let admin = hub.admin().await;
    for (device, boot, acked) in &kept.events {
        let stored = events_of(&admin, device, *boot).await;
        let missing = (1..=*acked).filter(|seq| !stored.contains(seq)).collect::<Vec<_>>();
        assert!(missing.is_empty(), "of {acked} acknowledged events these are gone: {missing:?}");
        let mut once = stored.clone();
        once.dedup();
        assert_eq!(once, stored, "an event is there twice");
    }
    let stored = screenshots(&admin).await;
    for (code, id) in &kept.screenshots {
        let count = stored.iter().filter(|row| row["id"] == id.as_str() && row["employeeId"] == code.as_str()).count();
        assert_eq!(count, 1, "screenshot {id} of {code}");
    }
    for row in stored.iter().rev().take(AGENTS) {
        assert_eq!(admin.get(row["file"].as_str().unwrap()).await.status, 200, "its picture is there");
    }
    let range = format!("from=0&to={}", now().plus(86_400_000));
    let range = range.replace("from=0", &format!("from={}", now().minus(86_400_000)));
    let sessions = admin.get(&format!("/api/work/sessions?{range}")).await.ok();
    for (code, start) in &kept.sessions {
        let same = |row: &&Value| row["employeeId"] == code.as_str() && row["start"] == *start;
        assert_eq!(
            sessions.as_array().unwrap().iter().filter(same).count(),
            1,
            "session of {code} at {}",
            UtcMillis(*start)
        );
    }
}

async fn events_of(admin: &Api, device: &Device, boot: BootId) -> Vec<u64> {
    let mut seqs = Vec::new();
    loop {
        let after = seqs.last().copied().unwrap_or_default();
        let path = format!("/api/devices/{}/events?boot={boot}&after={after}&limit=500", device.id);
        let page = admin.get(&path).await.ok();
        let page =
            page["events"].as_array().unwrap().iter().map(|event| event["seq"].as_u64().unwrap()).collect::<Vec<_>>();
        if page.is_empty() {
            return seqs;
        }
        seqs.extend(page);
    }
}

async fn screenshots(admin: &Api) -> Vec<Value> {
    let (mut rows, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = admin.get(&format!("/api/uploads/list?limit=500{cursor}")).await;
        let next = page.header("x-next-cursor").map(str::to_owned);
        rows.extend(page.ok().as_array().unwrap().iter().cloned());
        match next {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return rows,
        }
    }
}
