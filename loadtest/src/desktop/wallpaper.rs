//! The background: a gradient sky, a sun and hills.

use super::canvas::{Canvas, Color, Rect};
use super::layout::{mix, pick};

/// Sky above, sky below, sun, far hill, near hill.
const PALETTES: [[Color; 5]; 6] = [
    [Color::hex(0x1B2A5B), Color::hex(0xE98A6B), Color::hex(0xFFD9A0), Color::hex(0x5B3A6B), Color::hex(0x2B2148)],
    [Color::hex(0x0F4C81), Color::hex(0xA7D8F0), Color::hex(0xFFF4D6), Color::hex(0x3E8E7E), Color::hex(0x1F5F5B)],
    [Color::hex(0x14213D), Color::hex(0x3A506B), Color::hex(0xE0E6ED), Color::hex(0x1C2F4A), Color::hex(0x0B1526)],
    [Color::hex(0x5F0F40), Color::hex(0xFB8B24), Color::hex(0xFFE8B5), Color::hex(0x9A031E), Color::hex(0x310B2C)],
    [Color::hex(0x2D6A4F), Color::hex(0xB7E4C7), Color::hex(0xFAFFE8), Color::hex(0x40916C), Color::hex(0x1B4332)],
    [Color::hex(0x3C096C), Color::hex(0xC77DFF), Color::hex(0xFFE5F1), Color::hex(0x5A189A), Color::hex(0x240046)],
];

/// Paints the whole picture.
pub(super) fn draw(canvas: &mut Canvas, seed: u64) {
    let [top, bottom, sun, far, near] = pick(&PALETTES, seed, 0x3A11);
    let (_, height) = canvas.size_px();
    let screen = canvas.screen();
    for y in 0..height {
        let color = top.toward(bottom, (y * 255 / height) as u8);
        paint_row(canvas, y, color);
    }
    let sun_x = screen.width * (20 + (mix(seed, 1) % 60) as i32) / 100;
    let sun_y = screen.height * (25 + (mix(seed, 2) % 25) as i32) / 100;
    canvas.disc(sun_x, sun_y, screen.height / 11, sun);
    for (layer, color, level, swing) in [(3, far, 62, 9.0), (4, near, 76, 12.0)] {
        hills(canvas, mix(seed, layer), color, screen.height * level / 100, swing);
    }
}

fn paint_row(canvas: &mut Canvas, y: i32, color: Color) {
    let row = canvas.row_mut(y);
    row[..3].copy_from_slice(&[color.0, color.1, color.2]);
    let mut done = 3;
    while done < row.len() {
        let step = done.min(row.len() - done);
        row.copy_within(..step, done);
        done += step;
    }
}

/// Hills as columns a few pixels wide, from a sum of two waves.
fn hills(canvas: &mut Canvas, seed: u64, color: Color, level: i32, swing: f64) {
    let screen = canvas.screen();
    let (width_px, _) = canvas.size_px();
    let column = (screen.width / width_px).max(2);
    let phase = (mix(seed, 5) % 628) as f64 / 100.0;
    let mut x = 0;
    while x < screen.width {
        let turn = f64::from(x) / f64::from(screen.width) * std::f64::consts::TAU;
        let wave = (turn * 1.3 + phase).sin() + 0.45 * (turn * 3.1 + phase * 1.7).sin();
        let crest = level - (wave * swing * f64::from(screen.height) / 200.0) as i32;
        canvas.fill(Rect::new(x, crest, column, screen.height - crest), color);
        x += column;
    }
}
