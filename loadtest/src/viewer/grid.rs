//! The tiles of one focused picture, put together. Pure.

use bytes::Bytes;
use muster_protocol::frame::FrameHeader;
use muster_protocol::tiles::{Tile, grid_of, read_tiles, tile_size};

use super::fault::PictureFault;
use crate::jpeg_head::JpegHead;

/// A picture made of tiles: each with the JPEG that holds, and the seq that brought it.
#[derive(Clone, Debug)]
pub struct TileGrid {
    pub width: u16,
    pub height: u16,
    columns: u16,
    tiles: Vec<GridTile>,
}

/// One place of the grid.
#[derive(Clone, Debug)]
pub struct GridTile {
    pub seq: u32,
    pub jpeg: Bytes,
}

impl TileGrid {
    /// The grid that a first frame of tiles begins: it has to have all of them.
    pub(super) fn begin(header: &FrameHeader, body: &[u8]) -> Result<Self, PictureFault> {
        let (columns, rows) = grid_of(header.width, header.height);
        let tiles = checked_tiles(header, body)?;
        let mut places: Vec<Option<GridTile>> = vec![None; usize::from(columns) * usize::from(rows)];
        for tile in &tiles {
            let place = &mut places[place_of(columns, tile)];
            *place = Some(GridTile { seq: header.seq, jpeg: Bytes::copy_from_slice(tile.jpeg) });
        }
        let missing = places.iter().filter(|place| place.is_none()).count();
        if missing > 0 {
            return Err(PictureFault::TilesMissing { missing });
        }
        Ok(Self { width: header.width, height: header.height, columns, tiles: places.into_iter().flatten().collect() })
    }

    /// Lays the tiles of a later frame over it; all of them or none.
    pub(super) fn apply(&mut self, header: &FrameHeader, body: &[u8]) -> Result<(), PictureFault> {
        for tile in checked_tiles(header, body)? {
            let place = &mut self.tiles[place_of(self.columns, &tile)];
            *place = GridTile { seq: header.seq, jpeg: Bytes::copy_from_slice(tile.jpeg) };
        }
        Ok(())
    }

    /// Whether a frame of this header goes on with this grid.
    pub(super) fn fits(&self, header: &FrameHeader) -> bool {
        (self.width, self.height) == (header.width, header.height)
    }

    /// The tiles, row by row.
    pub fn tiles(&self) -> impl Iterator<Item = (u16, u16, &GridTile)> {
        let columns = usize::from(self.columns);
        self.tiles.iter().enumerate().map(move |(place, tile)| {
            // Both fit: the grid has at most 65,535 places.
            ((place % columns) as u16, (place / columns) as u16, tile)
        })
    }
}

fn place_of(columns: u16, tile: &Tile<'_>) -> usize {
    usize::from(tile.row) * usize::from(columns) + usize::from(tile.column)
}

/// The tiles of a body: each inside the picture and a JPEG of the size that its place demands.
fn checked_tiles<'a>(header: &FrameHeader, body: &'a [u8]) -> Result<Vec<Tile<'a>>, PictureFault> {
    let tiles = read_tiles(body).map_err(|_| PictureFault::Tiles)?;
    for tile in &tiles {
        let outside = PictureFault::TileOutside { column: tile.column, row: tile.row };
        let expected = tile_size(header.width, header.height, tile.column, tile.row).ok_or(outside)?;
        let head = JpegHead::read(tile.jpeg).ok_or(PictureFault::NoJpeg)?;
        if (head.width, head.height) != expected {
            return Err(PictureFault::WrongSize { expected, got: (head.width, head.height) });
        }
    }
    Ok(tiles)
}
