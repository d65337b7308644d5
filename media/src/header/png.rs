//! PNG (W3C, third edition): an eight-byte signature, then chunks, the first `IHDR`, the last `IEND`.

use crate::header::{Header, take};
use crate::picture::{PictureError, PictureFormat, PictureInfo};

const SIGNATURE_BYTES: usize = 8;
/// Length u32, type, checksum u32; the data stand before the checksum.
const CHUNK_FRAME_BYTES: usize = 12;

/// Walks the chunks to `IEND`. Checksums are the decoder's work.
pub fn read(bytes: &[u8]) -> Result<Header, PictureError> {
    let mut at = SIGNATURE_BYTES;
    let mut header = None;
    loop {
        let (kind, data) = chunk(bytes, at).ok_or(PictureError::Truncated)?;
        match (kind, header) {
            (b"IHDR", None) => header = Some(read_header(data)?),
            (_, None) => return Err(PictureError::Undecodable("it does not begin with its header".to_owned())),
            (b"acTL", _) => return Err(PictureError::Animated),
            (b"IEND", Some(header)) => return Ok(header),
            _ => {}
        }
        at += CHUNK_FRAME_BYTES + data.len();
    }
}

/// The type and the data of the chunk at `at`, if all of it is there.
fn chunk(bytes: &[u8], at: usize) -> Option<(&[u8; 4], &[u8])> {
    let (length, rest) = bytes.get(at..)?.split_first_chunk::<4>()?;
    let (kind, rest) = rest.split_first_chunk::<4>()?;
    let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
    take(rest, 0, length.checked_add(4)?)?;
    Some((kind, &rest[..length]))
}

/// `IHDR`: width u32, height u32, then depth, colour, compression, filter and interlace.
fn read_header(data: &[u8]) -> Result<Header, PictureError> {
    let &[w0, w1, w2, w3, h0, h1, h2, h3, _, _, _, _, _] = data else {
        return Err(PictureError::Undecodable("its header has a wrong length".to_owned()));
    };
    let info = PictureInfo {
        format: PictureFormat::Png,
        width: u32::from_be_bytes([w0, w1, w2, w3]),
        height: u32::from_be_bytes([h0, h1, h2, h3]),
    };
    Ok(Header { info, working_bytes_per_pixel: 0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(chunks: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
        let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
        for (kind, data) in chunks {
            bytes.extend_from_slice(&u32::try_from(data.len()).unwrap().to_be_bytes());
            bytes.extend_from_slice(*kind);
            bytes.extend_from_slice(data);
            bytes.extend_from_slice(b"crc!");
        }
        bytes
    }

    const IHDR: [u8; 13] = [0, 0, 7, 128, 0, 0, 4, 56, 8, 6, 0, 0, 0];

    #[test]
    fn the_header_gives_the_dimensions() {
        let bytes = png(&[(b"IHDR", &IHDR), (b"IDAT", b"pixels"), (b"IEND", b"")]);
        let info = PictureInfo { format: PictureFormat::Png, width: 1920, height: 1080 };
        assert_eq!(read(&bytes), Ok(Header { info, working_bytes_per_pixel: 0 }));
        for length in SIGNATURE_BYTES..bytes.len() {
            assert_eq!(read(&bytes[..length]), Err(PictureError::Truncated), "{length} bytes");
        }
    }

    #[test]
    fn a_chunk_that_claims_four_gigabytes_is_truncated() {
        let mut bytes = png(&[(b"IHDR", &IHDR)]);
        bytes.extend_from_slice(&[0xFF; 4]);
        bytes.extend_from_slice(b"IDAT");
        assert_eq!(read(&bytes), Err(PictureError::Truncated));
    }

    #[test]
    fn animations_and_headless_files_are_refused() {
        let animated = png(&[(b"IHDR", &IHDR), (b"acTL", &[0; 8]), (b"IEND", b"")]);
        assert_eq!(read(&animated), Err(PictureError::Animated));
        for bytes in [png(&[(b"IDAT", b"")]), png(&[(b"IHDR", b"short"), (b"IEND", b"")])] {
            assert!(matches!(read(&bytes), Err(PictureError::Undecodable(_))));
        }
    }
}
