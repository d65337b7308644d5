//! A rate limit that costs twelve bytes a socket.

use muster_domain::MonoMillis;

/// Seconds of the permitted rate that may come at once.
const BURST_SECONDS: f32 = 4.0;

/// Fills at a steady rate, is emptied by messages.
pub struct TokenBucket {
    tokens: f32,
    filled_at: MonoMillis,
}

impl TokenBucket {
    /// A full bucket.
    pub fn full(per_second: u32, now: MonoMillis) -> Self {
        Self { tokens: per_second as f32 * BURST_SECONDS, filled_at: now }
    }

    /// Takes one message out; `false` when it is empty.
    pub fn take(&mut self, per_second: u32, now: MonoMillis) -> bool {
        let rate = per_second as f32;
        let refill = now.since(self.filled_at) as f32 / 1000.0 * rate;
        self.tokens = (self.tokens + refill).min(rate * BURST_SECONDS);
        self.filled_at = now;
        if self.tokens < 1.0 {
            return false;
        }
        self.tokens -= 1.0;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_is_taken_and_then_only_the_rate() {
        let mut bucket = TokenBucket::full(5, MonoMillis(0));
        let burst = (0..25).filter(|_| bucket.take(5, MonoMillis(0))).count();
        assert_eq!(burst, 20);
        let second = (0..25).filter(|_| bucket.take(5, MonoMillis(1_000))).count();
        assert_eq!(second, 5);
    }
}
