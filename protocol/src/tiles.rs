//! The body of a frame of kind "tiles": u16 count, then per tile column u8, row u8, length u24, JPEG. Little endian.

use crate::limits::TILE_SIDE;

/// Bytes in front of each tile's JPEG.
const TILE_HEAD_BYTES: usize = 5;
/// What a u24 can say.
const TILE_BYTES_MAX: usize = (1 << 24) - 1;

/// One tile of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tile<'a> {
    pub column: u8,
    pub row: u8,
    pub jpeg: &'a [u8],
}

/// Why bytes are not tiles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TilesError {
    /// The body ends within a tile, or goes on after the last one.
    Length,
}

impl std::fmt::Display for TilesError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the tiles do not fill the body")
    }
}

impl std::error::Error for TilesError {}

/// Columns and rows of the grid that covers a picture.
#[must_use]
pub fn grid_of(width: u16, height: u16) -> (u16, u16) {
    (width.div_ceil(TILE_SIDE), height.div_ceil(TILE_SIDE))
}

/// Width and height of the tile at `column` and `row`; `None` outside the picture.
#[must_use]
pub fn tile_size(width: u16, height: u16, column: u8, row: u8) -> Option<(u16, u16)> {
    let left = width.checked_sub(u16::from(column) * TILE_SIDE).filter(|left| *left > 0)?;
    let below = height.checked_sub(u16::from(row).checked_mul(TILE_SIDE)?).filter(|below| *below > 0)?;
    Some((left.min(TILE_SIDE), below.min(TILE_SIDE)))
}

/// Writes a body.
///
/// # Panics
/// If there are more than 65,535 tiles or one has 16 MiB: an encoder that makes such tiles is broken.
#[must_use]
pub fn write_tiles(tiles: &[Tile<'_>]) -> Vec<u8> {
    let bytes: usize = tiles.iter().map(|tile| TILE_HEAD_BYTES + tile.jpeg.len()).sum();
    let mut body = Vec::with_capacity(2 + bytes);
    body.extend_from_slice(&u16::try_from(tiles.len()).expect("a grid has fewer tiles").to_le_bytes());
    for tile in tiles {
        assert!(tile.jpeg.len() <= TILE_BYTES_MAX, "a tile is at most 256 pixels wide and high");
        body.extend_from_slice(&[tile.column, tile.row]);
        body.extend_from_slice(&(tile.jpeg.len() as u32).to_le_bytes()[..3]);
        body.extend_from_slice(tile.jpeg);
    }
    body
}

/// Reads a body. Allocates no more than the body's size.
pub fn read_tiles(body: &[u8]) -> Result<Vec<Tile<'_>>, TilesError> {
    let (count, mut rest) = body.split_first_chunk().ok_or(TilesError::Length)?;
    let count = usize::from(u16::from_le_bytes(*count));
    let mut tiles = Vec::with_capacity(count.min(rest.len() / TILE_HEAD_BYTES));
    for _ in 0..count {
        let ([column, row, low, middle, high], after) = rest.split_first_chunk().ok_or(TilesError::Length)?;
        let length = usize::from(*low) | usize::from(*middle) << 8 | usize::from(*high) << 16;
        let (jpeg, after) = after.split_at_checked(length).ok_or(TilesError::Length)?;
        tiles.push(Tile { column: *column, row: *row, jpeg });
        rest = after;
    }
    if rest.is_empty() { Ok(tiles) } else { Err(TilesError::Length) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TILES: [Tile<'static>; 2] =
        [Tile { column: 0, row: 0, jpeg: b"one" }, Tile { column: 7, row: 4, jpeg: b"another" }];

    #[test]
    fn tiles_survive_the_wire() {
        let body = write_tiles(&TILES);
        assert_eq!(&body[..10], &[2, 0, 0, 0, 3, 0, 0, b'o', b'n', b'e']);
        assert_eq!(read_tiles(&body), Ok(TILES.to_vec()));
        assert_eq!(read_tiles(&write_tiles(&[])), Ok(vec![]));
    }

    #[test]
    fn a_body_that_is_cut_or_too_long_is_refused() {
        let body = write_tiles(&TILES);
        for length in 0..body.len() {
            assert_eq!(read_tiles(&body[..length]), Err(TilesError::Length), "{length}");
        }
        assert_eq!(read_tiles(&[&body[..], b"x"].concat()), Err(TilesError::Length));
        assert_eq!(read_tiles(&[255, 255]), Err(TilesError::Length), "promises more than there is");
    }

    #[test]
    fn tiles_at_the_edges_are_smaller() {
        assert_eq!(grid_of(1920, 1080), (8, 5));
        assert_eq!(tile_size(1920, 1080, 0, 0), Some((256, 256)));
        assert_eq!(tile_size(1920, 1080, 7, 4), Some((128, 56)));
        assert_eq!(tile_size(1920, 1080, 8, 0), None);
        assert_eq!(tile_size(1920, 1080, 0, 5), None);
        assert_eq!(tile_size(512, 256, 2, 0), None);
    }
}
