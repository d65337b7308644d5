//! What a portal that is subscribed to everybody sees of a storm.

use std::collections::{BTreeMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

use muster_protocol::EmployeeId;
use muster_protocol::portal::{PortalDown, PortalEvent, Scope};
use muster_protocol::presence::{PresenceEntry, Status};

use super::super::follow::{Followed, PresenceFollower};
use crate::error::LoadtestError;
use crate::viewer::{Arrival, PortalViewer};

/// The people of a storm as a portal sees them.
#[derive(Debug)]
pub(super) struct PresenceScreen {
    people: HashSet<EmployeeId>,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    online: HashSet<EmployeeId>,
    /// Since the storm began.
    storm: Option<Seen>,
    /// Who was seen offline how often.
    offline: BTreeMap<EmployeeId, u64>,
}

/// What was seen since the storm began.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Seen {
    /// People who were seen offline at least once.
    pub(super) offline_people: u64,
    pub(super) offline_changes: u64,
    /// "Many sessions broke at once": one notice.
    pub(super) mass_drops: u64,
    /// Diffs that did not follow the one before.
    pub(super) gaps: u64,
}

impl PresenceScreen {
    pub(super) fn new(people: HashSet<EmployeeId>) -> Self {
        Self { people, state: Mutex::default() }
    }

    /// How many of them are seen online now.
    pub(super) fn online(&self) -> u64 {
        self.lock().online.len() as u64
    }

    /// From now on nobody may be seen offline.
    pub(super) fn storm_begins(&self) {
        let mut state = self.lock();
        (state.storm, state.offline) = (Some(Seen::default()), BTreeMap::new());
    }

    pub(super) fn seen(&self) -> Seen {
        let state = self.lock();
        Seen {
            offline_people: state.offline.len() as u64,
            offline_changes: state.offline.values().sum(),
            ..state.storm.unwrap_or_default()
        }
    }

    fn see(&self, entries: &[PresenceEntry]) {
        let mut state = self.lock();
        for entry in entries.iter().filter(|entry| self.people.contains(&entry.employee)) {
            if entry.status != Status::Offline {
                state.online.insert(entry.employee.clone());
            } else if state.online.remove(&entry.employee) && state.storm.is_some() {
                *state.offline.entry(entry.employee.clone()).or_default() += 1;
            }
        }
    }

    fn count(&self, what: fn(&mut Seen) -> &mut u64) {
        if let Some(seen) = &mut self.lock().storm {
            *what(seen) += 1;
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Reads the portal's socket until it ends. After a gap it subscribes again, as a portal does.
pub(super) async fn watch(mut viewer: PortalViewer, screen: Arc<PresenceScreen>) -> Result<(), LoadtestError> {
    let mut follower = PresenceFollower::default();
    loop {
        let Arrival::Message(message) = viewer.next().await? else { continue };
        match follower.take(message) {
            Followed::Entries(entries) => screen.see(&entries),
            Followed::Gap => {
                screen.count(|seen| &mut seen.gaps);
                viewer.subscribe(Scope::All).await?;
            }
            Followed::Other(PortalDown::Event(PortalEvent::MassDrop { .. })) => {
                screen.count(|seen| &mut seen.mass_drops);
            }
            Followed::Other(_) | Followed::Old => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use muster_protocol::UtcMillis;
    use muster_protocol::presence::Reason;

    use super::*;

    fn entry(name: &str, status: Status) -> PresenceEntry {
        PresenceEntry {
            employee: EmployeeId::new(name).unwrap(),
            name: name.to_owned(),
            team: None,
            status,
            overlay: None,
            reason: Reason::Seen,
            since: UtcMillis(0),
            last_seen: None,
            unstable: false,
            working_since: None,
            tracks: Vec::new(),
        }
    }

    #[test]
    fn only_those_who_turn_offline_in_the_storm_are_counted() {
        let people = ["A", "B", "C"].map(|name| EmployeeId::new(name).unwrap());
        let screen = PresenceScreen::new(people.into());
        screen.see(&[entry("A", Status::Active), entry("B", Status::Idle), entry("C", Status::Offline)]);
        screen.see(&[entry("B", Status::Offline), entry("B", Status::Active), entry("X", Status::Active)]);
        assert_eq!((screen.online(), screen.seen()), (2, Seen::default()));
        screen.storm_begins();
        screen.see(&[entry("A", Status::Offline), entry("A", Status::Active), entry("A", Status::Offline)]);
        screen.see(&[entry("C", Status::Offline), entry("X", Status::Offline), entry("B", Status::Idle)]);
        screen.count(|seen| &mut seen.mass_drops);
        let seen = Seen { offline_people: 1, offline_changes: 2, mass_drops: 1, gaps: 0 };
        assert_eq!((screen.online(), screen.seen()), (1, seen));
    }
}
