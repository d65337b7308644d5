//! The roster's actor.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use actix::{Actor, AsyncContext, Context, Handler};
use muster_domain::presence::{MassDropDetector, Presence};
use muster_protocol::portal::{PortalDown, PortalEvent};
use muster_protocol::presence::{PresenceEntry, Reason, Status};
use muster_protocol::{EmployeeId, TeamId, UtcMillis};

use super::group::Group;
use super::{Announce, Audience, Online, Outbound, PersonChanged, Publish, Snapshot, Subscribe, Unsubscribe, View};
use crate::clock::Clock;
use crate::people::{People, Person};

/// How long changes are collected before they are sent. With the 250 ms that we promise, it leaves 150 ms for the wire.
pub const FLUSH_EVERY: Duration = Duration::from_millis(100);

/// Changes that may wait for the roster: one for each employee of the largest hub.
const MAILBOX_MAX: usize = 131_072;
/// With more people changed at once, as by an import, pages are told so and not who.
const CHANGES_TOLD_MAX: usize = 16;

/// What screens know of one employee.
#[derive(Clone)]
struct Shown {
    presence: Presence,
    working_since: Option<UtcMillis>,
    tracks: Vec<u32>,
}

/// Somebody whose account changed: who was in view as a member of `team` may no longer be.
struct Departure {
    employee: EmployeeId,
    team: Option<TeamId>,
}

/// See the module's page.
pub struct Roster {
    clock: Clock,
    people: Arc<People>,
    /// Tells viewers of an earlier process that their state is void.
    epoch: u64,
    shown: HashMap<EmployeeId, Shown>,
    online: usize,
    changed: HashSet<EmployeeId>,
    departures: Vec<Departure>,
    groups: HashMap<View, Group>,
    view_of: HashMap<u64, View>,
    mass_drop: MassDropDetector,
}

impl Roster {
    /// A roster that knows the last presence of everyone from the database.
    #[must_use]
    pub fn new(clock: Clock, people: Arc<People>, epoch: u64, last: Vec<(EmployeeId, Presence)>) -> Self {
        let shown = last
            .into_iter()
            .map(|(employee, presence)| (employee, Shown { presence, working_since: None, tracks: Vec::new() }))
            .collect::<HashMap<_, _>>();
        Self {
            clock,
            people,
            epoch,
            shown,
            online: 0,
            changed: HashSet::new(),
            departures: Vec::new(),
            groups: HashMap::new(),
            view_of: HashMap::new(),
            mass_drop: MassDropDetector::default(),
        }
    }

    fn entry(&self, person: &Person) -> PresenceEntry {
        let shown = self.shown.get(person.id());
        let presence = shown.map(|shown| shown.presence).unwrap_or_default();
        PresenceEntry {
            employee: person.id().clone(),
            name: person.row().name.clone(),
            team: person.row().team,
            status: presence.status,
            overlay: presence.overlay,
            reason: presence.reason,
            since: presence.since,
            last_seen: person.last_seen().or(presence.last_seen),
            unstable: presence.unstable,
            working_since: shown.and_then(|shown| shown.working_since),
            tracks: shown.map(|shown| shown.tracks.clone()).unwrap_or_default(),
        }
    }

    fn entries(&self, view: &View) -> Vec<PresenceEntry> {
        let people = match view {
            View::Own(own) => self.people.get(own).into_iter().collect(),
            _ => self.people.all(),
        };
        let visible = |person: &&Arc<Person>| person.row().active && view.shows_member(person.id(), person.row().team);
        people.iter().filter(visible).map(|person| self.entry(person)).collect()
    }

    fn state(&self, view: &View, seq: u64) -> Outbound {
        Outbound::encode(&PortalDown::PresenceState { epoch: self.epoch, seq, entries: self.entries(view) })
    }

    /// Sends what has changed since the last flush to each group that sees any of it.
    fn flush(&mut self) {
        let changed = std::mem::take(&mut self.changed);
        let departures = std::mem::take(&mut self.departures);
        if self.groups.is_empty() || changed.is_empty() {
            return;
        }
        let active = |employee: &EmployeeId| self.people.get(employee).filter(|person| person.row().active);
        let entries = changed.iter().filter_map(active).map(|person| self.entry(&person)).collect::<Vec<_>>();
        for (view, group) in &mut self.groups {
            let seen = entries.iter().filter(|entry| view.shows(entry)).cloned().collect::<Vec<_>>();
            let left = |departure: &&Departure| {
                view.shows_member(&departure.employee, departure.team)
                    && !seen.iter().any(|entry| entry.employee == departure.employee)
            };
            let gone = departures.iter().filter(left).map(|departure| departure.employee.clone()).collect::<Vec<_>>();
            let people = departures.iter().map(|departure| (&departure.employee, departure.team));
            let people = people.filter(|(employee, team)| {
                let now = self.people.get(employee).and_then(|person| person.row().team);
                view.shows_member(employee, *team) || view.shows_member(employee, now)
            });
            let people = people.map(|(employee, _)| employee.clone()).collect::<HashSet<_>>();
            if !seen.is_empty() || !gone.is_empty() {
                group.seq += 1;
                let diff = PortalDown::PresenceDiff { epoch: self.epoch, seq: group.seq, changed: seen, gone };
                group.send(&Outbound::encode(&diff));
            }
            person_events(people).iter().for_each(|event| group.send(event));
        }
        self.groups.retain(|_, group| !group.members.is_empty());
    }

    fn forget(&mut self, viewer: u64) {
        let Some(view) = self.view_of.remove(&viewer) else { return };
        if let Some(group) = self.groups.get_mut(&view) {
            group.members.remove(&viewer);
        }
    }

    fn note_mass_drop(&mut self, before: Status, after: &Presence) {
        let lost = before != Status::Offline
            && after.status == Status::Offline
            && matches!(after.reason, Reason::Disconnected | Reason::Timeout);
        if !lost {
            return;
        }
        let now = self.clock.now();
        if let Some(drop) = self.mass_drop.lost(self.online as u64, now.mono) {
            tracing::warn!(drop.lost, "many sessions broke at once");
            self.announce(&Audience::Administrators, PortalEvent::MassDrop { lost: drop.lost, at: now.wall });
        }
    }

    fn announce(&mut self, to: &Audience, event: PortalEvent) {
        let message = Outbound::encode(&PortalDown::Event(event));
        let told = self.groups.iter_mut().filter(|(view, _)| to.includes(view, &self.people));
        told.for_each(|(_, group)| group.send(&message));
    }
}

/// What a page is told of accounts that changed since the last flush.
fn person_events(people: HashSet<EmployeeId>) -> Vec<Outbound> {
    let named = if people.len() > CHANGES_TOLD_MAX { vec![None] } else { people.into_iter().map(Some).collect() };
    let event = |employee| Outbound::encode(&PortalDown::Event(PortalEvent::PersonChanged { employee }));
    named.into_iter().map(event).collect()
}

impl Actor for Roster {
    type Context = Context<Self>;

    fn started(&mut self, context: &mut Self::Context) {
        context.set_mailbox_capacity(MAILBOX_MAX);
        context.run_interval(FLUSH_EVERY, |roster, _| roster.flush());
    }
}

impl Handler<Publish> for Roster {
    type Result = ();

    fn handle(&mut self, message: Publish, _: &mut Self::Context) {
        let Publish { employee, presence, working_since, tracks } = message;
        let shown = Shown { presence, working_since, tracks };
        let before = self.shown.insert(employee.clone(), shown).map(|old| old.presence.status);
        let before = before.unwrap_or_default();
        match (before == Status::Offline, presence.status == Status::Offline) {
            (true, false) => self.online += 1,
            (false, true) => self.online = self.online.saturating_sub(1),
            _ => {}
        }
        metrics::gauge!("muster_employees_online").set(self.online as f64);
        self.note_mass_drop(before, &presence);
        self.changed.insert(employee);
    }
}

impl Handler<PersonChanged> for Roster {
    type Result = ();

    fn handle(&mut self, message: PersonChanged, _: &mut Self::Context) {
        self.changed.insert(message.employee.clone());
        self.departures.push(Departure { employee: message.employee, team: message.team_before });
    }
}

impl Handler<Subscribe> for Roster {
    type Result = ();

    fn handle(&mut self, message: Subscribe, _: &mut Self::Context) {
        // What waits is part of the state that is sent now; the others get it as a diff before.
        self.flush();
        self.forget(message.viewer);
        let seq = self.groups.get(&message.view).map_or(0, |group| group.seq);
        let state = self.state(&message.view, seq);
        if message.recipient.try_send(state).is_err() {
            return;
        }
        let group = self.groups.entry(message.view.clone()).or_default();
        group.members.insert(message.viewer, message.recipient);
        self.view_of.insert(message.viewer, message.view);
    }
}

impl Handler<Unsubscribe> for Roster {
    type Result = ();

    fn handle(&mut self, message: Unsubscribe, _: &mut Self::Context) {
        self.forget(message.viewer);
    }
}

impl Handler<Snapshot> for Roster {
    type Result = actix::MessageResult<Snapshot>;

    fn handle(&mut self, message: Snapshot, _: &mut Self::Context) -> Self::Result {
        actix::MessageResult(self.entries(&message.view))
    }
}

impl Handler<Online> for Roster {
    type Result = usize;

    fn handle(&mut self, _: Online, _: &mut Self::Context) -> Self::Result {
        self.online
    }
}

impl Handler<Announce> for Roster {
    type Result = ();

    fn handle(&mut self, message: Announce, _: &mut Self::Context) {
        self.announce(&message.to, message.event);
    }
}
