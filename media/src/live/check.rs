//! The check of a binary message from an agent. What passes may be relayed to viewers without looking at it again.

use muster_protocol::frame::{FrameHeader, FrameKind, TIER_FOCUS, TIER_WALL};
use muster_protocol::limits::{
    AGENT_FRAME_BYTES_MAX, FOCUS_HEIGHT_MAX, FOCUS_WIDTH_MAX, WALL_HEIGHT_MAX, WALL_PICTURE_BYTES_MAX, WALL_WIDTH_MAX,
};
use muster_protocol::portal::Tier;
use muster_protocol::tiles::{Tile, TilesError, grid_of, read_tiles, tile_size};

use super::Refusal;
use crate::picture::{PictureFormat, inspect};

/// What the hub asked of the agent with its last `watch` of the track.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Granted {
    /// In pixels. Up to 480 the wall tier alone, above it the focus tier and the wall tier beside it.
    pub width: u16,
}

/// A message that is in order. Only [`check_frame`] makes one; it borrows the message's bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Checked<'a> {
    /// One picture.
    #[non_exhaustive]
    Whole { header: FrameHeader, tier: Tier, jpeg: &'a [u8] },
    /// Changed tiles of the focus tier: each within the grid of the header's size, none twice.
    #[non_exhaustive]
    Tiles { header: FrameHeader, tiles: Vec<Tile<'a>> },
    /// The picture numbered `header.seq` still holds. The size in its header means nothing.
    #[non_exhaustive]
    Same { header: FrameHeader, tier: Tier },
}

/// Checks a binary message: its header, that it was asked for, and that each JPEG is whole and says the size of its place.
/// Nothing is decoded; the only allocation is a list of at most as many tiles as the grid has places. 8 µs for a wall picture
/// of 14 KB, 220 µs for a full-HD grid of 375 KB (`benches/live.rs`). Called by the agent door for each message of a watched
/// track.
pub fn check_frame(message: &[u8], granted: Granted) -> Result<Checked<'_>, Refusal> {
    if message.len() > AGENT_FRAME_BYTES_MAX {
        return Err(Refusal::MessageBytes { bytes: message.len() });
    }
    let (header, body) = FrameHeader::decode(message)?;
    let tier = tier_of(&header)?;
    if header.parts > 1 {
        return Err(Refusal::Parts(header.parts));
    }
    if usize::try_from(header.length) != Ok(body.len()) {
        return Err(Refusal::Length { stated: header.length, bytes: body.len() });
    }
    match header.kind {
        FrameKind::Whole => {
            check_size(&header, tier, granted)?;
            check_bytes(tier, body)?;
            check_jpeg(body, (header.width, header.height))?;
            Ok(Checked::Whole { header, tier, jpeg: body })
        }
        FrameKind::Tiles if tier == Tier::Wall => Err(Refusal::TilesOnWall),
        FrameKind::Tiles => {
            check_size(&header, tier, granted)?;
            Ok(Checked::Tiles { header, tiles: check_tiles(&header, body)? })
        }
        FrameKind::Same if !body.is_empty() => Err(Refusal::SameWithBody { bytes: body.len() }),
        FrameKind::Same => {
            check_asked(tier, granted)?;
            Ok(Checked::Same { header, tier })
        }
    }
}

const fn tier_of(header: &FrameHeader) -> Result<Tier, Refusal> {
    match header.tier {
        TIER_WALL => Ok(Tier::Wall),
        TIER_FOCUS => Ok(Tier::Focus),
        other => Err(Refusal::Tier(other)),
    }
}

/// Within the tier's limits first, then within what was asked for: a message that breaks the protocol is no latecomer.
fn check_size(header: &FrameHeader, tier: Tier, granted: Granted) -> Result<(), Refusal> {
    let FrameHeader { width, height, .. } = *header;
    let (width_max, height_max) = match tier {
        Tier::Wall => (WALL_WIDTH_MAX, WALL_HEIGHT_MAX),
        Tier::Focus => (FOCUS_WIDTH_MAX, FOCUS_HEIGHT_MAX),
    };
    if !(1..=width_max).contains(&width) || !(1..=height_max).contains(&height) {
        return Err(Refusal::Size { width, height });
    }
    check_asked(tier, granted)?;
    if width > granted.width {
        return Err(Refusal::TooWide { width, granted: granted.width });
    }
    Ok(())
}

const fn check_asked(tier: Tier, granted: Granted) -> Result<(), Refusal> {
    match tier {
        Tier::Focus if granted.width <= WALL_WIDTH_MAX => Err(Refusal::FocusNotAsked),
        Tier::Wall | Tier::Focus => Ok(()),
    }
}

/// A picture of the focus tier is bounded by the message.
const fn check_bytes(tier: Tier, jpeg: &[u8]) -> Result<(), Refusal> {
    match tier {
        Tier::Wall if jpeg.len() > WALL_PICTURE_BYTES_MAX => Err(Refusal::WallBytes { bytes: jpeg.len() }),
        Tier::Wall | Tier::Focus => Ok(()),
    }
}

/// The tiles of a body. None of them is a body too: nothing has changed.
fn check_tiles<'a>(header: &FrameHeader, body: &'a [u8]) -> Result<Vec<Tile<'a>>, Refusal> {
    let FrameHeader { width, height, .. } = *header;
    let (columns, rows) = grid_of(width, height);
    let places = usize::from(columns) * usize::from(rows);
    // Asked before the list of them is made, which is a promise of 65,535 tiles otherwise.
    let promised = body.first_chunk().map(|count| usize::from(u16::from_le_bytes(*count))).ok_or(TilesError::Length)?;
    if promised > places {
        return Err(Refusal::TooManyTiles { tiles: promised, places });
    }
    let tiles = read_tiles(body)?;
    let mut taken = vec![false; places];
    for &Tile { column, row, jpeg } in &tiles {
        let size = tile_size(width, height, column, row).ok_or(Refusal::TileOutside { column, row })?;
        let place = usize::from(row) * usize::from(columns) + usize::from(column);
        if std::mem::replace(&mut taken[place], true) {
            return Err(Refusal::TileTwice { column, row });
        }
        check_jpeg(jpeg, size)?;
    }
    Ok(tiles)
}

/// One whole JPEG of exactly this size. The size is what a viewer's browser will allocate, so a claim is not enough.
fn check_jpeg(jpeg: &[u8], (place_width, place_height): (u16, u16)) -> Result<(), Refusal> {
    if PictureFormat::sniff(jpeg) != Some(PictureFormat::Jpeg) {
        return Err(Refusal::NotJpeg);
    }
    let info = inspect(jpeg)?;
    if (info.width, info.height) != (u32::from(place_width), u32::from(place_height)) {
        return Err(Refusal::JpegSize { width: info.width, height: info.height, place_width, place_height });
    }
    Ok(())
}
