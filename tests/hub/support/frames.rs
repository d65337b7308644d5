//! Binary messages as an agent sends them, around real JPEGs.

use muster_loadtest::desktop::Picture;
use muster_protocol::frame::{FrameHeader, FrameKind, TIER_FOCUS, TIER_WALL};
use muster_protocol::limits::WALL_WIDTH_MAX;
use muster_protocol::tiles::{Tile, tile_size, write_tiles};

use super::agent::now;

/// Width and height, in pixels.
pub type Size = (u16, u16);

/// The size of most wall pictures in here.
pub const WALL: Size = (160, 90);
/// A grid of 3 × 2 tiles, those at the right and lower edge smaller than the others.
pub const FOCUS: Size = (600, 300);

/// A grey JPEG that says `serial` in a comment, so that no two are alike.
pub fn jpeg((width, height): Size, serial: u32) -> Vec<u8> {
    let rgb = vec![127; usize::from(width) * usize::from(height) * 3];
    let picture = Picture { width, height, rgb }.to_jpeg(60).unwrap();
    commented(&picture, &serial.to_be_bytes())
}

/// A JPEG of at least `bytes`: what detail costs on a real screen is comments here.
pub fn large_jpeg(size: Size, serial: u32, bytes: usize) -> Vec<u8> {
    let mut picture = jpeg(size, serial);
    while picture.len() < bytes {
        let missing = (bytes - picture.len()).min(60_000);
        picture = commented(&picture, &vec![serial as u8; missing]);
    }
    picture
}

fn commented(jpeg: &[u8], comment: &[u8]) -> Vec<u8> {
    let length = u16::try_from(comment.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], &[0xFF, 0xFE], &length, comment, &jpeg[2..]].concat()
}

/// A message, right until a test makes it wrong.
#[derive(Clone, Debug)]
pub struct Frame {
    pub header: FrameHeader,
    pub body: Vec<u8>,
}

impl Frame {
    /// A whole picture of track 0, of the wall tier if it is small enough.
    pub fn whole(seq: u32, size: Size, jpeg: Vec<u8>) -> Self {
        let tier = if size.0 <= WALL_WIDTH_MAX { TIER_WALL } else { TIER_FOCUS };
        Self::of(FrameKind::Whole, tier, seq, size, jpeg)
    }

    /// A small picture for the wall.
    pub fn wall(seq: u32) -> Self {
        Self::whole(seq, WALL, jpeg(WALL, seq))
    }

    /// The tiles of a picture at these places, each a JPEG of the size that its place demands.
    pub fn tiles(seq: u32, size: Size, places: &[(u8, u8)]) -> Self {
        let serial = |(column, row): (u8, u8)| seq << 16 | u32::from(column) << 8 | u32::from(row);
        let jpegs = places.iter().map(|&(column, row)| {
            let size = tile_size(size.0, size.1, column, row).unwrap_or((64, 64));
            jpeg(size, serial((column, row)))
        });
        let jpegs = jpegs.collect::<Vec<_>>();
        let tiles = places.iter().zip(&jpegs).map(|(&(column, row), jpeg)| Tile { column, row, jpeg });
        Self::of(FrameKind::Tiles, TIER_FOCUS, seq, size, write_tiles(&tiles.collect::<Vec<_>>()))
    }

    /// The picture of `seq` still holds.
    pub fn same(seq: u32, tier: u8) -> Self {
        Self::of(FrameKind::Same, tier, seq, (0, 0), Vec::new())
    }

    fn of(kind: FrameKind, tier: u8, seq: u32, (width, height): Size, body: Vec<u8>) -> Self {
        let header = FrameHeader {
            kind,
            tier,
            flags: 0,
            track: 0,
            seq,
            length: u32::try_from(body.len()).unwrap(),
            captured_at_ms: u64::try_from(now().0).unwrap(),
            width,
            height,
            part: 0,
            parts: 1,
        };
        Self { header, body }
    }

    /// The same picture of another track.
    pub fn on(mut self, track: u32) -> Self {
        self.header.track = track;
        self
    }

    /// The same picture, captured at this moment of the agent's clock.
    pub fn captured_at(mut self, at: muster_protocol::UtcMillis) -> Self {
        self.header.captured_at_ms = u64::try_from(at.0).unwrap();
        self
    }

    /// As it goes over the wire.
    pub fn bytes(&self) -> Vec<u8> {
        [&self.header.encode()[..], &self.body].concat()
    }
}
