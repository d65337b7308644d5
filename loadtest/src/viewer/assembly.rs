//! The parts of a picture, put together. Pure.

use bytes::{Bytes, BytesMut};
use muster_protocol::frame::FrameHeader;
use muster_protocol::limits::{AGENT_FRAME_BYTES_MAX, MEDIA_PART_BYTES_MAX};

use super::fault::PictureFault;

/// The picture of one socket that is under way; parts of different pictures are never mixed.
#[derive(Debug, Default)]
pub(super) struct Assembly {
    open: Option<(FrameHeader, BytesMut)>,
}

impl Assembly {
    /// Takes one message. Returns the header of its picture and the body once all of it is there.
    pub(super) fn take(
        &mut self,
        header: FrameHeader,
        body: Bytes,
    ) -> Result<Option<(FrameHeader, Bytes)>, PictureFault> {
        if body.len() > MEDIA_PART_BYTES_MAX {
            return Err(PictureFault::PartTooLarge(body.len()));
        }
        if header.length as usize > AGENT_FRAME_BYTES_MAX {
            return Err(PictureFault::TooLarge(header.length));
        }
        let picture = FrameHeader { part: 0, ..header };
        let is_last = header.part + 1 >= header.parts.max(1);
        match self.open.take() {
            // Nothing is copied of a picture that comes whole.
            None if header.part == 0 && is_last => complete(picture, body).map(Some),
            None if header.part == 0 => {
                let mut bytes = BytesMut::with_capacity(header.length as usize);
                bytes.extend_from_slice(&body);
                self.open = Some((header, bytes));
                Ok(None)
            }
            Some((last, mut bytes)) if (FrameHeader { part: last.part + 1, ..last }) == header => {
                bytes.extend_from_slice(&body);
                if bytes.len() > header.length as usize {
                    return Err(PictureFault::Length { said: header.length, came: bytes.len() });
                }
                if is_last {
                    return complete(picture, bytes.freeze()).map(Some);
                }
                self.open = Some((header, bytes));
                Ok(None)
            }
            _ => Err(PictureFault::MixedParts),
        }
    }
}

fn complete(header: FrameHeader, body: Bytes) -> Result<(FrameHeader, Bytes), PictureFault> {
    if body.len() == header.length as usize {
        Ok((header, body))
    } else {
        Err(PictureFault::Length { said: header.length, came: body.len() })
    }
}
