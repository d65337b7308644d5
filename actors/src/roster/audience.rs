//! Whose pages are told of an event.

use muster_protocol::{EmployeeId, TeamId};

use super::View;
use crate::people::People;

/// Who has to know. A page is told what its view includes, whatever it asked the event for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Administrators: it is about nobody in particular.
    Administrators,
    /// Every page.
    Everyone,
    /// Whoever may see this person, and the person.
    About(EmployeeId),
    /// Whoever may see this team, and everyone in it.
    Team(TeamId),
}

impl Audience {
    /// Whether the pages of `view` belong to it.
    pub(super) fn includes(&self, view: &View, people: &People) -> bool {
        let team_of = |employee| people.get(employee).and_then(|person| person.row().team);
        match self {
            Self::Administrators => *view == View::All,
            Self::Everyone => true,
            Self::About(employee) => view.shows_member(employee, team_of(employee)),
            Self::Team(team) => match view {
                View::All => true,
                View::Team(only) => only == team,
                View::Own(own) => team_of(own) == Some(*team),
                View::Teams { teams, own } => teams.binary_search(team).is_ok() || team_of(own) == Some(*team),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use muster_db::PersonRow;
    use muster_domain::Role;
    use muster_domain::permission::Capabilities;
    use muster_protocol::UtcMillis;

    use super::*;

    fn id(code: &str) -> EmployeeId {
        EmployeeId::new(code).unwrap()
    }

    fn row(code: &str, number: u32, team: Option<TeamId>) -> PersonRow {
        PersonRow {
            id: id(code),
            number,
            name: code.to_owned(),
            email: format!("{code}@example.org"),
            role: Role::Employee,
            team,
            managed_teams: Vec::new(),
            capabilities: Capabilities::NONE,
            password_hash: None,
            active: true,
            token_epoch: 0,
            created_at: UtcMillis(0),
        }
    }

    /// Whether the pages of an administrator, a manager of `mine`, a member of it and a member of another team are told.
    fn told(audience: &Audience, mine: TeamId, people: &People) -> [bool; 4] {
        let views = [View::All, View::of_teams(vec![mine], id("BOSS")), View::Own(id("ADA")), View::Own(id("EVE"))];
        views.map(|view| audience.includes(&view, people))
    }

    #[test]
    fn each_audience_reaches_whom_it_names() {
        let (mine, other) = (TeamId::generate(), TeamId::generate());
        let rows = vec![row("BOSS", 1, None), row("ADA", 2, Some(mine)), row("EVE", 3, Some(other))];
        let people = People::new(rows, &HashMap::new());
        let cases = [
            (Audience::Administrators, [true, false, false, false]),
            (Audience::Everyone, [true; 4]),
            (Audience::About(id("ADA")), [true, true, true, false]),
            (Audience::About(id("BOSS")), [true, true, false, false]),
            (Audience::About(id("NOBODY")), [true, false, false, false]),
            (Audience::Team(mine), [true, true, true, false]),
            (Audience::Team(other), [true, false, false, true]),
        ];
        for (audience, expected) in cases {
            assert_eq!(told(&audience, mine, &people), expected, "{audience:?}");
        }
    }
}
