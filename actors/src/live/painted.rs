//! What a page has painted: written by its socket, read by its session, without waking it for nothing.
//!
//! A page acknowledges many times a second, and nearly always there is nothing that its session could do about it just
//! then. So the socket only leaves a mark, which the session takes when it has a picture to send or looks at the window.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use muster_domain::MonoMillis;

/// No acknowledgement since the last look.
const NOTHING: u64 = u64::MAX;

/// The newest acknowledgement that the session has not taken. Acknowledgements are cumulative: an older one is not missed.
#[derive(Debug)]
pub struct Painted {
    /// The message id in the upper half, the lower half of its arrival in the lower.
    newest: AtomicU64,
    is_awaited: AtomicBool,
}

impl Default for Painted {
    fn default() -> Self {
        Self { newest: AtomicU64::new(NOTHING), is_awaited: AtomicBool::new(false) }
    }
}

impl Painted {
    /// The page has painted everything up to `message_id`. Returns whether the session waits for that.
    pub fn note(&self, message_id: u32, now: MonoMillis) -> bool {
        self.newest.store(u64::from(message_id) << 32 | u64::from(now.0 as u32), Ordering::SeqCst);
        self.is_awaited.swap(false, Ordering::SeqCst)
    }

    /// The newest acknowledgement and when it came.
    pub(super) fn take(&self, now: MonoMillis) -> Option<(u32, MonoMillis)> {
        let newest = self.newest.swap(NOTHING, Ordering::SeqCst);
        let message_id = (newest >> 32) as u32;
        let age_ms = (now.0 as u32).wrapping_sub(newest as u32);
        // A mark that lies ahead was left by another thread a moment after `now` was read.
        let age_ms = if age_ms > u32::MAX / 2 { 0 } else { age_ms };
        (newest != NOTHING).then(|| (message_id, MonoMillis(now.0.saturating_sub(u64::from(age_ms)))))
    }

    /// The session cannot go on before more is painted. Returns whether it has been meanwhile.
    pub(super) fn wait(&self) -> bool {
        self.is_awaited.store(true, Ordering::SeqCst);
        self.newest.load(Ordering::SeqCst) != NOTHING
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_mark_is_taken_once_with_its_moment() {
        let painted = Painted::default();
        assert_eq!(painted.take(MonoMillis(5)), None);
        let late = u64::from(u32::MAX) + 10;
        assert!(!painted.note(7, MonoMillis(late)));
        assert!(!painted.note(8, MonoMillis(late + 1)));
        assert_eq!(painted.take(MonoMillis(late + 40)), Some((8, MonoMillis(late + 1))));
        assert_eq!(painted.take(MonoMillis(late + 40)), None);
    }

    #[test]
    fn who_waits_is_told_once() {
        let painted = Painted::default();
        assert!(!painted.wait());
        assert!(painted.note(1, MonoMillis(3)));
        assert!(!painted.note(2, MonoMillis(4)));
        assert!(painted.wait(), "there is something already");
    }

    #[test]
    fn a_mark_from_a_moment_ahead_is_from_now() {
        let painted = Painted::default();
        painted.note(1, MonoMillis(101));
        assert_eq!(painted.take(MonoMillis(100)), Some((1, MonoMillis(100))));
    }
}
