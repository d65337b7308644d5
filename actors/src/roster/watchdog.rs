//! Alerts: the board's rules, with an id, stored and told. It looks at what the roster hears anyway.

use std::collections::HashMap;
use std::sync::Arc;

use actix::Addr;
use muster_db::{AlertRow, Write};
use muster_domain::alert::{AlertBoard, AlertChange, AlertSettings};
use muster_domain::permission::Role;
use muster_domain::presence::Presence;
use muster_domain::{Span, Version};
use muster_protocol::alert::{Alert, AlertKind};
use muster_protocol::ids::AlertId;
use muster_protocol::portal::PortalEvent;
use muster_protocol::presence::Status;
use muster_protocol::{EmployeeId, UtcMillis};

use crate::journal::{Journal, Note};
use crate::people::People;
use crate::policies::Policies;

/// See the module's page.
pub struct Watchdog {
    board: AlertBoard,
    /// What is open has a name and a place in the database.
    open: HashMap<(EmployeeId, AlertKind), (AlertId, UtcMillis)>,
    people: Arc<People>,
    policies: Arc<Policies>,
    journal: Addr<Journal>,
}

/// What pages are told, and about whom.
pub(super) type Told = Vec<(EmployeeId, PortalEvent)>;

impl Watchdog {
    /// A watchdog that knows which alerts were open when the hub stopped.
    #[must_use]
    pub fn new(
        settings: AlertSettings,
        open: &[AlertRow],
        people: Arc<People>,
        policies: Arc<Policies>,
        journal: Addr<Journal>,
    ) -> Self {
        let version = env!("CARGO_PKG_VERSION").parse::<Version>().expect("ours has three numbers");
        let places = open.iter().map(|row| (row.employee.clone(), row.kind, row.since));
        let named = open.iter().map(|row| ((row.employee.clone(), row.kind), (row.id, row.since)));
        Self { board: AlertBoard::new(settings, version, places), open: named.collect(), people, policies, journal }
    }

    pub(super) fn change_settings(&mut self, settings: AlertSettings, now: UtcMillis) -> Told {
        let changes = self.board.change_settings(settings, now);
        self.take(changes)
    }

    pub(super) fn presence_changed(
        &mut self,
        employee: &EmployeeId,
        presence: &Presence,
        is_working: bool,
        now: UtcMillis,
    ) -> Told {
        let changes = self.board.presence_changed(employee, presence, is_working, now);
        self.take(changes)
    }

    /// The account changed; of a closed one nothing is told any more.
    pub(super) fn person_changed(&mut self, employee: &EmployeeId, now: UtcMillis) -> Told {
        if self.people.get(employee).is_some_and(|person| person.row().active) {
            return Told::new();
        }
        let changes = self.board.forget(employee, now);
        self.take(changes)
    }

    pub(super) fn agent_seen(&mut self, employee: &EmployeeId, version: &str, now: UtcMillis) -> Told {
        let change = self.board.agent_seen(employee, version, now);
        self.take(change)
    }

    /// Some of what pages are told is news for the board too.
    pub(super) fn announced(&mut self, event: &PortalEvent, now: UtcMillis) -> Told {
        let change = match event {
            PortalEvent::CaptureFailed { employee, at, reason } => {
                self.board.capture_failed(employee, *at, reason, now)
            }
            PortalEvent::ScreenshotStored { employee, at, .. } => self.board.captured(employee, *at, now),
            _ => None,
        };
        self.take(change)
    }

    /// What the passing of time brings; asked with every flush of the roster. `status` is what screens show of somebody.
    pub(super) fn tick(&mut self, status: impl Fn(&EmployeeId) -> Status, now: UtcMillis) -> Told {
        let shift = self.policies.organization().and_then(|row| row.working_hours.at(&self.policies.zone(), now));
        let people = self.people.clone();
        let changes = self.board.tick(shift, |shift| absent(&people, status, shift), now);
        self.take(changes)
    }

    /// Names, stores and words what changed.
    fn take(&mut self, changes: impl IntoIterator<Item = AlertChange>) -> Told {
        let (mut writes, mut told) = (Vec::new(), Told::new());
        for change in changes {
            match change {
                AlertChange::Raised { employee, kind, since, detail } => {
                    let Some(person) = self.people.get(&employee) else { continue };
                    let row = AlertRow { id: AlertId::generate(), kind, employee, since, until: None, detail };
                    self.open.insert((row.employee.clone(), kind), (row.id, since));
                    let alert = alert_of(&row, person.row().name.clone());
                    told.push((row.employee.clone(), PortalEvent::AlertRaised { alert }));
                    writes.push(Write::AlertRaised(row));
                }
                AlertChange::Cleared { employee, kind, until } => {
                    let Some((id, since)) = self.open.remove(&(employee.clone(), kind)) else { continue };
                    let event = PortalEvent::AlertCleared { id, employee: employee.clone(), until };
                    told.push((employee.clone(), event));
                    writes.push(Write::AlertCleared { employee, since, id, until });
                }
            }
        }
        if !writes.is_empty() && self.journal.try_send(Note(writes)).is_err() {
            metrics::counter!("muster_journal_mailbox_full_total").increment(1);
        }
        told
    }
}

/// The row as people read it.
#[must_use]
pub fn alert_of(row: &AlertRow, name: String) -> Alert {
    let AlertRow { id, kind, employee, since, until, detail } = row.clone();
    Alert { id, kind, employee, name, since, until, detail }
}

/// Employees who are neither here nor were seen since these hours began.
fn absent(people: &People, status: impl Fn(&EmployeeId) -> Status, shift: Span) -> Vec<EmployeeId> {
    let mut absent = Vec::new();
    people.for_each(|person| {
        let is_expected = person.row().active && person.row().role == Role::Employee;
        let was_seen = person.last_seen().is_some_and(|at| at >= shift.from);
        if is_expected && !was_seen && status(person.id()) == Status::Offline {
            absent.push(person.id().clone());
        }
    });
    absent
}
