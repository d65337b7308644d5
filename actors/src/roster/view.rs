//! What a viewer may see of the roster.

use muster_protocol::presence::PresenceEntry;
use muster_protocol::{EmployeeId, TeamId};

/// A permission turned into a filter. Viewers with equal views share their diffs.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum View {
    /// Everyone: administrators.
    All,
    /// These teams, sorted, and oneself: managers.
    Teams { teams: Box<[TeamId]>, own: EmployeeId },
    /// One team, because the viewer asked for no more.
    Team(TeamId),
    /// Only oneself: employees.
    Own(EmployeeId),
}

impl View {
    /// The view of somebody who sees these teams and himself.
    #[must_use]
    pub fn of_teams(mut teams: Vec<TeamId>, own: EmployeeId) -> Self {
        teams.sort_unstable();
        teams.dedup();
        Self::Teams { teams: teams.into(), own }
    }

    /// Whether `entry` is in view.
    #[must_use]
    pub fn shows(&self, entry: &PresenceEntry) -> bool {
        self.shows_member(&entry.employee, entry.team)
    }

    /// Whether an employee of `team` is in view.
    #[must_use]
    pub fn shows_member(&self, employee: &EmployeeId, team: Option<TeamId>) -> bool {
        match self {
            Self::All => true,
            Self::Own(own) => own == employee,
            Self::Team(only) => team == Some(*only),
            Self::Teams { teams, own } => {
                own == employee || team.is_some_and(|team| teams.binary_search(&team).is_ok())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manager_sees_the_own_teams_and_nobody_without_a_team() {
        let (mine, other) = (TeamId::generate(), TeamId::generate());
        let manager = EmployeeId::new("M1").unwrap();
        let employee = EmployeeId::new("E1").unwrap();
        let view = View::of_teams(vec![mine], manager.clone());
        assert!(view.shows_member(&employee, Some(mine)));
        assert!(!view.shows_member(&employee, Some(other)));
        assert!(!view.shows_member(&employee, None));
        assert!(view.shows_member(&manager, None));
    }
}
