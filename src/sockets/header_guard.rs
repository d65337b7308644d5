//! Refuses a WebSocket frame by its header.
//!
//! actix-http 3.20 collects a whole announced frame before it looks at the size, so a client that announces 1 GiB and sends
//! it fills the memory. This stream stands in front, reads along the frame headers, and ends with an error as soon as
//! one announces more than is permitted.

use std::pin::Pin;
use std::task::{Context, Poll};

use actix_web::error::PayloadError;
use bytes::Bytes;
use futures_util::Stream;

/// The longest header: 2 bytes, 8 of extended length, 4 of mask.
const HEADER_BYTES_MAX: usize = 14;

/// Passes chunks through and reads their frame headers.
pub struct HeaderGuard<S> {
    inner: S,
    scanner: Scanner,
}

impl<S> HeaderGuard<S> {
    /// Lets frames of at most `payload_bytes_max` through.
    pub fn new(inner: S, payload_bytes_max: u64) -> Self {
        Self { inner, scanner: Scanner::new(payload_bytes_max) }
    }
}

impl<S: Stream<Item = Result<Bytes, PayloadError>> + Unpin> Stream for HeaderGuard<S> {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let polled = Pin::new(&mut self.inner).poll_next(context);
        if let Poll::Ready(Some(Ok(chunk))) = &polled
            && !self.scanner.accepts(chunk)
        {
            return Poll::Ready(Some(Err(PayloadError::Overflow)));
        }
        polled
    }
}

struct Scanner {
    payload_bytes_max: u64,
    header: [u8; HEADER_BYTES_MAX],
    header_len: usize,
    payload_left: u64,
}

impl Scanner {
    fn new(payload_bytes_max: u64) -> Self {
        Self { payload_bytes_max, header: [0; HEADER_BYTES_MAX], header_len: 0, payload_left: 0 }
    }

    /// Reads along `chunk`; `false` when a header in it announces too much.
    fn accepts(&mut self, mut chunk: &[u8]) -> bool {
        while !chunk.is_empty() {
            if self.payload_left > 0 {
                let skipped = chunk.len().min(usize::try_from(self.payload_left).unwrap_or(usize::MAX));
                self.payload_left -= skipped as u64;
                chunk = &chunk[skipped..];
                continue;
            }
            self.header[self.header_len] = chunk[0];
            self.header_len += 1;
            chunk = &chunk[1..];
            if let Some(length) = announced(&self.header[..self.header_len]) {
                if length > self.payload_bytes_max {
                    return false;
                }
                self.header_len = 0;
                self.payload_left = length;
            }
        }
        true
    }
}

/// The payload length, once the header is complete (RFC 6455, 5.2).
fn announced(header: &[u8]) -> Option<u64> {
    let second = *header.get(1)?;
    let mask_bytes = if second & 0x80 == 0 { 0 } else { 4 };
    let length_bytes = match second & 0x7f {
        126 => 2,
        127 => 8,
        _ => 0,
    };
    if header.len() < 2 + length_bytes + mask_bytes {
        return None;
    }
    let extended = header[2..2 + length_bytes].iter().fold(0, |length, byte| length << 8 | u64::from(*byte));
    Some(if length_bytes == 0 { u64::from(second & 0x7f) } else { extended })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(length: usize) -> Vec<u8> {
        let mut bytes = vec![0x81];
        match length {
            0..=125 => bytes.push(0x80 | length as u8),
            126..=65_535 => {
                bytes.push(0x80 | 126);
                bytes.extend_from_slice(&(length as u16).to_be_bytes());
            }
            _ => {
                bytes.push(0x80 | 127);
                bytes.extend_from_slice(&(length as u64).to_be_bytes());
            }
        }
        bytes.extend_from_slice(&[1, 2, 3, 4]);
        bytes.resize(bytes.len() + length, 0x7f);
        bytes
    }

    #[test]
    fn permitted_frames_pass_however_they_are_cut() {
        let bytes = [0, 1, 125, 126, 1_000, 16_384].map(frame).concat();
        for cut in [1, 2, 3, 7, 1_000, bytes.len()] {
            let mut scanner = Scanner::new(16_384);
            assert!(bytes.chunks(cut).all(|chunk| scanner.accepts(chunk)), "cut into {cut}");
        }
    }

    #[test]
    fn a_gibibyte_is_refused_by_its_header_alone() {
        let mut scanner = Scanner::new(16_384);
        let header = [&[0x82, 0xff][..], &(1_u64 << 30).to_be_bytes(), &[0; 4]].concat();
        assert!(scanner.accepts(&frame(10)));
        assert!(scanner.accepts(&header[..13]));
        assert!(!scanner.accepts(&header[13..]));
    }
}
