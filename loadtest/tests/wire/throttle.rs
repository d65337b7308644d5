//! The slow line, measured on bytes.

use std::time::Duration;

use muster_loadtest::clock::Clock;
use muster_loadtest::throttle::{LinkConfig, Throttle};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::support::soon;

/// A line to a server that is in the test's hands, and both its ends.
async fn line(link: LinkConfig, clock: Clock) -> (Throttle, TcpStream, TcpStream) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let throttle = Throttle::open(&listener.local_addr().unwrap().to_string(), link, clock).await.unwrap();
    let client = TcpStream::connect(throttle.address()).await.unwrap();
    let (hub, _) = soon("the line's other end", listener.accept()).await.unwrap();
    (throttle, client, hub)
}

const OPEN: LinkConfig = LinkConfig {
    down_bits_per_second: None,
    up_bits_per_second: None,
    delay_ms: 0,
    buffer_bytes: LinkConfig::BUFFER_BYTES,
};

/// The rate of `count` bytes after the first one, in bits per second.
async fn measure(mut reader: impl AsyncReadExt + Unpin, count: usize, clock: Clock) -> f64 {
    // The bucket begins full, and so do the buffers behind it: what they held is not part of the rate.
    let mut bytes = vec![0; 32 * 1024];
    soon("the first bytes", reader.read_exact(&mut bytes)).await.unwrap();
    let from_us = clock.mono_us();
    let mut read = 0;
    while read < count {
        read += soon("more bytes", reader.read(&mut bytes)).await.unwrap();
    }
    read as f64 * 8.0 / ((clock.mono_us() - from_us) as f64 / 1_000_000.0)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_rate_holds_each_way() {
    for (kilobits, count) in [(256, 48_000), (4_000, 1_000_000)] {
        let clock = Clock::start();
        let (throttle, client, hub) = line(LinkConfig::kilobits(kilobits), clock).await;
        let (client_read, mut client_write) = client.into_split();
        let (hub_read, mut hub_write) = hub.into_split();
        let bytes = vec![7; 2 * count + 256 * 1024];
        let sent = bytes.clone();
        // Both write more than is read: the line is never idle.
        let writing = tokio::spawn(async move {
            let _ = tokio::join!(hub_write.write_all(&bytes), client_write.write_all(&sent));
        });
        let (down, up) = tokio::join!(measure(client_read, count, clock), measure(hub_read, count, clock));
        writing.abort();
        for (way, rate) in [("down", down), ("up", up)] {
            let ratio = rate / (kilobits as f64 * 1_000.0);
            assert!((0.9..=1.1).contains(&ratio), "{way}: {rate:.0} bit/s instead of {kilobits} kbit/s");
        }
        assert!(throttle.bytes_down() >= count as u64 && throttle.bytes_up() >= count as u64);
    }
}

#[tokio::test]
async fn a_line_that_is_not_read_takes_no_more_than_its_buffers_hold() {
    let clock = Clock::start();
    let (throttle, client, mut hub) = line(LinkConfig { buffer_bytes: 32 * 1024, ..OPEN }, clock).await;
    let mut taken = 0;
    let chunk = vec![7; 4_096];
    // The client reads nothing, so at some point a write does not come back any more.
    while let Ok(written) = tokio::time::timeout(Duration::from_millis(500), hub.write(&chunk)).await {
        taken += written.unwrap();
        assert!(taken < 16 * 1024 * 1024, "the line takes bytes without end");
    }
    // The kernel's own buffers lie before and behind the line; the line itself adds its 32 KiB.
    assert!(throttle.bytes_down() < taken as u64 && taken as u64 - throttle.bytes_down() < 8 * 1024 * 1024, "{taken}");
    drop(client);
}

#[tokio::test]
async fn a_delay_delays_and_loses_nothing() {
    let clock = Clock::start();
    let (_throttle, mut client, mut hub) = line(LinkConfig { delay_ms: 80, ..OPEN }, clock).await;
    let from_ms = clock.mono_ms();
    client.write_all(b"ping").await.unwrap();
    let mut got = [0; 4];
    soon("the ping", hub.read_exact(&mut got)).await.unwrap();
    hub.write_all(b"pong").await.unwrap();
    soon("the pong", client.read_exact(&mut got)).await.unwrap();
    let took_ms = clock.mono_ms() - from_ms;
    assert!(got == *b"pong" && (160..2_000).contains(&took_ms), "{took_ms} ms");
    // An end passes too, after everything before it.
    hub.write_all(b"last").await.unwrap();
    drop(hub);
    let mut rest = Vec::new();
    soon("the end", client.read_to_end(&mut rest)).await.unwrap();
    assert_eq!(rest, b"last");
}

#[test]
fn a_long_line_holds_what_is_under_way() {
    let link = LinkConfig::kilobits(8_000).with_delay(500);
    assert_eq!((link.delay_ms, link.buffer_bytes), (500, 100_000 + 500_000));
    assert_eq!(LinkConfig::kilobits(64).buffer_bytes, LinkConfig::BUFFER_BYTES);
}

#[tokio::test]
async fn a_dropped_line_ends_its_connections() {
    let (throttle, mut client, _hub) = line(OPEN, Clock::start()).await;
    drop(throttle);
    let mut byte = [0];
    assert_eq!(soon("the end", client.read(&mut byte)).await.unwrap_or(0), 0);
}
