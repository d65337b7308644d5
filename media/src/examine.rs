//! Everything that happens to the bytes of an uploaded screenshot before they are encrypted and stored.

use crate::fingerprint::{Fingerprint, fingerprint};
use crate::picture::{PictureError, PictureInfo};
use crate::{decode, thumbnail};

/// What is known of a picture after it was decoded once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Examined {
    pub info: PictureInfo,
    /// At most 480 pixels a side.
    pub thumbnail_jpeg: Vec<u8>,
    pub fingerprint: Fingerprint,
}

/// Checks, decodes and shrinks the picture in `bytes`; the original bytes are what is stored. Blocking: 10 to 30 ms of CPU
/// for a full-HD screen, up to [`decode::DECODE_BYTES_MAX`] of memory. Called by the upload handler on a bounded pool.
pub fn examine(bytes: &[u8]) -> Result<Examined, PictureError> {
    let (info, picture) = decode::decode(bytes)?;
    let small = thumbnail::thumbnail(&picture);
    drop(picture);
    Ok(Examined { info, thumbnail_jpeg: thumbnail::encode_jpeg(&small), fingerprint: fingerprint(&small) })
}
