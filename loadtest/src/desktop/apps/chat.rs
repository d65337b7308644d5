//! A team chat: rooms on the left, messages that arrive, an answer being typed.

use super::{Theme, draw_avatar, draw_caret};
use crate::desktop::canvas::{Canvas, Color, Rect};
use crate::desktop::font::FontSize;
use crate::desktop::layout::{mix, pick};
use crate::desktop::text::{MESSAGES, PEOPLE};
use crate::desktop::timeline::AppTime;

/// While the person reads and writes along, and while they do something else.
const MESSAGE_EVERY_MS: u64 = 6_000;
const MESSAGE_ARRIVES_EVERY_MS: u64 = 30_000;
const KEY_EVERY_MS: u64 = 150;
const MESSAGE_HEIGHT: i32 = 62;
const INPUT_HEIGHT: i32 = 54;
const ROOMS_WIDTH: i32 = 170;
const ROOMS: &[&str] = &["# team", "# month-end", "# support", "# lunch", "# random"];
/// Every fourth message is the owner's own.
const OWN_EVERY: u64 = 4;

/// The newest message, by its number.
fn newest(time: AppTime) -> u64 {
    time.local_ms / MESSAGE_EVERY_MS + time.acted_ms / MESSAGE_ARRIVES_EVERY_MS
}

pub(super) fn draw(canvas: &mut Canvas, area: Rect, theme: Theme, seed: u64, owner: &str, time: AppTime) {
    let rooms_width = if area.width > 520 { ROOMS_WIDTH } else { 0 };
    if rooms_width > 0 {
        draw_rooms(canvas, Rect { width: rooms_width, ..area }, theme, seed, time.acted_ms);
    }
    let room = Rect { x: area.x + rooms_width, width: area.width - rooms_width, ..area };
    let input = Rect { y: room.bottom() - INPUT_HEIGHT, height: INPUT_HEIGHT, ..room };
    let newest = newest(time);
    let shown = ((room.height - INPUT_HEIGHT) / MESSAGE_HEIGHT).max(1);
    for back in 0..shown {
        let Some(number) = newest.checked_sub(back as u64) else { continue };
        let y = input.y - (back + 1) * MESSAGE_HEIGHT;
        draw_message(canvas, Rect { y, height: MESSAGE_HEIGHT, ..room }, theme, seed, number, owner);
    }
    draw_input(canvas, input, theme, seed, time);
}

fn draw_rooms(canvas: &mut Canvas, side: Rect, theme: Theme, seed: u64, acted_ms: u64) {
    canvas.fill(side, theme.panel);
    canvas.fill(Rect { x: side.right() - 1, width: 1, ..side }, theme.line);
    canvas.text(side.x + 14, side.y + 14, FontSize::Bold, theme.ink, "Rooms");
    for (index, name) in ROOMS.iter().enumerate() {
        let y = side.y + 42 + index as i32 * 26;
        if index == 0 {
            canvas.round(Rect::new(side.x + 6, y - 5, side.width - 13, 24), 6, theme.panel.toward(theme.accent, 70));
        }
        canvas.text(side.x + 14, y, FontSize::Normal, theme.ink, name);
        if mix(seed, acted_ms / 45_000 + index as u64).is_multiple_of(4) {
            canvas.disc(side.right() - 20, y + 7, 5, theme.accent);
        }
    }
    for (index, name) in PEOPLE.iter().enumerate() {
        let y = side.y + 200 + index as i32 * 24;
        let is_online = !mix(seed, acted_ms / 90_000 + 7 * index as u64).is_multiple_of(3);
        let dot = if is_online { Color::hex(0x2DA44E) } else { theme.line };
        canvas.disc(side.x + 20, y + 7, 5, dot);
        canvas.text(side.x + 34, y, FontSize::Normal, theme.faint, name);
    }
}

fn message(seed: u64, number: u64) -> &'static str {
    MESSAGES[(seed.wrapping_add(number) % MESSAGES.len() as u64) as usize]
}

fn draw_message(canvas: &mut Canvas, area: Rect, theme: Theme, seed: u64, number: u64, owner: &str) {
    let is_own = number.is_multiple_of(OWN_EVERY);
    let author = if is_own { owner } else { pick(PEOPLE, seed, number.wrapping_mul(3)) };
    let text = message(seed, number);
    let width = (text.len() as i32 * FontSize::Normal.advance() + 28).min(area.width - 80);
    let x = if is_own { area.right() - width - 20 } else { area.x + 58 };
    if !is_own {
        draw_avatar(canvas, area.x + 14, area.y + 18, author);
    }
    canvas.text(x + 4, area.y + 2, FontSize::Small, theme.faint, author);
    let (bubble, ink) = if is_own { (theme.accent, Color::hex(0xFFFFFF)) } else { (theme.panel, theme.ink) };
    canvas.round(Rect::new(x, area.y + 18, width, 34), 12, bubble);
    canvas.text(x + 14, area.y + 28, FontSize::Normal, ink, text);
}

/// The person's next message, as far as it is typed: they begin when it is their turn after the next.
fn draw_input(canvas: &mut Canvas, area: Rect, theme: Theme, seed: u64, time: AppTime) {
    canvas.fill(area, theme.panel);
    canvas.fill(Rect { height: 1, ..area }, theme.line);
    let field = area.inset(10);
    canvas.round(field, 10, theme.paper);
    let newest = newest(time);
    let answer_at = (newest / OWN_EVERY + 1) * OWN_EVERY;
    let answer = message(seed, answer_at);
    let typed_for_ms = match answer_at - newest {
        1 => MESSAGE_EVERY_MS + time.local_ms % MESSAGE_EVERY_MS,
        2 => time.local_ms % MESSAGE_EVERY_MS,
        _ => 0,
    };
    let letters = (typed_for_ms / KEY_EVERY_MS).min(answer.len() as u64) as usize;
    let end = canvas.text(field.x + 14, field.y + 11, FontSize::Normal, theme.ink, &answer[..letters]);
    draw_caret(canvas, end + 1, field.y + 10, theme.ink, time);
}
