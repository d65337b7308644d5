//! How many sockets of a door are open: a bound, a gauge, and what a shutdown waits for.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The sockets of one door.
#[derive(Clone)]
pub struct OpenSockets {
    count: Arc<AtomicUsize>,
    gauge: &'static str,
}

/// One open socket; counts until it is dropped.
pub struct OpenSocket(OpenSockets);

impl OpenSockets {
    /// None yet. `gauge` is the metric that shows how many there are.
    pub fn counted_as(gauge: &'static str) -> Self {
        Self { count: Arc::default(), gauge }
    }

    /// Counts one more, unless there are `max` already.
    pub fn enter(&self, max: usize) -> Option<OpenSocket> {
        let below = |open: usize| (open < max).then_some(open + 1);
        self.count.fetch_update(Ordering::Relaxed, Ordering::Relaxed, below).ok()?;
        metrics::gauge!(self.gauge).increment(1);
        Some(OpenSocket(self.clone()))
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.count.load(Ordering::Relaxed)
    }
}

impl Drop for OpenSocket {
    fn drop(&mut self) {
        self.0.count.fetch_sub(1, Ordering::Relaxed);
        metrics::gauge!(self.0.gauge).decrement(1);
    }
}
