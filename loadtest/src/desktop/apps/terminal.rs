//! A terminal: commands are typed and their output scrolls by.

use super::{Theme, draw_caret};
use crate::desktop::canvas::{Canvas, Color, Rect};
use crate::desktop::font::FontSize;
use crate::desktop::layout::mix;
use crate::desktop::text::{COMMANDS, OUTPUT};
use crate::desktop::timeline::{AppTime, Flow};

const LINE: i32 = FontSize::Normal.line();
/// A command and its output together.
const LINES_PER_COMMAND: u64 = 31;
/// A command is typed, prints its lines, and they are read.
const TYPING_MS: u64 = 3_000;
const OUTPUT_EVERY_MS: u64 = 240;
const COMMAND_MS: u64 = TYPING_MS + OUTPUT_EVERY_MS * LINES_PER_COMMAND + 3_000;
const KEY_EVERY_MS: u64 = 90;
/// A program that prints all the time: six lines a second.
const STEADY_OUTPUT_EVERY_MS: u64 = 160;

/// The last line, and how much of it is typed if it is a command.
struct Newest {
    line: u64,
    characters: usize,
}

fn newest(time: AppTime) -> Newest {
    if time.flow == Flow::Steady {
        return Newest { line: time.local_ms / STEADY_OUTPUT_EVERY_MS, characters: usize::MAX };
    }
    let (command, within_ms) = (time.local_ms / COMMAND_MS, time.local_ms % COMMAND_MS);
    let printed = match within_ms.checked_sub(TYPING_MS) {
        Some(printing_ms) => (printing_ms / OUTPUT_EVERY_MS + 1).min(LINES_PER_COMMAND),
        None => 0,
    };
    let typed = if printed == 0 { within_ms / KEY_EVERY_MS } else { 0 };
    Newest { line: command * LINES_PER_COMMAND + printed, characters: typed as usize }
}

pub(super) fn draw(canvas: &mut Canvas, area: Rect, theme: Theme, seed: u64, owner: &str, time: AppTime) {
    let newest = newest(time);
    let rows = ((area.height - 12) / LINE).max(1) as u64;
    let user: String =
        owner.chars().take_while(|c| c.is_ascii_alphanumeric()).map(|c| c.to_ascii_lowercase()).collect();
    for row in 0..rows {
        let Some(number) = (newest.line + 1).checked_sub(rows - row) else { continue };
        let y = area.y + 8 + row as i32 * LINE;
        let x = area.x + 10;
        if number.is_multiple_of(LINES_PER_COMMAND) {
            let prompt_end = canvas.text(x, y, FontSize::Bold, Color::hex(0x57AB5A), &format!("{user}@desk "));
            let path_end = canvas.text(prompt_end, y, FontSize::Bold, Color::hex(0x539BF5), "~/work/reports $ ");
            let command = COMMANDS[(mix(seed, number) % COMMANDS.len() as u64) as usize];
            let is_newest = number == newest.line;
            let shown = if is_newest { command.len().min(newest.characters) } else { command.len() };
            let end = canvas.text(path_end, y, FontSize::Normal, theme.ink, &command[..shown]);
            if is_newest {
                draw_caret(canvas, end + 2, y - 1, theme.ink, time);
            }
        } else {
            let block = mix(seed, number / LINES_PER_COMMAND) % OUTPUT.len() as u64;
            let line = OUTPUT[((block + number * 5) % OUTPUT.len() as u64) as usize];
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
