//! The look at the person, once a second, on a thread that may wait for the system.

use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time::MissedTickBehavior;

use crate::core::Look;
use crate::platform::Presence;

const EVERY: Duration = Duration::from_secs(1);

/// What a look found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub look: Look,
    /// Why the last input is not known.
    pub problem: Option<String>,
    /// A display was plugged in or out.
    pub displays_changed: bool,
}

/// Looks until nobody wants to know. A system that hangs delays the looks and nothing else.
pub(super) async fn look(mut presence: Box<dyn Presence>, found: mpsc::Sender<Found>) {
    let mut every = tokio::time::interval(EVERY);
    every.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        every.tick().await;
        let looked = tokio::task::spawn_blocking(move || {
            let found = ask(presence.as_mut());
            (presence, found)
        });
        let Ok((back, news)) = looked.await else {
            tracing::error!("the system's answer about the last input ended in a panic; idleness is not seen any more");
            return;
        };
        presence = back;
        if found.send(news).await.is_err() {
            return;
        }
    }
}

fn ask(presence: &mut dyn Presence) -> Found {
    let (idle_ms, problem) = match presence.idle_ms() {
        Ok(idle_ms) => (Some(idle_ms), None),
        Err(error) => (None, Some(error.to_string())),
    };
    let look = Look { idle_ms, is_locked: presence.is_locked() };
    Found { look, problem, displays_changed: presence.displays_changed() }
}
