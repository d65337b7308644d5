//! A smaller version of a live picture, made when somebody asks for one.

use crate::decode::decode;
use crate::picture::{PictureError, PictureFormat, inspect};
use crate::thumbnail::encode_jpeg;

/// `jpeg` at most `width` pixels wide, at least one, in its proportions. Never enlarged: what is narrow enough already comes
/// back as it is. Blocking and bounded like [`decode`]: 15 ms of CPU for a full-HD picture (`benches/live.rs`); callers run
/// it on a blocking pool.
pub fn shrink_jpeg(jpeg: &[u8], width: u16) -> Result<Vec<u8>, PictureError> {
    if PictureFormat::sniff(jpeg) != Some(PictureFormat::Jpeg) {
        return Err(PictureError::UnknownFormat);
    }
    let width = u32::from(width.max(1));
    if inspect(jpeg)?.width <= width {
        return Ok(jpeg.to_vec());
    }
    let (info, picture) = decode(jpeg)?;
    let height = (info.height * width / info.width).max(1);
    Ok(encode_jpeg(&picture.thumbnail_exact(width, height).into_rgb8()))
}
