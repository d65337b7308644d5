//! What the head of a JPEG says: its size, and its first comment. Reads no further than the scan.

/// The markers of the format that matter here (ITU-T T.81, table B.1).
const MARKER: u8 = 0xFF;
const START_OF_IMAGE: u8 = 0xD8;
const START_OF_SCAN: u8 = 0xDA;
const COMMENT: u8 = 0xFE;

/// The head of one picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct JpegHead<'a> {
    pub width: u16,
    pub height: u16,
    pub comment: Option<&'a [u8]>,
}

impl<'a> JpegHead<'a> {
    /// Reads the head; `None` if `jpeg` is none or ends before its scan begins.
    pub(crate) fn read(jpeg: &'a [u8]) -> Option<Self> {
        let mut rest = jpeg.strip_prefix(&[MARKER, START_OF_IMAGE])?;
        let (mut size, mut comment) = (None, None);
        loop {
            let (marker, body, after) = segment(rest)?;
            match marker {
                // 0xC4, 0xC8 and 0xCC lie in the range of the frame headers and are none.
                0xC0..=0xCF if !matches!(marker, 0xC4 | 0xC8 | 0xCC) => {
                    let [_precision, height_high, height_low, width_high, width_low, ..] = *body else { return None };
                    size = Some((
                        u16::from_be_bytes([width_high, width_low]),
                        u16::from_be_bytes([height_high, height_low]),
                    ));
                }
                COMMENT => comment = comment.or(Some(body)),
                START_OF_SCAN => {
                    let (width, height) = size?;
                    return Some(Self { width, height, comment });
                }
                _ => {}
            }
            rest = after;
        }
    }
}

/// The first segment of `bytes`: its marker, its body and what follows.
pub(crate) fn segment(bytes: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (head, rest) = bytes.split_first_chunk::<4>()?;
    let [MARKER, marker, length @ ..] = *head else { return None };
    let (body, after) = rest.split_at_checked(usize::from(u16::from_be_bytes(length)).checked_sub(2)?)?;
    Some((marker, body, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_read_and_half_a_head_is_none() {
        let mut jpeg = Vec::new();
        let encoder = jpeg_encoder::Encoder::new(&mut jpeg, 60);
        encoder.encode(&[7; 40 * 24 * 3], 40, 24, jpeg_encoder::ColorType::Rgb).unwrap();
        let head = JpegHead::read(&jpeg).unwrap();
        assert_eq!((head.width, head.height, head.comment), (40, 24, None));
        let scan_at = jpeg.windows(2).position(|two| two == [MARKER, START_OF_SCAN]).unwrap();
        for length in 0..scan_at {
            assert_eq!(JpegHead::read(&jpeg[..length]), None, "{length}");
        }
        assert_eq!(JpegHead::read(b"\x89PNG\r\n\x1a\n........"), None);
    }
}
