//! The digits of the task bar's clock: strokes, drawn at the size of the picture, so that a screenshot 480 pixels wide
//! still says when it was taken.

use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use super::font::Glyph;

/// Heights kept: a fleet has a few screens and asks for two or three widths of each.
const HEIGHTS_KEPT: usize = 16;
/// Width of a stroke, and from one digit or dot to the next, in parts of the height.
const STROKE: f64 = 0.135;
const DIGIT_ADVANCE: f64 = 0.68;
const DOT_ADVANCE: f64 = 0.30;
/// An arc is drawn as so many straight pieces.
const ARC_PIECES: u32 = 14;

const CHARACTERS: &str = "0123456789:.";

/// Part of a character; coordinates are parts of its height, from the upper left corner. Degrees go clockwise from the
/// right.
#[derive(Clone, Copy)]
enum Stroke {
    Line([f64; 4]),
    /// Middle, radii, from and to.
    Arc([f64; 6]),
}

/// Every character of the clock at one height in pixels.
#[derive(Clone)]
pub(super) struct Digits {
    glyphs: Arc<[Glyph]>,
}

static CACHE: LazyLock<Mutex<Vec<(i32, Digits)>>> = LazyLock::new(Mutex::default);

impl Digits {
    /// The digits `height_px` high; kept for the next time.
    pub(super) fn of_height(height_px: i32) -> Self {
        let height_px = height_px.max(1);
        let mut cache = CACHE.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, digits)) = cache.iter().find(|(known, _)| *known == height_px) {
            return digits.clone();
        }
        let digits = Self { glyphs: CHARACTERS.chars().map(|character| rasterize(character, height_px)).collect() };
        if cache.len() == HEIGHTS_KEPT {
            cache.remove(0);
        }
        cache.push((height_px, digits.clone()));
        digits
    }

    /// The glyph of a digit, a colon or a dot.
    pub(super) fn glyph(&self, character: char) -> &Glyph {
        let index = CHARACTERS.find(character).unwrap_or_default();
        &self.glyphs[index]
    }
}

/// How far the next character is, in pixels, when digits are `height_px` high.
pub(super) fn advance(character: char, height_px: i32) -> f64 {
    f64::from(height_px) * if character.is_ascii_digit() { DIGIT_ADVANCE } else { DOT_ADVANCE }
}

/// How wide `text` is.
pub(super) fn width(text: &str, height_px: i32) -> i32 {
    text.chars().map(|character| advance(character, height_px)).sum::<f64>().ceil() as i32
}

fn rasterize(character: char, height_px: i32) -> Glyph {
    let height = f64::from(height_px);
    let lines: Vec<[f64; 4]> = strokes(character).iter().flat_map(|stroke| stroke.lines()).collect();
    let width = advance(character, height_px).ceil() as i32;
    let mut coverage = Vec::with_capacity((width * height_px) as usize);
    for y in 0..height_px {
        for x in 0..width {
            let at = ((f64::from(x) + 0.5) / height, (f64::from(y) + 0.5) / height);
            let away = lines.iter().map(|line| distance(at, *line)).fold(f64::INFINITY, f64::min);
            let part = ((STROKE / 2.0 - away) * height + 0.5).clamp(0.0, 1.0);
            coverage.push((part * 255.0).round() as u8);
        }
    }
    Glyph { width, height: height_px, coverage: coverage.into() }
}

fn strokes(character: char) -> &'static [Stroke] {
    use Stroke::{Arc, Line};
    match character {
        '0' => &[Arc([0.30, 0.50, 0.22, 0.42, 0.0, 360.0])],
        '1' => &[Line([0.14, 0.24, 0.34, 0.08]), Line([0.34, 0.08, 0.34, 0.92])],
        '2' => &[
            Arc([0.30, 0.30, 0.21, 0.22, 180.0, 395.0]),
            Line([0.47, 0.43, 0.09, 0.92]),
            Line([0.09, 0.92, 0.52, 0.92]),
        ],
        '3' => &[Arc([0.28, 0.28, 0.20, 0.20, 195.0, 450.0]), Arc([0.28, 0.70, 0.23, 0.22, 270.0, 502.0])],
        '4' => &[Line([0.40, 0.08, 0.09, 0.68]), Line([0.09, 0.68, 0.55, 0.68]), Line([0.40, 0.08, 0.40, 0.92])],
        '5' => &[
            Line([0.49, 0.08, 0.14, 0.08]),
            Line([0.14, 0.08, 0.11, 0.45]),
            Arc([0.28, 0.65, 0.23, 0.27, 222.0, 505.0]),
        ],
        '6' => &[Arc([0.30, 0.66, 0.22, 0.26, 0.0, 360.0]), Arc([0.50, 0.62, 0.42, 0.54, 180.0, 262.0])],
        '7' => &[Line([0.09, 0.08, 0.52, 0.08]), Line([0.52, 0.08, 0.22, 0.92])],
        '8' => &[Arc([0.30, 0.28, 0.18, 0.20, 0.0, 360.0]), Arc([0.30, 0.70, 0.22, 0.22, 0.0, 360.0])],
        '9' => &[Arc([0.30, 0.34, 0.22, 0.26, 0.0, 360.0]), Arc([0.10, 0.38, 0.42, 0.54, 0.0, 82.0])],
        ':' => &[Line([0.13, 0.32, 0.13, 0.33]), Line([0.13, 0.74, 0.13, 0.75])],
        _ => &[Line([0.13, 0.91, 0.13, 0.92])],
    }
}

impl Stroke {
    fn lines(self) -> Vec<[f64; 4]> {
        match self {
            Self::Line(line) => vec![line],
            Self::Arc([x, y, wide, high, from, to]) => {
                let at = |piece: u32| {
                    let turn = (from + (to - from) * f64::from(piece) / f64::from(ARC_PIECES)).to_radians();
                    (x + wide * turn.cos(), y + high * turn.sin())
                };
                let piece = |number| {
                    let ((x0, y0), (x1, y1)) = (at(number), at(number + 1));
                    [x0, y0, x1, y1]
                };
                (0..ARC_PIECES).map(piece).collect()
            }
        }
    }
}

/// From a point to the nearest of a line.
fn distance((x, y): (f64, f64), [x0, y0, x1, y1]: [f64; 4]) -> f64 {
    let (along_x, along_y) = (x1 - x0, y1 - y0);
    let length = (along_x * along_x + along_y * along_y).max(1e-9);
    let part = (((x - x0) * along_x + (y - y0) * along_y) / length).clamp(0.0, 1.0);
    (x - x0 - part * along_x).hypot(y - y0 - part * along_y)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_pixels_tell_the_digits_apart() {
        let digits = Digits::of_height(10);
        for a in '0'..='9' {
            for b in '0'..a {
                let (a_glyph, b_glyph) = (digits.glyph(a), digits.glyph(b));
                let apart: u32 =
                    a_glyph.coverage.iter().zip(&b_glyph.coverage).map(|(a, b)| u32::from(a.abs_diff(*b))).sum();
                assert!(apart > 6 * 255, "{a} and {b} differ by {apart} only");
            }
        }
    }

    #[test]
    fn nothing_is_cut_off() {
        let digits = Digits::of_height(40);
        for character in CHARACTERS.chars() {
            let glyph = digits.glyph(character);
            let width = glyph.width as usize;
            assert!(glyph.coverage.contains(&255), "{character} is empty");
            let rows = glyph.coverage.chunks_exact(width);
            assert!(rows.clone().all(|row| row[0] < 128 && row[width - 1] < 128), "{character} touches a side");
        }
    }
}
