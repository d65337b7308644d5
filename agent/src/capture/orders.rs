//! The way of orders to the capture thread: bounded without a queue, because a later order about a display replaces an earlier
//! one. So giving one never waits and never fails, and no `Unwatch` is ever behind a picture.

use std::collections::BTreeMap;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use muster_protocol::agent::Watch;
use muster_protocol::policy::Blur;

use super::Order;

/// Gives orders. The thread ends when this is dropped.
#[derive(Debug)]
pub struct Orders {
    slate: Arc<Slate>,
}

/// What the thread reads orders from.
#[derive(Debug)]
pub(super) struct Inbox {
    slate: Arc<Slate>,
}

/// What was ordered since the thread looked last. Done in the order of the fields.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Pending {
    /// A new socket: what was known of the old one is forgotten.
    pub begin: bool,
    /// Nothing is watched any more.
    pub halt: bool,
    /// By track: the last wish, and the last picture that the hub answered.
    pub watches: BTreeMap<u32, Option<Watch>>,
    pub got: BTreeMap<u32, u32>,
    pub displays: bool,
    pub screenshot: Option<Blur>,
}

#[derive(Debug, Default)]
struct Slate {
    written: Mutex<Written>,
    rung: Condvar,
}

#[derive(Debug, Default)]
struct Written {
    pending: Pending,
    is_closed: bool,
}

/// Both ends.
pub(super) fn orders() -> (Orders, Inbox) {
    let slate = Arc::new(Slate::default());
    (Orders { slate: slate.clone() }, Inbox { slate })
}

impl Orders {
    /// Gives an order. What it replaces is not done any more. Of two screenshots that were ordered before the first was taken
    /// one is taken, with the stronger blur.
    pub fn give(&self, order: Order) {
        self.slate.lock().pending.add(order);
        self.slate.rung.notify_one();
    }
}

impl Drop for Orders {
    fn drop(&mut self) {
        self.slate.lock().is_closed = true;
        self.slate.rung.notify_one();
    }
}

impl Inbox {
    /// Waits for orders, at most `wait_ms`; without end if there is nothing to do until then. `None` when nobody can give any
    /// more.
    pub fn wait(&self, wait_ms: Option<u64>) -> Option<Pending> {
        let is_quiet = |written: &mut Written| !written.is_closed && written.pending == Pending::default();
        let written = self.slate.lock();
        let mut written = match wait_ms {
            None => self.slate.rung.wait_while(written, is_quiet).unwrap_or_else(PoisonError::into_inner),
            Some(wait_ms) => {
                let waited = self.slate.rung.wait_timeout_while(written, Duration::from_millis(wait_ms), is_quiet);
                waited.unwrap_or_else(PoisonError::into_inner).0
            }
        };
        (!written.is_closed).then(|| std::mem::take(&mut written.pending))
    }

    /// Whether the track is not wanted as it was when the thread looked last.
    pub fn has_news_of(&self, track: u32) -> bool {
        let written = self.slate.lock();
        let pending = &written.pending;
        written.is_closed || pending.begin || pending.halt || pending.watches.contains_key(&track)
    }
}

impl Pending {
    fn add(&mut self, order: Order) {
        match order {
            Order::Begin => {
                (self.begin, self.halt) = (true, false);
                self.watches.clear();
                self.got.clear();
            }
            Order::Halt => {
                self.halt = true;
                self.watches.clear();
            }
            Order::Watch(watch) => {
                self.watches.insert(watch.track, Some(watch));
            }
            Order::Unwatch { track } => {
                self.watches.insert(track, None);
            }
            Order::Got { track, seq } => {
                self.got.insert(track, seq);
            }
            Order::Displays => self.displays = true,
            Order::Screenshot { blur } => {
                self.screenshot = Some(self.screenshot.map_or(blur, |earlier| stronger(earlier, blur)));
            }
        }
    }
}

const fn stronger(one: Blur, other: Blur) -> Blur {
    match (one, other) {
        (Blur::Strong, _) | (_, Blur::Strong) => Blur::Strong,
        (Blur::Light, _) | (_, Blur::Light) => Blur::Light,
        (Blur::None, Blur::None) => Blur::None,
    }
}

impl Slate {
    fn lock(&self) -> MutexGuard<'_, Written> {
        // Nothing in here is half done at any moment, so what a panicking thread left is good.
        self.written.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WATCH: Watch = Watch { track: 1, fps: 2.0, width: 480, quality: 60 };

    fn after(given: &[Order]) -> Pending {
        let (orders, inbox) = orders();
        for order in given {
            orders.give(order.clone());
        }
        inbox.wait(Some(0)).unwrap()
    }

    #[test]
    fn the_last_wish_of_a_track_counts() {
        let wide = Watch { width: 1920, ..WATCH };
        let watches = |given: &[Order]| after(given).watches;
        assert_eq!(watches(&[Order::Watch(WATCH), Order::Watch(wide)]), BTreeMap::from([(1, Some(wide))]));
        assert_eq!(watches(&[Order::Watch(WATCH), Order::Unwatch { track: 1 }]), BTreeMap::from([(1, None)]));
        assert_eq!(watches(&[Order::Unwatch { track: 1 }, Order::Watch(WATCH)]), BTreeMap::from([(1, Some(WATCH))]));
    }

    #[test]
    fn halt_and_begin_take_back_what_was_wished_before_and_not_what_comes_after() {
        let halted = after(&[Order::Watch(WATCH), Order::Got { track: 1, seq: 4 }, Order::Halt]);
        assert_eq!(halted, Pending { halt: true, got: BTreeMap::from([(1, 4)]), ..Pending::default() });
        let begun = after(&[Order::Got { track: 1, seq: 4 }, Order::Halt, Order::Begin, Order::Watch(WATCH)]);
        let watches = BTreeMap::from([(1, Some(WATCH))]);
        assert_eq!(begun, Pending { begin: true, watches, ..Pending::default() });
    }

    #[test]
    fn a_screenshot_outlives_the_socket_and_two_are_one_with_the_stronger_blur() {
        let shot = |blur| Order::Screenshot { blur };
        assert_eq!(after(&[shot(Blur::Light), Order::Halt, Order::Begin]).screenshot, Some(Blur::Light));
        assert_eq!(after(&[shot(Blur::Strong), shot(Blur::None)]).screenshot, Some(Blur::Strong));
        assert_eq!(after(&[shot(Blur::None), shot(Blur::Light)]).screenshot, Some(Blur::Light));
    }

    #[test]
    fn who_waits_without_end_wakes_for_an_order_and_for_the_end() {
        let (orders, inbox) = orders();
        let thread = std::thread::spawn(move || (inbox.wait(None), inbox.wait(None)));
        orders.give(Order::Displays);
        drop(orders);
        let (first, second) = thread.join().unwrap();
        // Both may have come before the thread looked: then the end is all that counts.
        assert!(first.is_none_or(|pending| pending.displays));
        assert_eq!(second, None);
    }

    #[test]
    fn a_look_that_was_overtaken_is_noticed() {
        let (orders, inbox) = orders();
        orders.give(Order::Got { track: 1, seq: 1 });
        assert!(!inbox.has_news_of(1));
        orders.give(Order::Unwatch { track: 1 });
        assert!(inbox.has_news_of(1) && !inbox.has_news_of(2));
        orders.give(Order::Halt);
        assert!(inbox.has_news_of(2));
    }
}
