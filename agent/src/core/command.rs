//! What the person at the machine can ask for. Window, tray and command line send these; nothing else gets in.

use muster_protocol::agent::EventKind;

/// One wish of the person.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    PunchIn,
    PunchOut,
    BeginBreak,
    EndBreak,
    /// Capture stops until `Resume`; only where the policy allows it.
    Pause,
    Resume,
    /// The notice of this version was read and accepted.
    AcceptNotice {
        version: u64,
    },
    /// Signs in: which hub, and by what.
    SignIn {
        hub: String,
        by: Credential,
    },
    /// Forgets the device token. What is spooled stays until it was sent.
    SignOut,
    /// A message of the hub was read.
    DismissMessage,
    /// Says `bye` and ends.
    Quit,
}

/// How a person shows who they are. Never printed, never stored.
#[derive(Clone, PartialEq)]
pub enum Credential {
    Code(String),
    Password { email: String, password: String },
}

impl std::fmt::Debug for Credential {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Code(_) => "Code",
            Self::Password { .. } => "Password",
        })
    }
}

impl Command {
    /// The durable event that the wish leaves behind, if it leaves one.
    #[must_use]
    pub fn event(&self) -> Option<EventKind> {
        match self {
            Self::PunchIn => Some(EventKind::WorkStarted),
            Self::PunchOut => Some(EventKind::WorkStopped),
            Self::BeginBreak => Some(EventKind::BreakBegan),
            Self::EndBreak => Some(EventKind::BreakEnded),
            Self::AcceptNotice { version } => Some(EventKind::NoticeAcknowledged { version: *version }),
            Self::Pause | Self::Resume | Self::SignIn { .. } | Self::SignOut | Self::DismissMessage | Self::Quit => {
                None
            }
        }
    }
}
