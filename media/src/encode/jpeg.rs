//! JPEGs of grabbed pixels: baseline, standard Huffman tables, colour at half the resolution below quality 90.

use jpeg_encoder::{ColorType, Encoder};

use super::pixels::{PIXEL_BYTES, Pixels};

/// What is too large is encoded again at so many hundredths of its quality, down to 1.
const WORSE_PERCENT: u16 = 70;

/// Why a picture was not encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EncodeError {
    #[error("a picture has no pixels, or fewer than its size says")]
    Incomplete,
    #[error("a picture has {bytes} bytes at its worst quality; at most {bytes_max} are taken")]
    TooLarge { bytes: usize, bytes_max: usize },
}

/// Appends `pixels` as a JPEG; straight from their memory. 12 ms for full HD (`benches/encode.rs`).
pub(super) fn append_jpeg(pixels: &Pixels, quality: u8, into: &mut Vec<u8>) -> Result<(), EncodeError> {
    if !pixels.is_complete() {
        return Err(EncodeError::Incomplete);
    }
    debug_assert_eq!(pixels.bgrx.len() % PIXEL_BYTES, 0);
    // Writing into memory does not fail, and what else could go wrong was looked at.
    Encoder::new(into, quality.clamp(1, 100))
        .encode(&pixels.bgrx, pixels.width, pixels.height, ColorType::Bgra)
        .map_err(|_| EncodeError::Incomplete)
}

/// Encodes at `quality`, and worse until it has at most `bytes_max`. `encode` writes into the cleared `into`.
pub(super) fn within(
    bytes_max: usize,
    quality: u8,
    into: &mut Vec<u8>,
    mut encode: impl FnMut(u8, &mut Vec<u8>) -> Result<(), EncodeError>,
) -> Result<(), EncodeError> {
    let mut quality = quality.clamp(1, 100);
    loop {
        into.clear();
        encode(quality, into)?;
        match into.len() {
            bytes if bytes <= bytes_max => return Ok(()),
            bytes if quality == 1 => return Err(EncodeError::TooLarge { bytes, bytes_max }),
            _ => quality = worse(quality),
        }
    }
}

/// The next lower quality; 1 in the end.
fn worse(quality: u8) -> u8 {
    let worse = u16::from(quality) * WORSE_PERCENT / 100;
    u8::try_from(worse).unwrap_or(u8::MAX).clamp(1, quality)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quality_falls_until_it_fits_and_not_further() {
        let mut tried = vec![];
        let mut into = vec![];
        let done = within(50, 90, &mut into, |quality, into| {
            tried.push(quality);
            into.resize(usize::from(quality), 0);
            Ok(())
        });
        assert_eq!((done, tried, into.len()), (Ok(()), vec![90, 63, 44], 44));
    }

    #[test]
    fn what_never_fits_is_an_error_and_ends() {
        let mut tries = 0;
        let done = within(50, 200, &mut vec![], |_, into| {
            tries += 1;
            into.resize(51, 0);
            Ok(())
        });
        assert_eq!(done, Err(EncodeError::TooLarge { bytes: 51, bytes_max: 50 }));
        assert!(tries < 20, "{tries}");
    }

    #[test]
    fn pixels_that_are_not_there_are_an_error() {
        for pixels in [Pixels::default(), Pixels { width: 8, height: 8, bgrx: vec![0; 255] }] {
            assert_eq!(append_jpeg(&pixels, 70, &mut vec![]), Err(EncodeError::Incomplete));
        }
    }
}
