//! The organization, the policy layers and the notice, in memory: needed at every welcome and every upload.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use muster_db::{OrganizationRow, PolicyRow, PolicyScope};
use muster_domain::policy::{PolicyLayer, effective};
use muster_domain::{Zone, notice};
use muster_protocol::EmployeeId;
use muster_protocol::policy::{Notice, Policy};

use crate::people::Person;

/// See the module's page. Loaded at start-up and changed by REST after each commit.
#[derive(Debug, Default)]
pub struct Policies {
    state: RwLock<State>,
}

#[derive(Debug, Default)]
struct State {
    /// What the hub's configuration decides, below all layers.
    base: PolicyLayer,
    organization: Option<Arc<OrganizationRow>>,
    version: u64,
    layers: HashMap<PolicyScope, PolicyRow>,
    notice: Option<Arc<Notice>>,
    acknowledged: HashMap<EmployeeId, u64>,
}

impl Policies {
    /// What the database holds, over what the configuration decides. `acknowledged` has the newest version that each person
    /// acknowledged.
    #[must_use]
    pub fn new(
        base: PolicyLayer,
        organization: Option<OrganizationRow>,
        version: u64,
        layers: Vec<PolicyRow>,
        notice: Option<Notice>,
        acknowledged: HashMap<EmployeeId, u64>,
    ) -> Self {
        let layers = layers.into_iter().map(|row| (row.scope.clone(), row)).collect();
        let (organization, notice) = (organization.map(Arc::new), notice.map(Arc::new));
        Self { state: RwLock::new(State { base, organization, version, layers, notice, acknowledged }) }
    }

    /// The organization, once set-up has made it.
    #[must_use]
    pub fn organization(&self) -> Option<Arc<OrganizationRow>> {
        self.read().organization.clone()
    }

    /// The organization's zone; UTC before set-up.
    #[must_use]
    pub fn zone(&self) -> Zone {
        let organization = self.organization();
        organization.and_then(|row| Zone::named(&row.time_zone).ok()).unwrap_or(Zone::UTC)
    }

    /// Takes the organization that was just committed.
    pub fn put_organization(&self, row: OrganizationRow) {
        self.write().organization = Some(Arc::new(row));
    }

    /// The policy of `person`, after inheritance: organization, then team, then person.
    #[must_use]
    pub fn of(&self, person: &Person) -> Policy {
        let state = self.read();
        let team = person.row().team.map(PolicyScope::Team);
        let scopes = [Some(PolicyScope::Organization), team, Some(PolicyScope::Employee(person.id().clone()))];
        let layers = scopes.iter().flatten().filter_map(|scope| state.layers.get(scope)).map(|row| row.settings);
        effective(&std::iter::once(state.base).chain(layers).collect::<Vec<_>>(), state.version)
    }

    /// One stored layer.
    #[must_use]
    pub fn layer(&self, scope: &PolicyScope) -> Option<PolicyRow> {
        self.read().layers.get(scope).cloned()
    }

    /// Every stored layer that decides something, in no order.
    #[must_use]
    pub fn layers(&self) -> Vec<PolicyRow> {
        let state = self.read();
        state.layers.values().filter(|row| row.settings != PolicyLayer::default()).cloned().collect()
    }

    /// Takes a layer that was just committed.
    pub fn put_layer(&self, row: PolicyRow) {
        let mut state = self.write();
        state.version = state.version.max(row.version);
        state.layers.insert(row.scope.clone(), row);
    }

    /// The settings of `scope`; nothing set when there is no such layer.
    #[must_use]
    pub fn settings(&self, scope: &PolicyScope) -> PolicyLayer {
        self.layer(scope).map(|row| row.settings).unwrap_or_default()
    }

    /// The current notice, if one is published.
    #[must_use]
    pub fn notice(&self) -> Option<Arc<Notice>> {
        self.read().notice.clone()
    }

    /// The current notice, if `employee` still has to acknowledge it.
    #[must_use]
    pub fn notice_due(&self, employee: &EmployeeId) -> Option<Arc<Notice>> {
        self.notice().filter(|notice| !notice::may_capture(Some(notice.version), self.acknowledged(employee)))
    }

    /// The newest version that `employee` acknowledged.
    #[must_use]
    pub fn acknowledged(&self, employee: &EmployeeId) -> Option<u64> {
        self.read().acknowledged.get(employee).copied()
    }

    /// Takes a notice that was just committed.
    pub fn put_notice(&self, notice: Notice) {
        self.write().notice = Some(Arc::new(notice));
    }

    /// Takes an acknowledgement that was just committed.
    pub fn acknowledge(&self, employee: &EmployeeId, version: u64) {
        let mut state = self.write();
        let newest = state.acknowledged.entry(employee.clone()).or_default();
        *newest = version.max(*newest);
    }

    fn read(&self) -> RwLockReadGuard<'_, State> {
        self.state.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, State> {
        self.state.write().unwrap_or_else(PoisonError::into_inner)
    }
}
