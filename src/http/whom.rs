//! Whom a list is about: `employee`, `employees` or `team` of a query, or everyone whom the caller may see.

use std::sync::Arc;

use muster_actors::Person;
use muster_domain::permission::Reach;
use muster_protocol::{EmployeeId, TeamId};

use super::error::{ApiError, ApiResult};
use super::extract::{Needs, Permit};

/// People that one query may name.
const NAMED_MAX: usize = 100;

/// At most one of them is there.
#[derive(Clone, Copy, Debug, Default)]
pub struct Whom<'a> {
    /// By code or number.
    pub employee: Option<&'a EmployeeId>,
    /// Several, with commas between them.
    pub employees: Option<&'a str>,
    pub team: Option<TeamId>,
}

impl Whom<'_> {
    /// The people whom it names, if the caller may do to them what `N` needs.
    pub fn people<N: Needs>(self, permit: &Permit<N>) -> ApiResult<Vec<Arc<Person>>> {
        match (self.employee, self.employees, self.team) {
            (None, None, None) => Ok(permit.visible()),
            (Some(employee), None, None) => Ok(vec![permit.subject(employee)?]),
            (None, Some(employees), None) => {
                named(employees)?.iter().map(|employee| permit.subject(employee)).collect()
            }
            (None, None, Some(team)) => members(permit, team),
            _ => Err(ApiError::field("employees", "only one of employee, employees and team")),
        }
    }

    /// The ids of [`Whom::people`]; `None` where that is everyone, so that a store need not be told all of them.
    pub fn ids<N: Needs>(self, permit: &Permit<N>) -> ApiResult<Option<Vec<EmployeeId>>> {
        let is_anybody = self.employee.is_none() && self.employees.is_none() && self.team.is_none();
        if is_anybody && permit.principal.reach(N::ACTION) == Reach::Everyone {
            return Ok(None);
        }
        Ok(Some(self.people(permit)?.iter().map(|person| person.id().clone()).collect()))
    }
}

fn named(employees: &str) -> ApiResult<Vec<EmployeeId>> {
    let wrong = || ApiError::field("employees", format!("1 to {NAMED_MAX} employee ids with commas between them"));
    let mut ids =
        employees.split(',').map(|id| id.trim().parse().map_err(|_| wrong())).collect::<ApiResult<Vec<_>>>()?;
    if ids.len() > NAMED_MAX {
        return Err(wrong());
    }
    ids.sort_unstable();
    ids.dedup();
    Ok(ids)
}

/// Everyone in `team` whom the caller may see. Who neither belongs to it nor manages it learns nothing of it.
fn members<N: Needs>(permit: &Permit<N>, team: TeamId) -> ApiResult<Vec<Arc<Person>>> {
    let belongs = permit.principal.teams.contains(&team) || permit.person.row().team == Some(team);
    if !belongs && permit.principal.reach(N::ACTION) != Reach::Everyone {
        return Err(ApiError::forbidden());
    }
    let mut people = permit.visible();
    people.retain(|person| person.row().team == Some(team));
    Ok(people)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_taken_once_and_no_more_than_a_hundred() {
        let ids = named("INT2, INT1,INT2").unwrap();
        assert_eq!(ids.iter().map(EmployeeId::as_str).collect::<Vec<_>>(), ["INT1", "INT2"]);
        let many = |count: usize| (0..count).map(|number| number.to_string()).collect::<Vec<_>>().join(",");
        assert_eq!(named(&many(NAMED_MAX)).unwrap().len(), NAMED_MAX);
        for wrong in ["", "INT1,,INT2", "../x", many(NAMED_MAX + 1).as_str()] {
            assert_eq!(named(wrong).unwrap_err().fields[0].field, "employees", "{wrong}");
        }
    }
}
