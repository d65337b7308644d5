//! Rebuilds an employee's actor after a panic, so that the rest of the hub does not notice.
//!
//! Actix does not survive a panic in a handler: the actor is dropped and its mailbox closed. The dropped actor tells the
//! keeper, which starts a new one from its factory, as often as the budget allows.

use std::collections::VecDeque;
use std::sync::Arc;

use actix::{Actor, Context, Handler, Message};
use muster_domain::MonoMillis;
use muster_protocol::EmployeeId;

use crate::hub::Hub;

/// Rebuilds within [`BUDGET_WINDOW_MS`]. More of them mean that rebuilding does not help: the next request starts the
/// actor again, and until then the person is shown as last known.
const BUDGET: usize = 3;
const BUDGET_WINDOW_MS: u64 = 60_000;

/// Sent by an actor that is dropped by a panic.
#[derive(Message)]
#[rtype(result = "()")]
pub struct Lost {
    pub employee: EmployeeId,
    pub hub: Arc<Hub>,
}

/// See the module's page.
#[derive(Default)]
pub struct Keeper {
    rebuilt_at: VecDeque<MonoMillis>,
}

impl Keeper {
    /// Takes one rebuild from the budget, if any is left at `now`.
    fn spend(&mut self, now: MonoMillis) -> bool {
        while self.rebuilt_at.front().is_some_and(|at| now.since(*at) >= BUDGET_WINDOW_MS) {
            self.rebuilt_at.pop_front();
        }
        if self.rebuilt_at.len() >= BUDGET {
            return false;
        }
        self.rebuilt_at.push_back(now);
        true
    }
}

impl Actor for Keeper {
    type Context = Context<Self>;
}

impl Handler<Lost> for Keeper {
    type Result = ();

    fn handle(&mut self, Lost { employee, hub }: Lost, _: &mut Self::Context) {
        metrics::counter!("muster_actor_panics_total").increment(1);
        if !self.spend(hub.clock.now().mono) {
            tracing::error!(%employee, "an employee's actor panicked; the rebuild budget is spent");
            return;
        }
        tracing::error!(%employee, "an employee's actor panicked and is rebuilt");
        metrics::counter!("muster_actor_rebuilds_total").increment(1);
        hub.rebuild(&employee);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_rebuilds_a_minute_and_then_again_when_the_minute_is_over() {
        let mut keeper = Keeper::default();
        let spent = [0, 10_000, 20_000, 30_000, 59_999, 60_000, 60_001].map(|ms| keeper.spend(MonoMillis(ms)));
        assert_eq!(spent, [true, true, true, false, false, true, false]);
    }
}
