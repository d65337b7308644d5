//! What is around the windows: icons, the task bar with the person's name and a clock, the pointer.

use super::DesktopMoment;
use super::canvas::{Canvas, Color, Rect};
use super::font::FontSize;
use super::layout::{TASK_BAR_HEIGHT, accent, apps, focused, mix};

const ICONS: &[&str] = &["Home", "Projects", "Scans", "Trash"];
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

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

/// The bar at the bottom: menu, programs, name, date and a clock to the millisecond.
pub(super) fn draw_task_bar(canvas: &mut Canvas, seed: u64, owner: &str, moment: DesktopMoment) {
    let screen = canvas.screen();
    let bar = Rect { y: screen.bottom() - TASK_BAR_HEIGHT, height: TASK_BAR_HEIGHT, ..screen };
    let (back, ink) = (Color::hex(0x15171C), Color::hex(0xE6E8EE));
    canvas.fill(bar, back);
    canvas.fill(Rect { height: 1, ..bar }, Color::hex(0x33363F));
    canvas.round(Rect::new(bar.x + 12, bar.y + 9, 26, 26), 7, accent(seed));
    let front = focused(seed, moment.typed_ms());
    for (index, app) in apps(seed).iter().enumerate() {
        let button = Rect::new(bar.x + 56 + index as i32 * 136, bar.y + 6, 128, 32);
        if *app == front {
            canvas.round(button, 6, back.toward(accent(seed), 80));
            canvas.fill(Rect::new(button.x + 20, button.bottom() - 1, button.width - 40, 3), accent(seed));
        }
        canvas.round(Rect::new(button.x + 10, button.y + 7, 18, 18), 4, app.icon_color());
        canvas.text(button.x + 38, button.y + 10, FontSize::Normal, ink, app.name());
    }
    let clock = clock_text(moment.wall.0);
    let clock_x = bar.right() - 20 - clock.len() as i32 * FontSize::Large.advance();
    canvas.text(clock_x, bar.y + 12, FontSize::Large, ink, &clock);
    let name_x = clock_x - 30 - owner.chars().count() as i32 * FontSize::Large.advance();
    canvas.text(name_x, bar.y + 12, FontSize::Large, Color::hex(0xFFD97D), owner);
}

/// The time of day in UTC: "14:03:59.123".
fn clock_text(utc_ms: i64) -> String {
    let ms = utc_ms.rem_euclid(DAY_MS);
    format!("{:02}:{:02}:{:02}.{:03}", ms / 3_600_000, ms / 60_000 % 60, ms / 1000 % 60, ms % 1000)
}

/// The mouse pointer, on its way between two random places; it rests half of the time.
pub(super) fn draw_pointer(canvas: &mut Canvas, seed: u64, at_ms: u64) {
    const TRIP_MS: u64 = 3_000;
    let screen = canvas.screen();
    let place = |trip: u64| {
        let random = mix(seed, trip ^ 0x90E);
        let x = random % screen.width.max(1) as u64;
        let y = (random >> 32) % screen.height.max(1) as u64;
        (x as i32, y as i32)
    };
    let trip = at_ms / TRIP_MS;
    let (from, to) = (place(trip), place(trip + 1));
    let done = ((at_ms % TRIP_MS) as i32 * 2).min(TRIP_MS as i32);
    let at = |from: i32, to: i32| from + (to - from) * done / TRIP_MS as i32;
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
    fn the_clock_shows_milliseconds() {
        assert_eq!(clock_text(DAY_MS * 20_000 + 50_639_123), "14:03:59.123");
        assert_eq!(clock_text(-1), "23:59:59.999");
    }
}
