//! The portal door: `GET /ws/portal`, subprotocol [`SUBPROTOCOL`], a one-time ticket as first message.

use serde::{Deserialize, Serialize};

use crate::agent::Watcher;
use crate::close::Close;
use crate::ids::ScreenshotId;
use crate::presence::PresenceEntry;
use crate::{EmployeeId, TeamId, UtcMillis};

/// The WebSocket subprotocol of this door.
pub const SUBPROTOCOL: &str = "muster.portal.v1";

/// What a portal says. An unknown type is refused with close code 4503.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum PortalUp {
    /// First message, within five seconds: a ticket from `POST /api/auth/ticket`, valid once and for 30 seconds.
    Authenticate { ticket: String },
    /// Send the presence of everyone in `scope`, then its changes. Again after a gap in `seq`.
    Subscribe { presence: Scope },
    /// The visible set; replaces the last one.
    Watch {
        tracks: Vec<WatchTrack>,
        #[serde(default)]
        focus: Option<TrackRef>,
    },
    /// Painted up to this media message.
    Ack { message_id: u32, painted_at: UtcMillis },
    /// Answer to `ping`; also a touch.
    Pong,
}

/// Whose presence is wanted. Never more than the person may see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// Everyone the person may see.
    All,
    /// One team.
    Team(TeamId),
    /// Only oneself.
    Own,
}

/// A live source of an employee.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct TrackRef {
    pub employee: EmployeeId,
    pub track: u32,
}

/// How large a viewer wants a track.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Tier {
    /// At most 480 pixels wide, whole pictures.
    Wall,
    /// At most 1920 pixels wide, changed tiles.
    Focus,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct WatchTrack {
    pub employee: EmployeeId,
    pub track: u32,
    pub tier: Tier,
}

/// What the hub says to a portal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum PortalDown {
    /// Signed in. Says how often `ping` comes.
    Ready {
        server_time: UtcMillis,
        ping_every_ms: u64,
    },
    /// Everything in scope. Diffs with a higher `seq` of the same `epoch` build on it.
    PresenceState {
        epoch: u64,
        seq: u64,
        entries: Vec<PresenceEntry>,
    },
    /// What changed. A gap in `seq` or another `epoch`: subscribe again.
    PresenceDiff {
        epoch: u64,
        seq: u64,
        changed: Vec<PresenceEntry>,
        gone: Vec<EmployeeId>,
    },
    Event(PortalEvent),
    /// On an employee's own portal: who is watching now.
    Watchers {
        people: Vec<Watcher>,
    },
    Ping,
    Close(Close),
}

/// Something that a page may want to show at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum PortalEvent {
    /// A screenshot was stored; `id` leads to `/api/uploads/{id}`.
    ScreenshotStored { employee: EmployeeId, id: ScreenshotId, at: UtcMillis },
    /// A capture interval was assigned (`interval:assigned` of the older clients).
    IntervalAssigned { employee: EmployeeId, minutes: u8 },
    /// The agent could not take a picture.
    CaptureFailed { employee: EmployeeId, at: UtcMillis, reason: String },
    /// Many sessions broke at once: one notice instead of thousands of changes.
    MassDrop { lost: u64, at: UtcMillis },
}
