//! The agent door: `GET /agent`, subprotocol [`SUBPROTOCOL`], `Authorization: Bearer <device token>`.

use serde::{Deserialize, Serialize};

use crate::close::Close;
use crate::policy::{Notice, Policy};
use crate::{BootId, DeviceId, SessionId, UtcMillis};

/// The WebSocket subprotocol of this door.
pub const SUBPROTOCOL: &str = "muster.agent.v1";

/// What an agent says. An unknown type is refused with close code 4503.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum AgentUp {
    /// First message, within five seconds.
    Hello(Hello),
    /// "I am here", at the cadence of `welcome`.
    Beat(Beat),
    /// Durable events: spooled on the agent until `ack`.
    Events(Events),
    /// The picture of `track` is still that of `seq`.
    Same { track: u32, seq: u32 },
    /// A clean leave: offline at once if no other session lives.
    Bye { reason: String },
}

/// Who connects.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Hello {
    pub agent_version: String,
    pub device_id: DeviceId,
    pub boot_id: BootId,
    pub os: String,
    #[serde(default)]
    pub displays: Vec<Display>,
    /// Offset of the device's local time from UTC, in minutes east.
    pub utc_offset_min: i16,
    /// The sequence number that the agent would give to its next event.
    pub next_seq: u64,
    /// The device's clock as it sends this; tells the hub the skew.
    pub sent_at: UtcMillis,
}

/// One display of the device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Display {
    pub track: u32,
    pub name: String,
    pub width: u16,
    pub height: u16,
    #[serde(default)]
    pub primary: bool,
}

/// What the person at the device does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum BeatState {
    /// The session is open and unlocked; `idle_ms` decides between active and idle.
    #[default]
    Normal,
    /// The screen is locked: idle whatever `idle_ms` says.
    Locked,
    /// The person paused capture, where the policy allows it.
    Paused,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Beat {
    /// Milliseconds since the last input, from the operating system.
    pub idle_ms: u64,
    #[serde(default)]
    pub state: BeatState,
}

/// A batch of durable events, at most [`crate::limits::EVENTS_PER_MESSAGE_MAX`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Events {
    pub items: Vec<DurableEvent>,
}

/// One event. (device, boot, seq) names it for ever: sent twice it counts once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct DurableEvent {
    pub seq: u64,
    /// The boot whose spool it comes from, when that is not the boot of `hello`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub boot_id: Option<BootId>,
    /// The device's clock when it happened. Idle is dated back to the last input by the agent.
    pub at: UtcMillis,
    #[serde(flatten)]
    pub kind: EventKind,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum EventKind {
    WorkStarted,
    WorkStopped,
    IdleBegan,
    IdleEnded,
    BreakBegan,
    BreakEnded,
    /// Work went on at this moment; spooled every minute while the hub is out of reach, so that no gap opens.
    WorkContinued,
    NoticeAcknowledged {
        version: u64,
    },
    CaptureFailed {
        reason: String,
    },
    /// Wall and monotonic clock drifted apart by so much: sleep, or somebody set the clock.
    ClockJumped {
        by_ms: i64,
    },
}

/// What the hub says. Agents ignore types they do not know.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum AgentDown {
    Welcome(Box<Welcome>),
    /// Everything up to `seq` of this boot is committed: the spool may forget it.
    Ack {
        boot_id: BootId,
        seq: u64,
    },
    /// These events will never be taken; the agent sets them aside and tells the person.
    Refused {
        boot_id: BootId,
        items: Vec<RefusedEvent>,
    },
    /// The frame was taken. Holding this back is the brake: one frame per track without it.
    Got {
        track: u32,
        seq: u32,
    },
    /// The policy changed. Also says `interval:assigned` to the older clients.
    Policy(Policy),
    Watch(Watch),
    Unwatch {
        track: u32,
    },
    /// Who is watching now; the agent shows it and cannot hide it.
    Watchers {
        people: Vec<Watcher>,
    },
    TakeScreenshot {
        request_id: String,
    },
    /// A new notice to show and acknowledge.
    Notice(Notice),
    /// The hub asks the agent to start tracking (an interval was assigned).
    StartWork,
    Message {
        text: String,
    },
    Close(Close),
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Welcome {
    pub session_id: SessionId,
    pub server_time: UtcMillis,
    /// The cadence, ± 20 % already applied for this session.
    pub beat_every_ms: u64,
    pub offline_after_ms: u64,
    pub limits: Limits,
    pub policy: Policy,
    /// The current notice, if one is published and this person has not acknowledged it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notice: Option<Notice>,
    /// The highest committed sequence number of the boot in `hello`; 0 when none is.
    pub acked_seq: u64,
}

/// What the hub accepts on this socket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Limits {
    pub text_bytes_max: u32,
    pub frame_bytes_max: u32,
    pub events_per_message_max: u32,
    pub messages_per_second_max: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct RefusedEvent {
    pub seq: u64,
    pub reason: String,
}

/// What the hub wants captured: the most that any viewer needs.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Watch {
    pub track: u32,
    pub fps: f32,
    pub width: u16,
    /// JPEG quality, 1 to 100.
    pub quality: u8,
}

/// One person who watches.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Watcher {
    pub name: String,
    pub since: UtcMillis,
    /// What they watch: a display's track.
    pub track: u32,
}
