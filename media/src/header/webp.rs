//! WebP (RFC 9649): a RIFF file whose first chunk is `VP8 ` (lossy), `VP8L` (lossless) or `VP8X` (extended).

use crate::header::{Header, take};
use crate::picture::{PictureError, PictureFormat, PictureInfo};

/// `RIFF`, size u32, `WEBP`.
const FILE_HEADER_BYTES: usize = 12;
/// Type, length u32.
const CHUNK_HEADER_BYTES: usize = 8;
/// `VP8X` flag: the file holds several frames.
const ANIMATION: u8 = 0b10;

/// Reads the first chunk, and that the file is as long as it says.
pub fn read(bytes: &[u8]) -> Result<Header, PictureError> {
    let stated = take(bytes, 4, 4).ok_or(PictureError::Truncated)?;
    let whole = u64::from(u32::from_le_bytes([stated[0], stated[1], stated[2], stated[3]])) + 8;
    if (bytes.len() as u64) < whole {
        return Err(PictureError::Truncated);
    }
    let kind = take(bytes, FILE_HEADER_BYTES, 4).ok_or(PictureError::Truncated)?;
    let data = bytes.get(FILE_HEADER_BYTES + CHUNK_HEADER_BYTES..).ok_or(PictureError::Truncated)?;
    let (width, height) = match kind {
        b"VP8 " => lossy(data)?,
        b"VP8L" => lossless(data)?,
        b"VP8X" => extended(data)?,
        _ => return Err(broken("its first chunk is unknown")),
    };
    let info = PictureInfo { format: PictureFormat::WebP, width, height };
    Ok(Header { info, working_bytes_per_pixel: 0 })
}

/// A VP8 key frame (RFC 6386, 9.1): three bytes of tag, the start code, then 14 bits of each side.
fn lossy(data: &[u8]) -> Result<(u32, u32), PictureError> {
    match *data {
        [_, _, _, 0x9D, 0x01, 0x2A, w0, w1, h0, h1, ..] => {
            let side = |low, high| u32::from(u16::from_le_bytes([low, high]) & 0x3FFF);
            Ok((side(w0, w1), side(h0, h1)))
        }
        [_, _, _, _, _, _, _, _, _, _, ..] => Err(broken("its key frame has no start code")),
        _ => Err(PictureError::Truncated),
    }
}

/// A signature byte, then 14 bits of width - 1 and 14 bits of height - 1.
fn lossless(data: &[u8]) -> Result<(u32, u32), PictureError> {
    match *data {
        [0x2F, b0, b1, b2, b3, ..] => {
            let bits = u32::from_le_bytes([b0, b1, b2, b3]);
            Ok(((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1))
        }
        [_, _, _, _, _, ..] => Err(broken("its lossless signature is wrong")),
        _ => Err(PictureError::Truncated),
    }
}

/// Flags u8, three reserved bytes, then width - 1 and height - 1 as u24.
fn extended(data: &[u8]) -> Result<(u32, u32), PictureError> {
    match *data {
        [flags, _, _, _, _, _, _, _, _, _, ..] if flags & ANIMATION != 0 => Err(PictureError::Animated),
        [_, _, _, _, w0, w1, w2, h0, h1, h2, ..] => {
            Ok((u32::from_le_bytes([w0, w1, w2, 0]) + 1, u32::from_le_bytes([h0, h1, h2, 0]) + 1))
        }
        _ => Err(PictureError::Truncated),
    }
}

fn broken(what: &str) -> PictureError {
    PictureError::Undecodable(what.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn webp(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
        let length = u32::try_from(data.len()).unwrap();
        let mut bytes = b"RIFF".to_vec();
        bytes.extend_from_slice(&(length + 12).to_le_bytes());
        bytes.extend_from_slice(b"WEBP");
        bytes.extend_from_slice(kind);
        bytes.extend_from_slice(&length.to_le_bytes());
        bytes.extend_from_slice(data);
        bytes
    }

    #[test]
    fn each_kind_states_its_dimensions_in_its_own_way() {
        let lossy = [0, 0, 0, 0x9D, 0x01, 0x2A, 0x80, 0x47, 0x38, 0x44];
        let lossless = [0x2F, 0x7F, 0xC7, 0x0D, 0x01];
        let extended = [0, 0, 0, 0, 0x7F, 0x07, 0, 0x37, 0x04, 0];
        for (kind, data) in [(b"VP8 ", &lossy[..]), (b"VP8L", &lossless), (b"VP8X", &extended)] {
            let header = read(&webp(kind, data)).unwrap();
            assert_eq!((header.info.width, header.info.height), (1920, 1080), "{}", String::from_utf8_lossy(kind));
        }
    }

    #[test]
    fn shorter_than_it_says_is_truncated() {
        let bytes = webp(b"VP8X", &[0; 10]);
        for length in 12..bytes.len() {
            assert_eq!(read(&bytes[..length]), Err(PictureError::Truncated), "{length} bytes");
        }
        assert_eq!(read(&webp(b"VP8L", &[0x2F])), Err(PictureError::Truncated));
    }

    #[test]
    fn animations_and_wrong_signatures_are_refused() {
        assert_eq!(read(&webp(b"VP8X", &[ANIMATION; 10])), Err(PictureError::Animated));
        for (kind, data) in [(b"VP8 ", &[0; 10]), (b"VP8L", &[0; 10]), (b"JUNK", &[0; 10])] {
            assert!(matches!(read(&webp(kind, data)), Err(PictureError::Undecodable(_))));
        }
    }
}
