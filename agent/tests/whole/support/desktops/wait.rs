//! Waiting for a condition.

use std::time::{Duration, Instant};

const PATIENCE: Duration = Duration::from_secs(30);
const BETWEEN: Duration = Duration::from_millis(20);

/// Asks until there is an answer, and fails if there is none for half a minute.
#[expect(clippy::disallowed_methods, reason = "a test that waits for another program has nothing else to wait for")]
pub fn until<T>(what: &str, mut ask: impl FnMut() -> Option<T>) -> T {
    let begun = Instant::now();
    loop {
        if let Some(answer) = ask() {
            return answer;
        }
        assert!(begun.elapsed() < PATIENCE, "{what}: not within {PATIENCE:?}");
        std::thread::sleep(BETWEEN);
    }
}
