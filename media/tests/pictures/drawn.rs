//! Pictures for the tests: desktops drawn from a seed, with windows, lines of text and a clock, and their encodings.

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::codecs::webp::WebPEncoder;
use image::{ExtendedColorType, ImageEncoder, Rgb, RgbImage};

/// A deterministic stream of numbers (xorshift): the same seed draws the same desktop everywhere.
pub struct Numbers(u64);

impl Numbers {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// A number from `from` up to but not including `to`.
    pub fn between(&mut self, from: u32, to: u32) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        from + u32::try_from((self.0 >> 11) % u64::from(to - from)).unwrap()
    }
}

/// A desktop of `width` x `height` pixels: `layout` places the windows, `clock` is the time in the corner.
pub fn desktop(width: u32, height: u32, layout: u64, clock: u64) -> RgbImage {
    let mut picture =
        RgbImage::from_fn(width, height, |x, y| Rgb([(40 + 60 * x / width) as u8, (60 + 80 * y / height) as u8, 120]));
    let mut numbers = Numbers::new(layout);
    for _ in 0..5 {
        let (w, h) = (numbers.between(width / 5, width / 2), numbers.between(height / 5, height / 2));
        let (x, y) = (numbers.between(0, width - w), numbers.between(0, height - h));
        let paper = if numbers.between(0, 2) == 0 { Rgb([245, 245, 240]) } else { Rgb([30, 32, 40]) };
        window(&mut picture, [x, y, w, h], paper, &mut numbers);
    }
    write(&mut picture, [width - width / 12, height - height / 30, width / 12, height / 30], &mut Numbers::new(clock));
    picture
}

fn window(picture: &mut RgbImage, [x, y, w, h]: [u32; 4], paper: Rgb<u8>, numbers: &mut Numbers) {
    fill(picture, [x, y, w, h], paper);
    fill(picture, [x, y, w, 24.min(h)], Rgb([90, 110, 200]));
    let ink = Rgb(paper.0.map(|channel| 255 - channel));
    for line in (y + 36..y + h.saturating_sub(12)).step_by(16) {
        let mut at = x + 12;
        while at + 60 < x + w {
            let word = numbers.between(8, 48);
            for letter in (at..at + word).step_by(6) {
                fill(picture, [letter, line, 4, numbers.between(3, 10)], ink);
            }
            at += word + 8;
        }
    }
}

fn write(picture: &mut RgbImage, [x, y, w, h]: [u32; 4], numbers: &mut Numbers) {
    fill(picture, [x, y, w, h], Rgb([20, 20, 20]));
    for letter in (x + 4..x + w.saturating_sub(6)).step_by(8) {
        fill(picture, [letter, y + 4, 5, numbers.between(2, h.max(4))], Rgb([220, 220, 220]));
    }
}

fn fill(picture: &mut RgbImage, [x, y, w, h]: [u32; 4], color: Rgb<u8>) {
    for py in y..(y + h).min(picture.height()) {
        for px in x..(x + w).min(picture.width()) {
            picture.put_pixel(px, py, color);
        }
    }
}

pub fn jpeg(picture: &RgbImage, quality: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, quality).encode_image(picture).unwrap();
    bytes
}

pub fn progressive_jpeg(picture: &RgbImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut bytes, 80);
    encoder.set_progressive(true);
    let (width, height) = (picture.width() as u16, picture.height() as u16);
    encoder.encode(picture.as_raw(), width, height, jpeg_encoder::ColorType::Rgb).unwrap();
    bytes
}

pub fn png(picture: &RgbImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    let (width, height) = picture.dimensions();
    PngEncoder::new(&mut bytes).write_image(picture.as_raw(), width, height, ExtendedColorType::Rgb8).unwrap();
    bytes
}

pub fn webp(picture: &RgbImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    let (width, height) = picture.dimensions();
    WebPEncoder::new_lossless(&mut bytes).encode(picture.as_raw(), width, height, ExtendedColorType::Rgb8).unwrap();
    bytes
}
