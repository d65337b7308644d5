//! The reading half of a page's socket, as tungstenite wants it: what it answers by itself (pongs, the echo of a close) is
//! collected for the one who writes.

use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use bytes::{Bytes, BytesMut};
use futures_util::task::AtomicWaker;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf, ReadHalf};

use super::handshake::Stream;

/// Answers that may wait: more is a flood of pings that nobody reads the pongs of.
const ANSWERS_BYTES_MAX: usize = 4 * 1024;

/// See the module's page.
pub(super) struct ReadSide<S> {
    read: ReadHalf<S>,
    answers: Answers,
}

/// What tungstenite answered: whole frames.
#[derive(Clone, Default)]
pub(super) struct Answers(Arc<Shared>);

#[derive(Default)]
struct Shared {
    waiting: Mutex<BytesMut>,
    writer: AtomicWaker,
}

impl<S> ReadSide<S> {
    pub fn new(read: ReadHalf<S>, answers: Answers) -> Self {
        Self { read, answers }
    }
}

impl Answers {
    /// Everything that waits.
    pub fn take(&self) -> Bytes {
        self.0.waiting.lock().unwrap_or_else(PoisonError::into_inner).split().freeze()
    }

    /// Waits for something to write.
    pub async fn next(&self) -> Bytes {
        std::future::poll_fn(|context| {
            self.0.writer.register(context.waker());
            let frames = self.take();
            if frames.is_empty() { Poll::Pending } else { Poll::Ready(frames) }
        })
        .await
    }

    fn push(&self, frames: &[u8]) -> std::io::Result<()> {
        let mut waiting = self.0.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.len() + frames.len() > ANSWERS_BYTES_MAX {
            return Err(std::io::ErrorKind::ConnectionAborted.into());
        }
        waiting.extend_from_slice(frames);
        drop(waiting);
        self.0.writer.wake();
        Ok(())
    }
}

impl<S: Stream> AsyncRead for ReadSide<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.read).poll_read(context, buffer)
    }
}

impl<S: Stream> AsyncWrite for ReadSide<S> {
    fn poll_write(self: Pin<&mut Self>, _: &mut Context<'_>, frames: &[u8]) -> Poll<std::io::Result<usize>> {
        Poll::Ready(self.answers.push(frames).map(|()| frames.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}
