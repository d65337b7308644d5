//! The binary frame: a 32-byte little-endian header, then the picture or one 32-KiB part of it.
//!
//! Down, to a portal, a message id for [`crate::portal::PortalUp::Ack`] follows the header, and `track` is the number that
//! [`crate::portal::TrackState`] gave to the watched track.

/// Bytes of the header.
pub const HEADER_BYTES: usize = 32;
/// Bytes of the header with the message id that a portal acknowledges.
pub const DOWN_HEADER_BYTES: usize = HEADER_BYTES + 4;
/// The version in the first byte.
pub const VERSION: u8 = 1;

/// The header's `tier` of the wall.
pub const TIER_WALL: u8 = 1;
/// The header's `tier` of the focused view.
pub const TIER_FOCUS: u8 = 2;

/// What follows the header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum FrameKind {
    /// One whole picture.
    Whole = 1,
    /// The tiles that changed: u16 count, then per tile column u8, row u8, length u24, JPEG.
    Tiles = 2,
    /// Nothing: the picture of an earlier seq still holds.
    Same = 3,
}

/// The header of a frame, in the order of its fields on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FrameHeader {
    pub kind: FrameKind,
    pub tier: u8,
    pub flags: u8,
    pub track: u32,
    pub seq: u32,
    /// Bytes of the whole picture, all parts together.
    pub length: u32,
    pub captured_at_ms: u64,
    pub width: u16,
    pub height: u16,
    pub part: u16,
    pub parts: u16,
}

/// Why bytes are not a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FrameError {
    TooShort,
    Version(u8),
    Kind(u8),
    Part { part: u16, parts: u16 },
}

impl std::fmt::Display for FrameError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::TooShort => write!(f, "a frame has at least {HEADER_BYTES} bytes"),
            Self::Version(version) => write!(f, "frame version {version} is not {VERSION}"),
            Self::Kind(kind) => write!(f, "frame kind {kind} is unknown"),
            Self::Part { part, parts } => write!(f, "part {part} of {parts} cannot be"),
        }
    }
}

impl std::error::Error for FrameError {}

impl FrameHeader {
    /// The header as bytes.
    #[must_use]
    pub fn encode(&self) -> [u8; HEADER_BYTES] {
        let mut bytes = [0; HEADER_BYTES];
        bytes[0] = VERSION;
        bytes[1] = self.kind as u8;
        bytes[2] = self.tier;
        bytes[3] = self.flags;
        bytes[4..8].copy_from_slice(&self.track.to_le_bytes());
        bytes[8..12].copy_from_slice(&self.seq.to_le_bytes());
        bytes[12..16].copy_from_slice(&self.length.to_le_bytes());
        bytes[16..24].copy_from_slice(&self.captured_at_ms.to_le_bytes());
        bytes[24..26].copy_from_slice(&self.width.to_le_bytes());
        bytes[26..28].copy_from_slice(&self.height.to_le_bytes());
        bytes[28..30].copy_from_slice(&self.part.to_le_bytes());
        bytes[30..32].copy_from_slice(&self.parts.to_le_bytes());
        bytes
    }

    /// The header as it goes down to a portal, in message `message_id`.
    #[must_use]
    pub fn encode_down(&self, message_id: u32) -> [u8; DOWN_HEADER_BYTES] {
        let mut bytes = [0; DOWN_HEADER_BYTES];
        bytes[..HEADER_BYTES].copy_from_slice(&self.encode());
        bytes[HEADER_BYTES..].copy_from_slice(&message_id.to_le_bytes());
        bytes
    }

    /// Reads a message to a portal: the header, the message id, and what follows.
    pub fn decode_down(bytes: &[u8]) -> Result<(Self, u32, &[u8]), FrameError> {
        let (header, rest) = Self::decode(bytes)?;
        let (message_id, body) = rest.split_first_chunk().ok_or(FrameError::TooShort)?;
        Ok((header, u32::from_le_bytes(*message_id), body))
    }

    /// Reads the header of `bytes` and returns it with what follows.
    pub fn decode(bytes: &[u8]) -> Result<(Self, &[u8]), FrameError> {
        let (head, body) = bytes.split_first_chunk::<HEADER_BYTES>().ok_or(FrameError::TooShort)?;
        if head[0] != VERSION {
            return Err(FrameError::Version(head[0]));
        }
        let kind = match head[1] {
            1 => FrameKind::Whole,
            2 => FrameKind::Tiles,
            3 => FrameKind::Same,
            other => return Err(FrameError::Kind(other)),
        };
        let u16_at = |at: usize| u16::from_le_bytes([head[at], head[at + 1]]);
        let u32_at = |at: usize| u32::from_le_bytes([head[at], head[at + 1], head[at + 2], head[at + 3]]);
        let header = Self {
            kind,
            tier: head[2],
            flags: head[3],
            track: u32_at(4),
            seq: u32_at(8),
            length: u32_at(12),
            captured_at_ms: u64::from(u32_at(16)) | u64::from(u32_at(20)) << 32,
            width: u16_at(24),
            height: u16_at(26),
            part: u16_at(28),
            parts: u16_at(30),
        };
        if header.part >= header.parts.max(1) {
            return Err(FrameError::Part { part: header.part, parts: header.parts });
        }
        Ok((header, body))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: FrameHeader = FrameHeader {
        kind: FrameKind::Tiles,
        tier: 2,
        flags: 0,
        track: 7,
        seq: 0x0102_0304,
        length: 60_000,
        captured_at_ms: 1_795_000_000_123,
        width: 1920,
        height: 1080,
        part: 1,
        parts: 2,
    };

    #[test]
    fn a_header_survives_the_wire() {
        let mut bytes = HEADER.encode().to_vec();
        bytes.extend_from_slice(b"picture");
        assert_eq!(FrameHeader::decode(&bytes), Ok((HEADER, &b"picture"[..])));
    }

    #[test]
    fn a_message_id_follows_the_header_on_its_way_down() {
        let mut bytes = HEADER.encode_down(0x0a0b_0c0d).to_vec();
        bytes.extend_from_slice(b"part");
        assert_eq!(&bytes[HEADER_BYTES..DOWN_HEADER_BYTES], &[0x0d, 0x0c, 0x0b, 0x0a]);
        assert_eq!(FrameHeader::decode_down(&bytes), Ok((HEADER, 0x0a0b_0c0d, &b"part"[..])));
        assert_eq!(FrameHeader::decode_down(&bytes[..35]), Err(FrameError::TooShort));
    }

    #[test]
    fn the_layout_is_little_endian_and_fixed() {
        let bytes = HEADER.encode();
        assert_eq!(&bytes[..12], &[1, 2, 2, 0, 7, 0, 0, 0, 4, 3, 2, 1]);
    }

    #[test]
    fn broken_headers_are_refused() {
        let mut bytes = HEADER.encode();
        assert_eq!(FrameHeader::decode(&bytes[..31]), Err(FrameError::TooShort));
        bytes[1] = 9;
        assert_eq!(FrameHeader::decode(&bytes), Err(FrameError::Kind(9)));
        bytes[0] = 2;
        assert_eq!(FrameHeader::decode(&bytes), Err(FrameError::Version(2)));
        let part_out_of_range = FrameHeader { part: 2, ..HEADER }.encode();
        assert_eq!(FrameHeader::decode(&part_out_of_range), Err(FrameError::Part { part: 2, parts: 2 }));
    }
}
