//! The principal: who asks.

use muster_protocol::{EmployeeId, TeamId};

use super::{Action, Capabilities, Reach, Role};

/// Who asks: what the hub knows of the person behind a token, read from the store and not from the token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Principal {
    pub employee: EmployeeId,
    pub role: Role,
    /// The teams that this person manages. Without meaning for other roles than [`Role::Manager`].
    pub teams: Box<[TeamId]>,
    pub capabilities: Capabilities,
}

/// Whom it is about, as stored now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Subject<'a> {
    pub employee: &'a EmployeeId,
    pub team: Option<TeamId>,
}

impl Principal {
    /// Whether this person may do `action` about `subject`; without a subject, about everyone and the organization itself.
    #[must_use]
    pub fn may(&self, action: Action, subject: Option<Subject<'_>>) -> bool {
        let Some(subject) = subject else { return self.reach(action) == Reach::Everyone };
        let is_own = *subject.employee == self.employee;
        let is_in_teams = || subject.team.is_some_and(|team| self.teams.contains(&team));
        match self.reach(action) {
            Reach::Nobody => false,
            Reach::Own => is_own,
            Reach::Teams => is_in_teams(),
            Reach::OwnAndTeams => is_own || is_in_teams(),
            Reach::Everyone => true,
        }
    }

    /// Of whom this person may do `action`: what a list is narrowed to before it is read.
    #[must_use]
    pub fn reach(&self, action: Action) -> Reach {
        let is_granted = action.capability().is_none_or(|capability| self.capabilities.contains(capability));
        if is_granted { action.reach_of(self.role) } else { Reach::Nobody }
    }
}
