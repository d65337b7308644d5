//! What is taken, and what a check promises about it.

use muster_media::live::{Checked, Granted, check_frame};
use muster_media::{decode, inspect};
use muster_protocol::frame::FrameKind;
use muster_protocol::portal::Tier;
use muster_protocol::tiles::{Tile, tile_size};
use proptest::prelude::*;

use crate::drawn::{self, desktop};
use crate::message::{header, message, places, same, tiles, whole};

const WALL: Granted = Granted { width: 480 };
const FOCUS: Granted = Granted { width: 1920 };

/// A drawn desktop as the tiles of a complete grid.
fn desktop_tiles(width: u16, height: u16) -> Vec<((u8, u8), Vec<u8>)> {
    let picture = desktop(u32::from(width), u32::from(height), 1, 1);
    let cut = |((column, row), (w, h)): ((u8, u8), (u16, u16))| {
        let (x, y) = (u32::from(column) * 256, u32::from(row) * 256);
        let tile = image::imageops::crop_imm(&picture, x, y, u32::from(w), u32::from(h)).to_image();
        ((column, row), drawn::jpeg(&tile, 75))
    };
    places(width, height).map(cut).collect()
}

fn borrowed(owned: &[((u8, u8), Vec<u8>)]) -> Vec<Tile<'_>> {
    owned.iter().map(|((column, row), jpeg)| Tile { column: *column, row: *row, jpeg }).collect()
}

#[test]
fn a_wall_picture_is_taken_as_it_is() {
    let jpeg = drawn::jpeg(&desktop(480, 270, 1, 1), 60);
    for granted in [WALL, FOCUS] {
        let bytes = whole(Tier::Wall, 9, (480, 270), &jpeg);
        let Ok(Checked::Whole { header, tier, jpeg: taken, .. }) = check_frame(&bytes, granted) else { panic!() };
        assert_eq!((header.seq, header.track, tier, taken), (9, 3, Tier::Wall, &jpeg[..]));
    }
}

#[test]
fn a_complete_grid_is_taken_and_each_tile_decodes_to_the_size_of_its_place() {
    let (width, height) = (1920, 1080);
    let all = desktop_tiles(width, height);
    let bytes = tiles(1, (width, height), &borrowed(&all));
    let Ok(Checked::Tiles { tiles, .. }) = check_frame(&bytes, FOCUS) else { panic!() };
    assert_eq!(tiles, borrowed(&all));
    assert_eq!(tiles.len(), 40);
    for tile in tiles {
        let (info, _) = decode(tile.jpeg).unwrap();
        let (w, h) = tile_size(width, height, tile.column, tile.row).unwrap();
        assert_eq!((info.width, info.height), (u32::from(w), u32::from(h)));
    }
}

#[test]
fn other_messages_that_are_in_order() {
    let jpeg = drawn::jpeg(&desktop(400, 300, 1, 1), 60);
    let small_focus = whole(Tier::Focus, 2, (400, 300), &jpeg);
    assert!(matches!(check_frame(&small_focus, FOCUS), Ok(Checked::Whole { tier: Tier::Focus, .. })));
    assert!(matches!(check_frame(&same(Tier::Wall, 2), WALL), Ok(Checked::Same { tier: Tier::Wall, .. })));
    assert!(matches!(check_frame(&same(Tier::Focus, 2), FOCUS), Ok(Checked::Same { tier: Tier::Focus, .. })));
    let nothing_changed = tiles(3, (400, 300), &[]);
    assert!(matches!(check_frame(&nothing_changed, FOCUS), Ok(Checked::Tiles { tiles, .. }) if tiles.is_empty()));
    let mut zero_parts = header(FrameKind::Whole, Tier::Wall, 1, (400, 300));
    zero_parts.parts = 0;
    assert!(check_frame(&message(zero_parts, &jpeg), WALL).is_ok());
}

/// What viewers rely on.
fn assert_promise(message: &[u8], granted: Granted) {
    match check_frame(message, granted) {
        Err(refusal) => assert!(!refusal.kind().is_empty() && !refusal.to_string().is_empty()),
        Ok(Checked::Whole { header, tier, jpeg, .. }) => {
            let info = inspect(jpeg).unwrap();
            assert_eq!((info.width, info.height), (u32::from(header.width), u32::from(header.height)));
            assert_eq!(jpeg.len(), header.length as usize);
            assert!(header.width <= if tier == Tier::Wall { 480 } else { 1920 } && header.width <= granted.width);
        }
        Ok(Checked::Tiles { header, tiles, .. }) => {
            assert!(granted.width > 480 && header.width <= granted.width);
            for tile in &tiles {
                let info = inspect(tile.jpeg).unwrap();
                let (width, height) = tile_size(header.width, header.height, tile.column, tile.row).unwrap();
                assert_eq!((info.width, info.height), (u32::from(width), u32::from(height)));
                let alike = tiles.iter().filter(|other| (other.column, other.row) == (tile.column, tile.row));
                assert_eq!(alike.count(), 1);
            }
        }
        Ok(Checked::Same { .. }) => assert_eq!(message.len(), 32),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_taken_keeps_the_promise(
        kind in 0..3_usize,
        width in 1..2_000_u16,
        damage in prop::collection::vec((0..600_usize, any::<u8>()), 0..4),
        cut in 0..4_usize,
    ) {
        let size = crate::message::SIZES[kind];
        let grid: Vec<_> = places(size.0, size.1).map(|(place, size)| (place, crate::message::jpeg(size, 1))).collect();
        let mut bytes = match kind {
            0 => whole(Tier::Wall, 1, size, &crate::message::jpeg(size, 1)),
            1 => whole(Tier::Focus, 1, size, &crate::message::jpeg(size, 1)),
            _ => tiles(1, size, &borrowed(&grid)),
        };
        for (at, byte) in damage {
            if let Some(damaged) = bytes.get_mut(at) {
                *damaged = byte;
            }
        }
        bytes.truncate(bytes.len() - cut);
        assert_promise(&bytes, Granted { width });
    }
}
