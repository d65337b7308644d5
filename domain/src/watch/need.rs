//! What a viewer needs of a track.

use muster_protocol::agent::Watch;
use muster_protocol::portal::Tier;

/// Rate, width and quality of a capture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Need {
    /// Pictures per minute: whole numbers compare exactly, and slow walls want less than one a second.
    pub frames_per_minute: u16,
    /// In pixels.
    pub width: u16,
    /// JPEG quality, 1 to 100.
    pub quality: u8,
}

impl Need {
    /// A tile of the wall: at most 480 pixels wide, a picture a second.
    pub const WALL: Self = Self { frames_per_minute: 60, width: 480, quality: 60 };
    /// The enlarged track: at most 1920 pixels wide, four pictures a second.
    pub const FOCUS: Self = Self { frames_per_minute: 240, width: 1920, quality: 75 };

    /// The usual need of a tier.
    #[must_use]
    pub const fn of_tier(tier: Tier) -> Self {
        match tier {
            Tier::Wall => Self::WALL,
            Tier::Focus => Self::FOCUS,
        }
    }

    /// What serves both.
    #[must_use]
    pub fn largest(self, other: Self) -> Self {
        Self {
            frames_per_minute: self.frames_per_minute.max(other.frames_per_minute),
            width: self.width.max(other.width),
            quality: self.quality.max(other.quality),
        }
    }

    /// As it is said to the agent.
    #[must_use]
    pub fn of_track(self, track: u32) -> Watch {
        Watch { track, fps: f32::from(self.frames_per_minute) / 60.0, width: self.width, quality: self.quality }
    }
}
