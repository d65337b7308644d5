//! What the roster is asked and told.

use actix::{Message, Recipient};
use muster_domain::presence::Presence;
use muster_protocol::portal::PortalEvent;
use muster_protocol::presence::PresenceEntry;
use muster_protocol::{EmployeeId, TeamId, UtcMillis};

use super::{Audience, Outbound, View};

/// Sent by an employee's actor when what screens show has changed.
#[derive(Debug, Message)]
#[rtype(result = "()")]
pub struct Publish {
    pub employee: EmployeeId,
    pub presence: Presence,
    pub working_since: Option<UtcMillis>,
    /// The displays that can be watched.
    pub tracks: Vec<u32>,
}

/// Sent by REST after a person was created, renamed, moved to another team or deactivated.
#[derive(Debug, Message)]
#[rtype(result = "()")]
pub struct PersonChanged {
    pub employee: EmployeeId,
    /// Who saw the person in this team learns that it left.
    pub team_before: Option<TeamId>,
}

/// Sent by a portal session: state now, then every diff, until [`Unsubscribe`]. Replaces an earlier one of the same viewer.
#[derive(Message)]
#[rtype(result = "()")]
pub struct Subscribe {
    pub viewer: u64,
    /// Whom the viewer asked for, never more than it may see.
    pub view: View,
    pub recipient: Recipient<Outbound>,
}

/// Sent by a portal session that ends.
#[derive(Debug, Message)]
#[rtype(result = "()")]
pub struct Unsubscribe {
    pub viewer: u64,
}

/// Asked by REST: everyone in `view`, including who was never seen.
#[derive(Debug, Message)]
#[rtype(result = "Vec<PresenceEntry>")]
pub struct Snapshot {
    pub view: View,
}

/// Asked by REST and metrics: how many are not offline.
#[derive(Debug, Message)]
#[rtype(result = "usize")]
pub struct Online;

/// Sent by whoever knows of something that pages want to show at once.
#[derive(Debug, Message)]
#[rtype(result = "()")]
pub struct Announce {
    pub to: Audience,
    pub event: PortalEvent,
}
