//! Every role, every action, every owner: the table of the rules, written out a second time.

use muster_protocol::{EmployeeId, TeamId};
use uuid::Uuid;

use super::*;

fn team(number: u128) -> TeamId {
    TeamId(Uuid::from_u128(number))
}

fn principal(role: Role) -> Principal {
    Principal {
        employee: EmployeeId::new("SELF").unwrap(),
        role,
        teams: [team(1), team(2)].into(),
        capabilities: Capability::ALL.into_iter().collect(),
    }
}

/// Whom it is about: oneself (in a team that one does not manage), a member of an own team, of a foreign team, of none,
/// everyone.
const OWNERS: [&str; 5] = ["self", "own team", "foreign team", "no team", "everyone"];

fn answers(principal: &Principal, action: Action) -> [bool; 5] {
    let (own, other) = (EmployeeId::new("SELF").unwrap(), EmployeeId::new("OTHER").unwrap());
    let about = |employee, team| principal.may(action, Some(Subject { employee, team }));
    [
        about(&own, Some(team(9))),
        about(&other, Some(team(2))),
        about(&other, Some(team(3))),
        about(&other, None),
        principal.may(action, None),
    ]
}

const NOBODY: [bool; 5] = [false; 5];
const OWN: [bool; 5] = [true, false, false, false, false];
const TEAMS: [bool; 5] = [false, true, false, false, false];
const OWN_AND_TEAMS: [bool; 5] = [true, true, false, false, false];
const EVERYONE: [bool; 5] = [true; 5];

/// Employee, manager, admin.
fn expected(action: Action) -> [[bool; 5]; 3] {
    match action {
        Action::ActAs => [OWN, OWN, OWN],
        Action::SeePresence | Action::SeeHours | Action::SeeScreenshots | Action::SeeViewings | Action::SeeDevices => {
            [OWN, OWN_AND_TEAMS, EVERYONE]
        }
        Action::WatchScreen
        | Action::WatchCamera
        | Action::AssignInterval
        | Action::CorrectTime
        | Action::ConfirmAttendance
        | Action::ManagePeople(Role::Employee) => [NOBODY, TEAMS, EVERYONE],
        Action::ManagePeople(Role::Manager | Role::Admin)
        | Action::GrantRights
        | Action::ManageTeams
        | Action::ManageOrganization
        | Action::ManagePolicy
        | Action::ManageNotice
        | Action::ManageRetention
        | Action::ManageDevices
        | Action::SeeAudit
        | Action::SeeSystem
        | Action::SetOnlineStatus
        | Action::DeleteScreenshot => [NOBODY, NOBODY, EVERYONE],
    }
}

#[test]
fn every_role_every_action_every_owner() {
    for action in Action::ALL {
        for (role, expected) in Role::ALL.into_iter().zip(expected(action)) {
            assert_eq!(answers(&principal(role), action), expected, "{role}: {action:?} about {OWNERS:?}");
        }
    }
}

#[test]
fn no_action_is_left_out_of_the_list() {
    let different: std::collections::HashSet<_> = Action::ALL.into_iter().collect();
    assert_eq!(different.len(), Action::ALL.len());
}

#[test]
fn a_capability_that_was_taken_closes_its_action_and_no_other() {
    let pairs = [
        (Capability::WatchScreen, Action::WatchScreen),
        (Capability::WatchCamera, Action::WatchCamera),
        (Capability::AssignInterval, Action::AssignInterval),
        (Capability::CorrectTime, Action::CorrectTime),
        (Capability::ConfirmAttendance, Action::ConfirmAttendance),
    ];
    for role in [Role::Manager, Role::Admin] {
        for (capability, closed) in pairs {
            let whole = principal(role);
            let lacking = Principal { capabilities: whole.capabilities.without(capability), ..whole.clone() };
            for action in Action::ALL {
                let expected = if action == closed { NOBODY } else { answers(&whole, action) };
                assert_eq!(answers(&lacking, action), expected, "{role} without {capability:?}: {action:?}");
            }
        }
    }
}

#[test]
fn capabilities_never_widen_a_role() {
    let employee = principal(Role::Employee);
    let plain = Principal { capabilities: Capabilities::NONE, ..employee.clone() };
    for action in Action::ALL {
        assert_eq!(answers(&employee, action), answers(&plain, action), "{action:?}");
    }
    assert_eq!(Capabilities::usual_for(Role::Employee), Capabilities::NONE);
}

#[test]
fn teams_mean_nothing_to_an_employee() {
    let employee = principal(Role::Employee);
    assert_eq!(employee.reach(Action::SeePresence), Reach::Own);
    assert_eq!(principal(Role::Manager).reach(Action::SeePresence), Reach::OwnAndTeams);
}

#[test]
fn a_manager_without_teams_sees_only_themselves() {
    let manager = Principal { teams: [].into(), ..principal(Role::Manager) };
    assert_eq!(answers(&manager, Action::SeePresence), OWN);
    assert_eq!(answers(&manager, Action::WatchScreen), NOBODY);
}
