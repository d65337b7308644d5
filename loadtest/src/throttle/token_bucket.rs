//! How fast bytes may pass. Pure.

/// Fills at a steady rate up to its depth; whoever takes more than is there has to wait.
#[derive(Clone, Copy, Debug)]
pub struct TokenBucket {
    bits_per_second: u64,
    depth_bytes: f64,
    /// Below zero when bytes were taken in advance.
    bytes: f64,
    filled_at_us: u64,
}

impl TokenBucket {
    /// A full bucket of `depth_bytes`.
    #[must_use]
    pub fn new(bits_per_second: u64, depth_bytes: usize, now_us: u64) -> Self {
        let depth_bytes = depth_bytes as f64;
        Self { bits_per_second: bits_per_second.max(1), depth_bytes, bytes: depth_bytes, filled_at_us: now_us }
    }

    /// Takes `bytes` and returns how many microseconds to wait before they may pass.
    pub fn take(&mut self, bytes: usize, now_us: u64) -> u64 {
        let bytes_per_us = self.bits_per_second as f64 / 8.0 / 1_000_000.0;
        let filled = now_us.saturating_sub(self.filled_at_us) as f64 * bytes_per_us;
        self.filled_at_us = self.filled_at_us.max(now_us);
        self.bytes = (self.bytes + filled).min(self.depth_bytes) - bytes as f64;
        if self.bytes >= 0.0 { 0 } else { (-self.bytes / bytes_per_us).ceil() as u64 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rate_holds_over_time_and_a_pause_saves_no_more_than_the_depth() {
        let mut bucket = TokenBucket::new(64_000, 1_000, 0);
        assert_eq!(bucket.take(1_000, 0), 0, "it begins full");
        let mut now_us = 0;
        for _ in 0..100 {
            now_us += bucket.take(800, now_us);
        }
        // 80,000 bytes at 8,000 a second.
        assert!((9_999_000..=10_001_000).contains(&now_us), "{now_us}");
        now_us += 60_000_000;
        assert_eq!(bucket.take(1_000, now_us), 0);
        assert_eq!(bucket.take(8, now_us), 1_000);
    }

    #[test]
    fn a_clock_that_stands_still_gives_nothing_away() {
        let mut bucket = TokenBucket::new(8_000_000, 0, 5);
        assert_eq!((bucket.take(10, 5), bucket.take(10, 5), bucket.take(0, 3)), (10, 20, 20));
    }
}
