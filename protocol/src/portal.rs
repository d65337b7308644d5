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

/// What a watched track does, and what its pictures are called on this socket. Sent when a watch begins and at each change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct TrackState {
    pub employee: EmployeeId,
    pub track: u32,
    /// The `track` in the header of its pictures on this socket.
    pub number: u32,
    pub state: TrackPhase,
    /// Why nothing can be seen, when `state` is `blank`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<BlankReason>,
    /// More about the reason, in words: what the agent said of a failed capture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// Since when that is so, as far as the hub knows.
    pub since: UtcMillis,
    /// The name of the display, as the agent tells it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub display: Option<String>,
}

/// Whether a watched track shows something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum TrackPhase {
    /// The agent was asked; the first picture is on its way.
    Waiting,
    /// Pictures come.
    Live,
    /// Nothing is captured; `reason` says why.
    Blank,
}

/// Why a watched track shows nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum BlankReason {
    /// No agent of the person is connected.
    Offline,
    /// No work session is open: who does not work is not watched.
    NotWorking,
    /// The person is on a break.
    OnBreak,
    /// The person paused capture, where the policy allows it.
    Paused,
    /// The viewer may not watch this person, or there is no such person.
    NotPermitted,
    /// The policy turns live view off for this person.
    LiveViewOff,
    /// The person has not acknowledged the current notice.
    NoticeNotAcknowledged,
    /// The agent could not take a picture; `detail` says why.
    CaptureFailed,
    /// The device has no such display (any more).
    NoSuchTrack,
    /// The hub has no room just now; it tries again by itself.
    Overloaded,
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
    /// What a watched track does, and the number of its pictures.
    TrackState(TrackState),
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
    ScreenshotStored {
        employee: EmployeeId,
        id: ScreenshotId,
        at: UtcMillis,
        /// Looks like the one before it.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        near_identical: bool,
    },
    /// Somebody deleted a screenshot. What is past its retention goes without a word.
    ScreenshotDeleted { employee: EmployeeId, id: ScreenshotId },
    /// A capture interval was assigned (`interval:assigned` of the older clients).
    IntervalAssigned { employee: EmployeeId, minutes: u8 },
    /// The agent could not take a picture.
    CaptureFailed { employee: EmployeeId, at: UtcMillis, reason: String },
    /// Many sessions broke at once: one notice instead of thousands of changes.
    MassDrop { lost: u64, at: UtcMillis },
    /// A policy was changed: what holds for whom it is about may be another one.
    PolicyChanged { scope: PolicyScope },
    /// A notice was published: nothing is captured of anybody who has not acknowledged this version.
    NoticePublished { version: u64, at: UtcMillis },
    /// An account was created, changed or closed.
    PersonChanged {
        /// Absent: many at once.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        employee: Option<EmployeeId>,
    },
    /// Hours of the person were corrected.
    HoursChanged { employee: EmployeeId },
}

/// Whom a policy is about. The nearer one wins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum PolicyScope {
    Organization,
    Team(TeamId),
    Employee(EmployeeId),
}
