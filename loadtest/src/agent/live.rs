//! The brake of the live view: at most one frame per track without `got`. Pure.

use muster_protocol::agent::Watch;

/// One display that somebody watches. Instants are monotonic milliseconds.
#[derive(Clone, Copy, Debug)]
pub struct LiveTrack {
    watch: Watch,
    /// The next frame is not due before.
    due_at_ms: u64,
    state: FrameState,
    next_seq: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum FrameState {
    /// Nothing is under way: a frame may be drawn when due.
    Free,
    /// The picture of this seq is being drawn.
    Drawing(u32),
    /// This seq went out at so many microseconds and the hub has not taken it.
    Unacked { seq: u32, sent_at_us: u64 },
}

impl LiveTrack {
    /// A watch that begins now; its first frame is due at once.
    #[must_use]
    pub fn new(watch: Watch, now_ms: u64) -> Self {
        Self { watch, due_at_ms: now_ms, state: FrameState::Free, next_seq: 1 }
    }

    /// What is wanted.
    #[must_use]
    pub fn watch(&self) -> Watch {
        self.watch
    }

    /// The hub wants something else from now on. A frame under way stays under way.
    pub fn change(&mut self, watch: Watch, now_ms: u64) {
        self.watch = watch;
        self.due_at_ms = self.due_at_ms.min(now_ms.saturating_add(self.interval_ms()));
    }

    /// When to draw the next frame; `None` while one is under way.
    #[must_use]
    pub fn due_at_ms(&self) -> Option<u64> {
        (self.state == FrameState::Free).then_some(self.due_at_ms)
    }

    /// The seq of the frame to draw now, if one is due.
    pub fn begin(&mut self, now_ms: u64) -> Option<u32> {
        if self.due_at_ms().is_none_or(|due_at_ms| now_ms < due_at_ms) {
            return None;
        }
        let seq = self.next_seq;
        self.next_seq = self.next_seq.wrapping_add(1);
        // From the due moment, not from now, so that a late timer does not lower the rate; but never a burst.
        self.due_at_ms = (self.due_at_ms + self.interval_ms()).max(now_ms);
        self.state = FrameState::Drawing(seq);
        Some(seq)
    }

    /// The picture of `seq` is on the wire. False when it is no longer wanted: then it must not be sent.
    pub fn sent(&mut self, seq: u32, now_us: u64) -> bool {
        let wanted = self.state == FrameState::Drawing(seq);
        if wanted {
            self.state = FrameState::Unacked { seq, sent_at_us: now_us };
        }
        wanted
    }

    /// The hub took `seq`. Returns how long that took, in microseconds; `None` for a frame that is not under way.
    pub fn got(&mut self, seq: u32, now_us: u64) -> Option<u64> {
        match self.state {
            FrameState::Unacked { seq: unacked, sent_at_us } if unacked == seq => {
                self.state = FrameState::Free;
                Some(now_us.saturating_sub(sent_at_us))
            }
            _ => None,
        }
    }

    fn interval_ms(&self) -> u64 {
        let fps = if self.watch.fps.is_finite() { self.watch.fps.clamp(0.1, 60.0) } else { 1.0 };
        (1000.0 / fps) as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WATCH: Watch = Watch { track: 1, fps: 2.0, width: 480, quality: 60 };

    #[test]
    fn the_next_frame_waits_for_the_one_before() {
        let mut track = LiveTrack::new(WATCH, 1_000);
        assert_eq!(track.begin(1_000), Some(1));
        assert_eq!(track.begin(9_000), None, "one is being drawn");
        assert!(track.sent(1, 1_010_000));
        assert_eq!(track.begin(9_000), None, "one is not taken yet");
        assert_eq!(track.got(7, 0), None, "that one was never sent");
        assert_eq!(track.got(1, 1_030_000), Some(20_000));
        assert_eq!(track.begin(1_400), None, "two a second, not more");
        assert_eq!(track.begin(1_500), Some(2));
    }

    #[test]
    fn a_slow_hub_is_not_repaid_with_a_burst() {
        let mut track = LiveTrack::new(WATCH, 0);
        track.begin(0);
        track.sent(1, 0);
        track.got(1, 10_000_000);
        assert_eq!(track.begin(10_000), Some(2));
        track.sent(2, 0);
        track.got(2, 0);
        assert_eq!(track.begin(10_001), Some(3), "the one that was due meanwhile");
        track.sent(3, 0);
        track.got(3, 0);
        assert_eq!(track.begin(10_002), None);
    }

    #[test]
    fn strange_rates_are_tamed() {
        for (fps, interval_ms) in [(0.0, 10_000), (-3.0, 10_000), (f32::NAN, 1_000), (f32::INFINITY, 1_000), (1e9, 16)]
        {
            assert_eq!(LiveTrack::new(Watch { fps, ..WATCH }, 0).interval_ms(), interval_ms, "{fps}");
        }
    }
}
