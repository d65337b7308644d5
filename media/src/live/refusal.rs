//! Why a binary message from an agent is not taken.

use muster_protocol::frame::FrameError;
use muster_protocol::limits::{AGENT_FRAME_BYTES_MAX, WALL_PICTURE_BYTES_MAX};
use muster_protocol::tiles::TilesError;

use crate::picture::PictureError;

/// Why [`super::check_frame`] refuses a message. The words are for whoever writes an agent.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    #[error("the picture is {width} pixels wide; {granted} were asked for")]
    TooWide { width: u16, granted: u16 },
    #[error("the focus tier was not asked for")]
    FocusNotAsked,
    #[error("the message has {bytes} bytes; at most {AGENT_FRAME_BYTES_MAX} are taken")]
    MessageBytes { bytes: usize },
    #[error(transparent)]
    Header(#[from] FrameError),
    #[error("tier {0} is unknown")]
    Tier(u8),
    #[error("the message is one of {0} parts; agents send whole messages")]
    Parts(u16),
    #[error("the header states {stated} bytes, {bytes} follow")]
    Length { stated: u32, bytes: usize },
    #[error("a confirmation has no body, {bytes} bytes follow")]
    SameWithBody { bytes: usize },
    #[error("a picture of {width} by {height} pixels is outside the limits of its tier")]
    Size { width: u16, height: u16 },
    #[error("the wall's picture has {bytes} bytes; at most {WALL_PICTURE_BYTES_MAX} are taken")]
    WallBytes { bytes: usize },
    #[error("the wall has no tiles")]
    TilesOnWall,
    #[error(transparent)]
    Tiles(#[from] TilesError),
    #[error("{tiles} tiles are more than the {places} places of the grid")]
    TooManyTiles { tiles: usize, places: usize },
    #[error("tile {column}, {row} lies outside the picture")]
    TileOutside { column: u8, row: u8 },
    #[error("tile {column}, {row} comes twice")]
    TileTwice { column: u8, row: u8 },
    #[error("a picture or tile is no JPEG")]
    NotJpeg,
    #[error("a JPEG is broken: {0}")]
    Jpeg(#[from] PictureError),
    #[error("a JPEG is {width} by {height} pixels, its place {place_width} by {place_height}")]
    JpegSize { width: u32, height: u32, place_width: u16, place_height: u16 },
}

impl Refusal {
    /// The name of the kind, as the label of a metric.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::TooWide { .. } => "too_wide",
            Self::FocusNotAsked => "focus_not_asked",
            Self::MessageBytes { .. } => "message_bytes",
            Self::Header(_) => "header",
            Self::Tier(_) => "tier",
            Self::Parts(_) => "parts",
            Self::Length { .. } => "length",
            Self::SameWithBody { .. } => "same_with_body",
            Self::Size { .. } => "size",
            Self::WallBytes { .. } => "wall_bytes",
            Self::TilesOnWall => "tiles_on_wall",
            Self::Tiles(_) => "tiles",
            Self::TooManyTiles { .. } => "too_many_tiles",
            Self::TileOutside { .. } => "tile_outside",
            Self::TileTwice { .. } => "tile_twice",
            Self::NotJpeg => "not_jpeg",
            Self::Jpeg(_) => "jpeg",
            Self::JpegSize { .. } => "jpeg_size",
        }
    }

    /// Whether the message is in order and only more than was asked for. The agent may have sent it before it heard that
    /// less is wanted, so a few of these are nobody's fault; everything else is a defect of the agent.
    #[must_use]
    pub const fn is_unasked(&self) -> bool {
        matches!(self, Self::TooWide { .. } | Self::FocusNotAsked)
    }
}
