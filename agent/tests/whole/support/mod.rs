//! A real hub, a real desktop, a real agent or one with a scripted desk, and patience.

pub mod api;
mod certificate;
pub mod desk;
pub mod desktops;
pub mod folder;
pub mod hub;
pub mod page;
pub mod process;
pub mod relay;

use std::time::{Duration, Instant, SystemTime};

use muster_protocol::UtcMillis;

pub use api::Api;
pub use desk::Desk;
pub use hub::Hub;
pub use page::Page;
pub use process::AgentProcess;

/// How long a test waits before it says why not.
const PATIENCE: Duration = Duration::from_secs(60);

/// The wall clock that the programs under test read too.
pub fn now() -> UtcMillis {
    UtcMillis(i64::try_from(SystemTime::UNIX_EPOCH.elapsed().unwrap().as_millis()).unwrap())
}

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

/// `check` with a plain answer.
pub fn holds(is_true: bool, otherwise: impl std::fmt::Debug) -> Result<(), String> {
    if is_true { Ok(()) } else { Err(format!("{otherwise:?}")) }
}
