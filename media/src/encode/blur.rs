//! The policy's blur, applied before a picture leaves the machine.

use muster_protocol::policy::Blur;

use super::jpeg::EncodeError;
use super::pixels::Pixels;
use super::scale::Scaler;

/// One pixel is kept for so many by so many. Letters of usual text are 7 pixels high and 5 wide: at 8 a line is a grey
/// stroke and headings stay words.
const LIGHT: u16 = 8;
/// At 32 a line of text is no stroke any more; windows and their colours stay.
const STRONG: u16 = 32;
/// The text of a screen with more lines than this is drawn larger: the blur grows with it.
const USUAL_HEIGHT: u16 = 1080;

/// Blurs `picture` in place: it is made so small that the detail is gone, and large again. What is thrown away cannot be
/// computed back.
pub fn blur(picture: &mut Pixels, blur: Blur, scaler: &mut Scaler) -> Result<(), EncodeError> {
    let factor = match blur {
        Blur::None => return Ok(()),
        Blur::Light => LIGHT,
        Blur::Strong => STRONG,
    };
    let shorter = picture.width.min(picture.height);
    let factor = factor * shorter.div_ceil(USUAL_HEIGHT).max(1);
    let mut small = Pixels::default();
    small.resize(picture.width.div_ceil(factor), picture.height.div_ceil(factor));
    scaler.scale(picture, &mut small)?;
    scaler.scale(&small, picture)
}
