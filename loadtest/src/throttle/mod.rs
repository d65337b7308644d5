//! A slow network for one client: a TCP proxy with a bandwidth, a delay, and buffers as small as those of a bad line.
//!
//! Without it a viewer on this machine would have gigabits, and what a hub does about a slow one could not be seen.

mod token_bucket;

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpSocket, TcpStream, lookup_host};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};
use tokio::task::{AbortHandle, JoinSet};

pub use token_bucket::TokenBucket;

use crate::clock::Clock;
use crate::error::LoadtestError;

/// Bytes that pass at once: about what a packet carries, so that the line flows evenly.
const PACKET_BYTES: usize = 1_400;
/// What the smallest packet costs a real line; bounds how many of them it holds.
const SMALL_PACKET_BYTES: usize = 64;
/// The bucket's depth in time: a task that is late by less, on a busy machine, loses no bandwidth.
const DEPTH_US: u64 = 50_000;
/// What a router's buffer holds, in time; and at least [`LinkConfig::BUFFER_BYTES`].
const BUFFER_MS: u64 = 100;
/// Clients at once; more wait at the door.
const CONNECTIONS_MAX: usize = 256;
/// What the kernel may hold on each side of the line, in bytes: half of the line's own buffer (the kernel doubles the
/// number), and no more than this.
const SOCKET_BUFFER_BYTES_MAX: usize = 256 * 1024;

/// What the line is like. Rates are bits per second of TCP payload; without one it is as fast as the machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinkConfig {
    /// From the hub to the client.
    pub down_bits_per_second: Option<u64>,
    /// From the client to the hub.
    pub up_bits_per_second: Option<u64>,
    /// Each way.
    pub delay_ms: u64,
    /// What the line holds each way before it takes no more.
    pub buffer_bytes: usize,
}

/// An open line. It ends when this is dropped, and with it every connection over it.
#[derive(Debug)]
pub struct Throttle {
    address: SocketAddr,
    passed: Arc<Passed>,
    listening: AbortHandle,
}

/// Bytes that came out at the other end.
#[derive(Debug, Default)]
struct Passed {
    down: AtomicU64,
    up: AtomicU64,
}

impl LinkConfig {
    /// The smallest buffer of a line: a dozen packets.
    pub const BUFFER_BYTES: usize = 16 * 1024;

    /// A line of so many kilobits per second each way.
    #[must_use]
    pub const fn kilobits(kilobits_per_second: u64) -> Self {
        let bits_per_second = Some(kilobits_per_second * 1_000);
        let held_bytes = (kilobits_per_second * BUFFER_MS / 8) as usize;
        let buffer_bytes = if held_bytes > Self::BUFFER_BYTES { held_bytes } else { Self::BUFFER_BYTES };
        Self { down_bits_per_second: bits_per_second, up_bits_per_second: bits_per_second, delay_ms: 0, buffer_bytes }
    }

    /// The same line, longer: what is under way in the meantime needs its place too.
    #[must_use]
    pub fn with_delay(self, delay_ms: u64) -> Self {
        let fastest = self.down_bits_per_second.max(self.up_bits_per_second).unwrap_or_default();
        let under_way_bytes = usize::try_from(fastest / 8 * delay_ms / 1_000).unwrap_or(usize::MAX);
        Self { delay_ms, buffer_bytes: self.buffer_bytes.saturating_add(under_way_bytes), ..self }
    }

    fn socket_buffer_bytes(&self) -> u32 {
        u32::try_from((self.buffer_bytes / 2).clamp(PACKET_BYTES, SOCKET_BUFFER_BYTES_MAX)).unwrap_or(u32::MAX)
    }
}

impl Throttle {
    /// Opens a line to `upstream` ("127.0.0.1:4000").
    pub async fn open(upstream: &str, link: LinkConfig, clock: Clock) -> Result<Self, LoadtestError> {
        let failed = |error| LoadtestError::file(format!("the address {upstream}"), error);
        let upstream = lookup_host(upstream).await.map_err(failed)?.next();
        let upstream = upstream.ok_or_else(|| failed(std::io::Error::from(std::io::ErrorKind::NotFound)))?;
        let listener = listen(link).map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        let passed = Arc::new(Passed::default());
        let serving = serve(listener, upstream, link, clock, passed.clone());
        Ok(Self { address, passed, listening: tokio::spawn(serving).abort_handle() })
    }

    /// Where clients connect.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Bytes that have reached clients.
    #[must_use]
    pub fn bytes_down(&self) -> u64 {
        self.passed.down.load(Ordering::Relaxed)
    }

    /// Bytes that have reached the hub.
    #[must_use]
    pub fn bytes_up(&self) -> u64 {
        self.passed.up.load(Ordering::Relaxed)
    }
}

impl Drop for Throttle {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

/// Accepted sockets inherit the small send buffer.
fn listen(link: LinkConfig) -> std::io::Result<TcpListener> {
    let socket = TcpSocket::new_v4()?;
    socket.set_send_buffer_size(link.socket_buffer_bytes())?;
    socket.bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)))?;
    socket.listen(CONNECTIONS_MAX as u32)
}

async fn serve(listener: TcpListener, upstream: SocketAddr, link: LinkConfig, clock: Clock, passed: Arc<Passed>) {
    let mut lines = JoinSet::new();
    loop {
        while lines.try_join_next().is_some() {}
        if lines.len() >= CONNECTIONS_MAX {
            lines.join_next().await;
        }
        // Accepting fails for a moment when files run out; the client sees a refused connection and tries again.
        let Ok((client, _)) = listener.accept().await else { continue };
        lines.spawn(connect(client, upstream, link, clock, passed.clone()));
    }
}

/// One connection, until either side has ended it.
async fn connect(client: TcpStream, upstream: SocketAddr, link: LinkConfig, clock: Clock, passed: Arc<Passed>) {
    let Ok(hub) = dial(upstream, link).await else { return };
    // Small packets that wait for each other would be a delay that nobody asked for.
    let _ = (client.set_nodelay(true), hub.set_nodelay(true));
    let (from_client, to_client) = client.into_split();
    let (from_hub, to_hub) = hub.into_split();
    let down = Lane::new(link, link.down_bits_per_second, clock);
    let up = Lane::new(link, link.up_bits_per_second, clock);
    tokio::select! {
        _ = down.carry(from_hub, to_client, &passed.down) => {}
        _ = up.carry(from_client, to_hub, &passed.up) => {}
    }
}

async fn dial(upstream: SocketAddr, link: LinkConfig) -> std::io::Result<TcpStream> {
    let socket = if upstream.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    socket.set_recv_buffer_size(link.socket_buffer_bytes())?;
    socket.connect(upstream).await
}

/// One direction.
struct Lane {
    bits_per_second: Option<u64>,
    delay_ms: u64,
    room: Arc<Semaphore>,
    packets_max: usize,
    clock: Clock,
}

/// Bytes on the line, and their place in its buffer.
struct Packet {
    bytes: Vec<u8>,
    due_us: u64,
    _place: OwnedSemaphorePermit,
}

impl Lane {
    fn new(link: LinkConfig, bits_per_second: Option<u64>, clock: Clock) -> Self {
        let buffer_bytes = link.buffer_bytes.clamp(PACKET_BYTES, Semaphore::MAX_PERMITS);
        Self {
            bits_per_second,
            delay_ms: link.delay_ms,
            room: Arc::new(Semaphore::new(buffer_bytes)),
            packets_max: buffer_bytes.div_ceil(SMALL_PACKET_BYTES),
            clock,
        }
    }

    /// Carries bytes until the source ends or the sink breaks.
    async fn carry(
        &self,
        source: impl AsyncRead + Unpin,
        sink: impl AsyncWrite + Unpin,
        passed: &AtomicU64,
    ) -> std::io::Result<()> {
        let (packets, arriving) = mpsc::channel(self.packets_max);
        // The source's end closes the channel; the sink is done when all that was in it has arrived.
        let (_, written) = tokio::join!(self.read(source, packets), self.write(arriving, sink, passed));
        written
    }

    async fn read(&self, mut source: impl AsyncRead + Unpin, packets: mpsc::Sender<Packet>) -> std::io::Result<()> {
        loop {
            let Ok(mut place) = self.room.clone().acquire_many_owned(PACKET_BYTES as u32).await else { return Ok(()) };
            let mut bytes = vec![0; PACKET_BYTES];
            let count = source.read(&mut bytes).await?;
            if count == 0 {
                return Ok(());
            }
            bytes.truncate(count);
            // A small packet takes a small place.
            drop(place.split(PACKET_BYTES - count));
            let due_us = self.clock.mono_us() + self.delay_ms * 1_000;
            if packets.send(Packet { bytes, due_us, _place: place }).await.is_err() {
                return Ok(());
            }
        }
    }

    async fn write(
        &self,
        mut packets: mpsc::Receiver<Packet>,
        mut sink: impl AsyncWrite + Unpin,
        passed: &AtomicU64,
    ) -> std::io::Result<()> {
        let mut bucket = self.bits_per_second.map(|rate| {
            let depth = (rate / 8 * DEPTH_US / 1_000_000) as usize;
            TokenBucket::new(rate, depth.max(PACKET_BYTES), self.clock.mono_us())
        });
        while let Some(packet) = packets.recv().await {
            wait_us(packet.due_us.saturating_sub(self.clock.mono_us())).await;
            if let Some(bucket) = &mut bucket {
                wait_us(bucket.take(packet.bytes.len(), self.clock.mono_us())).await;
            }
            sink.write_all(&packet.bytes).await?;
            passed.fetch_add(packet.bytes.len() as u64, Ordering::Relaxed);
        }
        sink.shutdown().await
    }
}

async fn wait_us(us: u64) {
    if us > 0 {
        tokio::time::sleep(Duration::from_micros(us)).await;
    }
}
