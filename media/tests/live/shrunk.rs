//! Smaller versions of live pictures.

use muster_media::live::shrink_jpeg;
use muster_media::{PictureError, decode, fingerprint, inspect, thumbnail};

use crate::drawn::{self, desktop};

#[test]
fn a_smaller_picture_shows_the_same() {
    let original = drawn::jpeg(&desktop(1920, 1080, 3, 1), 75);
    let small = shrink_jpeg(&original, 320).unwrap();
    let info = inspect(&small).unwrap();
    assert_eq!((info.width, info.height), (320, 180));
    assert!(small.len() < original.len() / 4);
    let look = |bytes: &[u8]| fingerprint(&thumbnail(&decode(bytes).unwrap().1));
    assert!(look(&original).is_near_identical(look(&small)));
}

#[test]
fn what_is_narrow_enough_comes_back_as_it_is() {
    let original = drawn::jpeg(&desktop(300, 200, 1, 1), 60);
    assert_eq!(shrink_jpeg(&original, 300).as_deref(), Ok(&original[..]));
    assert_eq!(shrink_jpeg(&original, 480).as_deref(), Ok(&original[..]));
}

#[test]
fn there_is_always_a_pixel() {
    let flat = drawn::jpeg(&image::RgbImage::new(400, 2), 60);
    let info = inspect(&shrink_jpeg(&flat, 0).unwrap()).unwrap();
    assert_eq!((info.width, info.height), (1, 1));
}

#[test]
fn only_whole_jpegs_are_shrunk() {
    let picture = desktop(300, 200, 1, 1);
    assert_eq!(shrink_jpeg(&drawn::png(&picture), 100), Err(PictureError::UnknownFormat));
    let jpeg = drawn::jpeg(&picture, 60);
    assert_eq!(shrink_jpeg(&jpeg[..jpeg.len() - 2], 100), Err(PictureError::Truncated));
}
