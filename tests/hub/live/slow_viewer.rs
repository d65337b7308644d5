//! One page on a slow line beside fast ones.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use muster_protocol::portal::TrackPhase;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::{Interval, MissedTickBehavior, interval};

use super::{E1, Scene, assert_timely, quick};
use crate::support::frames::{Frame, WALL, large_jpeg};
use crate::support::viewer::Shown;
use crate::support::{TestHub, Viewer};

/// Of each picture.
const PICTURE_BYTES: usize = 30_000;
/// Ten a second.
const PICTURES: u32 = 25;
/// What the slow line carries, a fifth of what is captured: so many bytes in each of twenty ticks a second.
const TICK_BYTES: usize = 3_000;
/// What a slow page may cost, in KiB: what one window holds, and noise.
const GROWTH_KIB_MAX: u64 = 12 * 1024;

/// A connection that reads [`TICK_BYTES`] every 50 ms.
struct SlowLine {
    inner: TcpStream,
    ticks: Interval,
    allowance: usize,
}

impl SlowLine {
    async fn to(hub: &TestHub) -> Self {
        let socket = TcpSocket::new_v4().unwrap();
        socket.set_recv_buffer_size(16 * 1024).unwrap();
        let inner = socket.connect(hub.portal.trim_start_matches("http://").parse().unwrap()).await.unwrap();
        let mut ticks = interval(Duration::from_millis(50));
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        Self { inner, ticks, allowance: TICK_BYTES }
    }
}

impl AsyncRead for SlowLine {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<std::io::Result<()>> {
        while self.allowance == 0 {
            std::task::ready!(self.ticks.poll_tick(context));
            self.allowance = TICK_BYTES;
        }
        let mut some = buf.take(self.allowance.min(buf.remaining()));
        std::task::ready!(Pin::new(&mut self.inner).poll_read(context, &mut some))?;
        let read = some.filled().len();
        self.allowance -= read;
        // What `some` holds is in the memory of `buf`.
        let filled = buf.filled().len() + read;
        buf.initialize_unfilled_to(read);
        buf.set_filled(filled);
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for SlowLine {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<std::io::Result<usize>> {
        Pin::new(&mut self.inner).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.inner).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(context)
    }
}

fn picture(seq: u32) -> Frame {
    Frame::whole(seq, WALL, large_jpeg(WALL, seq, PICTURE_BYTES))
}

/// Reads until the last picture is there.
async fn follow<S: AsyncRead + AsyncWrite + Unpin>(mut viewer: Viewer<S>) -> Vec<Shown> {
    let last = picture(PICTURES).body;
    let mut shown = Vec::new();
    while shown.last().is_none_or(|shown: &Shown| shown.body != last) {
        shown.push(viewer.picture().await);
    }
    shown
}

#[tokio::test]
async fn a_slow_page_sees_the_newest_and_the_fast_ones_do_not_notice() {
    let mut scene = Scene::open(quick()).await;
    let mut slow = Viewer::on(&scene.hub, &scene.admin, SlowLine::to(&scene.hub).await).await;
    slow.watch(&E1).await;
    slow.until("E1", 0, TrackPhase::Waiting).await;
    let mut fast = [scene.viewer().await, scene.viewer().await, scene.viewer().await];
    for viewer in &mut fast {
        viewer.watch(&E1).await;
        viewer.until("E1", 0, TrackPhase::Waiting).await;
    }
    scene.agent.watched().await;
    let before_kib = scene.hub.resident_kib();

    let slow = tokio::spawn(follow(slow));
    let (mut ages_ms, mut ticks) = (Vec::new(), interval(Duration::from_millis(100)));
    for seq in 1..=PICTURES {
        ticks.tick().await;
        let frame = picture(seq);
        scene.agent.show_one(&frame).await;
        for viewer in &mut fast {
            let shown = viewer.picture().await;
            assert!(shown.body == frame.body, "a fast page saw another picture than {seq}");
            ages_ms.push(shown.age_ms());
        }
    }
    assert_timely(&ages_ms);
    let slow = slow.await.unwrap();
    // A fifth of the bytes, so about a fifth of the pictures; that each is newer than the one before, `Viewer` checks.
    assert!((3..PICTURES as usize / 2).contains(&slow.len()), "{} pictures on the slow line", slow.len());
    // The window holds three pictures at first, and a picture takes half a second of the line.
    let oldest = slow.iter().map(Shown::age_ms).max().unwrap();
    assert!(oldest < 5_000, "a picture took {oldest} ms to the slow page");
    let grown_kib = scene.hub.resident_kib().saturating_sub(before_kib);
    assert!(grown_kib < GROWTH_KIB_MAX, "{grown_kib} KiB");
}
