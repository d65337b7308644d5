//! The tiles of a picture of the focus tier, each as new as it came.

use bytes::Bytes;
use muster_protocol::limits::AGENT_FRAME_BYTES_MAX;
use muster_protocol::tiles::{Tile, grid_of, tile_size, write_tiles};

/// What the tiles of one grid may hold together, in bytes: what an agent could send as one complete message. Without it an
/// agent could fill 128 places with a megabyte each, one message after the other.
pub const GRID_BYTES_MAX: usize = AGENT_FRAME_BYTES_MAX;

/// A grid without holes: every place has its tile, and every tile is of the picture's size.
#[derive(Clone, Debug)]
pub(super) struct Grid {
    width: u16,
    height: u16,
    columns: u16,
    /// Row by row.
    tiles: Vec<PlacedTile>,
    bytes_held: usize,
}

/// A tile and the number of the picture with which it came; 0 while a grid is being filled.
#[derive(Clone, Debug, Default)]
struct PlacedTile {
    seq: u32,
    /// Its own allocation: a slice would keep the whole message alive for as long as this tile does not change.
    jpeg: Bytes,
}

impl Grid {
    /// A new grid, if `tiles` are all of it. `seq` is from 1.
    pub fn complete(width: u16, height: u16, tiles: &[Tile<'_>], seq: u32) -> Option<Self> {
        let (columns, rows) = grid_of(width, height);
        let places = usize::from(columns) * usize::from(rows);
        if tiles.len() != places {
            return None;
        }
        let mut grid = Self { width, height, columns, tiles: vec![PlacedTile::default(); places], bytes_held: 0 };
        let is_complete = grid.place(tiles, seq) && grid.tiles.iter().all(|placed| placed.seq == seq);
        is_complete.then_some(grid)
    }

    /// Replaces the tiles that changed. False if one lies outside or the grid holds more than it may: it is to be dropped.
    #[must_use]
    pub fn place(&mut self, tiles: &[Tile<'_>], seq: u32) -> bool {
        for tile in tiles {
            let Some(place) = self.place_of(tile) else { return false };
            let Some(placed) = self.tiles.get_mut(place) else { return false };
            self.bytes_held = self.bytes_held - placed.jpeg.len() + tile.jpeg.len();
            *placed = PlacedTile { seq, jpeg: Bytes::copy_from_slice(tile.jpeg) };
        }
        self.bytes_held <= GRID_BYTES_MAX
    }

    fn place_of(&self, tile: &Tile<'_>) -> Option<usize> {
        tile_size(self.width, self.height, tile.column, tile.row)?;
        Some(usize::from(tile.row) * usize::from(self.columns) + usize::from(tile.column))
    }

    /// The body of a message with the tiles that came after picture `seq`; with 0, all of them.
    pub fn newer_than(&self, seq: u32) -> Bytes {
        let columns = usize::from(self.columns);
        let newer = self.tiles.iter().enumerate().filter(|(_, placed)| placed.seq > seq);
        let tiles: Vec<Tile<'_>> = newer
            .map(|(place, placed)| {
                // A side of u16 has at most 256 tiles.
                Tile { column: (place % columns) as u8, row: (place / columns) as u8, jpeg: &placed.jpeg }
            })
            .collect();
        Bytes::from(write_tiles(&tiles))
    }

    /// Width and height of the picture, in pixels.
    pub const fn size(&self) -> (u16, u16) {
        (self.width, self.height)
    }

    /// What all tiles hold together.
    pub const fn bytes_held(&self) -> usize {
        self.bytes_held
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use muster_protocol::tiles::read_tiles;

    const ALL: [Tile<'static>; 4] = [
        Tile { column: 0, row: 0, jpeg: b"a" },
        Tile { column: 1, row: 0, jpeg: b"bb" },
        Tile { column: 0, row: 1, jpeg: b"ccc" },
        Tile { column: 1, row: 1, jpeg: b"dddd" },
    ];

    #[test]
    fn a_grid_begins_with_all_of_its_tiles() {
        let grid = Grid::complete(300, 260, &ALL, 1).unwrap();
        assert_eq!((grid.size(), grid.bytes_held()), ((300, 260), 10));
        assert_eq!(read_tiles(&grid.newer_than(0)), Ok(ALL.to_vec()));
        assert_eq!(read_tiles(&grid.newer_than(1)), Ok(vec![]));
        assert!(Grid::complete(300, 260, &ALL[..3], 1).is_none());
        assert!(Grid::complete(300, 260, &[ALL[0], ALL[1], ALL[2], ALL[2]], 1).is_none(), "one twice, one missing");
        assert!(Grid::complete(256, 1024, &ALL, 1).is_none(), "as many places, others");
    }

    #[test]
    fn only_what_changed_is_newer() {
        let mut grid = Grid::complete(300, 260, &ALL, 4).unwrap();
        let changed = [Tile { column: 1, row: 0, jpeg: b"new" }];
        assert!(grid.place(&changed, 5));
        assert_eq!(grid.bytes_held(), 11);
        assert_eq!(read_tiles(&grid.newer_than(4)), Ok(changed.to_vec()));
        assert_eq!(read_tiles(&grid.newer_than(3)).map(|tiles| tiles.len()), Ok(4));
        assert!(!grid.place(&[Tile { column: 2, row: 0, jpeg: b"outside" }], 6));
        assert!(!grid.place(&[Tile { column: 0, row: 2, jpeg: b"below" }], 6));
    }

    #[test]
    fn a_grid_holds_no_more_than_one_message_could_bring() {
        let large = vec![0; GRID_BYTES_MAX / 2];
        let mut grid = Grid::complete(300, 260, &ALL, 1).unwrap();
        assert!(grid.place(&[Tile { column: 0, row: 0, jpeg: &large }], 2));
        assert!(grid.place(&[Tile { column: 0, row: 0, jpeg: &large }], 3), "what it replaces does not count");
        assert!(!grid.place(&[Tile { column: 1, row: 0, jpeg: &large }], 4));
    }
}
