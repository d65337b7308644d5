//! The icon, drawn: the portal's mark, or an eye while somebody watches. Shapes differ and not only colours.

/// Which picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Nothing is recorded.
    Off,
    /// At work.
    On,
    /// Something needs the person.
    Trouble,
    /// Somebody watches.
    Watched,
}

/// Red, green, blue, from 0 to 1.
type Rgb = [f32; 3];

const INDIGO: Rgb = [0.29, 0.31, 0.80];
const GREY: Rgb = [0.45, 0.47, 0.50];
const RED: Rgb = [0.83, 0.13, 0.18];
const AMBER: Rgb = [0.94, 0.69, 0.21];
const WHITE: Rgb = [1.0, 1.0, 1.0];

/// Each pixel is looked at so many times per side, which makes the edges smooth.
const SAMPLES: u16 = 4;

/// `size` × `size` pixels of red, green, blue, alpha.
#[must_use]
pub fn draw(mark: Mark, size: u16) -> Vec<u8> {
    let mut rgba = Vec::with_capacity(usize::from(size) * usize::from(size) * 4);
    for y in 0..size {
        for x in 0..size {
            rgba.extend(pixel(mark, x, y, size));
        }
    }
    rgba
}

/// The mean of the samples of one pixel.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 255 after clamp")]
fn pixel(mark: Mark, x: u16, y: u16, size: u16) -> [u8; 4] {
    let at = |pixel: u16, sample: u16| {
        (f32::from(pixel) + (f32::from(sample) + 0.5) / f32::from(SAMPLES)) / f32::from(size) * 32.0
    };
    let mut sum = [0.0_f32; 4];
    for (sample_x, sample_y) in (0..SAMPLES).flat_map(|x| (0..SAMPLES).map(move |y| (x, y))) {
        if let Some([red, green, blue]) = color(mark, at(x, sample_x), at(y, sample_y)) {
            sum = [sum[0] + red, sum[1] + green, sum[2] + blue, sum[3] + 1.0];
        }
    }
    let covered = sum[3].max(1.0);
    let alpha = sum[3] / f32::from(SAMPLES * SAMPLES);
    [sum[0] / covered, sum[1] / covered, sum[2] / covered, alpha].map(|part| (part * 255.0).clamp(0.0, 255.0) as u8)
}

/// The colour at a point of a square of 32; `None` outside of the mark.
fn color(mark: Mark, x: f32, y: f32) -> Option<Rgb> {
    if mark == Mark::Trouble && is_in_circle(x, y, 26.0, 26.0, 6.0) {
        return Some(AMBER);
    }
    if mark == Mark::Trouble && is_in_circle(x, y, 26.0, 26.0, 7.5) {
        return None;
    }
    if !is_in_rounded_square(x, y) {
        return None;
    }
    let ground = match mark {
        Mark::Off => GREY,
        Mark::On | Mark::Trouble => INDIGO,
        Mark::Watched => RED,
    };
    if mark == Mark::Watched {
        let is_pupil = is_in_circle(x, y, 16.0, 16.0, 4.5);
        return Some(if is_in_eye(x, y) && !is_pupil { WHITE } else { ground });
    }
    let strong = [(10.0, 11.0), (22.0, 21.0)].iter().any(|&(dot_x, dot_y)| is_in_circle(x, y, dot_x, dot_y, 3.5));
    let weak = [(22.0, 11.0), (10.0, 21.0)].iter().any(|&(dot_x, dot_y)| is_in_circle(x, y, dot_x, dot_y, 3.5));
    let white = if strong { 1.0 } else { 0.55 };
    Some(if strong || weak { mix(ground, WHITE, white) } else { ground })
}

fn is_in_circle(x: f32, y: f32, center_x: f32, center_y: f32, radius: f32) -> bool {
    (x - center_x).hypot(y - center_y) <= radius
}

/// Corners of 8.
fn is_in_rounded_square(x: f32, y: f32) -> bool {
    let beyond = |at: f32| ((at - 16.0).abs() - 8.0).max(0.0);
    beyond(x).hypot(beyond(y)) <= 8.0
}

/// Where two large circles overlap.
fn is_in_eye(x: f32, y: f32) -> bool {
    is_in_circle(x, y, 16.0, 23.0, 14.5) && is_in_circle(x, y, 16.0, 9.0, 14.5)
}

fn mix(one: Rgb, other: Rgb, share: f32) -> Rgb {
    std::array::from_fn(|part| one[part] * (1.0 - share) + other[part] * share)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MARKS: [Mark; 4] = [Mark::Off, Mark::On, Mark::Trouble, Mark::Watched];

    fn at(rgba: &[u8], x: usize, y: usize) -> [u8; 4] {
        let start = (y * 32 + x) * 4;
        [rgba[start], rgba[start + 1], rgba[start + 2], rgba[start + 3]]
    }

    #[test]
    fn corners_are_clear_and_the_middle_is_solid() {
        for mark in MARKS {
            let rgba = draw(mark, 32);
            assert_eq!(rgba.len(), 32 * 32 * 4);
            assert_eq!(at(&rgba, 0, 0)[3], 0, "{mark:?}");
            assert_eq!(at(&rgba, 16, 4)[3], 255, "{mark:?}");
        }
    }

    #[test]
    fn watched_differs_in_shape_and_not_only_in_colour() {
        let lightness = |mark| draw(mark, 32).chunks(4).map(|pixel| pixel[1] > 200).collect::<Vec<_>>();
        assert_ne!(lightness(Mark::Watched), lightness(Mark::On));
        assert_eq!(at(&draw(Mark::Watched, 32), 9, 16), [255, 255, 255, 255], "the white of the eye");
    }

    #[test]
    fn every_mark_differs_from_every_other() {
        for one in MARKS {
            for other in MARKS {
                assert_eq!(one == other, draw(one, 22) == draw(other, 22), "{one:?} {other:?}");
            }
        }
    }
}
