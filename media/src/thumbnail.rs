//! The small version of a picture, as lists and the history strip show it.

use image::{DynamicImage, RgbImage};
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

/// The longer side of a thumbnail, in pixels: the width of a tile on the wall.
pub const THUMBNAIL_SIDE_MAX: u32 = 480;
/// JPEG quality: text of a full-HD screen is unreadable at this width anyway, shapes and colours stay.
const QUALITY: u8 = 70;

/// `picture` at most 480 pixels wide and high, without transparency. Never larger than the original.
#[must_use]
pub fn thumbnail(picture: &DynamicImage) -> RgbImage {
    if picture.width() <= THUMBNAIL_SIDE_MAX && picture.height() <= THUMBNAIL_SIDE_MAX {
        return picture.to_rgb8();
    }
    picture.thumbnail(THUMBNAIL_SIDE_MAX, THUMBNAIL_SIDE_MAX).into_rgb8()
}

/// A small picture as JPEG. It carries pixels only: no comment, place or camera of the original survives.
#[must_use]
pub fn encode_jpeg(small: &RgbImage) -> Vec<u8> {
    let side = |pixels: u32| u16::try_from(pixels).expect("a picture that was decoded has at most 8192 pixels a side");
    let mut bytes = Vec::with_capacity(32 * 1024);
    let mut encoder = Encoder::new(&mut bytes, QUALITY);
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    encoder
        .encode(small.as_raw(), side(small.width()), side(small.height()), ColorType::Rgb)
        .expect("a vector takes every byte, and the pixels are as many as the sides say");
    bytes
}
