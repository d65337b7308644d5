//! Turns the pixels of one tier into JPEGs: whole pictures, or the tiles that changed since the last one.

use bytes::Bytes;
use jpeg_encoder::{ColorType, Encoder};
use muster_protocol::limits::TILE_SIDE;
use muster_protocol::tiles::{Tile, grid_of, tile_size, write_tiles};

use crate::desktop::Picture;
use crate::error::LoadtestError;

const BYTES_PER_PIXEL: usize = 3;
/// What is too large is encoded again so much worse, down to the worst.
const QUALITY_STEP: u8 = 15;

/// Remembers the last picture. Buffers are reused; at rest it holds two of a picture's size.
#[derive(Debug, Default)]
pub struct PictureEncoder {
    last: Option<Picture>,
    /// The pixels of the picture before.
    spare: Vec<u8>,
    /// The pixels of one tile.
    tile: Vec<u8>,
}

/// What is wanted of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wish {
    pub form: Form,
    /// JPEG quality, 1 to 100.
    pub quality: u8,
    /// Worse quality is better than more bytes.
    pub body_bytes_max: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Whole,
    Tiles,
}

/// The bodies of the three kinds of frames.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Encoded {
    Whole(Bytes),
    Tiles(Bytes),
    /// Not a pixel differs from the last picture.
    Same,
}

impl PictureEncoder {
    /// The next picture is complete.
    pub fn forget(&mut self) {
        if let Some(last) = self.last.take() {
            self.spare = last.rgb;
        }
    }

    /// Memory to draw the next picture into.
    pub fn take_spare(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.spare)
    }

    /// Encodes `picture`, or what of it differs from the last one, and remembers it.
    pub fn encode(&mut self, picture: Picture, wish: Wish) -> Result<Encoded, LoadtestError> {
        let last = self.last.take().filter(|last| (last.width, last.height) == (picture.width, picture.height));
        let encoded = self.encode_changes(&picture, last.as_ref(), wish);
        self.spare = last.map(|last| last.rgb).unwrap_or_default();
        self.last = Some(picture);
        encoded
    }

    fn encode_changes(
        &mut self,
        picture: &Picture,
        last: Option<&Picture>,
        wish: Wish,
    ) -> Result<Encoded, LoadtestError> {
        let changed = changed_tiles(picture, last);
        if changed.is_empty() {
            return Ok(Encoded::Same);
        }
        let mut quality = wish.quality.clamp(1, 100);
        loop {
            let encoded = match wish.form {
                Form::Whole => Encoded::Whole(jpeg(&picture.rgb, picture.width, picture.height, quality)?.into()),
                Form::Tiles => Encoded::Tiles(self.encode_tiles(picture, &changed, quality)?),
            };
            if encoded.len() <= wish.body_bytes_max {
                return Ok(encoded);
            }
            if quality == 1 {
                let message = format!("a picture has {} bytes at its worst, more than the hub takes", encoded.len());
                return Err(LoadtestError::Limit(message));
            }
            quality = quality.saturating_sub(QUALITY_STEP).max(1);
        }
    }

    fn encode_tiles(&mut self, picture: &Picture, places: &[Place], quality: u8) -> Result<Bytes, LoadtestError> {
        let mut jpegs = Vec::with_capacity(places.len());
        for place in places {
            self.tile.clear();
            for row in place.rows(picture.width) {
                self.tile.extend_from_slice(&picture.rgb[row]);
            }
            jpegs.push(jpeg(&self.tile, place.width, place.height, quality)?);
        }
        let tiles: Vec<Tile<'_>> = places
            .iter()
            .zip(&jpegs)
            .map(|(place, jpeg)| Tile { column: place.column, row: place.row, jpeg })
            .collect();
        Ok(write_tiles(&tiles).into())
    }
}

impl Encoded {
    fn len(&self) -> usize {
        match self {
            Self::Whole(body) | Self::Tiles(body) => body.len(),
            Self::Same => 0,
        }
    }
}

/// Where a tile is and how large.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place {
    column: u8,
    row: u8,
    width: u16,
    height: u16,
}

impl Place {
    /// Every tile of a picture, row after row.
    fn all(width: u16, height: u16) -> impl Iterator<Item = Self> {
        let (columns, rows) = grid_of(width, height);
        // Larger grids do not exist within the limits of a picture.
        let (columns, rows) = (columns.min(255) as u8, rows.min(255) as u8);
        (0..rows).flat_map(move |row| (0..columns).map(move |column| (column, row))).filter_map(move |(column, row)| {
            let (width, height) = tile_size(width, height, column, row)?;
            Some(Self { column, row, width, height })
        })
    }

    /// The tile's rows as ranges of the bytes of a picture `width` pixels wide.
    fn rows(self, width: u16) -> impl Iterator<Item = std::ops::Range<usize>> {
        let picture_row = usize::from(width) * BYTES_PER_PIXEL;
        let top = usize::from(self.row) * usize::from(TILE_SIDE);
        let left = usize::from(self.column) * usize::from(TILE_SIDE) * BYTES_PER_PIXEL;
        let length = usize::from(self.width) * BYTES_PER_PIXEL;
        (top..top + usize::from(self.height)).map(move |y| {
            let from = y * picture_row + left;
            from..from + length
        })
    }
}

/// The tiles that differ; all of them without a last picture.
fn changed_tiles(picture: &Picture, last: Option<&Picture>) -> Vec<Place> {
    let places = Place::all(picture.width, picture.height);
    let Some(last) = last else { return places.collect() };
    places.filter(|place| place.rows(picture.width).any(|row| picture.rgb[row.clone()] != last.rgb[row])).collect()
}

/// A baseline JPEG with the standard Huffman tables. Tables of its own would make a tile a seventh smaller, but the encoder
/// then writes a scan for each component, and not every decoder reads those.
fn jpeg(rgb: &[u8], width: u16, height: u16, quality: u8) -> Result<Vec<u8>, LoadtestError> {
    let mut jpeg = Vec::with_capacity(rgb.len() / 16);
    Encoder::new(&mut jpeg, quality).encode(rgb, width, height, ColorType::Rgb)?;
    Ok(jpeg)
}

#[cfg(test)]
#[path = "encoder_test.rs"]
mod tests;
