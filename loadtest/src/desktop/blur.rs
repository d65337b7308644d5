//! The policy's blur: the screen is drawn with so few pixels that nothing can be read, and enlarged again.

use muster_protocol::policy::Blur;

use super::Picture;

/// How wide a screen `screen_width` pixels wide is drawn: a line of text is less than two dots high, or half a one.
pub(super) fn drawn_width(blur: Blur, screen_width: u16) -> Option<u16> {
    match blur {
        Blur::None => None,
        Blur::Light => Some((screen_width / 8).max(1)),
        Blur::Strong => Some((screen_width / 24).max(1)),
    }
}

/// `small` in another size, its pixels flowing into each other; drawn into `rgb`.
pub(super) fn enlarge(small: &Picture, width: u16, height: u16, mut rgb: Vec<u8>) -> Picture {
    rgb.clear();
    rgb.reserve(usize::from(width) * usize::from(height) * 3);
    let columns: Vec<Mix> = (0..width).map(|x| Mix::at(x, width, small.width)).collect();
    for y in 0..height {
        let rows = Mix::at(y, height, small.height);
        for column in &columns {
            for channel in 0..3 {
                let part = |x: usize, y: usize| u32::from(small.rgb[(y * usize::from(small.width) + x) * 3 + channel]);
                let upper = column.of(part(column.low, rows.low), part(column.high, rows.low));
                let lower = column.of(part(column.low, rows.high), part(column.high, rows.high));
                rgb.push(rows.of(upper, lower) as u8);
            }
        }
    }
    Picture { width, height, rgb }
}

/// The two small pixels that a large one lies between, and how near it is to the second, of 256.
struct Mix {
    low: usize,
    high: usize,
    part: u32,
}

impl Mix {
    /// Large pixel `at` of `large`, over `small` small ones.
    fn at(at: u16, large: u16, small: u16) -> Self {
        let (large, small) = (u32::from(large), u32::from(small));
        // From middle to middle, in parts of 256.
        let place = ((u32::from(at) * 2 + 1) * small * 128 / large).saturating_sub(128).min((small - 1) * 256);
        let low = (place / 256) as usize;
        Self { low, high: (low + 1).min(small as usize - 1), part: place % 256 }
    }

    fn of(&self, low: u32, high: u32) -> u32 {
        (low * (256 - self.part) + high * self.part) / 256
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn corners_stay_and_the_middle_is_mixed() {
        let small = Picture { width: 2, height: 1, rgb: vec![0, 0, 0, 200, 100, 50] };
        let large = enlarge(&small, 8, 2, vec![9; 99]);
        assert_eq!((large.width, large.height, large.rgb.len()), (8, 2, 48));
        assert_eq!((&large.rgb[..3], &large.rgb[21..24]), (&[0, 0, 0][..], &[200, 100, 50][..]));
        let reds: Vec<u8> = large.rgb[..24].chunks_exact(3).map(|pixel| pixel[0]).collect();
        assert!(reds.is_sorted() && (75..=125).contains(&reds[3]), "{reds:?}");
    }
}
