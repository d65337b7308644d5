//! The agent door: who gets in, what is refused, what is pushed.

use futures_util::SinkExt;
use muster_protocol::agent::{AgentDown, AgentUp, EventKind};
use muster_protocol::limits::{AGENT_TEXT_BYTES_MAX, EVENTS_PER_MESSAGE_MAX};
use muster_protocol::portal::Scope;
use muster_protocol::{BootId, DeviceId};
use serde_json::json;
use tokio_tungstenite::tungstenite::{Error, Message};

use crate::support::agent::{Device, event, hello, knock, now, say};
use crate::support::portal::closed;
use crate::support::{Agent, Api, HubBuilder, TestHub, eventually};

async fn hub_with_employee() -> (TestHub, Api, Api) {
    let hub = TestHub::start();
    let admin = hub.admin().await;
    admin.create("E1", "employee", None).await;
    let employee = hub.sign_in("e1@example.org").await;
    (hub, admin, employee)
}

#[tokio::test]
async fn only_an_enrolled_device_gets_in() {
    let (hub, admin, employee) = hub_with_employee().await;
    let status_of = async |token: &str| match knock(&hub.agents, token).await {
        Err(Error::Http(response)) => response.status().as_u16(),
        other => panic!("{:?}", other.map(|_| ())),
    };
    assert_eq!(status_of("mdt_guessed").await, 401);
    assert_eq!(status_of(employee.token.as_ref().unwrap()).await, 401);

    let device = Device::enrol(&employee).await;
    let agent = Agent::connect(&hub, &device).await;
    assert_eq!(agent.welcome.acked_seq, 0);
    assert!(agent.welcome.beat_every_ms * 2 < agent.welcome.offline_after_ms);

    let mut socket = agent.socket;
    admin.delete(&format!("/api/devices/{}", device.id)).await;
    let code: u16 = closed(&mut socket).await.unwrap().code.into();
    assert_eq!(code, 4502);
    assert_eq!(status_of(&device.token).await, 401);
}

#[tokio::test]
async fn an_enrolment_code_is_good_once() {
    let (hub, admin, _) = hub_with_employee().await;
    let code = admin.post("/api/devices/codes", json!({ "employeeId": "E1" })).await.ok()["code"].clone();
    let anyone = hub.anyone();
    let enrol = |code: serde_json::Value| {
        anyone.post("/api/devices/enrol", json!({ "code": code, "name": "desk", "os": "linux" }))
    };
    let device = enrol(code.clone()).await.ok();
    assert_eq!(device["employeeId"], "E1");
    enrol(code).await.refused(404, "not_found");
    enrol(json!("AAAAA-AAAAA")).await.refused(404, "not_found");
}

#[tokio::test]
async fn what_the_protocol_does_not_know_ends_the_socket_with_its_reason() {
    let (hub, _, employee) = hub_with_employee().await;
    let device = Device::enrol(&employee).await;
    let stranger = Device { id: DeviceId::generate(), ..device.clone() };
    let too_many = (1..=EVENTS_PER_MESSAGE_MAX as u64 + 1).map(|seq| event(seq, now(), EventKind::WorkContinued));
    let too_many = AgentUp::Events(muster_protocol::agent::Events { items: too_many.collect() });
    let before_hello = [
        (json!({ "type": "beat", "idle_ms": 0 }).to_string(), 4503),
        ("{".to_owned(), 4503),
        (serde_json::to_string(&AgentUp::Hello(hello(&stranger))).unwrap(), 4500),
        ("x".repeat(5_000), 4504),
    ];
    for (text, expected) in before_hello {
        let mut socket = knock(&hub.agents, &device.token).await.unwrap();
        socket.send(Message::Text(text.clone().into())).await.unwrap();
        let code: u16 = closed(&mut socket).await.unwrap().code.into();
        assert_eq!(code, expected, "{text:.80}");
    }
    let after_hello = [
        (json!({ "type": "fly" }).to_string(), 4503),
        (json!({ "type": "beat", "idle_ms": -5 }).to_string(), 4503),
        (serde_json::to_string(&AgentUp::Hello(hello(&device))).unwrap(), 4503),
        ("x".repeat(AGENT_TEXT_BYTES_MAX + 1), 4504),
        (serde_json::to_string(&too_many).unwrap(), 4504),
    ];
    for (text, expected) in after_hello {
        let mut agent = Agent::connect(&hub, &device).await;
        agent.socket.send(Message::Text(text.clone().into())).await.unwrap();
        let code: u16 = closed(&mut agent.socket).await.unwrap().code.into();
        assert_eq!(code, expected, "{text:.80}");
    }
}

/// Its token was looked at before: an agent on a slow line is none that has to sign in again.
#[tokio::test]
async fn an_agent_that_says_nothing_is_ended_after_five_seconds_and_may_come_back() {
    let (hub, _, employee) = hub_with_employee().await;
    let device = Device::enrol(&employee).await;
    let mut socket = knock(&hub.agents, &device.token).await.unwrap();
    let began = std::time::Instant::now();
    let code: u16 = closed(&mut socket).await.unwrap().code.into();
    assert_eq!(code, 4002);
    assert!(began.elapsed().as_secs() >= 4);
    Agent::connect(&hub, &device).await;
}

#[tokio::test]
async fn a_flood_is_ended_and_a_newer_session_replaces_the_older() {
    let (hub, _, employee) = hub_with_employee().await;
    let device = Device::enrol(&employee).await;
    let mut first = Agent::connect(&hub, &device).await;
    let mut second = Agent::connect(&hub, &device).await;
    let code: u16 = closed(&mut first.socket).await.unwrap().code.into();
    assert_eq!(code, 4506);
    let flood = async {
        let beat = json!({ "type": "beat", "idle_ms": 0 }).to_string();
        while second.socket.feed(Message::Text(beat.clone().into())).await.is_ok()
            && second.socket.flush().await.is_ok()
        {}
    };
    tokio::time::timeout(std::time::Duration::from_secs(10), flood).await.expect("the hub ends it");
    let code: u16 = closed(&mut second.socket).await.map_or(4505, |frame| frame.code.into());
    assert_eq!(code, 4505);
}

#[tokio::test]
async fn an_assigned_interval_and_a_notice_reach_the_agent_at_once() {
    let (hub, admin, employee) = hub_with_employee().await;
    let device = Device::enrol(&employee).await;
    let mut agent = Agent::connect(&hub, &device).await;
    assert_eq!(agent.welcome.policy.capture_interval_minutes, 10);
    let assign =
        |minutes: i64| admin.post("/api/capture-interval", json!({ "employeeId": "E1", "intervalMinutes": minutes }));
    assign(5).await.ok();
    let mut heard = vec![agent.hear().await, agent.hear().await];
    heard.sort_by_key(|message| matches!(message, AgentDown::StartWork));
    assert!(matches!(&heard[0], AgentDown::Policy(policy) if policy.capture_interval_minutes == 5), "{heard:?}");
    assert_eq!(heard[1], AgentDown::StartWork);
    for wrong in [1, 21, 0, -3] {
        assert_eq!(assign(wrong).await.refused(422, "invalid")["fields"][0]["field"], "intervalMinutes", "{wrong}");
    }
    let own = employee.get("/api/capture-interval").await.ok();
    assert_eq!((&own["employeeId"], &own["intervalMinutes"]), (&json!("E1"), &json!(5)));

    admin.post("/api/notice", json!({ "text": "We take a screenshot every few minutes." })).await.ok();
    let AgentDown::Notice(notice) = agent.hear().await else { panic!("no notice") };
    let acknowledged = EventKind::NoticeAcknowledged { version: notice.version };
    agent.deliver(vec![event(1, now(), acknowledged)]).await;
    let again = Agent::connect(&hub, &device).await;
    assert!(again.welcome.notice.is_none());
    assert_eq!(again.welcome.acked_seq, 1);
}

#[tokio::test]
async fn replays_double_and_swapped_change_nothing_and_old_boots_are_kept_apart() {
    let (hub, admin, employee) = hub_with_employee().await;
    let device = Device::enrol(&employee).await;
    let began = now().minus(600_000);
    let day = |boot: Option<BootId>| {
        let kinds = [
            (0, EventKind::WorkStarted),
            (60, EventKind::WorkContinued),
            (100, EventKind::IdleBegan),
            (160, EventKind::IdleEnded),
            (200, EventKind::WorkStopped),
        ];
        let numbered = kinds.into_iter().zip(1..);
        numbered
            .map(|((second, kind), seq)| muster_protocol::agent::DurableEvent {
                boot_id: boot,
                ..event(seq, began.plus(second * 1_000), kind)
            })
            .collect::<Vec<_>>()
    };
    let path = format!("/api/work/segments?employee=E1&from={}&to={}", began.minus(1_000), now());
    let mut agent = Agent::connect(&hub, &device).await;
    agent.deliver(day(None)).await;
    let once = admin.get(&path).await.ok();
    let length = |kind: &str| {
        once.as_array()
            .unwrap()
            .iter()
            .filter(|row| row["kind"] == kind)
            .map(|row| row["durationMs"].as_i64().unwrap())
            .sum::<i64>()
    };
    assert_eq!((length("active"), length("idle")), (140_000, 60_000), "{once}");

    agent.deliver(day(None)).await;
    let mut swapped = day(None);
    swapped.reverse();
    agent.deliver(swapped).await;
    let older = BootId::generate();
    agent.deliver(day(Some(older))).await;
    assert_eq!(admin.get(&path).await.ok(), once);

    let events = admin.get(&format!("/api/devices/{}/events?boot={}", device.id, device.boot)).await.ok();
    let numbers =
        events["events"].as_array().unwrap().iter().map(|event| event["seq"].as_u64().unwrap()).collect::<Vec<_>>();
    assert_eq!(numbers, [1, 2, 3, 4, 5]);
}

#[tokio::test]
async fn a_shutdown_tells_each_agent_when_to_come_back() {
    let mut hub = HubBuilder::default().start();
    let admin = hub.admin().await;
    admin.create("E1", "employee", None).await;
    let device = Device::enrol(&hub.sign_in("e1@example.org").await).await;
    let mut agent = Agent::connect(&hub, &device).await;
    let pid = hub.pid();
    crate::support::hub::signal(pid, "TERM");
    let AgentDown::Close(close) = agent.hear().await else { panic!("no close") };
    assert_eq!(close.code, 4000);
    assert!(close.retry_after_ms.unwrap() < 10_000);
    assert!(hub.terminate().success());
}

#[tokio::test]
async fn the_skew_of_a_devices_clock_is_recorded() {
    let (hub, _, employee) = hub_with_employee().await;
    let device = Device::enrol(&employee).await;
    let mut socket = knock(&hub.agents, &device.token).await.unwrap();
    let mut late = hello(&device);
    late.sent_at = late.sent_at.minus(120_000);
    say(&mut socket, &AgentUp::Hello(late)).await;
    eventually(|| async {
        let devices = employee.get("/api/devices").await.ok();
        let rows = devices["items"].as_array().or_else(|| devices.as_array()).unwrap();
        let skew = rows[0]["clockSkewMs"].as_i64();
        if skew.is_some_and(|skew| (-125_000..=-119_000).contains(&skew)) { Ok(()) } else { Err(devices.to_string()) }
    })
    .await;
}

#[tokio::test]
async fn the_idle_limit_of_the_policy_decides_and_a_change_reaches_an_open_socket() {
    let (hub, admin, employee) = hub_with_employee().await;
    let device = Device::enrol(&employee).await;
    let mut agent = Agent::connect(&hub, &device).await;
    let mut board = crate::support::Portal::open(&hub.portal, &admin, Scope::All).await;
    agent.beat(60_000).await;
    board.wait_for_status("E1", "active").await;
    let layer = json!({ "scope": { "employee": "E1" }, "settings": { "idleAfterMs": 45_000 } });
    admin.send(admin.request(reqwest::Method::PUT, "/api/policy").json(&layer)).await.ok();
    let AgentDown::Policy(policy) = agent.hear().await else { panic!("no policy") };
    assert_eq!(policy.idle_after_ms, 45_000);
    agent.beat(60_000).await;
    board.wait_for_status("E1", "idle").await;
}
