//! Changes of what the hub keeps in memory: one at a time, to their end, and everyone whom they concern is told.

use std::future::Future;
use std::sync::Arc;

use actix_web::rt;
use muster_actors::Person;
use muster_actors::employee::{EndSessions, Tell};
use muster_actors::journal::Commit;
use muster_actors::roster::PersonChanged;
use muster_db::{PersonRow, Write};
use muster_protocol::agent::AgentDown;
use muster_protocol::{CloseCode, DeviceId, EmployeeId};
use tokio::sync::Mutex;

use super::error::{ApiError, ApiResult};
use super::request_id;
use crate::app::App;

/// Memory follows the database in the order of its commits only if no two changes overlap.
static TURN: Mutex<()> = Mutex::const_new(());

/// People that are told before other requests get a turn.
const TOLD_AT_ONCE: usize = 500;

/// Runs `change` after every earlier one, and to its end.
pub async fn in_turn<T: 'static>(change: impl Future<Output = ApiResult<T>> + 'static) -> ApiResult<T> {
    to_the_end(async {
        let _turn = TURN.lock().await;
        change.await
    })
    .await
}

/// Runs `change` to its end even when the client is gone: what was committed is also known to the rest of the hub.
pub async fn to_the_end<T: 'static>(change: impl Future<Output = ApiResult<T>> + 'static) -> ApiResult<T> {
    let change = rt::spawn(request_id::scope(request_id::current(), change));
    change.await.map_err(ApiError::internal)?
}

/// Writes these together, and returns when they are on disk.
pub async fn commit(app: &App, writes: Vec<Write>) -> ApiResult<()> {
    Ok(app.hub.journal.send(Commit(writes)).await.map_err(|_| ApiError::unavailable())??)
}

/// Takes a person as just committed: permission checks, pages and the person's agents know it from now on. A closed
/// account's agents are sent away; its pages end by themselves, because the account's token epoch was raised.
pub async fn take_person(app: &App, row: PersonRow) -> Arc<Person> {
    let employee = row.id.clone();
    let before = app.hub.people.put(row);
    let person = app.hub.people.get(&employee).expect("people are never removed");
    let team_before = before.as_ref().and_then(|before| before.row().team);
    if app.hub.roster.try_send(PersonChanged { employee: employee.clone(), team_before }).is_err() {
        metrics::counter!("muster_roster_mailbox_full_total").increment(1);
    }
    if !person.row().active {
        end_sessions(app, &employee, None).await;
    } else if before.is_some() && team_before != person.row().team {
        tell_policy(app, &person);
    }
    person
}

/// Ends the agent sessions of `device`, or all of the employee's. It waits for room in the mailbox: a revoked device must
/// not stay because its owner was busy.
pub async fn end_sessions(app: &App, employee: &EmployeeId, device: Option<DeviceId>) {
    if let Some(actor) = app.hub.running(employee) {
        // An actor that has stopped has no sessions.
        let _ = actor.send(EndSessions { device, code: CloseCode::Revoked, retry_after_ms: None }).await;
    }
}

/// Tells the running agents of `person` something.
pub fn tell(app: &App, person: &Person, message: AgentDown) {
    if let Some(actor) = app.hub.running(person.id())
        && actor.try_send(Tell(message)).is_err()
    {
        // The next welcome says it again.
        metrics::counter!("muster_employee_mailbox_full_total").increment(1);
    }
}

/// Tells the running agents of `person` their policy as it is now.
pub fn tell_policy(app: &App, person: &Person) {
    tell(app, person, AgentDown::Policy(app.hub.policies.of(person)));
}

/// Does `each` for many people without keeping the other requests of this thread waiting.
pub async fn for_many(people: &[Arc<Person>], each: impl Fn(&Person)) {
    for some in people.chunks(TOLD_AT_ONCE) {
        some.iter().for_each(|person| each(person));
        tokio::task::yield_now().await;
    }
}
