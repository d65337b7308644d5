//! A terminal: commands and their output scroll by.

use super::{Theme, draw_caret};
use crate::desktop::canvas::{Canvas, Color, Rect};
use crate::desktop::font::FontSize;
use crate::desktop::layout::mix;
use crate::desktop::text::{COMMANDS, OUTPUT};

const LINE: i32 = FontSize::Normal.line();
/// A new line appears so often.
const LINE_EVERY_MS: u64 = 650;
/// A command and its output together.
const LINES_PER_COMMAND: u64 = 9;

pub(super) fn draw(canvas: &mut Canvas, area: Rect, theme: Theme, seed: u64, owner: &str, at_ms: u64) {
    let newest = (at_ms / LINE_EVERY_MS).wrapping_add(seed % 10_000);
    let rows = ((area.height - 12) / LINE).max(1) as u64;
    let user: String =
        owner.chars().take_while(|c| c.is_ascii_alphanumeric()).map(|c| c.to_ascii_lowercase()).collect();
    for row in 0..rows {
        let Some(number) = (newest + 1).checked_sub(rows - row) else { continue };
        let y = area.y + 8 + row as i32 * LINE;
        let x = area.x + 10;
        if number % LINES_PER_COMMAND == 0 {
            let prompt_end = canvas.text(x, y, FontSize::Bold, Color::hex(0x57AB5A), &format!("{user}@desk "));
            let path_end = canvas.text(prompt_end, y, FontSize::Bold, Color::hex(0x539BF5), "~/work/reports $ ");
            let command = COMMANDS[(mix(seed, number) % COMMANDS.len() as u64) as usize];
            let end = canvas.text(path_end, y, FontSize::Normal, theme.ink, command);
            if number == newest {
                draw_caret(canvas, end + 2, y - 1, 15, theme.ink, at_ms);
            }
        } else {
            let block = mix(seed, number / LINES_PER_COMMAND) % OUTPUT.len() as u64;
            let line = OUTPUT[((block + number) % OUTPUT.len() as u64) as usize];
            canvas.text(x, y, FontSize::Normal, color_of(line, theme), line);
        }
    }
}

fn color_of(line: &str, theme: Theme) -> Color {
    if line.starts_with("WARN") || line.starts_with(" M") || line.starts_with("??") {
        Color::hex(0xD4A72C)
    } else if line.ends_with("ok") || line.contains("passed") || line.contains("Finished") {
        Color::hex(0x57AB5A)
    } else {
        theme.ink.toward(theme.faint, 70)
    }
}
