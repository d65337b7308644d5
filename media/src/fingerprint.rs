//! The perceptual hash by which near-identical screenshots are found: a difference hash of 64 bits.
//!
//! The picture is averaged down to 9 x 8 grey cells; each bit says whether a cell is brighter than its right neighbour.
//! So it survives scaling, recompression and a changed clock, and it changes when windows do. It is no proof: two documents
//! with the same layout are alike to it, and every even surface is alike to every other.

use image::RgbImage;

const COLUMNS: u32 = 9;
const ROWS: u32 = 8;
/// How much brighter, of 255, a cell must be. Without it, compression noise on even surfaces would decide the bits.
const BRIGHTER_BY: u32 = 2;

/// Bits that may differ between two pictures that count as near-identical. Drawn desktops (see `tests/alike.rs`) that
/// differ by a clock, a cursor or recompression stay within it, those with other windows are more than twice as far apart.
pub const NEAR_IDENTICAL_BITS_MAX: u32 = 4;

/// A picture's perceptual hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Fingerprint(pub u64);

impl Fingerprint {
    /// The number of bits in which two pictures differ, 0 to 64.
    #[must_use]
    pub const fn distance(self, other: Self) -> u32 {
        (self.0 ^ other.0).count_ones()
    }

    /// Whether a person would call the two pictures the same.
    #[must_use]
    pub const fn is_near_identical(self, other: Self) -> bool {
        self.distance(other) <= NEAR_IDENTICAL_BITS_MAX
    }
}

impl std::fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// The fingerprint of a picture, taken from its thumbnail: the same bits at a tenth of the work.
#[must_use]
pub fn fingerprint(thumbnail: &RgbImage) -> Fingerprint {
    let mut bits = 0;
    for row in 0..ROWS {
        let mut left = cell_brightness(thumbnail, 0, row);
        for column in 1..COLUMNS {
            let right = cell_brightness(thumbnail, column, row);
            bits = bits << 1 | u64::from(left > right + BRIGHTER_BY);
            left = right;
        }
    }
    Fingerprint(bits)
}

/// The mean brightness of one cell, 0 to 255 (ITU-R BT.601 weights). Cells of tiny pictures share pixels.
fn cell_brightness(picture: &RgbImage, column: u32, row: u32) -> u32 {
    let (left, right) = stretch(column, COLUMNS, picture.width());
    let (top, bottom) = stretch(row, ROWS, picture.height());
    let mut sum = 0;
    for y in top..bottom {
        for x in left..right {
            let [red, green, blue] = picture.get_pixel(x, y).0.map(u32::from);
            sum += (299 * red + 587 * green + 114 * blue) / 1000;
        }
    }
    sum / ((right - left) * (bottom - top))
}

/// The pixels of part `index` of `parts` along a side of `length` pixels; at least one.
fn stretch(index: u32, parts: u32, length: u32) -> (u32, u32) {
    let from = index * length / parts;
    let to = ((index + 1) * length / parts).max(from + 1);
    (from, to)
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::Rgb;

    #[test]
    fn each_bit_is_one_neighbourhood() {
        let darkening = RgbImage::from_fn(90, 80, |x, _| Rgb([255 - u8::try_from(x).unwrap() * 2; 3]));
        assert_eq!(fingerprint(&darkening), Fingerprint(u64::MAX));
        let lit_from_the_right = image::imageops::flip_horizontal(&darkening);
        assert_eq!(fingerprint(&lit_from_the_right), Fingerprint(0));
        assert_eq!(fingerprint(&darkening).distance(fingerprint(&lit_from_the_right)), 64);
    }

    #[test]
    fn the_first_bit_is_the_upper_left_cell() {
        let lamp = RgbImage::from_fn(90, 80, |x, y| if x < 10 && y < 10 { Rgb([200; 3]) } else { Rgb([20; 3]) });
        assert_eq!(fingerprint(&lamp).to_string(), "8000000000000000");
    }

    #[test]
    fn noise_on_an_even_surface_is_nothing() {
        let noisy = RgbImage::from_fn(480, 270, |x, y| Rgb([127 + u8::try_from((x * 7 + y * 13) % 3).unwrap(); 3]));
        assert_eq!(fingerprint(&noisy), Fingerprint(0));
    }

    #[test]
    fn one_pixel_is_enough() {
        for (width, height) in [(1, 1), (480, 1), (1, 480), (8, 7)] {
            assert_eq!(fingerprint(&RgbImage::new(width, height)), Fingerprint(0));
        }
    }
}
