//! Pictures to compare.

/// Rows of blue, green, red and a fourth byte.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    pub width: usize,
    pub height: usize,
    pub bgrx: Vec<u8>,
}

impl Picture {
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
