//! Writes the messages of a page's socket without copying pictures.
//!
//! Frames of a server are not masked (RFC 6455, 5.1), so one is a few bytes and then the message as it is: what a
//! picture shares with all its viewers goes from there to the kernel. tungstenite, which reads the socket, would copy it
//! twice.

use std::collections::VecDeque;
use std::io::IoSlice;

use bytes::{Buf, BufMut, Bytes, BytesMut};
use muster_actors::live::Part;

/// Bytes in front of a message, at most (RFC 6455, 5.2).
const FRAME_HEAD_BYTES_MAX: usize = 10;

/// What is on its way to the kernel, in order. A frame is in it as a whole, so it may be left half written only when the
/// socket ends.
#[derive(Debug, Default)]
pub(super) struct Batch {
    chunks: VecDeque<Bytes>,
    remaining: usize,
}

#[derive(Clone, Copy)]
#[repr(u8)]
enum Opcode {
    Text = 1,
    Binary = 2,
    Close = 8,
}

impl Batch {
    /// A text message.
    pub fn push_text(&mut self, text: &str) {
        self.push_copied(Opcode::Text, text.as_bytes());
    }

    /// A close frame; nothing may follow it.
    pub fn push_close(&mut self, code: u16, reason: &str) {
        // The body of a control frame has at most 125 bytes; our reasons are a few words.
        let body = [&code.to_be_bytes(), &reason.as_bytes()[..reason.len().min(123)]].concat();
        self.push_copied(Opcode::Close, &body);
    }

    /// A part of a picture: its bytes are shared.
    pub fn push_part(&mut self, part: Part) {
        let mut head = BytesMut::with_capacity(FRAME_HEAD_BYTES_MAX + part.head.len());
        put_frame_head(&mut head, Opcode::Binary, part.head.len() + part.body.len());
        head.extend_from_slice(&part.head);
        self.push(head.freeze());
        self.push(part.body);
    }

    /// Whole frames that somebody else has encoded.
    pub fn push_frames(&mut self, frames: Bytes) {
        self.push(frames);
    }

    fn push_copied(&mut self, opcode: Opcode, body: &[u8]) {
        let mut frame = BytesMut::with_capacity(FRAME_HEAD_BYTES_MAX + body.len());
        put_frame_head(&mut frame, opcode, body.len());
        frame.extend_from_slice(body);
        self.push(frame.freeze());
    }

    fn push(&mut self, chunk: Bytes) {
        if !chunk.is_empty() {
            self.remaining += chunk.len();
            self.chunks.push_back(chunk);
        }
    }
}

/// The whole message in one frame, unmasked.
fn put_frame_head(buffer: &mut BytesMut, opcode: Opcode, length: usize) {
    buffer.put_u8(0x80 | opcode as u8);
    match length {
        0..=125 => buffer.put_u8(length as u8),
        126..=0xffff => {
            buffer.put_u8(126);
            buffer.put_u16(length as u16);
        }
        _ => {
            buffer.put_u8(127);
            buffer.put_u64(length as u64);
        }
    }
}

impl Buf for Batch {
    fn remaining(&self) -> usize {
        self.remaining
    }

    fn chunk(&self) -> &[u8] {
        self.chunks.front().map_or(&[], |chunk| chunk.as_ref())
    }

    fn chunks_vectored<'a>(&'a self, slices: &mut [IoSlice<'a>]) -> usize {
        let filled = slices.len().min(self.chunks.len());
        for (slice, chunk) in slices.iter_mut().zip(&self.chunks) {
            *slice = IoSlice::new(chunk);
        }
        filled
    }

    fn advance(&mut self, mut count: usize) {
        self.remaining -= count;
        while count > 0 {
            let Some(chunk) = self.chunks.front_mut() else { return };
            if count < chunk.len() {
                chunk.advance(count);
                return;
            }
            count -= chunk.len();
            self.chunks.pop_front();
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio_tungstenite::WebSocketStream;
    use tokio_tungstenite::tungstenite::Message;
    use tokio_tungstenite::tungstenite::protocol::Role;

    use super::*;

    /// What a client reads of a batch that is written a few bytes at a time.
    async fn read_back(mut batch: Batch, step: usize) -> Vec<Message> {
        use futures_util::StreamExt;

        let mut bytes = Vec::new();
        while batch.has_remaining() {
            let take = step.min(batch.chunk().len());
            bytes.extend_from_slice(&batch.chunk()[..take]);
            batch.advance(take);
        }
        let wire = std::io::Cursor::new(bytes);
        let client = WebSocketStream::from_raw_socket(wire, Role::Client, None).await;
        client.filter_map(|message| async { message.ok() }).collect().await
    }

    fn part(length: usize) -> Part {
        Part { head: [7; 36], body: Bytes::from(vec![9; length]) }
    }

    #[tokio::test]
    async fn a_client_reads_what_was_pushed() {
        for step in [1, 3, 1_000_000] {
            let mut batch = Batch::default();
            batch.push_text("short");
            batch.push_text(&"long ".repeat(20_000));
            for length in [0, 80, 32_768, 70_000] {
                batch.push_part(part(length));
            }
            batch.push_close(4001, "slow");
            let read = read_back(batch, step).await;
            assert_eq!(read[0], Message::text("short"));
            assert_eq!(read[1].to_text().unwrap().len(), 100_000);
            let lengths = read[2..6].iter().map(Message::len).collect::<Vec<_>>();
            assert_eq!(lengths, [36, 116, 32_804, 70_036]);
            let Message::Close(Some(close)) = &read[6] else { panic!("{:?}", read[6]) };
            assert_eq!((u16::from(close.code), close.reason.as_str()), (4001, "slow"));
        }
    }

    #[test]
    fn several_chunks_are_written_at_once() {
        let mut batch = Batch::default();
        batch.push_part(part(10));
        batch.push_part(part(10));
        let mut slices = [IoSlice::new(&[]); 8];
        assert_eq!(batch.chunks_vectored(&mut slices), 4);
        assert_eq!(slices.iter().map(|slice| slice.len()).sum::<usize>(), batch.remaining());
    }
}
