//! One tier of one watched display: what of it is new, as the body of a frame.

use muster_protocol::frame::HEADER_BYTES;
use muster_protocol::limits::{
    AGENT_FRAME_BYTES_MAX, FOCUS_HEIGHT_MAX, FOCUS_WIDTH_MAX, TILE_SIDE, WALL_HEIGHT_MAX, WALL_PICTURE_BYTES_MAX,
    WALL_WIDTH_MAX,
};
use muster_protocol::portal::Tier;
use muster_protocol::tiles::{Tile, tile_size, write_tiles};

use super::jpeg::{EncodeError, append_jpeg, within};
use super::pixels::{PIXEL_BYTES, Pixels};
use super::scale::{Scaler, fitting};
use crate::live::TileChanges;

/// Remembers what was encoded last as hashes, and keeps the memory that encoding takes: two pictures of the tier's size at
/// most. One for each tier of each watched display.
#[derive(Debug)]
pub struct TierEncoder {
    tier: Tier,
    changes: TileChanges,
    scaler: Scaler,
    /// The picture in the tier's size, unless the screen has it already.
    scaled: Pixels,
    tile: Pixels,
    /// JPEGs, one after the other.
    jpegs: Vec<u8>,
}

/// The body of a frame, and the size of the picture that it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Encoded {
    /// One JPEG: the wall.
    Whole { width: u16, height: u16, body: Vec<u8> },
    /// The tiles that changed: the focus.
    Tiles { width: u16, height: u16, body: Vec<u8> },
    /// Not a pixel differs from what was encoded last.
    Same,
}

impl TierEncoder {
    /// Nothing was encoded yet: the first picture is complete.
    #[must_use]
    pub fn new(tier: Tier) -> Self {
        let (scaled, tile) = (Pixels::default(), Pixels::default());
        Self { tier, changes: TileChanges::new(), scaler: Scaler::new(), scaled, tile, jpegs: vec![] }
    }

    /// What was encoded last is not what the hub has: the next picture is complete.
    pub fn forget(&mut self) {
        self.changes.forget();
    }

    /// Encodes what is new on `screen`, at most `width` pixels wide, at `quality` (1 to 100) or worse where the hub's limits
    /// demand it. What is returned counts as sent. After an error the next picture is complete.
    pub fn encode(&mut self, screen: &Pixels, width: u16, quality: u8) -> Result<Encoded, EncodeError> {
        let encoded = self.encode_news(screen, width, quality);
        if encoded.is_err() {
            self.forget();
        }
        encoded
    }

    fn encode_news(&mut self, screen: &Pixels, width: u16, quality: u8) -> Result<Encoded, EncodeError> {
        if !screen.is_complete() {
            return Err(EncodeError::Incomplete);
        }
        let (width_max, height_max) = match self.tier {
            Tier::Wall => (WALL_WIDTH_MAX, WALL_HEIGHT_MAX),
            Tier::Focus => (FOCUS_WIDTH_MAX, FOCUS_HEIGHT_MAX),
        };
        let screen_size = (screen.width, screen.height);
        let (width, height) = fitting(screen_size, (width.clamp(2, width_max), height_max));
        let picture = if (width, height) == screen_size {
            screen
        } else {
            self.scaled.resize(width, height);
            self.scaler.scale(screen, &mut self.scaled)?;
            &self.scaled
        };
        let changed = self.changes.changed(&picture.bgrx, width, height, picture.row_bytes(), PIXEL_BYTES);
        if changed.is_empty() {
            return Ok(Encoded::Same);
        }
        match self.tier {
            Tier::Wall => {
                within(WALL_PICTURE_BYTES_MAX, quality, &mut self.jpegs, |quality, into| {
                    append_jpeg(picture, quality, into)
                })?;
                Ok(Encoded::Whole { width, height, body: self.jpegs.clone() })
            }
            Tier::Focus => {
                let body = encode_tiles(picture, &changed, quality, &mut self.tile, &mut self.jpegs)?;
                Ok(Encoded::Tiles { width, height, body })
            }
        }
    }
}

/// The tiles at `places` as a body; all of them at the same quality, so that no seam shows.
fn encode_tiles(
    picture: &Pixels,
    places: &[(u8, u8)],
    quality: u8,
    tile: &mut Pixels,
    jpegs: &mut Vec<u8>,
) -> Result<Vec<u8>, EncodeError> {
    // The count, and in front of each tile its place and length.
    let bytes_max = AGENT_FRAME_BYTES_MAX - HEADER_BYTES - write_tiles(&[]).len() - places.len() * TILE_HEAD_BYTES;
    let mut ends = Vec::with_capacity(places.len());
    within(bytes_max, quality, jpegs, |quality, into| {
        ends.clear();
        for &place in places {
            cut(picture, place, tile)?;
            append_jpeg(tile, quality, into)?;
            ends.push(into.len());
        }
        Ok(())
    })?;
    let mut from = 0;
    let tiles = places.iter().zip(ends).map(|(&(column, row), end)| {
        let jpeg = &jpegs[from..end];
        from = end;
        Tile { column, row, jpeg }
    });
    Ok(write_tiles(&tiles.collect::<Vec<_>>()))
}

/// Column, row and length of a tile on the wire.
const TILE_HEAD_BYTES: usize = 5;

/// Copies one tile of `picture` into `tile`: the encoder is quickest on rows without gaps.
fn cut(picture: &Pixels, (column, row): (u8, u8), tile: &mut Pixels) -> Result<(), EncodeError> {
    let (width, height) = tile_size(picture.width, picture.height, column, row).ok_or(EncodeError::Incomplete)?;
    (tile.width, tile.height) = (width, height);
    tile.bgrx.clear();
    let left = usize::from(column) * usize::from(TILE_SIDE) * PIXEL_BYTES;
    let top = usize::from(row) * usize::from(TILE_SIDE);
    let length = usize::from(width) * PIXEL_BYTES;
    for line in picture.bgrx.chunks_exact(picture.row_bytes()).skip(top).take(usize::from(height)) {
        tile.bgrx.extend_from_slice(&line[left..left + length]);
    }
    Ok(())
}
