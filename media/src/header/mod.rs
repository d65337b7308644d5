//! Readers of the three containers: dimensions, and whether the file is whole. They index nothing without a check and
//! allocate nothing, because what they read is what strangers send.
//!
//! Completeness is decided here and not by the decoders: `image` decodes JPEG leniently and paints the missing rest of a
//! truncated file grey, which would be kept as evidence of an empty screen.

pub mod jpeg;
pub mod png;
pub mod webp;

use crate::picture::PictureInfo;

/// What a container says about its picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    pub info: PictureInfo,
    /// Bytes that the decoder holds per pixel beside the decoded picture: the coefficients of a progressive JPEG.
    pub working_bytes_per_pixel: u64,
}

/// `count` bytes of `bytes` from `at`, if that many are there.
fn take(bytes: &[u8], at: usize, count: usize) -> Option<&[u8]> {
    bytes.get(at..at.checked_add(count)?)
}
