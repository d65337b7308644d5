//! Waiting for something to become true, without sleeping longer than it takes.

use std::time::{Duration, Instant};

/// How long a test waits before it says why not.
const PATIENCE: Duration = Duration::from_secs(15);

/// Asks `check` until it is true; its error is the reason why it is not yet.
pub async fn eventually<T, F>(mut check: impl FnMut() -> F) -> T
where
    F: Future<Output = Result<T, String>>,
{
    let started = Instant::now();
    loop {
        match check().await {
            Ok(value) => return value,
            Err(reason) if started.elapsed() > PATIENCE => panic!("not after {PATIENCE:?}: {reason}"),
            Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
        }
    }
}
