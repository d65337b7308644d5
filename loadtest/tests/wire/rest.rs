//! The REST client against answers made by hand, and the demo's end.

use muster_loadtest::client::RestClient;
use muster_loadtest::demo::{DemoAgent, DemoConfig, run_demo};
use muster_loadtest::{LoadtestError, Secret};
use muster_protocol::agent::EventKind;
use muster_protocol::{BootId, DeviceId, EmployeeId, ErrorCode};
use serde_json::json;
use tokio::sync::watch;

use crate::support::{FakeDoor, FakeRest, soon, welcome};

async fn answer_sign_in(rest: &FakeRest, token: &str) {
    let request = rest.request().await;
    assert_eq!(request.line, "POST /api/auth/login");
    assert_eq!(request.json(), json!({ "email": "ada@example.org", "password": "correct horse" }));
    request.answer(200, "", &json!({ "token": token, "agentUrl": "ws://127.0.0.1:1/agent", "user": {} })).await;
}

async fn signed_in(rest: &FakeRest) -> RestClient {
    let client = RestClient::new(&rest.url()).unwrap();
    let password = Secret::new("correct horse");
    let (client, ()) = tokio::join!(client.sign_in("ada@example.org", &password), answer_sign_in(rest, "first"));
    client.unwrap().0
}

#[tokio::test]
async fn an_expired_token_is_renewed_once() {
    let rest = FakeRest::open().await;
    let client = signed_in(&rest).await;
    let hub = async {
        let request = rest.request().await;
        assert_eq!(request.header("authorization"), Some("Bearer first"));
        let expired = json!({ "code": "expired", "message": "sign in again", "request_id": "r" });
        request.answer(401, "", &expired).await;
        answer_sign_in(&rest, "second").await;
        let request = rest.request().await;
        assert_eq!(request.header("authorization"), Some("Bearer second"));
        request.answer(200, "", &json!({ "ticket": "t", "expiresInMs": 30000 })).await;
    };
    let (ticket, ()) = tokio::join!(client.ticket(), hub);
    assert_eq!(ticket.unwrap().ticket.expose(), "t");
}

#[tokio::test]
async fn a_refusal_tells_what_the_hub_said() {
    let rest = FakeRest::open().await;
    let client = signed_in(&rest).await;
    let hub = async {
        let fields = json!([{ "field": "name", "message": "at most 200 characters" }]);
        let body = json!({ "code": "invalid", "message": "the body is wrong", "request_id": "r", "fields": fields });
        rest.request().await.answer(422, "", &body).await;
    };
    let (result, ()) = tokio::join!(client.ticket(), hub);
    let error = result.unwrap_err();
    assert!(matches!(error, LoadtestError::Refused { status: 422, code: Some(ErrorCode::Invalid), .. }), "{error}");
    assert!(error.to_string().contains("name: at most 200 characters"), "{error}");
    assert!(!error.is_transient());
}

#[tokio::test]
async fn told_to_slow_down_it_waits_and_asks_again() {
    let rest = FakeRest::open().await;
    let client = signed_in(&rest).await;
    let hub = async {
        rest.request().await.answer(429, "retry-after: 0\r\n", &json!({})).await;
        rest.request().await.answer(200, "", &json!({ "ticket": "t" })).await;
    };
    let (ticket, ()) = tokio::join!(client.ticket(), hub);
    assert_eq!(ticket.unwrap().ticket.expose(), "t");
}

#[tokio::test]
async fn lists_are_read_to_their_end() {
    let rest = FakeRest::open().await;
    let client = signed_in(&rest).await;
    let hub = async {
        let request = rest.request().await;
        assert!(!request.line.contains("cursor="), "{}", request.line);
        request.answer(200, "x-next-cursor: b a\r\n", &json!([1, 2])).await;
        let request = rest.request().await;
        assert!(request.line.contains("cursor=b+a"), "{}", request.line);
        request.answer(200, "", &json!({ "items": [3], "nextCursor": "c" })).await;
        rest.request().await.answer(200, "", &json!([])).await;
    };
    let (rows, ()) = tokio::join!(client.get_all::<u32>("/api/things", &[]), hub);
    assert_eq!(rows.unwrap(), [1, 2, 3]);
}

#[tokio::test]
async fn events_of_a_device_are_read_page_by_page() {
    let rest = FakeRest::open().await;
    let client = signed_in(&rest).await;
    let (device, boot) = (DeviceId::generate(), BootId::generate());
    let hub = async {
        for (after, page) in [
            (
                0,
                json!([{ "seq": 1, "at": 10, "kind": "work_started" }, { "seq": 2, "at": 20, "kind": "clock_jumped", "by_ms": 5 }]),
            ),
            (2, json!([])),
        ] {
            let request = rest.request().await;
            let line = format!("GET /api/devices/{device}/events?boot={boot}&after={after}");
            assert_eq!(request.line, line);
            request.answer(200, "", &json!({ "events": page })).await;
        }
    };
    let (rows, ()) = tokio::join!(client.device_events(device, boot), hub);
    let kinds: Vec<EventKind> = rows.unwrap().into_iter().map(|row| row.kind).collect();
    assert_eq!(kinds, [EventKind::WorkStarted, EventKind::ClockJumped { by_ms: 5 }]);
}

#[tokio::test]
async fn the_demo_runs_until_it_is_shut_down() {
    let (door, rest) = (FakeDoor::open().await, FakeRest::open().await);
    let config = DemoConfig {
        agent_url: door.url(),
        portal_url: rest.url(),
        agents: vec![DemoAgent {
            employee: EmployeeId::new("DEMO-1").unwrap(),
            name: "Ada Example".to_owned(),
            device_id: DeviceId::generate(),
            token: Secret::new("demo-token"),
        }],
        seed: 1,
    };
    let shutdown = watch::Sender::new(false);
    let demo = tokio::spawn(run_demo(config, shutdown.subscribe()));
    let mut session = door.welcome(welcome(0)).await;
    let boot = session.hello.boot_id;
    session.events().await;
    session.acknowledge(boot, 1).await;
    shutdown.send(true).unwrap();
    session.events().await;
    session.acknowledge(boot, 2).await;
    assert_eq!(session.ending().await.as_deref(), Some("leaving"));
    soon("the demo's end", demo).await.unwrap().unwrap();
}
