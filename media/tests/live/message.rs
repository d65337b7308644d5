//! Binary messages as an agent sends them.

use std::collections::HashMap;
use std::sync::LazyLock;

use jpeg_encoder::{ColorType, Encoder};
use muster_protocol::frame::{FrameHeader, FrameKind, TIER_FOCUS, TIER_WALL};
use muster_protocol::portal::Tier;
use muster_protocol::tiles::{Tile, grid_of, tile_size, write_tiles};

/// Sizes of pictures that the tests of the slot use: grids of 2 x 1, 2 x 2 and 3 x 2 tiles.
pub const SIZES: [(u16, u16); 3] = [(300, 200), (300, 260), (520, 260)];

/// The JPEGs of all sizes that pictures and tiles of [`SIZES`] have.
static GREY: LazyLock<HashMap<(u16, u16), Vec<u8>>> = LazyLock::new(|| {
    let tiles = SIZES.iter().flat_map(|&(width, height)| places(width, height).map(move |(_, size)| size));
    SIZES.iter().copied().chain(tiles).map(|size| (size, grey(size))).collect()
});

fn grey((width, height): (u16, u16)) -> Vec<u8> {
    let mut bytes = Vec::new();
    let pixels = vec![127; usize::from(width) * usize::from(height)];
    Encoder::new(&mut bytes, 60).encode(&pixels, width, height, ColorType::Luma).unwrap();
    bytes
}

/// A JPEG of one of the sizes in [`SIZES`] or of their tiles that says `serial` in a comment, so that no two are alike.
pub fn jpeg(size: (u16, u16), serial: u32) -> Vec<u8> {
    let (start, rest) = GREY[&size].split_at(2);
    [start, &[0xFF, 0xFE, 0, 6], &serial.to_be_bytes(), rest].concat()
}

/// The places of a picture's grid, row by row, and the size that each demands.
pub fn places(width: u16, height: u16) -> impl Iterator<Item = ((u8, u8), (u16, u16))> {
    let (columns, rows) = grid_of(width, height);
    let place = move |place: u16| ((place % columns) as u8, (place / columns) as u8);
    (0..columns * rows).map(move |number| {
        let (column, row) = place(number);
        ((column, row), tile_size(width, height, column, row).unwrap())
    })
}

/// The header of a message that is whole.
pub fn header(kind: FrameKind, tier: Tier, seq: u32, (width, height): (u16, u16)) -> FrameHeader {
    let tier = match tier {
        Tier::Wall => TIER_WALL,
        Tier::Focus => TIER_FOCUS,
    };
    let captured_at_ms = 1_795_000_000_123;
    FrameHeader { kind, tier, flags: 0, track: 3, seq, length: 0, captured_at_ms, width, height, part: 0, parts: 1 }
}

/// A message: `header` with the length of `body`, and `body`.
pub fn message(header: FrameHeader, body: &[u8]) -> Vec<u8> {
    let header = FrameHeader { length: u32::try_from(body.len()).unwrap(), ..header };
    [&header.encode()[..], body].concat()
}

/// A whole picture.
pub fn whole(tier: Tier, seq: u32, size: (u16, u16), jpeg: &[u8]) -> Vec<u8> {
    message(header(FrameKind::Whole, tier, seq, size), jpeg)
}

/// Tiles of a picture.
pub fn tiles(seq: u32, size: (u16, u16), tiles: &[Tile<'_>]) -> Vec<u8> {
    message(header(FrameKind::Tiles, Tier::Focus, seq, size), &write_tiles(tiles))
}

/// The confirmation of picture `seq`.
pub fn same(tier: Tier, seq: u32) -> Vec<u8> {
    message(header(FrameKind::Same, tier, seq, (0, 0)), &[])
}
