//! Reads large messages with few system calls, and keeps no large buffer for a socket that is idle.
//!
//! tungstenite reads at most as much at once as its buffer is large, and clears that much before. A kilobyte suits beats, and
//! a picture would take sixty reads. So the kernel is asked for as much as it has, into a buffer that all sockets of a thread
//! share, and what tungstenite has no room for yet waits here.

use std::cell::RefCell;
use std::io::IoSlice;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use super::handshake::Stream;

/// A picture of the wall in one read.
const GULP_BYTES: usize = 64 * 1024;

thread_local! {
    static GULP: RefCell<Box<[u8]>> = RefCell::new(vec![0; GULP_BYTES].into());
}

/// See the module's page.
pub(super) struct Gulp<S> {
    io: S,
    /// Read and not handed on yet. Its memory goes with its last byte.
    rest: Bytes,
}

impl<S> Gulp<S> {
    pub fn new(io: S) -> Self {
        Self { io, rest: Bytes::new() }
    }
}

impl<S: Stream> AsyncRead for Gulp<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<std::io::Result<()>> {
        if !self.rest.is_empty() {
            let count = self.rest.len().min(buffer.remaining());
            buffer.put_slice(&self.rest.split_to(count));
            return Poll::Ready(Ok(()));
        }
        GULP.with_borrow_mut(|gulp| {
            let mut read = ReadBuf::new(gulp);
            ready!(Pin::new(&mut self.io).poll_read(context, &mut read))?;
            let (first, rest) = read.filled().split_at(read.filled().len().min(buffer.remaining()));
            buffer.put_slice(first);
            self.rest = Bytes::copy_from_slice(rest);
            Poll::Ready(Ok(()))
        })
    }
}

impl<S: Stream> AsyncWrite for Gulp<S> {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<std::io::Result<usize>> {
        Pin::new(&mut self.io).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.io).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.io).poll_shutdown(context)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<std::io::Result<usize>> {
        Pin::new(&mut self.io).poll_write_vectored(context, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.io.is_write_vectored()
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    use super::*;

    /// Counts how often it is asked.
    struct Counted<S>(S, usize);

    impl<S: AsyncRead + Unpin> AsyncRead for Counted<S> {
        fn poll_read(
            mut self: Pin<&mut Self>,
            context: &mut Context<'_>,
            buffer: &mut ReadBuf<'_>,
        ) -> Poll<std::io::Result<()>> {
            self.1 += 1;
            Pin::new(&mut self.0).poll_read(context, buffer)
        }
    }

    #[tokio::test]
    async fn sixty_small_reads_are_one_large_one_and_every_byte_comes_in_order() {
        let (mut far, near) = tokio::io::duplex(256 * 1024);
        let sent = (0..60_000_u32).map(|at| (at % 251) as u8).collect::<Vec<_>>();
        far.write_all(&sent).await.unwrap();
        let mut gulp = Gulp::new(tokio::io::join(Counted(near, 0), tokio::io::sink()));
        let mut heard = vec![0; sent.len()];
        for some in heard.chunks_mut(1_024) {
            gulp.read_exact(some).await.unwrap();
        }
        assert_eq!(heard, sent);
        assert_eq!((gulp.io.reader().1, gulp.rest.len()), (1, 0));

        far.write_all(b"a beat").await.unwrap();
        drop(far);
        heard.clear();
        gulp.read_to_end(&mut heard).await.unwrap();
        assert_eq!(heard, b"a beat", "then the end");
    }
}
