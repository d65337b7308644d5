//! Pictures made beforehand: valid JPEGs of an exact size in bytes, each stamped with whose it is and when it was due.
//!
//! Drawing desktops would cost the load generator more than the hub that it measures. So a few noisy pictures are encoded
//! once, filled up with comment segments, and sent again and again; only their stamp changes.

use bytes::{BufMut, BytesMut};
use jpeg_encoder::{ColorType, Encoder};
use rand::rngs::SmallRng;
use rand::{Rng, SeedableRng};

use crate::error::LoadtestError;
use crate::jpeg_head::{JpegHead, segment};

/// Begins the comment that carries the stamp.
const STAMP_MAGIC: &[u8; 16] = b"muster-loadtest\0";
/// Magic, source and moment.
const STAMP_BYTES: usize = STAMP_MAGIC.len() + 4 + 8;
/// Marker and length of a segment.
const SEGMENT_HEAD_BYTES: usize = 4;
/// A segment's length field counts itself and holds at most 65,535.
const SEGMENT_BYTES_MAX: usize = 2 + 65_535;

/// What a stamped picture says about itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// The number of the agent that sent it, within its run.
    pub source: u32,
    /// When it was due, by the run's monotonic clock: not when it was sent, so that waiting counts.
    pub due_us: u64,
}

/// A picture to send, over and over.
#[derive(Clone, Debug)]
pub struct StockPicture {
    jpeg: Vec<u8>,
    stamp_at: usize,
}

/// A few different pictures of the same size in pixels and bytes.
#[derive(Clone, Debug)]
pub struct PictureStock {
    pub width: u16,
    pub height: u16,
    pictures: Vec<StockPicture>,
}

impl Stamp {
    /// The stamp of a picture that [`StockPicture::write_stamped`] made.
    #[must_use]
    pub fn of(jpeg: &[u8]) -> Option<Self> {
        let stamp = JpegHead::read(jpeg)?.comment?.strip_prefix(STAMP_MAGIC)?;
        let (source, rest) = stamp.split_first_chunk()?;
        let (due_us, _) = rest.split_first_chunk()?;
        Some(Self { source: u32::from_le_bytes(*source), due_us: u64::from_le_bytes(*due_us) })
    }
}

impl StockPicture {
    /// Bytes of the picture.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.jpeg.len()
    }

    /// Appends the picture with this stamp to `message`.
    pub fn write_stamped(&self, stamp: Stamp, message: &mut BytesMut) {
        let (before, after) = self.jpeg.split_at(self.stamp_at);
        message.put_slice(before);
        message.put_u32_le(stamp.source);
        message.put_u64_le(stamp.due_us);
        message.put_slice(&after[4 + 8..]);
    }
}

impl PictureStock {
    /// Makes `count` pictures of exactly `bytes` bytes.
    ///
    /// # Errors
    /// If so few bytes hold no picture of that size in pixels.
    pub fn draw(width: u16, height: u16, bytes: usize, count: usize, seed: u64) -> Result<Self, LoadtestError> {
        let mut rng = SmallRng::seed_from_u64(seed);
        let pictures = (0..count.max(1)).map(|_| StockPicture::draw(width, height, bytes, &mut rng));
        Ok(Self { width, height, pictures: pictures.collect::<Result<_, _>>()? })
    }

    /// The picture for the `number`th frame.
    #[must_use]
    pub fn picture(&self, number: usize) -> &StockPicture {
        &self.pictures[number % self.pictures.len()]
    }
}

impl StockPicture {
    fn draw(width: u16, height: u16, bytes: usize, rng: &mut SmallRng) -> Result<Self, LoadtestError> {
        let room = bytes.saturating_sub(SEGMENT_HEAD_BYTES + STAMP_BYTES);
        let pixels: Vec<u8> = (0..usize::from(width) * usize::from(height) * 3).map(|_| rng.random()).collect();
        // The best quality that fits: size grows with it.
        let (mut fits, mut low, mut high) = (None, 1u8, 100u8);
        while low <= high {
            let quality = u8::midpoint(low, high);
            let jpeg = encode(&pixels, width, height, quality)?;
            if jpeg.len() <= room {
                (fits, low) = (Some(jpeg), quality + 1);
            } else {
                high = quality - 1;
            }
        }
        let jpeg = match fits {
            Some(jpeg) => jpeg,
            // Noise compresses badly; grey is the smallest there is.
            None => encode(&vec![127; pixels.len()], width, height, 1)?,
        };
        if jpeg.len() > room {
            return Err(LoadtestError::Limit(format!("no picture of {width}×{height} pixels fits into {bytes} bytes")));
        }
        Ok(Self::padded(&jpeg, bytes))
    }

    /// Puts the stamp's comment behind the first segment, and as many more comments as are missing to `bytes`.
    fn padded(jpeg: &[u8], bytes: usize) -> Self {
        // The first segment is JFIF's and has to stay the first.
        let first_ends_at = segment(&jpeg[2..]).map_or(2, |(_, body, _)| 2 + SEGMENT_HEAD_BYTES + body.len());
        let mut padded = jpeg[..first_ends_at].to_vec();
        let mut missing = bytes - jpeg.len();
        let mut stamp_at = None;
        while missing > 0 {
            let mut length = missing.min(SEGMENT_BYTES_MAX);
            // A segment has at least its head: what is left may not be smaller.
            if (1..SEGMENT_HEAD_BYTES).contains(&(missing - length)) {
                length -= SEGMENT_HEAD_BYTES;
            }
            missing -= length;
            padded.extend_from_slice(&[0xFF, 0xFE]);
            padded.extend_from_slice(&((length - 2) as u16).to_be_bytes());
            let body_at = padded.len();
            padded.resize(body_at + length - SEGMENT_HEAD_BYTES, b'.');
            stamp_at.get_or_insert_with(|| {
                padded[body_at..body_at + STAMP_MAGIC.len()].copy_from_slice(STAMP_MAGIC);
                body_at + STAMP_MAGIC.len()
            });
        }
        padded.extend_from_slice(&jpeg[first_ends_at..]);
        Self { jpeg: padded, stamp_at: stamp_at.unwrap_or(first_ends_at) }
    }
}

fn encode(pixels: &[u8], width: u16, height: u16, quality: u8) -> Result<Vec<u8>, LoadtestError> {
    let mut jpeg = Vec::new();
    Encoder::new(&mut jpeg, quality).encode(pixels, width, height, ColorType::Rgb)?;
    Ok(jpeg)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stamped(stock: &PictureStock, number: usize, stamp: Stamp) -> Vec<u8> {
        let mut message = BytesMut::new();
        stock.picture(number).write_stamped(stamp, &mut message);
        message.to_vec()
    }

    #[test]
    fn pictures_have_exactly_the_size_asked_for_and_decode() {
        for bytes in [2_500, 8_000, 8_001, 8_002, 8_003, 20_000, 60_000, 131_072] {
            let stock = PictureStock::draw(320, 180, bytes, 2, 7).unwrap();
            let stamp = Stamp { source: 77, due_us: 86_400_123_456 };
            for number in 0..2 {
                let jpeg = stamped(&stock, number, stamp);
                assert_eq!((jpeg.len(), stock.picture(number).bytes()), (bytes, bytes));
                assert_eq!(Stamp::of(&jpeg), Some(stamp));
                let decoded = image::load_from_memory_with_format(&jpeg, image::ImageFormat::Jpeg).unwrap();
                assert_eq!((decoded.width(), decoded.height()), (320, 180), "{bytes}");
            }
            // The smallest ones are grey; all others differ.
            assert!(bytes < 8_000 || stamped(&stock, 0, stamp) != stamped(&stock, 1, stamp), "{bytes}");
        }
    }

    #[test]
    fn a_picture_that_cannot_be_so_small_is_refused() {
        let error = PictureStock::draw(480, 270, 300, 1, 7).unwrap_err().to_string();
        assert!(error.contains("300 bytes"), "{error}");
    }

    #[test]
    fn other_pictures_have_no_stamp() {
        let jpeg = encode(&[9; 16 * 16 * 3], 16, 16, 50).unwrap();
        assert_eq!(Stamp::of(&jpeg), None);
        assert_eq!(Stamp::of(b"nothing"), None);
    }
}
