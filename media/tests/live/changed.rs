//! Which tiles an agent has to send: exactly those in which a pixel is another.

use std::collections::BTreeSet;

use muster_media::live::TileChanges;
use muster_protocol::tiles::grid_of;
use proptest::prelude::*;

/// A screen in memory, with rows that are padded.
struct Screen {
    width: usize,
    height: usize,
    bytes_per_pixel: usize,
    stride: usize,
    pixels: Vec<u8>,
}

impl Screen {
    /// The tiles in which any byte of a pixel differs, compared byte by byte.
    fn differing_from(&self, before: &[u8]) -> BTreeSet<(u8, u8)> {
        let bytes = (0..self.height).flat_map(|y| (0..self.width * self.bytes_per_pixel).map(move |byte| (y, byte)));
        let differs =
            |(y, byte): &(usize, usize)| self.pixels[y * self.stride + byte] != before[y * self.stride + byte];
        let tile = |(y, byte): (usize, usize)| ((byte / self.bytes_per_pixel / 256) as u8, (y / 256) as u8);
        bytes.filter(differs).map(tile).collect()
    }

    fn ask(&self, changes: &mut TileChanges) -> Vec<(u8, u8)> {
        changes.changed(&self.pixels, self.width as u16, self.height as u16, self.stride, self.bytes_per_pixel)
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, ..ProptestConfig::default() })]

    #[test]
    fn exactly_the_tiles_that_differ_are_named(
        (width, height) in (1..600_usize, 1..600_usize),
        bytes_per_pixel in 1..5_usize,
        padding in 0..40_usize,
        rounds in prop::collection::vec(prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6), 1..5),
    ) {
        let stride = width * bytes_per_pixel + padding;
        let pixels = (0..stride * height).map(|at| (at * 7 % 253) as u8).collect();
        let mut screen = Screen { width, height, bytes_per_pixel, stride, pixels };
        let mut changes = TileChanges::new();
        let (columns, rows) = grid_of(width as u16, height as u16);
        prop_assert_eq!(screen.ask(&mut changes).len(), usize::from(columns) * usize::from(rows));
        for round in rounds {
            let before = screen.pixels.clone();
            for (at, byte) in round {
                *at.get_mut(&mut screen.pixels) = byte;
            }
            let named = screen.ask(&mut changes);
            let expected = screen.differing_from(&before);
            prop_assert_eq!(named.len(), expected.len(), "a tile is named twice");
            prop_assert_eq!(named.into_iter().collect::<BTreeSet<_>>(), expected);
        }
    }
}
