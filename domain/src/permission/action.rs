//! Actions and the table of who may do them.

use super::{Capability, Role};

/// Something that a person wants to do. The table of `design/rules.md`, row by row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// Act in one's own name: punch in, upload, beat, enrol a device, acknowledge the notice, export one's data.
    ActAs,
    SeePresence,
    SeeHours,
    SeeScreenshots,
    /// See who has watched somebody.
    SeeViewings,
    WatchScreen,
    WatchCamera,
    /// Assign a capture interval.
    AssignInterval,
    CorrectTime,
    ConfirmAttendance,
    /// Create, change or deactivate a person of this role. Ask for each role and team involved, before and after the
    /// change: a manager neither makes a colleague a manager nor touches the account of one, and moves people only
    /// between own teams.
    ManagePeople(Role),
    /// Roles, capabilities, and who manages which team.
    GrantRights,
    ManageTeams,
    ManageOrganization,
    ManagePolicy,
    ManageNotice,
    ManageRetention,
    /// See which devices somebody has, and how they are.
    SeeDevices,
    /// Revoke the devices of others.
    ManageDevices,
    SeeAudit,
    /// See how the hub itself is doing.
    SeeSystem,
    SetOnlineStatus,
    DeleteScreenshot,
}

/// Of whom somebody may do an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    Nobody,
    /// Of oneself.
    Own,
    /// Of everyone in the teams that one manages.
    Teams,
    /// Of oneself and of everyone in the teams that one manages.
    OwnAndTeams,
    Everyone,
}

impl Action {
    /// Every action, for tests that must not leave one out.
    pub const ALL: [Self; 25] = [
        Self::ActAs,
        Self::SeePresence,
        Self::SeeHours,
        Self::SeeScreenshots,
        Self::SeeViewings,
        Self::SeeDevices,
        Self::WatchScreen,
        Self::WatchCamera,
        Self::AssignInterval,
        Self::CorrectTime,
        Self::ConfirmAttendance,
        Self::ManagePeople(Role::Employee),
        Self::ManagePeople(Role::Manager),
        Self::ManagePeople(Role::Admin),
        Self::GrantRights,
        Self::ManageTeams,
        Self::ManageOrganization,
        Self::ManagePolicy,
        Self::ManageNotice,
        Self::ManageRetention,
        Self::ManageDevices,
        Self::SeeAudit,
        Self::SeeSystem,
        Self::SetOnlineStatus,
        Self::DeleteScreenshot,
    ];

    /// How far somebody of `role` reaches, with every capability.
    pub(super) const fn reach_of(self, role: Role) -> Reach {
        match self {
            Self::ActAs => Reach::Own,
            Self::SeePresence | Self::SeeHours | Self::SeeScreenshots | Self::SeeViewings | Self::SeeDevices => {
                match role {
                    Role::Employee => Reach::Own,
                    Role::Manager => Reach::OwnAndTeams,
                    Role::Admin => Reach::Everyone,
                }
            }
            Self::WatchScreen
            | Self::WatchCamera
            | Self::AssignInterval
            | Self::CorrectTime
            | Self::ConfirmAttendance
            | Self::ManagePeople(Role::Employee) => match role {
                Role::Employee => Reach::Nobody,
                Role::Manager => Reach::Teams,
                Role::Admin => Reach::Everyone,
            },
            Self::ManagePeople(Role::Manager | Role::Admin)
            | Self::GrantRights
            | Self::ManageTeams
            | Self::ManageOrganization
            | Self::ManagePolicy
            | Self::ManageNotice
            | Self::ManageRetention
            | Self::ManageDevices
            | Self::SeeAudit
            | Self::SeeSystem
            | Self::SetOnlineStatus
            | Self::DeleteScreenshot => match role {
                Role::Employee | Role::Manager => Reach::Nobody,
                Role::Admin => Reach::Everyone,
            },
        }
    }

    /// The capability that it takes besides the role.
    pub(super) const fn capability(self) -> Option<Capability> {
        match self {
            Self::WatchScreen => Some(Capability::WatchScreen),
            Self::WatchCamera => Some(Capability::WatchCamera),
            Self::AssignInterval => Some(Capability::AssignInterval),
            Self::CorrectTime => Some(Capability::CorrectTime),
            Self::ConfirmAttendance => Some(Capability::ConfirmAttendance),
            _ => None,
        }
    }
}
