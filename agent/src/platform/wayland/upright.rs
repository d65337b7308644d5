//! Pictures of displays that are turned, put upright. Pure.

use muster_media::encode::Pixels;
use wayland_client::protocol::wl_output::Transform;

use super::outputs::is_on_its_side;

const PIXEL_BYTES: usize = 4;

/// Turns a picture as the display has it into one as the person sees it.
pub(super) fn make_upright(pixels: &mut Pixels, transform: Transform) {
    if transform == Transform::Normal {
        return;
    }
    let (width, height) = (usize::from(pixels.width), usize::from(pixels.height));
    let lying = std::mem::take(&mut pixels.bgrx);
    let is_turned = is_on_its_side(transform);
    let (across, down) = if is_turned { (height, width) } else { (width, height) };
    pixels.resize(across as u16, down as u16);
    for (at, pixel) in pixels.bgrx.chunks_exact_mut(PIXEL_BYTES).enumerate() {
        let (x, y) = source(transform, at % across, at / across, width, height);
        let from = (y * width + x) * PIXEL_BYTES;
        pixel.copy_from_slice(&lying[from..from + PIXEL_BYTES]);
    }
}

/// Where the pixel at `x`, `y` of the upright picture lies in one of `width` by `height` as the display has it.
const fn source(transform: Transform, x: usize, y: usize, width: usize, height: usize) -> (usize, usize) {
    let (right, low) = (width - 1, height - 1);
    match transform {
        Transform::_90 => (y, low - x),
        Transform::_180 => (right - x, low - y),
        Transform::_270 => (right - y, x),
        Transform::Flipped => (right - x, y),
        Transform::Flipped90 => (y, x),
        Transform::Flipped180 => (x, low - y),
        Transform::Flipped270 => (right - y, low - x),
        _ => (x, y),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two rows of three pixels, `rows` of letters.
    fn upright(rows: [&str; 2], transform: Transform) -> Vec<String> {
        let bgrx = rows.concat().bytes().flat_map(|letter| [letter; PIXEL_BYTES]).collect();
        let mut pixels = Pixels { width: 3, height: 2, bgrx };
        make_upright(&mut pixels, transform);
        let letters: Vec<u8> = pixels.bgrx.chunks_exact(PIXEL_BYTES).map(|pixel| pixel[0]).collect();
        letters.chunks_exact(pixels.width.into()).map(|row| String::from_utf8(row.to_vec()).unwrap()).collect()
    }

    #[test]
    fn every_turn_is_taken_back() {
        let turned = |transform| upright(["abc", "def"], transform);
        assert_eq!(turned(Transform::Normal), ["abc", "def"]);
        assert_eq!(turned(Transform::_90), ["da", "eb", "fc"]);
        assert_eq!(turned(Transform::_180), ["fed", "cba"]);
        assert_eq!(turned(Transform::_270), ["cf", "be", "ad"]);
        assert_eq!(turned(Transform::Flipped), ["cba", "fed"]);
        assert_eq!(turned(Transform::Flipped90), ["ad", "be", "cf"]);
        assert_eq!(turned(Transform::Flipped180), ["def", "abc"]);
        assert_eq!(turned(Transform::Flipped270), ["fc", "eb", "da"]);
    }
}
