//! One watched display: looks at its desktop and makes the bytes of what changed. No socket, no clock.

use bytes::Bytes;
use muster_protocol::frame::{FrameHeader, FrameKind, HEADER_BYTES, TIER_FOCUS, TIER_WALL};
use muster_protocol::limits;
use muster_protocol::portal::Tier;

use super::encoder::{Encoded, Form, PictureEncoder, Wish};
use super::live::{Extent, Seen, Shot};
use crate::desktop::{Desktop, Sight};
use crate::error::LoadtestError;

/// How an agent sends focus pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FocusPictures {
    /// The tiles that changed.
    Tiles,
    /// Whole, as an agent that cannot make tiles.
    Whole,
}

/// The capture of one display. Holds the last pixels of each tier in use: twice 0.4 MiB for the wall, twice 6 MiB for a full-HD focus.
#[derive(Debug)]
pub struct DisplayCapture {
    desktop: Desktop,
    focus_pictures: FocusPictures,
    wall: PictureEncoder,
    focus: PictureEncoder,
}

/// A look at the display.
#[derive(Debug)]
pub struct Look {
    kind: FrameKind,
    tier: Tier,
    width: u16,
    height: u16,
    captured_at_ms: u64,
    body: Bytes,
}

impl DisplayCapture {
    #[must_use]
    pub fn new(desktop: Desktop, focus_pictures: FocusPictures) -> Self {
        let (wall, focus) = (PictureEncoder::default(), PictureEncoder::default());
        Self { desktop, focus_pictures, wall, focus }
    }

    /// Looks at the display and encodes what `shot` needs of it. A message has at most `bytes_max` bytes.
    pub fn look(&mut self, shot: &Shot, sight: &Sight, bytes_max: usize) -> Result<Look, LoadtestError> {
        let screen = self.desktop.screen();
        let width = shot.width.min(screen.width);
        let (encoder, form, tier_bytes_max) = match shot.tier {
            Tier::Wall => (&mut self.wall, Form::Whole, limits::WALL_PICTURE_BYTES_MAX),
            Tier::Focus if self.focus_pictures == FocusPictures::Whole => {
                (&mut self.focus, Form::Whole, limits::AGENT_FRAME_BYTES_MAX)
            }
            Tier::Focus => (&mut self.focus, Form::Tiles, limits::AGENT_FRAME_BYTES_MAX),
        };
        if shot.extent == Extent::Complete {
            encoder.forget();
        }
        let picture = self.desktop.render(width, sight, encoder.take_spare());
        let body_bytes_max = bytes_max.saturating_sub(HEADER_BYTES).min(tier_bytes_max - HEADER_BYTES);
        let height = picture.height;
        let encoded = encoder.encode(picture, Wish { form, quality: shot.quality, body_bytes_max })?;
        let (kind, body) = match encoded {
            Encoded::Whole(body) => (FrameKind::Whole, body),
            Encoded::Tiles(body) => (FrameKind::Tiles, body),
            Encoded::Same => (FrameKind::Same, Bytes::new()),
        };
        let captured_at_ms = u64::try_from(sight.moment.wall.0).unwrap_or_default();
        Ok(Look { kind, tier: shot.tier, width, height, captured_at_ms, body })
    }
}

impl Look {
    #[must_use]
    pub fn seen(&self) -> Seen {
        if self.kind == FrameKind::Same { Seen::Same } else { Seen::News }
    }

    /// How many tiles there are; 0 for anything but tiles.
    #[must_use]
    pub fn tiles(&self) -> u16 {
        match self.body.first_chunk() {
            Some(count) if self.kind == FrameKind::Tiles => u16::from_le_bytes(*count),
            _ => 0,
        }
    }

    /// The header of this look as picture `seq` of `track`.
    #[must_use]
    pub fn header(&self, track: u32, seq: u32) -> FrameHeader {
        FrameHeader {
            kind: self.kind,
            tier: match self.tier {
                Tier::Wall => TIER_WALL,
                Tier::Focus => TIER_FOCUS,
            },
            flags: 0,
            track,
            seq,
            length: self.body.len() as u32,
            captured_at_ms: self.captured_at_ms,
            width: self.width,
            height: self.height,
            part: 0,
            parts: 1,
        }
    }

    /// The message: `header` and the picture.
    #[must_use]
    pub fn message(&self, header: &FrameHeader) -> Bytes {
        let mut message = Vec::with_capacity(HEADER_BYTES + self.body.len());
        message.extend_from_slice(&header.encode());
        message.extend_from_slice(&self.body);
        message.into()
    }
}
