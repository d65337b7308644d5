//! When screenshots are taken: at a random moment of each interval, so that nobody can arrange for it.

use muster_protocol::UtcMillis;

/// The moment inside interval `index` (0 is the first) of an agent that has been capturing since `started_at`.
///
/// The same arguments give the same moment; `seed` is drawn by the agent when it starts and told to nobody.
/// The simulated agents of the load tests use it too.
#[must_use]
pub fn next_screenshot(interval_ms: u64, started_at: UtcMillis, index: u64, seed: u64) -> UtcMillis {
    // The remainder favours early moments by less than one in 10^12: an interval is shorter than 2^21 ms.
    let inside_ms = mixed(seed ^ mixed(index)) % interval_ms.max(1);
    let after_ms = interval_ms.saturating_mul(index).saturating_add(inside_ms);
    started_at.plus(i64::try_from(after_ms).unwrap_or(i64::MAX))
}

/// SplitMix64's output function (Steele, Lea and Flood 2014): spreads neighbouring numbers over all 64 bits.
const fn mixed(number: u64) -> u64 {
    let number = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    const INTERVAL_MS: u64 = 600_000;

    fn inside(index: u64, seed: u64) -> i64 {
        next_screenshot(INTERVAL_MS, UtcMillis(1_000), index, seed).since(UtcMillis(1_000 + 600_000 * index as i64))
    }

    #[test]
    fn each_interval_has_one_moment_inside_it() {
        for index in 0..1_000 {
            assert!((0..600_000).contains(&inside(index, 42)), "{index}");
        }
    }

    #[test]
    fn the_moments_spread_over_the_interval_and_differ_between_agents() {
        let mut tenths = [0; 10];
        for index in 0..10_000 {
            tenths[usize::try_from(inside(index, 7) / 60_000).unwrap()] += 1;
        }
        assert!(tenths.iter().all(|count| (850..1_150).contains(count)), "{tenths:?}");
        assert!((0..100).filter(|index| inside(*index, 1) == inside(*index, 2)).count() < 3);
        assert_eq!(inside(3, 9), inside(3, 9));
    }

    #[test]
    fn absurd_arguments_do_no_harm() {
        assert_eq!(next_screenshot(0, UtcMillis(3), 9, 0), UtcMillis(3));
        assert_eq!(next_screenshot(u64::MAX, UtcMillis(5), u64::MAX, 1), UtcMillis(i64::MAX));
    }
}
