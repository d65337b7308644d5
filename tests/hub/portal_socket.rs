//! `/ws/portal`: who gets in, and what ends it.

use futures_util::SinkExt;
use muster_protocol::portal::{PortalUp, Scope};
use serde_json::json;
use tokio_tungstenite::tungstenite::Message;

use crate::support::portal::{closed, connect};
use crate::support::{HubBuilder, Portal, TestHub};

async fn code_after(hub: &TestHub, text: String) -> u16 {
    let mut socket = connect(&hub.portal, &hub.portal).await.unwrap();
    socket.send(Message::Text(text.into())).await.unwrap();
    closed(&mut socket).await.expect("a close frame").code.into()
}

#[tokio::test]
async fn only_a_fresh_ticket_lets_in_and_only_once() {
    let hub = TestHub::start();
    let admin = hub.admin().await;
    let ticket = admin.post("/api/auth/ticket", json!({})).await.ok()["ticket"].as_str().unwrap().to_owned();
    let authenticate =
        |ticket: &str| serde_json::to_string(&PortalUp::Authenticate { ticket: ticket.to_owned() }).unwrap();
    assert_eq!(code_after(&hub, authenticate("guessed")).await, 4500);
    let mut socket = connect(&hub.portal, &hub.portal).await.unwrap();
    socket.send(Message::Text(authenticate(&ticket).into())).await.unwrap();
    assert_eq!(code_after(&hub, authenticate(&ticket)).await, 4500);
    assert_eq!(code_after(&hub, "{\"type\":\"subscribe\",\"presence\":\"all\"}".to_owned()).await, 4500);
}

#[tokio::test]
async fn nonsense_ends_the_socket_with_its_reason() {
    let hub = TestHub::start();
    assert_eq!(code_after(&hub, "{".to_owned()).await, 4503);
    assert_eq!(code_after(&hub, "{\"type\":\"fly\"}".to_owned()).await, 4503);
    assert_eq!(code_after(&hub, "x".repeat(5 * 1024)).await, 4504);
}

#[tokio::test]
async fn a_foreign_origin_does_not_get_a_socket() {
    let hub = TestHub::start();
    for origin in ["https://evil.example", "null"] {
        let error = connect(&hub.portal, origin).await.unwrap_err().to_string();
        assert!(error.contains("403"), "{error}");
    }
}

#[tokio::test]
async fn a_page_that_says_nothing_is_ended_after_five_seconds_and_may_come_back() {
    let hub = TestHub::start();
    let mut socket = connect(&hub.portal, &hub.portal).await.unwrap();
    let began = std::time::Instant::now();
    let code: u16 = closed(&mut socket).await.unwrap().code.into();
    assert_eq!(code, 4002);
    assert!(began.elapsed().as_secs() >= 4);
}

#[tokio::test]
async fn a_gibibyte_frame_is_refused_by_its_header() {
    let hub = TestHub::start();
    // The first shows what a socket costs at all.
    announce_a_gibibyte(&hub).await;
    let before_kib = hub.resident_kib();
    for _ in 0..4 {
        announce_a_gibibyte(&hub).await;
    }
    let grown_kib = hub.resident_kib().saturating_sub(before_kib);
    assert!(grown_kib < 8 * 1024, "{grown_kib} KiB for 256 MiB");
}

/// Announces a frame of 1 GiB and sends 64 MiB of it, or as much as the hub takes.
async fn announce_a_gibibyte(hub: &TestHub) {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    let address = hub.portal.trim_start_matches("http://").to_owned();
    let mut socket = tokio::net::TcpStream::connect(&address).await.unwrap();
    let handshake = format!(
        "GET /ws/portal HTTP/1.1\r\nHost: {address}\r\nOrigin: {}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
         Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\
         Sec-WebSocket-Protocol: muster.portal.v1\r\n\r\n",
        hub.portal
    );
    socket.write_all(handshake.as_bytes()).await.unwrap();
    let header = [&[0x82, 0xff][..], &(1_u64 << 30).to_be_bytes(), &[0; 4]].concat();
    socket.write_all(&header).await.unwrap();
    let mebibyte = vec![0_u8; 1 << 20];
    for _ in 0..64 {
        if socket.write_all(&mebibyte).await.is_err() {
            break;
        }
    }
    let mut rest = Vec::new();
    let end = tokio::time::timeout(std::time::Duration::from_secs(10), socket.read_to_end(&mut rest));
    let _ = end.await.expect("the hub ends it");
}

#[tokio::test]
async fn everyone_sees_only_what_is_theirs() {
    let hub = TestHub::start();
    let admin = hub.admin().await;
    let (red, blue) = (admin.team("Red").await, admin.team("Blue").await);
    admin.create("M1", "manager", Some(&red)).await;
    admin.create("E1", "employee", Some(&red)).await;
    admin.create("E2", "employee", Some(&blue)).await;
    let codes = |portal: &Portal| {
        let mut codes = portal.entries.iter().map(|entry| entry.employee.to_string()).collect::<Vec<_>>();
        codes.sort();
        codes
    };
    let all = Portal::open(&hub.portal, &admin, Scope::All).await;
    assert_eq!(codes(&all), ["ADMIN", "E1", "E2", "M1"]);
    let manager = hub.sign_in("m1@example.org").await;
    assert_eq!(codes(&Portal::open(&hub.portal, &manager, Scope::All).await), ["E1", "M1"]);
    let employee = hub.sign_in("e2@example.org").await;
    assert_eq!(codes(&Portal::open(&hub.portal, &employee, Scope::All).await), ["E2"]);
}

#[tokio::test]
async fn a_sign_out_and_a_changed_role_reach_an_open_page() {
    let hub = HubBuilder::default().start();
    let admin = hub.admin().await;
    admin.create("M1", "manager", None).await;
    let manager = hub.sign_in("m1@example.org").await;
    let mut page = Portal::open(&hub.portal, &manager, Scope::Own).await;
    let changed = std::time::Instant::now();
    admin.patch("/api/employees/M1", json!({ "role": "employee" })).await.ok();
    let code: u16 = closed(&mut page.socket).await.unwrap().code.into();
    assert_eq!(code, 4502);
    assert!(changed.elapsed().as_secs() < 5);

    let again = hub.sign_in("m1@example.org").await;
    let mut page = Portal::open(&hub.portal, &again, Scope::Own).await;
    again.post("/api/auth/logout", json!({})).await.ok();
    let code: u16 = closed(&mut page.socket).await.unwrap().code.into();
    assert_eq!(code, 4502);
}
