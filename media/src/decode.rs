//! Decoding, with a bound on the memory it may take.

use std::io::Cursor;

use image::error::{ImageError, LimitErrorKind};
use image::{DynamicImage, ImageFormat, ImageReader, Limits};
use muster_protocol::limits::PICTURE_SIDE_MAX;

use crate::header::Header;
use crate::picture::{PictureError, PictureFormat, PictureInfo, inspect_header};

/// What one picture may take while it is decoded, in bytes. The largest permitted one (8192 x 8192) takes 192 MiB as RGB
/// and 256 MiB with transparency; the same with 16 bits a channel, or as progressive JPEG, is refused.
pub const DECODE_BYTES_MAX: u64 = 256 * 1024 * 1024;

/// Decodes all pixels of `bytes`, after [`crate::inspect`] has agreed. Blocking: about 10 ms of CPU per full-HD JPEG.
pub fn decode(bytes: &[u8]) -> Result<(PictureInfo, DynamicImage), PictureError> {
    let Header { info, working_bytes_per_pixel } = inspect_header(bytes)?;
    let working_bytes = u64::from(info.width) * u64::from(info.height) * working_bytes_per_pixel;
    let left_bytes = DECODE_BYTES_MAX.checked_sub(working_bytes).ok_or(PictureError::TooMuchMemory)?;
    let mut reader = ImageReader::with_format(Cursor::new(bytes), image_format(info.format));
    reader.limits(limits(left_bytes));
    let picture = reader.decode().map_err(refusal)?;
    if (picture.width(), picture.height()) != (info.width, info.height) {
        return Err(PictureError::Undecodable("its header and its pixels disagree about the size".to_owned()));
    }
    Ok((info, picture))
}

const fn image_format(format: PictureFormat) -> ImageFormat {
    match format {
        PictureFormat::Jpeg => ImageFormat::Jpeg,
        PictureFormat::Png => ImageFormat::Png,
        PictureFormat::WebP => ImageFormat::WebP,
    }
}

fn limits(alloc_bytes: u64) -> Limits {
    let mut limits = Limits::default();
    limits.max_image_width = Some(PICTURE_SIDE_MAX);
    limits.max_image_height = Some(PICTURE_SIDE_MAX);
    limits.max_alloc = Some(alloc_bytes);
    limits
}

fn refusal(error: ImageError) -> PictureError {
    match error {
        ImageError::Limits(limit) if matches!(limit.kind(), LimitErrorKind::InsufficientMemory) => {
            PictureError::TooMuchMemory
        }
        ImageError::IoError(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => PictureError::Truncated,
        other => PictureError::Undecodable(other.to_string()),
    }
}
