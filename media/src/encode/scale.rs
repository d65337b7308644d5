//! Makes pictures smaller, and blurred ones large again.

use fast_image_resize::images::{TypedImage, TypedImageRef};
use fast_image_resize::pixels::U8x4;
use fast_image_resize::{FilterType, ResizeAlg, ResizeOptions, Resizer};

use super::jpeg::EncodeError;
use super::pixels::Pixels;

/// The size of a picture of `size` pixels that must fit into `bounds`: in its proportions, never enlarged. What is made
/// smaller gets even sides, because colour is stored for two by two pixels; at least two of them.
#[must_use]
pub fn fitting(size: (u16, u16), bounds: (u16, u16)) -> (u16, u16) {
    let (width, height) = (u32::from(size.0), u32::from(size.1));
    let (width_max, height_max) = (u32::from(bounds.0), u32::from(bounds.1));
    if width <= width_max && height <= height_max || width == 0 || height == 0 {
        return size;
    }
    // The side that is further over its bound decides.
    let (wide, high) = if width * height_max >= height * width_max {
        (width_max, rounded(height * width_max, width))
    } else {
        (rounded(width * height_max, height), height_max)
    };
    let even = |side: u32, max: u32| (side & !1).clamp(2, max.max(2)) as u16;
    (even(wide, width_max), even(high, height_max))
}

/// `part` / `whole` to the nearest integer.
const fn rounded(part: u32, whole: u32) -> u32 {
    (part + whole / 2) / whole
}

/// Scales by area when it makes smaller and bilinearly when it makes larger. From full HD to 480 pixels: half a millisecond
/// (`benches/encode.rs`).
#[derive(Debug, Default)]
pub struct Scaler {
    resizer: Resizer,
}

impl Scaler {
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// `from` at the size that `into` has; its memory is used again. Fails if `from` is not complete.
    pub fn scale(&mut self, from: &Pixels, into: &mut Pixels) -> Result<(), EncodeError> {
        if !from.is_complete() || !into.is_complete() {
            return Err(EncodeError::Incomplete);
        }
        let side = u32::from;
        let source = TypedImageRef::<U8x4>::from_buffer(side(from.width), side(from.height), &from.bgrx);
        let target = TypedImage::<U8x4>::from_buffer(side(into.width), side(into.height), &mut into.bgrx);
        let (Ok(source), Ok(mut target)) = (source, target) else { return Err(EncodeError::Incomplete) };
        // The fourth byte is no alpha.
        let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Bilinear)).use_alpha(false);
        self.resizer.resize_typed(&source, &mut target, &options).map_err(|_| EncodeError::Incomplete)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_that_fits_stays_and_a_larger_one_keeps_its_proportions() {
        for (size, bounds, fits) in [
            ((1920, 1080), (1920, 4096), (1920, 1080)),
            ((1365, 767), (1920, 4096), (1365, 767)),
            ((1920, 1080), (480, 1024), (480, 270)),
            ((3840, 2160), (1920, 4096), (1920, 1080)),
            ((1366, 768), (480, 1024), (480, 270)),
            ((1080, 1920), (480, 1024), (480, 852)),
            ((1080, 5000), (480, 1024), (220, 1024)),
            ((8000, 3), (480, 1024), (480, 2)),
            ((3, 8000), (480, 1024), (2, 1024)),
            ((65_535, 65_535), (1920, 4096), (1920, 1920)),
            ((0, 0), (480, 1024), (0, 0)),
        ] {
            assert_eq!(fitting(size, bounds), fits, "{size:?} in {bounds:?}");
        }
    }

    #[test]
    fn a_smaller_picture_is_the_mean_of_the_large_one() {
        let from = Pixels { width: 4, height: 2, bgrx: [[0, 100, 200, 9], [40, 100, 0, 9]].concat().repeat(4) };
        let mut into = Pixels::default();
        into.resize(1, 1);
        Scaler::new().scale(&from, &mut into).unwrap();
        assert!(
            into.bgrx[..3].iter().zip([20u8, 100, 100]).all(|(is, want)| is.abs_diff(want) <= 1),
            "{:?}",
            into.bgrx
        );
    }

    #[test]
    fn too_few_bytes_are_an_error() {
        let from = Pixels { width: 4, height: 4, bgrx: vec![0; 63] };
        let mut into = Pixels::default();
        into.resize(2, 2);
        assert_eq!(Scaler::new().scale(&from, &mut into), Err(EncodeError::Incomplete));
    }
}
