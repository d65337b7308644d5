//! `--demo N`: an organization to look at, and simulated agents that come through the real agent door.

mod cast;
mod seed;

use std::sync::Arc;

use muster_loadtest::demo::{DemoConfig, run_demo};
use tokio::sync::watch;

use crate::app::App;
use crate::serve::ServeError;

/// Same seed, same desktops and same habits at every start.
const SEED: u64 = 2_607;

/// The running demo; it ends when this is dropped.
pub struct Demo {
    _stop: watch::Sender<bool>,
}

/// Seeds the organization if the folder is new, connects `count` agents and prints how to sign in.
pub async fn start(app: &Arc<App>, count: usize) -> Result<Demo, ServeError> {
    let seeded = seed::seed(app, count).await?;
    println!("muster: demo sign-ins at {} (new password at every start)", app.portal_url);
    for (role, email) in &seeded.sign_ins {
        println!("muster:   {role:<9} {email}  password {}", seeded.password);
    }
    let (stop, stopped) = watch::channel(false);
    let config = DemoConfig {
        agent_url: app.agent_url.clone(),
        portal_url: app.portal_url.clone(),
        agents: seeded.agents,
        seed: SEED,
    };
    // A thread of its own: drawing desktops must not slow the doors.
    std::thread::Builder::new()
        .name("demo".to_owned())
        .spawn(move || {
            let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
            let outcome = runtime.map(|runtime| runtime.block_on(run_demo(config, stopped)));
            match outcome {
                Ok(Ok(())) => {}
                Ok(Err(error)) => tracing::error!(%error, "the demo ended"),
                Err(error) => tracing::error!(%error, "the demo cannot start"),
            }
        })
        .map_err(|error| ServeError::Other(format!("the demo cannot start: {error}")))?;
    Ok(Demo { _stop: stop })
}
