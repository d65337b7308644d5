//! Live view: the newest pictures of every watched track, and the way from there to each viewer.
//!
//! An agent's socket offers its pictures to a [`LiveTrack`], which keeps the newest and marks the track as dirty at each
//! [`Viewer`] that watches it. A viewer's [`Viewing`] takes the newest of what is dirty whenever its window has room. So
//! no picture ever waits for anybody, and none travels through a mailbox. Who may be captured now, the employee's actor
//! decides; it opens and closes its tracks.

mod directory;
mod painted;
mod track;
mod viewer;
mod viewing;

use muster_domain::watch::{Need, WatchBoard};
use muster_domain::window::WindowConfig;
use muster_media::live::HistoryConfig;
use muster_protocol::portal::Tier;

pub use directory::{LiveTracks, LiveUse};
pub use painted::Painted;
pub use track::{LiveTrack, Offered, TrackView};
pub use viewer::{Turn, Viewer, Wakes, Woken};
pub use viewing::{Part, Picture, ToViewer, Viewing};

/// How live view behaves; the hub's configuration says why the defaults are what they are.
#[derive(Clone, Copy, Debug)]
pub struct LiveConfig {
    /// What a tile of the wall needs.
    pub wall: Need,
    /// What the enlarged view needs.
    pub focus: Need,
    /// How long a capture goes on after its last viewer has left, and a viewing after its last watch.
    pub linger_ms: u64,
    pub window: WindowConfig,
    pub history: HistoryConfig,
}

impl Default for LiveConfig {
    fn default() -> Self {
        Self {
            wall: Need::WALL,
            focus: Need::FOCUS,
            linger_ms: WatchBoard::LINGER_MS,
            window: WindowConfig::default(),
            history: HistoryConfig::default(),
        }
    }
}

impl LiveConfig {
    /// What a viewer of `tier` needs.
    #[must_use]
    pub const fn need_of(&self, tier: Tier) -> Need {
        match tier {
            Tier::Wall => self.wall,
            Tier::Focus => self.focus,
        }
    }
}
