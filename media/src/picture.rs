//! What a picture claims to be, read from its header before a single pixel is decoded.

use muster_protocol::limits::{PICTURE_SIDE_MAX, SCREENSHOT_BYTES_MAX};

use crate::header;

/// The kinds of picture that are accepted. Anything else, GIF and SVG included, is [`PictureError::UnknownFormat`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PictureFormat {
    Jpeg,
    Png,
    WebP,
}

impl PictureFormat {
    /// What the first bytes say. File names and `Content-Type` headers are claims of strangers and are never asked.
    #[must_use]
    pub fn sniff(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0xFF, 0xD8, 0xFF, ..] => Some(Self::Jpeg),
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => Some(Self::Png),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Self::WebP),
            _ => None,
        }
    }

    /// The media type under which the picture is served again.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::WebP => "image/webp",
        }
    }

    /// The usual end of a file name, without the dot.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::WebP => "webp",
        }
    }
}

/// What a picture's header says. True once [`crate::decode`] has agreed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PictureInfo {
    pub format: PictureFormat,
    /// In pixels, 1 to [`PICTURE_SIDE_MAX`].
    pub width: u32,
    /// In pixels, 1 to [`PICTURE_SIDE_MAX`].
    pub height: u32,
}

/// Why bytes are not a picture that is accepted. The messages are for the person who sent it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PictureError {
    #[error("not a JPEG, PNG or WebP picture")]
    UnknownFormat,
    #[error("the picture has {bytes} bytes; at most {SCREENSHOT_BYTES_MAX} are taken")]
    TooManyBytes { bytes: usize },
    #[error("the picture is {width} by {height} pixels; each side may have 1 to {PICTURE_SIDE_MAX}")]
    Dimensions { width: u32, height: u32 },
    #[error("the picture ends before it is complete")]
    Truncated,
    #[error("the picture moves; only still ones are taken")]
    Animated,
    #[error("the picture would need more memory to decode than it may have")]
    TooMuchMemory,
    #[error("the picture does not decode: {0}")]
    Undecodable(String),
}

/// Checks size, kind, completeness and dimensions, from the container alone: microseconds, and no memory whatever the
/// picture claims. Called before anything is decoded.
pub fn inspect(bytes: &[u8]) -> Result<PictureInfo, PictureError> {
    inspect_header(bytes).map(|header| header.info)
}

/// The same, with what only the decoder needs.
pub(crate) fn inspect_header(bytes: &[u8]) -> Result<header::Header, PictureError> {
    if bytes.len() > SCREENSHOT_BYTES_MAX {
        return Err(PictureError::TooManyBytes { bytes: bytes.len() });
    }
    let header = match PictureFormat::sniff(bytes).ok_or(PictureError::UnknownFormat)? {
        PictureFormat::Jpeg => header::jpeg::read(bytes)?,
        PictureFormat::Png => header::png::read(bytes)?,
        PictureFormat::WebP => header::webp::read(bytes)?,
    };
    let PictureInfo { width, height, .. } = header.info;
    let permitted = 1..=PICTURE_SIDE_MAX;
    if !permitted.contains(&width) || !permitted.contains(&height) {
        return Err(PictureError::Dimensions { width, height });
    }
    Ok(header)
}
