//! What the hub has to say to one portal's socket: control before pictures, both bounded.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use futures_util::task::AtomicWaker;
use muster_protocol::CloseCode;
use muster_protocol::close::Close;

use crate::live::Part;

/// Texts that may wait for a page that does not read; with a diff every 100 ms, twelve seconds' worth.
const TEXTS_MAX: usize = 128;

/// The writing end is held by the page's session and by the employee's actor, the reading end by the socket's future.
#[derive(Clone, Debug, Default)]
pub struct PortalOutbox(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    queue: Mutex<Queue>,
    /// Waits for anything.
    reader: AtomicWaker,
    /// Waits for the end while it writes.
    watcher: AtomicWaker,
}

#[derive(Debug, Default)]
struct Queue {
    texts: VecDeque<Arc<str>>,
    /// Bounded by the viewer's window, which counts what is not acknowledged.
    pictures: VecDeque<Part>,
    closing: Option<Close>,
}

impl Queue {
    fn next_message(&mut self) -> Option<ToPortal> {
        let text = self.texts.pop_front().map(ToPortal::Text);
        text.or_else(|| self.pictures.pop_front().map(ToPortal::Picture))
    }
}

/// One thing to send.
#[derive(Debug, PartialEq)]
pub enum ToPortal {
    Text(Arc<str>),
    Picture(Part),
    /// The last one.
    Close(Close),
}

/// The page does not read: what it was to be told is lost to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the page does not keep up")]
pub struct Behind;

impl PortalOutbox {
    /// Queues a text.
    pub fn say(&self, text: Arc<str>) -> Result<(), Behind> {
        let mut queue = self.lock();
        if queue.texts.len() >= TEXTS_MAX {
            return Err(Behind);
        }
        queue.texts.push_back(text);
        drop(queue);
        self.0.reader.wake();
        Ok(())
    }

    /// Queues the messages of a picture.
    pub fn show(&self, parts: impl IntoIterator<Item = Part>) {
        self.lock().pictures.extend(parts);
        self.0.reader.wake();
    }

    /// Drops what waits and ends the socket. Only the first close counts.
    pub fn close(&self, code: CloseCode, retry_after_ms: Option<u64>) {
        let mut queue = self.lock();
        queue.texts.clear();
        queue.pictures.clear();
        queue.closing.get_or_insert_with(|| Close::new(code, retry_after_ms));
        drop(queue);
        self.0.reader.wake();
        self.0.watcher.wake();
    }

    /// The next thing to send, if there is one.
    pub fn take(&self) -> Option<ToPortal> {
        let mut queue = self.lock();
        if let Some(close) = &queue.closing {
            return Some(ToPortal::Close(close.clone()));
        }
        queue.next_message()
    }

    /// The next text or part of a picture, if there is one.
    pub fn take_message(&self) -> Option<ToPortal> {
        self.lock().next_message()
    }

    /// Waits for the next thing to send.
    pub async fn next(&self) -> ToPortal {
        std::future::poll_fn(|context| {
            self.0.reader.register(context.waker());
            self.take().map_or(Poll::Pending, Poll::Ready)
        })
        .await
    }

    /// Waits for the end.
    pub async fn closed(&self) -> Close {
        std::future::poll_fn(|context: &mut Context<'_>| {
            self.0.watcher.register(context.waker());
            self.lock().closing.clone().map_or(Poll::Pending, Poll::Ready)
        })
        .await
    }

    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.0.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(body: &'static [u8]) -> Part {
        Part { head: [0; 36], body: body.into() }
    }

    #[tokio::test]
    async fn control_overtakes_pictures() {
        let outbox = PortalOutbox::default();
        outbox.show([part(b"one"), part(b"two")]);
        assert_eq!(outbox.next().await, ToPortal::Picture(part(b"one")));
        outbox.say("news".into()).unwrap();
        assert_eq!(outbox.next().await, ToPortal::Text("news".into()));
        assert_eq!(outbox.next().await, ToPortal::Picture(part(b"two")));
    }

    #[tokio::test]
    async fn a_page_that_does_not_read_misses_texts_and_costs_no_more() {
        let outbox = PortalOutbox::default();
        for _ in 0..TEXTS_MAX {
            outbox.say("diff".into()).unwrap();
        }
        assert_eq!(outbox.say("one more".into()), Err(Behind));
    }

    #[tokio::test]
    async fn an_end_overtakes_everything_and_stays() {
        let outbox = PortalOutbox::default();
        outbox.say("diff".into()).unwrap();
        outbox.close(CloseCode::Slow, None);
        outbox.close(CloseCode::Shutdown, None);
        let slow = Close::new(CloseCode::Slow, None);
        assert_eq!(outbox.closed().await, slow);
        assert_eq!(outbox.next().await, ToPortal::Close(slow.clone()));
        assert_eq!(outbox.next().await, ToPortal::Close(slow));
    }
}
