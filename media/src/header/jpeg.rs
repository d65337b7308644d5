//! JPEG (ITU-T T.81, annex B): segments, then entropy-coded scans, then the end marker.

use crate::header::{Header, take};
use crate::picture::{PictureError, PictureFormat, PictureInfo};

const START_OF_IMAGE: u8 = 0xD8;
const END_OF_IMAGE: u8 = 0xD9;
const START_OF_SCAN: u8 = 0xDA;
const TEMPORARY: u8 = 0x01;
/// `SOF2`: the decoder keeps every coefficient, two bytes each, until the last scan.
const PROGRESSIVE_FRAME: u8 = 0xC2;
const COEFFICIENT_BYTES: u64 = 2;

/// Walks every segment to the end marker. Bytes after that are ignored, as all decoders do. A second frame is refused: some
/// decoders would take the size of the first, and only hierarchical files, which none of them reads, have several.
pub fn read(bytes: &[u8]) -> Result<Header, PictureError> {
    let mut header = None;
    let mut at = 2;
    loop {
        let (marker, body) = next_marker(bytes, at).ok_or(PictureError::Truncated)?;
        at = body;
        match marker {
            END_OF_IMAGE => return header.ok_or_else(|| broken("it ends without a frame")),
            START_OF_IMAGE => return Err(broken("it starts twice")),
            TEMPORARY | 0xD0..=0xD7 => continue,
            _ => {}
        }
        let length = segment_length(bytes, at)?;
        if is_frame(marker) {
            if header.is_some() {
                return Err(broken("it has two frames"));
            }
            let frame = take(bytes, at, length).ok_or(PictureError::Truncated)?;
            header = Some(read_frame(marker, frame)?);
        }
        at += length;
        if marker == START_OF_SCAN {
            at = skip_scan(bytes, at);
        }
    }
}

/// The next marker at or after `at`, and where its body begins. Fill bytes are allowed before a marker.
fn next_marker(bytes: &[u8], at: usize) -> Option<(u8, usize)> {
    let rest = bytes.get(at..)?;
    let is_marker = |fill: &usize| rest.get(fill + 1).is_some_and(|marker| !matches!(marker, 0x00 | 0xFF));
    let fill = memchr::memchr_iter(0xFF, rest).find(is_marker)?;
    Some((rest[fill + 1], at + fill + 2))
}

/// The length that a segment states, which includes the two bytes that state it.
fn segment_length(bytes: &[u8], at: usize) -> Result<usize, PictureError> {
    let stated = take(bytes, at, 2).ok_or(PictureError::Truncated)?;
    let length = usize::from(u16::from_be_bytes([stated[0], stated[1]]));
    if length < 2 {
        return Err(broken("a segment is shorter than its length"));
    }
    if take(bytes, at, length).is_none() {
        return Err(PictureError::Truncated);
    }
    Ok(length)
}

/// SOF0 to SOF15 without the three numbers in between that mean tables.
const fn is_frame(marker: u8) -> bool {
    matches!(marker, 0xC0..=0xCF) && !matches!(marker, 0xC4 | 0xC8 | 0xCC)
}

/// A frame segment: length u16, precision u8, height u16, width u16, components u8.
fn read_frame(marker: u8, frame: &[u8]) -> Result<Header, PictureError> {
    let &[_, _, _, height_high, height_low, width_high, width_low, components, ..] = frame else {
        return Err(broken("its frame segment is too short"));
    };
    let info = PictureInfo {
        format: PictureFormat::Jpeg,
        width: u32::from(u16::from_be_bytes([width_high, width_low])),
        height: u32::from(u16::from_be_bytes([height_high, height_low])),
    };
    let kept_components = if marker == PROGRESSIVE_FRAME { u64::from(components) } else { 0 };
    Ok(Header { info, working_bytes_per_pixel: kept_components * COEFFICIENT_BYTES })
}

/// Where the entropy-coded data that begins at `at` ends: at the next marker that is neither stuffed nor a restart.
fn skip_scan(bytes: &[u8], mut at: usize) -> usize {
    while let Some(found) = bytes.get(at..).and_then(|rest| memchr::memchr(0xFF, rest)) {
        at += found;
        match bytes.get(at + 1) {
            Some(0x00 | 0xD0..=0xD7) => at += 2,
            Some(0xFF) => at += 1,
            _ => return at,
        }
    }
    bytes.len()
}

fn broken(what: &str) -> PictureError {
    PictureError::Undecodable(what.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// SOI, a comment, a frame of 3 x 2 pixels, a scan with stuffing and a restart, EOI.
    const SMALL: [u8; 41] = [
        0xFF, 0xD8, // start
        0xFF, 0xFE, 0, 4, 0xFF, 0xC0, // a comment that looks like a frame
        0xFF, 0xFF, 0xC2, 0, 17, 8, 0, 2, 0, 3, 3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0, // fill byte, frame
        0xFF, 0xDA, 0, 2, 7, 0xFF, 0x00, 0xFF, 0xD0, 8, 9, // scan
        0xFF, 0xD9, // end
    ];

    #[test]
    fn the_frame_gives_the_dimensions_and_not_a_comment_that_looks_like_one() {
        let info = PictureInfo { format: PictureFormat::Jpeg, width: 3, height: 2 };
        assert_eq!(read(&SMALL), Ok(Header { info, working_bytes_per_pixel: 6 }));
    }

    #[test]
    fn every_shorter_version_is_truncated() {
        for length in 2..SMALL.len() {
            assert_eq!(read(&SMALL[..length]), Err(PictureError::Truncated), "{length} bytes");
        }
    }

    #[test]
    fn a_second_frame_cannot_contradict_the_first() {
        let frame = [0xFF, 0xC0, 0, 8, 8, 0, 2, 0, 3, 0];
        let again = [&SMALL[..39], &frame, &SMALL[39..]].concat();
        assert_eq!(read(&again), Err(broken("it has two frames")));
    }

    #[test]
    fn an_end_inside_a_segment_does_not_end_the_file() {
        let hidden = [0xFF, 0xD8, 0xFF, 0xFE, 0, 4, 0xFF, 0xD9];
        assert_eq!(read(&hidden), Err(PictureError::Truncated));
    }

    #[test]
    fn a_file_without_a_frame_or_with_an_impossible_segment_is_broken() {
        for bytes in
            [&[0xFF, 0xD8, 0xFF, 0xD9][..], &[0xFF, 0xD8, 0xFF, 0xFE, 0, 1, 0xFF, 0xD9], &[0xFF, 0xD8, 0xFF, 0xD8]]
        {
            assert!(matches!(read(bytes), Err(PictureError::Undecodable(_))), "{bytes:?}");
        }
    }
}
