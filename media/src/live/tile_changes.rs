//! Which tiles of a screen have changed: the agent's side of the focus tier.

use muster_protocol::limits::TILE_SIDE;
use muster_protocol::tiles::grid_of;
use xxhash_rust::xxh3::xxh3_64;

/// `PRIME64_1` of XXH64: odd, so that multiplying by it loses nothing.
const MIX: u64 = 0x9E37_79B1_85EB_CA87;

/// Remembers a screen as 64 bits per tile, so that no picture of it is kept. A change stays unseen once in 2^64. Looking at a
/// full-HD screen takes half a millisecond (`benches/live.rs`).
#[derive(Clone, Debug, Default)]
pub struct TileChanges {
    width: u16,
    height: u16,
    /// Row by row; empty when nothing is remembered.
    hashes: Vec<u64>,
}

impl TileChanges {
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Column and row of each tile that differs from the last call; all of them the first time, after another size and after
    /// [`Self::forget`]. `pixels` are `height` rows that begin `stride` bytes apart; what is beyond `width` pixels in a row
    /// is not looked at. Rows that `pixels` does not hold count as empty.
    ///
    /// What is returned counts as sent. If it cannot be, [`Self::forget`].
    pub fn changed(
        &mut self,
        pixels: &[u8],
        width: u16,
        height: u16,
        stride: usize,
        bytes_per_pixel: usize,
    ) -> Vec<(u8, u8)> {
        let (columns, rows) = grid_of(width, height);
        let (columns, places) = (usize::from(columns), usize::from(columns) * usize::from(rows));
        let row_bytes = usize::from(width) * bytes_per_pixel;
        let tile_bytes = usize::from(TILE_SIDE) * bytes_per_pixel;
        let mut hashes = vec![0; places];
        for (y, row) in pixels.chunks(stride.max(1)).take(usize::from(height)).enumerate() {
            let row = row.get(..row_bytes).unwrap_or(row);
            let tiles = hashes.iter_mut().skip(y / usize::from(TILE_SIDE) * columns).take(columns);
            for (hash, stretch) in tiles.zip(row.chunks(tile_bytes.max(1))) {
                *hash = fold(*hash, xxh3_64(stretch));
            }
        }
        if (self.width, self.height) != (width, height) {
            self.forget();
        }
        let is_changed = |place: &usize| self.hashes.get(*place) != hashes.get(*place);
        // A side of u16 has at most 256 tiles.
        let place_of = |place: usize| ((place % columns) as u8, (place / columns) as u8);
        let changed = (0..places).filter(is_changed).map(place_of).collect();
        *self = Self { width, height, hashes };
        changed
    }

    /// The next call returns all tiles: for a new watch, or when something that was returned was not sent.
    pub fn forget(&mut self) {
        self.hashes.clear();
    }
}

/// Takes the hash of one more row into that of a tile. Each step can be undone, so one row that differs always shows, and
/// order counts.
const fn fold(tile: u64, row: u64) -> u64 {
    (tile ^ row).wrapping_mul(MIX).rotate_left(31)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZE: (u16, u16) = (600, 300);
    /// Rows are padded, as those of many screens are.
    const STRIDE: usize = 600 * 4 + 40;

    fn screen() -> Vec<u8> {
        (0..STRIDE * 300).map(|at| (at % 251) as u8).collect()
    }

    fn look(changes: &mut TileChanges, pixels: &[u8]) -> Vec<(u8, u8)> {
        changes.changed(pixels, SIZE.0, SIZE.1, STRIDE, 4)
    }

    #[test]
    fn the_first_time_it_is_all_of_them_and_then_none() {
        let (mut changes, screen) = (TileChanges::new(), screen());
        let all = vec![(0, 0), (1, 0), (2, 0), (0, 1), (1, 1), (2, 1)];
        assert_eq!(look(&mut changes, &screen), all);
        assert_eq!(look(&mut changes, &screen), vec![]);
        changes.forget();
        assert_eq!(look(&mut changes, &screen), all);
        assert_eq!(changes.changed(&screen, 512, 256, STRIDE, 4), vec![(0, 0), (1, 0)], "another size");
    }

    #[test]
    fn a_pixel_changes_its_tile_and_the_padding_none() {
        let (mut changes, mut screen) = (TileChanges::new(), screen());
        look(&mut changes, &screen);
        for (x, y, tile) in [(0, 0, (0, 0)), (255, 255, (0, 0)), (256, 255, (1, 0)), (599, 299, (2, 1))] {
            screen[y * STRIDE + x * 4] ^= 1;
            assert_eq!(look(&mut changes, &screen), vec![tile], "{x}, {y}");
        }
        screen[STRIDE - 1] ^= 1;
        assert_eq!(look(&mut changes, &screen), vec![]);
    }

    #[test]
    fn rows_that_change_places_are_a_change() {
        let (mut changes, mut screen) = (TileChanges::new(), screen());
        look(&mut changes, &screen);
        let (first, second) = screen.split_at_mut(STRIDE);
        first[..1024].swap_with_slice(&mut second[..1024]);
        assert_eq!(look(&mut changes, &screen), vec![(0, 0)]);
    }

    #[test]
    fn the_last_row_needs_no_padding_and_missing_rows_are_empty() {
        let (mut changes, screen) = (TileChanges::new(), screen());
        look(&mut changes, &screen);
        assert_eq!(look(&mut changes, &screen[..screen.len() - 40]), vec![]);
        assert_eq!(look(&mut changes, &screen[..STRIDE * 299]), vec![(0, 1), (1, 1), (2, 1)]);
        assert_eq!(look(&mut changes, &[]).len(), 6);
        assert_eq!(changes.changed(&[], 0, 0, 0, 0), vec![]);
    }
}
