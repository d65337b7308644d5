//! A picture as systems grab it.

/// Bytes of one pixel: blue, green, red, ignored.
pub const PIXEL_BYTES: usize = 4;

/// Rows of four bytes a pixel, without padding between them. The memory is made to be used again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pixels {
    pub width: u16,
    pub height: u16,
    /// `width` × `height` × 4: blue, green, red, ignored.
    pub bgrx: Vec<u8>,
}

impl Pixels {
    /// Makes room for a picture of this size. What is in it means nothing until it is written.
    pub fn resize(&mut self, width: u16, height: u16) {
        (self.width, self.height) = (width, height);
        self.bgrx.resize(usize::from(width) * usize::from(height) * PIXEL_BYTES, 0);
    }

    /// Bytes of a row.
    #[must_use]
    pub fn row_bytes(&self) -> usize {
        usize::from(self.width) * PIXEL_BYTES
    }

    /// Whether there are as many bytes as the size says, and at least one pixel.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        !self.bgrx.is_empty() && self.bgrx.len() == self.row_bytes() * usize::from(self.height)
    }
}
