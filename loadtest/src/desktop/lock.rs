//! The lock screen: the wallpaper, the time, a name.

use muster_protocol::UtcMillis;

use super::canvas::{Canvas, Color, Rect};
use super::font::FontSize;
use super::shell::resting;

pub(super) fn draw(canvas: &mut Canvas, owner: &str, wall: UtcMillis) {
    let screen = canvas.screen();
    let white = Color::hex(0xFFFFFF);
    canvas.blend(screen, Color::hex(0x0A0C14), 120);
    let height = screen.height / 6;
    let clock = resting(wall.0);
    let width = canvas.clock_width(height, &clock);
    canvas.clock(screen.width / 2 - width / 2, screen.height / 4, height, white, &clock);
    let middle = screen.width / 2;
    let face_y = screen.height * 60 / 100;
    canvas.disc(middle, face_y, 46, Color::hex(0x8E94A8));
    canvas.disc(middle, face_y - 12, 17, Color::hex(0xE3E6EE));
    canvas.round(Rect::new(middle - 27, face_y + 9, 54, 26), 13, Color::hex(0xE3E6EE));
    let name_x = middle - owner.chars().count() as i32 * FontSize::Large.advance() / 2;
    canvas.text(name_x, face_y + 62, FontSize::Large, white, owner);
    let hint = "Locked";
    let hint_x = middle - hint.len() as i32 * FontSize::Normal.advance() / 2;
    canvas.text(hint_x, face_y + 92, FontSize::Normal, Color::hex(0xB9BFCE), hint);
}
