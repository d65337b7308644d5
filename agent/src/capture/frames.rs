//! What of a watched display goes over the wire: its encoders, and the message that a look becomes.

use bytes::Bytes;
use muster_media::encode::{EncodeError, Encoded, Pixels, TierEncoder};
use muster_protocol::UtcMillis;
use muster_protocol::frame::{FrameHeader, FrameKind, TIER_FOCUS, TIER_WALL};
use muster_protocol::portal::Tier;

use super::pace::{Extent, Look};

/// The encoders of one watched display, and which state of the screen each has seen.
#[derive(Debug)]
pub(super) struct DisplayFrames {
    wall: TierFrames,
    focus: TierFrames,
}

#[derive(Debug)]
struct TierFrames {
    encoder: TierEncoder,
    /// Of the screen's states: see [`super::screen::Screen`].
    seen: Option<u64>,
}

/// A picture that is not numbered yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Picture {
    pub kind: FrameKind,
    pub tier: Tier,
    pub width: u16,
    pub height: u16,
    pub body: Vec<u8>,
}

impl DisplayFrames {
    pub fn new() -> Self {
        let tier = |tier| TierFrames { encoder: TierEncoder::new(tier), seen: None };
        Self { wall: tier(Tier::Wall), focus: tier(Tier::Focus) }
    }

    /// Whether the screen's `state` is the one that the hub has, so that there is nothing to look at.
    pub fn has_seen(&self, look: &Look, state: u64) -> bool {
        let seen = match look.tier {
            Tier::Wall => self.wall.seen,
            Tier::Focus => self.focus.seen,
        };
        look.extent == Extent::Changes && seen == Some(state)
    }

    /// Encodes what the hub lacks of `pixels`, which show the screen's `state`. `None`: not a pixel differs.
    pub fn encode(&mut self, look: &Look, pixels: &Pixels, state: u64) -> Result<Option<Picture>, EncodeError> {
        let frames = match look.tier {
            Tier::Wall => &mut self.wall,
            Tier::Focus => &mut self.focus,
        };
        if look.extent == Extent::Complete {
            frames.encoder.forget();
        }
        frames.seen = None;
        let encoded = frames.encoder.encode(pixels, look.width, look.quality)?;
        frames.seen = Some(state);
        let (kind, width, height, body) = match encoded {
            Encoded::Whole { width, height, body } => (FrameKind::Whole, width, height, body),
            Encoded::Tiles { width, height, body } => (FrameKind::Tiles, width, height, body),
            Encoded::Same => return Ok(None),
        };
        Ok(Some(Picture { kind, tier: look.tier, width, height, body }))
    }
}

impl Picture {
    /// The whole message of picture `seq` of `track`.
    pub fn message(&self, track: u32, seq: u32, captured_at: UtcMillis) -> Bytes {
        let header = FrameHeader {
            kind: self.kind,
            tier: match self.tier {
                Tier::Wall => TIER_WALL,
                Tier::Focus => TIER_FOCUS,
            },
            flags: 0,
            track,
            seq,
            length: u32::try_from(self.body.len()).unwrap_or(u32::MAX),
            captured_at_ms: u64::try_from(captured_at.0).unwrap_or(0),
            width: self.width,
            height: self.height,
            part: 0,
            parts: 1,
        };
        [&header.encode()[..], &self.body].concat().into()
    }
}
