//! Screens as a system hands them over, and the way back from what was encoded.

use image::RgbImage;
use muster_media::encode::{Encoded, Pixels};
use muster_media::live::{Checked, Granted, check_frame};
use muster_protocol::frame::{FrameHeader, FrameKind, TIER_FOCUS, TIER_WALL};
use muster_protocol::limits::TILE_SIDE;

use crate::drawn::{Numbers, desktop};

/// A drawn desktop as a grabbed one.
pub fn grabbed(width: u32, height: u32, clock: u64) -> Pixels {
    let bgrx = desktop(width, height, 1, clock).pixels().flat_map(|pixel| [pixel[2], pixel[1], pixel[0], 0]).collect();
    Pixels { width: width as u16, height: height as u16, bgrx }
}

/// The most expensive screen there is.
pub fn noise(width: u16, height: u16) -> Pixels {
    let mut numbers = Numbers::new(7);
    let bytes = usize::from(width) * usize::from(height) * 4;
    Pixels { width, height, bgrx: (0..bytes).map(|_| numbers.between(0, 256) as u8).collect() }
}

/// `encoded` as the message of an agent.
pub fn message(encoded: &Encoded) -> Vec<u8> {
    let (kind, tier, size, body) = match encoded {
        Encoded::Whole { width, height, body } => (FrameKind::Whole, TIER_WALL, (*width, *height), body),
        Encoded::Tiles { width, height, body } => (FrameKind::Tiles, TIER_FOCUS, (*width, *height), body),
        Encoded::Same => panic!("nothing was encoded"),
    };
    let length = body.len() as u32;
    let (width, height) = size;
    let (flags, captured_at_ms, part, parts) = (0, 0, 0, 1);
    let header =
        FrameHeader { kind, tier, flags, track: 0, seq: 1, length, captured_at_ms, width, height, part, parts };
    [&header.encode()[..], body].concat()
}

/// Paints what the hub's check lets through onto `canvas`, as a viewer does. Returns the tiles.
pub fn paint(encoded: &Encoded, width: u16, canvas: &mut RgbImage) -> Vec<(u8, u8)> {
    let decoded = |jpeg: &[u8]| image::load_from_memory(jpeg).unwrap().to_rgb8();
    match check_frame(&message(encoded), Granted { width }).unwrap() {
        Checked::Whole { jpeg, .. } => *canvas = decoded(jpeg),
        Checked::Tiles { header, tiles, .. } => {
            if canvas.dimensions() != (u32::from(header.width), u32::from(header.height)) {
                *canvas = RgbImage::new(u32::from(header.width), u32::from(header.height));
            }
            let side = i64::from(TILE_SIDE);
            for tile in &tiles {
                let (x, y) = (i64::from(tile.column) * side, i64::from(tile.row) * side);
                image::imageops::replace(canvas, &decoded(tile.jpeg), x, y);
            }
            return tiles.iter().map(|tile| (tile.column, tile.row)).collect();
        }
        Checked::Same { .. } => panic!("nothing was encoded"),
    }
    vec![]
}

/// The mean difference of two pictures, in levels of 256.
pub fn difference(one: &RgbImage, other: &RgbImage) -> f64 {
    assert_eq!(one.dimensions(), other.dimensions());
    let sum: u64 = one.as_raw().iter().zip(other.as_raw()).map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
    sum as f64 / one.as_raw().len() as f64
}
