//! What the hub has to say to one agent's socket: a small bounded queue without a task or a timer.
//!
//! A channel of tokio would do, but allocates 2 KiB for its first message; with 100,000 sockets that is the largest part of
//! an idle agent. This queue costs nothing until something is said.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use futures_util::task::AtomicWaker;
use muster_protocol::CloseCode;
use muster_protocol::agent::AgentDown;
use muster_protocol::close::Close;

/// Messages that may wait for one socket. A socket that is this far behind is closed as slow; the agent comes back and
/// is told everything that matters in `welcome`.
const MESSAGES_MAX: usize = 64;

/// The writing end is held by the employee's actor, the reading end by the socket's future.
#[derive(Clone, Debug, Default)]
pub struct Outbox(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    queue: Mutex<Queue>,
    reader: AtomicWaker,
    /// What portals add to this device's track numbers, so that two devices of one person do not share any.
    track_base: AtomicU32,
}

#[derive(Debug, Default)]
struct Queue {
    messages: VecDeque<AgentDown>,
    closing: bool,
}

impl Outbox {
    /// Queues `message`. When the queue is full the socket is closed as slow instead.
    pub fn push(&self, message: AgentDown) {
        let mut queue = self.lock();
        if queue.closing {
            return;
        }
        if queue.messages.len() >= MESSAGES_MAX {
            drop(queue);
            self.close(CloseCode::Slow, None);
            return;
        }
        queue.messages.push_back(message);
        drop(queue);
        self.0.reader.wake();
    }

    /// Drops what waits and ends the socket with `code`. Only the first close counts.
    pub fn close(&self, code: CloseCode, retry_after_ms: Option<u64>) {
        let mut queue = self.lock();
        if queue.closing {
            return;
        }
        queue.closing = true;
        queue.messages.clear();
        queue.messages.push_back(AgentDown::Close(Close::new(code, retry_after_ms)));
        drop(queue);
        self.0.reader.wake();
    }

    /// The number that portals know the device's track 0 by. Set by the employee's actor before it asks for pictures.
    #[must_use]
    pub fn track_base(&self) -> u32 {
        self.0.track_base.load(Ordering::Relaxed)
    }

    pub(crate) fn set_track_base(&self, base: u32) {
        self.0.track_base.store(base, Ordering::Relaxed);
    }

    /// The next message, for the socket's future.
    pub fn poll_next(&self, context: &mut Context<'_>) -> Poll<AgentDown> {
        self.0.reader.register(context.waker());
        match self.lock().messages.pop_front() {
            Some(message) => Poll::Ready(message),
            None => Poll::Pending,
        }
    }

    /// Waits for the next message.
    pub async fn next(&self) -> AgentDown {
        std::future::poll_fn(|context| self.poll_next(context)).await
    }

    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.0.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(text: &str) -> AgentDown {
        AgentDown::Message { text: text.to_owned() }
    }

    #[tokio::test]
    async fn messages_come_out_in_order() {
        let outbox = Outbox::default();
        outbox.push(message("one"));
        outbox.push(message("two"));
        assert_eq!(outbox.next().await, message("one"));
        assert_eq!(outbox.next().await, message("two"));
    }

    #[tokio::test]
    async fn a_waiting_reader_is_woken() {
        let outbox = Outbox::default();
        let writer = outbox.clone();
        let (received, ()) = tokio::join!(outbox.next(), async move { writer.push(message("late")) });
        assert_eq!(received, message("late"));
    }

    #[tokio::test]
    async fn a_full_queue_ends_the_socket_as_slow() {
        let outbox = Outbox::default();
        for _ in 0..=MESSAGES_MAX {
            outbox.push(message("more"));
        }
        assert_eq!(outbox.next().await, AgentDown::Close(Close::new(CloseCode::Slow, None)));
        outbox.push(message("after the end"));
        outbox.close(CloseCode::Shutdown, None);
        let mut context = Context::from_waker(std::task::Waker::noop());
        assert!(outbox.poll_next(&mut context).is_pending());
    }
}
