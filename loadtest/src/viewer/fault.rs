//! What a hub may not do to a viewer's pictures.

use muster_protocol::frame::FrameError;

/// A picture message that the protocol does not allow. Each one is a defect of the hub.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PictureFault {
    #[error("no frame: {0}")]
    Header(FrameError),
    /// No `track_state` gave this number to a track.
    #[error("number {0} stands for no track")]
    UnknownNumber(u32),
    #[error("tier {0} is neither wall nor focus")]
    Tier(u8),
    #[error("message {id} came after message {before}")]
    MessageId { before: u32, id: u32 },
    /// A part that does not go on with the picture before it, or a picture that was never finished.
    #[error("parts of different pictures are mixed")]
    MixedParts,
    #[error("a part of {0} bytes")]
    PartTooLarge(usize),
    #[error("a picture of {0} bytes")]
    TooLarge(u32),
    #[error("{said} bytes were announced and {came} came")]
    Length { said: u32, came: usize },
    #[error("seq {seq} came after {before}")]
    SeqNotGrowing { before: u32, seq: u32 },
    #[error("\"same as before\" without anything before")]
    SameAsNothing,
    #[error("no JPEG")]
    NoJpeg,
    #[error("a JPEG of {got:?} pixels instead of {expected:?}")]
    WrongSize { expected: (u16, u16), got: (u16, u16) },
    #[error("the tiles do not fill the body")]
    Tiles,
    #[error("a tile at column {column}, row {row}, outside the picture")]
    TileOutside { column: u8, row: u8 },
    #[error("a new grid without {missing} of its tiles")]
    TilesMissing { missing: usize },
    #[error("tiles on the wall")]
    TilesOnTheWall,
    /// A stamped picture of one person under the name of another.
    #[error("a picture of somebody else")]
    SomebodyElse,
}

impl PictureFault {
    /// A short name that faults are counted under.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Header(_) => "no frame",
            Self::UnknownNumber(_) => "unknown number",
            Self::Tier(_) => "unknown tier",
            Self::MessageId { .. } => "message id not growing",
            Self::MixedParts => "mixed parts",
            Self::PartTooLarge(_) => "part too large",
            Self::TooLarge(_) => "picture too large",
            Self::Length { .. } => "wrong length",
            Self::SeqNotGrowing { .. } => "seq not growing",
            Self::SameAsNothing => "same as nothing",
            Self::NoJpeg => "no JPEG",
            Self::WrongSize { .. } => "wrong size",
            Self::Tiles => "broken tiles",
            Self::TileOutside { .. } => "tile outside",
            Self::TilesMissing { .. } => "tiles missing",
            Self::TilesOnTheWall => "tiles on the wall",
            Self::SomebodyElse => "somebody else's picture",
        }
    }
}
