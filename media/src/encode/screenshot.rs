//! A picture for the record.

use muster_protocol::limits::{PICTURE_SIDE_MAX, SCREENSHOT_BYTES_MAX};
use muster_protocol::policy::Blur;

use super::blur::blur;
use super::jpeg::{EncodeError, append_jpeg, within};
use super::pixels::Pixels;
use super::scale::{Scaler, fitting};

/// Small text stays readable; about 250 KB for full HD.
const QUALITY: u8 = 75;

/// `picture` as the JPEG that is uploaded: blurred as the policy says, within the size and bytes that the hub takes. It
/// carries pixels only. `picture` is blurred in place: nothing sharp is left of it.
pub fn screenshot(picture: &mut Pixels, policy: Blur, scaler: &mut Scaler) -> Result<Vec<u8>, EncodeError> {
    blur(picture, policy, scaler)?;
    let side_max = u16::try_from(PICTURE_SIDE_MAX).unwrap_or(u16::MAX);
    let (width, height) = fitting((picture.width, picture.height), (side_max, side_max));
    let mut smaller = Pixels::default();
    let picture = if (width, height) == (picture.width, picture.height) {
        &*picture
    } else {
        smaller.resize(width, height);
        scaler.scale(picture, &mut smaller)?;
        &smaller
    };
    let mut jpeg = Vec::with_capacity(picture.bgrx.len() / 16);
    within(SCREENSHOT_BYTES_MAX, QUALITY, &mut jpeg, |quality, into| append_jpeg(picture, quality, into))?;
    Ok(jpeg)
}
