//! When everyone was last seen, written every minute: many people in one row, because a row for each is the largest part of
//! what an idle fleet costs.

use std::collections::BTreeMap;
use std::sync::Arc;

use actix::{Actor, ActorFutureExt, AsyncContext, Context, Handler, Message, ResponseActFuture, WrapFuture};
use muster_db::Write;
use muster_protocol::{EmployeeId, UtcMillis};

use crate::hub::Hub;
use crate::journal::Commit;
use crate::people::{People, Person};

/// Sent at a shutdown: writes what is fresh now.
#[derive(Debug, Message)]
#[rtype(result = "()")]
pub(crate) struct CheckpointNow;

/// Reads the last touches from memory; the actors of the employees have no part in it.
pub(crate) struct Checkpoint {
    hub: Arc<Hub>,
    /// The latest touch that is written.
    written_to: UtcMillis,
}

impl Checkpoint {
    pub(crate) fn new(hub: Arc<Hub>) -> Self {
        Self { hub, written_to: UtcMillis(i64::MIN) }
    }

    /// Gathers on a thread that may take its time, then has the journal commit. What could not be written is gathered
    /// again next time, fresher; nothing of it waits while the database is away.
    fn write(&mut self) -> ResponseActFuture<Self, ()> {
        let (people, since, journal) = (self.hub.people.clone(), self.written_to, self.hub.journal.clone());
        let write = async move {
            let gathered = tokio::task::spawn_blocking(move || fresh_pages(&people, since)).await;
            let (pages, latest) = gathered.ok().filter(|(pages, _)| !pages.is_empty())?;
            matches!(journal.send(Commit(pages)).await, Ok(Ok(()))).then_some(latest)
        };
        Box::pin(write.into_actor(self).map(|written_to, checkpoint, _| {
            checkpoint.written_to = written_to.unwrap_or(checkpoint.written_to);
        }))
    }
}

/// The pages on which somebody was seen after `since`, and the latest touch of all.
fn fresh_pages(people: &People, since: UtcMillis) -> (Vec<Write>, UtcMillis) {
    let mut pages = BTreeMap::<u8, Vec<(EmployeeId, UtcMillis)>>::new();
    people.for_each(|person: &Person| {
        if let Some(at) = person.last_seen() {
            pages.entry(page_of(person.id())).or_default().push((person.id().clone(), at));
        }
    });
    pages.retain(|_, seen| seen.iter().any(|(_, at)| *at > since));
    let latest = pages.values().flatten().map(|(_, at)| *at).max().unwrap_or(since);
    (pages.into_iter().map(|(page, seen)| Write::LastSeenPage { page, seen }).collect(), latest.max(since))
}

/// The same page in every process and every version: FNV-1a, and a step of MurmurHash's finalizer, because codes that differ
/// in their last digit alone would share pages otherwise.
fn page_of(employee: &EmployeeId) -> u8 {
    let hash = employee
        .as_str()
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
    ((hash ^ (hash >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd) >> 56) as u8
}

impl Actor for Checkpoint {
    type Context = Context<Self>;

    fn started(&mut self, context: &mut Self::Context) {
        let every = std::time::Duration::from_millis(self.hub.config.checkpoint_every_ms);
        context.run_interval(every, |checkpoint, context| {
            let write = checkpoint.write();
            context.spawn(write);
        });
    }
}

impl Handler<CheckpointNow> for Checkpoint {
    type Result = ResponseActFuture<Self, ()>;

    fn handle(&mut self, _: CheckpointNow, _: &mut Self::Context) -> Self::Result {
        self.write()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_employee_stays_on_the_same_page_for_ever() {
        let page = |code: &str| page_of(&EmployeeId::new(code).unwrap());
        assert_eq!(["INT2607", "E1", "2"].map(page), [253, 21, 50]);
    }

    #[test]
    fn pages_are_filled_evenly() {
        let mut filled = [0_u32; 256];
        for number in 0..25_600 {
            filled[usize::from(page_of(&EmployeeId::new(&format!("E{number:06}")).unwrap()))] += 1;
        }
        assert!(filled.iter().all(|people| (40..200).contains(people)), "{filled:?}");
    }
}
