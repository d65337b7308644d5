//! What is around the windows: icons, the task bar with the person's name and a clock, the pointer, the agent's banner.

use super::canvas::{Canvas, Color, Rect};
use super::font::FontSize;
use super::layout::{App, Window, accent, mix, task_bar_height};
use super::timeline::Trip;

const ICONS: &[&str] = &["Home", "Projects", "Scans", "Trash"];
const DAY_MS: i64 = 24 * 60 * 60 * 1000;
/// Characters of the banner; longer ones are cut.
const BANNER_CHARS_MAX: usize = 60;

/// A few icons in the upper right corner, where windows often leave room.
pub(super) fn draw_icons(canvas: &mut Canvas, seed: u64) {
    let screen = canvas.screen();
    let white = Color::hex(0xFFFFFF);
    for (index, name) in ICONS.iter().enumerate().take(2 + (mix(seed, 77) % 3) as usize) {
        let x = screen.right() - 96;
        let y = 28 + index as i32 * 92;
        canvas.round(Rect::new(x + 12, y, 44, 12), 4, Color::hex(0xF2C14E));
        canvas.round(Rect::new(x + 12, y + 6, 56, 40), 5, Color::hex(0xF7D774));
        canvas.text(x + 40 - name.len() as i32 * 7 / 2, y + 54, FontSize::Small, white, name);
    }
}

/// The bar at the bottom: menu, programs, name and clock.
pub(super) struct TaskBar<'a> {
    pub seed: u64,
    pub apps: &'a [App],
    /// The program in front, by its place in `apps`.
    pub front: usize,
    pub owner: &'a str,
    /// See [`ticking`] and [`resting`].
    pub clock: String,
}

impl TaskBar<'_> {
    pub(super) fn draw(&self, canvas: &mut Canvas) {
        let screen = canvas.screen();
        let height = task_bar_height(canvas.screen_size());
        let bar = Rect { y: screen.bottom() - height, height, ..screen };
        let (back, ink) = (Color::hex(0x15171C), Color::hex(0xE6E8EE));
        let accent = accent(self.seed);
        canvas.fill(bar, back);
        canvas.fill(Rect { height: 1, ..bar }, Color::hex(0x33363F));
        let middle = bar.y + height / 2;
        canvas.round(Rect::new(bar.x + 12, middle - 13, 26, 26), 7, accent);
        for (index, app) in self.apps.iter().enumerate() {
            let button = Rect::new(bar.x + 56 + index as i32 * 136, middle - 16, 128, 32);
            if index == self.front {
                canvas.round(button, 6, back.toward(accent, 80));
                canvas.fill(Rect::new(button.x + 20, button.bottom() - 1, button.width - 40, 3), accent);
            }
            canvas.round(Rect::new(button.x + 10, button.y + 7, 18, 18), 4, app.icon_color());
            canvas.text(button.x + 38, button.y + 10, FontSize::Normal, ink, app.name());
        }
        let digits = height * 2 / 3;
        let clock_x = bar.right() - height / 3 - canvas.clock_width(digits, &self.clock);
        canvas.clock(clock_x, bar.y + (height - digits) / 2, digits, ink, &self.clock);
        // The name stands where it would with the longest clock, so that it does not move.
        let name_x = bar.right()
            - height / 3
            - canvas.clock_width(digits, "00:00:00.000")
            - 30
            - self.owner.chars().count() as i32 * FontSize::Large.advance();
        canvas.text(name_x, middle - 10, FontSize::Large, Color::hex(0xFFD97D), self.owner);
    }
}

/// The clock while something moves, time of day in UTC: "14:03:59.123".
pub(super) fn ticking(at_ms: u64) -> String {
    let ms = i64::try_from(at_ms).unwrap_or_default().rem_euclid(DAY_MS);
    format!("{:02}:{:02}:{:02}.{:03}", ms / 3_600_000, ms / 60_000 % 60, ms / 1000 % 60, ms % 1000)
}

/// The clock while nothing does: "14:03".
pub(super) fn resting(utc_ms: i64) -> String {
    let ms = utc_ms.rem_euclid(DAY_MS);
    format!("{:02}:{:02}", ms / 3_600_000, ms / 60_000 % 60)
}

/// What the agent says over everything else, in the middle of the upper edge.
pub(super) fn draw_banner(canvas: &mut Canvas, text: &str) {
    let text: String = text.chars().take(BANNER_CHARS_MAX).collect();
    let width = text.chars().count() as i32 * FontSize::Large.advance() + 62;
    let screen = canvas.screen();
    let pill = Rect::new(screen.width / 2 - width / 2, 8, width, 38);
    canvas.round(pill, 19, Color::hex(0xFFD97D));
    canvas.round(pill.inset(2), 17, Color::hex(0x15171C));
    canvas.disc(pill.x + 24, pill.y + 19, 8, Color::hex(0xE5534B));
    canvas.text(pill.x + 42, pill.y + 9, FontSize::Large, Color::hex(0xFFFFFF), &text);
}

/// The mouse pointer, on its way between two windows or at rest in one.
pub(super) fn draw_pointer(canvas: &mut Canvas, windows: &[Window], trip: Trip) {
    let place = |(app, salt): (usize, u64)| {
        let inside = windows.get(app).map_or(canvas.screen(), |window| window.rect.inset(60));
        let x = inside.x + (salt % inside.width.max(1) as u64) as i32;
        let y = inside.y + ((salt >> 32) % inside.height.max(1) as u64) as i32;
        (x, y)
    };
    let (from, to) = (place(trip.from), place(trip.to));
    let at = |from: i32, to: i32| from + (to - from) * i32::from(trip.done) / 255;
    let (x, y) = (at(from.0, to.0), at(from.1, to.1));
    for row in 0..18 {
        let width = if row < 13 { row } else { 17 - row };
        canvas.fill(Rect::new(x, y + row, width + 2, 1), Color::hex(0xFFFFFF));
        canvas.fill(Rect::new(x + 1, y + row, width, 1), Color::hex(0x111111));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_shows_milliseconds_while_something_moves() {
        let at_ms = DAY_MS * 20_000 + 50_639_123;
        assert_eq!(ticking(at_ms as u64), "14:03:59.123");
        assert_eq!(resting(at_ms), "14:03");
        assert_eq!(resting(-1), "23:59");
    }
}
