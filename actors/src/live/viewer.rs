//! What the hub has for one viewer: news of tracks, and which of them are dirty. Written from any thread, read by the
//! viewer's session.

use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use futures_util::Stream;
use futures_util::task::AtomicWaker;
use muster_domain::watch::ViewerId;
use muster_domain::window::{DirtySet, Weight};
use muster_protocol::EmployeeId;
use muster_protocol::portal::TrackState;

/// One page (or script) that watches.
#[derive(Debug)]
pub struct Viewer {
    pub id: ViewerId,
    /// Who looks at it.
    pub person: EmployeeId,
    pending: Mutex<Pending>,
    has_news: AtomicBool,
    has_left: AtomicBool,
    reader: AtomicWaker,
}

#[derive(Debug, Default)]
struct Pending {
    /// The newest state of each track that has one to tell: bounded by what one viewer may watch.
    states: VecDeque<TrackState>,
    dirty: DirtySet,
}

/// What a viewer's session does next.
#[derive(Debug)]
pub enum Turn {
    /// Tell the page.
    State(TrackState),
    /// Send the newest picture of the track with this number.
    Track(u32),
}

/// There is something to take.
#[derive(Clone, Copy, Debug)]
pub struct Woken;

impl Viewer {
    /// Somebody who watches nothing yet.
    #[must_use]
    pub fn new(id: ViewerId, person: EmployeeId) -> Arc<Self> {
        Arc::new(Self {
            id,
            person,
            pending: Mutex::default(),
            has_news: AtomicBool::new(false),
            has_left: AtomicBool::new(false),
            reader: AtomicWaker::new(),
        })
    }

    /// Whether it watches nothing any more and never will.
    pub(crate) fn has_left(&self) -> bool {
        self.has_left.load(Ordering::Acquire)
    }

    pub(super) fn leave(&self) {
        self.has_left.store(true, Ordering::Release);
    }

    /// Track `number` has a newer picture. Called by the track.
    pub(super) fn mark(&self, number: u32, weight: Weight) {
        if self.lock().dirty.mark(number, weight) {
            self.wake();
        }
    }

    /// Something changed about a track; replaces what was to be told about it before.
    pub(super) fn tell(&self, state: TrackState) {
        let mut pending = self.lock();
        pending.states.retain(|waiting| waiting.number != state.number);
        pending.states.push_back(state);
        drop(pending);
        self.wake();
    }

    /// The viewer watches `number` no more.
    pub(super) fn forget(&self, number: u32) {
        let mut pending = self.lock();
        pending.states.retain(|waiting| waiting.number != number);
        pending.dirty.forget(number);
    }

    /// The next thing to do: news first, then pictures, if one may be sent.
    pub(super) fn turn(&self, may_send_picture: bool) -> Option<Turn> {
        let mut pending = self.lock();
        let state = pending.states.pop_front().map(Turn::State);
        state.or_else(|| may_send_picture.then(|| pending.dirty.pop().map(Turn::Track)).flatten())
    }

    /// Whether a track waits for its turn.
    pub(super) fn is_dirty(&self) -> bool {
        !self.lock().dirty.is_empty()
    }

    fn wake(&self) {
        if !self.has_news.swap(true, Ordering::AcqRel) {
            self.reader.wake();
        }
    }

    fn lock(&self) -> MutexGuard<'_, Pending> {
        self.pending.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The session's end: yields [`Woken`] when there is something new. Never ends.
#[derive(Debug)]
pub struct Wakes(pub Arc<Viewer>);

impl Stream for Wakes {
    type Item = Woken;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Woken>> {
        self.0.reader.register(context.waker());
        if self.0.has_news.swap(false, Ordering::AcqRel) { Poll::Ready(Some(Woken)) } else { Poll::Pending }
    }
}
