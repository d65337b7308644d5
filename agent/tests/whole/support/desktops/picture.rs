//! Pictures to compare.

use muster_protocol::limits::TILE_SIDE;
use muster_protocol::tiles::read_tiles;

/// Rows of blue, green, red and a fourth byte.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    pub width: usize,
    pub height: usize,
    pub bgrx: Vec<u8>,
}

impl Picture {
    pub fn black(width: usize, height: usize) -> Self {
        Self { width, height, bgrx: vec![0; width * height * 4] }
    }

    /// Of a JPEG or a PNG.
    pub fn decode(file: &[u8]) -> Self {
        let decoded = image::load_from_memory(file).unwrap().to_rgb8();
        let (width, height) = (decoded.width() as usize, decoded.height() as usize);
        Self { width, height, bgrx: decoded.pixels().flat_map(|pixel| [pixel[2], pixel[1], pixel[0], 0]).collect() }
    }

    /// Lays the tiles of a frame's `body` over it. Returns how many there were.
    pub fn lay_tiles(&mut self, body: &[u8]) -> usize {
        let tiles = read_tiles(body).unwrap();
        for tile in &tiles {
            let (left, top) = (usize::from(tile.column), usize::from(tile.row));
            let (left, top) = (left * usize::from(TILE_SIDE), top * usize::from(TILE_SIDE));
            let picture = Self::decode(tile.jpeg);
            for (y, row) in picture.bgrx.chunks_exact(picture.width * 4).enumerate() {
                let at = ((top + y) * self.width + left) * 4;
                self.bgrx[at..at + row.len()].copy_from_slice(row);
            }
        }
        tiles.len()
    }

    /// Half as wide and high: each pixel is the mean of four.
    pub fn halved(&self) -> Self {
        let (width, height) = (self.width / 2, self.height / 2);
        let mean = |x: usize, y: usize| {
            let four = [(0, 0), (1, 0), (0, 1), (1, 1)].map(|(right, below)| self.pixel(x * 2 + right, y * 2 + below));
            let of = |channel: usize| (four.iter().map(|pixel| u16::from(pixel[channel])).sum::<u16>() / 4) as u8;
            [of(0), of(1), of(2), 0]
        };
        let places = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
        Self { width, height, bgrx: places.flat_map(|(x, y)| mean(x, y)).collect() }
    }

    pub fn pixel(&self, x: usize, y: usize) -> [u8; 3] {
        let at = (y * self.width + x) * 4;
        [self.bgrx[at], self.bgrx[at + 1], self.bgrx[at + 2]]
    }

    /// A part of it.
    pub fn cut(&self, left: usize, top: usize, width: usize, height: usize) -> Self {
        let rows = self.bgrx.chunks_exact(self.width * 4).skip(top).take(height);
        Self { width, height, bgrx: rows.flat_map(|row| &row[left * 4..(left + width) * 4]).copied().collect() }
    }

    /// Where it differs from `other`, which has its size.
    pub fn differences(&self, other: &Self) -> Vec<(usize, usize)> {
        assert_eq!((self.width, self.height), (other.width, other.height));
        let places = (0..self.height).flat_map(|y| (0..self.width).map(move |x| (x, y)));
        places.filter(|(x, y)| self.pixel(*x, *y) != other.pixel(*x, *y)).collect()
    }

    /// How many different colours it has: a picture of nothing has one.
    pub fn colours(&self) -> usize {
        self.bgrx.chunks_exact(4).map(|pixel| &pixel[..3]).collect::<std::collections::BTreeSet<_>>().len()
    }
}

/// The mean difference of two pictures of one size, in levels of 256.
pub fn difference(one: &Picture, other: &Picture) -> f64 {
    assert_eq!((one.width, one.height), (other.width, other.height));
    let pixels = one.bgrx.chunks_exact(4).zip(other.bgrx.chunks_exact(4));
    let sum: u64 = pixels.flat_map(|(a, b)| (0..3).map(|at| u64::from(a[at].abs_diff(b[at])))).sum();
    sum as f64 / (one.width * one.height * 3) as f64
}
