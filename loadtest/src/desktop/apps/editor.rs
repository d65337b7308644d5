//! A code editor: somebody types at the end of a file; the view moves on when the lower edge is near.

use super::{Theme, draw_caret, draw_menu};
use crate::desktop::canvas::{Canvas, Color, Rect};
use crate::desktop::font::FontSize;
use crate::desktop::layout::mix;
use crate::desktop::text::{CODE, KEYWORDS};
use crate::desktop::timeline::AppTime;

const LINE: i32 = FontSize::Normal.line();
const ADVANCE: i32 = FontSize::Normal.advance();
const SIDE_BAR_WIDTH: i32 = 190;
const MAP_WIDTH: i32 = 70;
/// About 330 characters a minute.
const KEY_EVERY_MS: u64 = 180;

const FILES: &[&str] = &[
    "v src",
    "    days.rs",
    "    export.rs",
    "    import.rs",
    "    lib.rs",
    "    zone.rs",
    "v tests",
    "    month.rs",
    "> target",
    "  Cargo.toml",
    "  README.md",
];

/// The file is the code so many times; then it begins again.
const COPIES: usize = 10;

/// Where the typing is: whole lines above, and so many characters of the last one.
struct Typed {
    lines: usize,
    characters: usize,
}

fn typed(seed: u64, local_ms: u64) -> Typed {
    let total: usize = CODE.iter().map(|line| line.len() + 1).sum();
    let all = (local_ms / KEY_EVERY_MS).wrapping_add(mix(seed, 1) % 1_000_000) % (total * COPIES) as u64;
    let (copies, mut keys) = (all as usize / total, all as usize % total);
    for (index, line) in CODE.iter().enumerate() {
        if keys <= line.len() {
            return Typed { lines: copies * CODE.len() + index, characters: keys };
        }
        keys -= line.len() + 1;
    }
    Typed { lines: copies * CODE.len(), characters: 0 }
}

/// The line of the file with this number, from 0.
fn line_of(number: usize) -> &'static str {
    CODE[number % CODE.len()]
}

/// The first line shown: the last third above the caret stays when the view moves on.
fn first_shown(current: usize, rows: usize) -> usize {
    let (kept, step) = (rows / 3, (rows - rows / 3).saturating_sub(3).max(1));
    match current.checked_sub(kept) {
        Some(beyond) => beyond / step * step,
        None => 0,
    }
}

pub(super) fn draw(canvas: &mut Canvas, area: Rect, theme: Theme, seed: u64, time: AppTime) {
    let menu = Rect { height: 26, ..area };
    draw_menu(canvas, menu, theme, &["File", "Edit", "Selection", "View", "Go", "Run", "Help"]);
    let status = Rect { y: area.bottom() - 22, height: 22, ..area };
    let middle = Rect { y: menu.bottom(), height: status.y - menu.bottom(), ..area };
    let is_wide = area.width > 700;
    let side = Rect { width: if is_wide { SIDE_BAR_WIDTH } else { 0 }, ..middle };
    let map = Rect { x: middle.right() - MAP_WIDTH, width: MAP_WIDTH, ..middle };
    let code = Rect { x: side.right(), width: map.x - side.right(), ..middle };
    let typed = typed(seed, time.local_ms);
    if is_wide {
        draw_files(canvas, side, theme);
    }
    draw_code(canvas, code, theme, &typed, time);
    draw_map(canvas, map, theme, &typed);
    canvas.fill(status, theme.accent);
    let position = format!("main*   Ln {}, Col {}   UTF-8   Rust", typed.lines + 1, typed.characters + 1);
    canvas.text(status.x + 12, status.y + 5, FontSize::Small, Color::hex(0xFFFFFF), &position);
}

fn draw_files(canvas: &mut Canvas, side: Rect, theme: Theme) {
    canvas.fill(side, theme.panel);
    canvas.fill(Rect { x: side.right() - 1, width: 1, ..side }, theme.line);
    canvas.text(side.x + 14, side.y + 10, FontSize::Small, theme.faint, "REPORTS");
    for (index, name) in FILES.iter().enumerate() {
        let y = side.y + 32 + index as i32 * 22;
        if index == 1 {
            canvas.fill(Rect::new(side.x, y - 4, side.width - 1, 21), theme.panel.toward(theme.accent, 60));
        }
        canvas.text(side.x + 14, y, FontSize::Small, theme.ink, name);
    }
}

fn draw_code(canvas: &mut Canvas, area: Rect, theme: Theme, typed: &Typed, time: AppTime) {
    let rows = (area.height / LINE).max(4) as usize;
    let first = first_shown(typed.lines, rows);
    for number in first..=typed.lines {
        let y = area.y + 4 + (number - first) as i32 * LINE;
        let is_current = number == typed.lines;
        let line = line_of(number);
        let shown = if is_current { &line[..typed.characters] } else { line };
        if is_current {
            canvas.fill(Rect::new(area.x, y - 2, area.width, LINE), theme.paper.toward(theme.accent, 22));
        }
        let ink = if is_current { theme.ink } else { theme.faint };
        canvas.text(area.x + 8, y, FontSize::Normal, ink, &format!("{:>4}", number + 1));
        let x = area.x + 8 + 6 * ADVANCE;
        draw_highlighted(canvas, x, y, theme, shown);
        if is_current {
            draw_caret(canvas, x + typed.characters as i32 * ADVANCE, y - 1, theme.ink, time);
        }
    }
}

/// One line of code: comments, texts and keywords in their colours.
fn draw_highlighted(canvas: &mut Canvas, x: i32, y: i32, theme: Theme, line: &str) {
    let is_dark = theme.paper.0 < 128;
    let [comment, literal, keyword] =
        if is_dark { [0x6A9955, 0xCE9178, 0x569CD6] } else { [0x4B7F33, 0xA31515, 0x0000C0] };
    if line.trim_start().starts_with("//") {
        canvas.text(x, y, FontSize::Normal, Color::hex(comment), line);
        return;
    }
    let mut at = x;
    let mut in_text = false;
    for (index, word) in line.split(' ').enumerate() {
        if index > 0 {
            at += ADVANCE;
        }
        let begins_text = word.contains('"');
        let bare = word.trim_end_matches([',', ';', '(', '{']);
        let color = if in_text || begins_text {
            Color::hex(literal)
        } else if KEYWORDS.contains(&bare) {
            Color::hex(keyword)
        } else {
            theme.ink
        };
        in_text ^= word.matches('"').count() % 2 == 1;
        at = canvas.text(at, y, FontSize::Normal, color, word);
    }
}

/// The end of the file as thin lines on the right; it moves on by half.
fn draw_map(canvas: &mut Canvas, area: Rect, theme: Theme, typed: &Typed) {
    canvas.fill(area, theme.paper.toward(theme.panel, 128));
    let half = (area.height / 4 / 2).max(1) as usize;
    let first = (typed.lines / half).saturating_sub(1) * half;
    for number in first..=typed.lines {
        let line = line_of(number);
        let indent = (line.len() - line.trim_start().len()) as i32;
        let width = (line.len() as i32 - indent).min(MAP_WIDTH - indent - 8);
        let y = area.y + 4 + (number - first) as i32 * 4;
        canvas.fill(Rect::new(area.x + 4 + indent, y, width, 2), theme.faint);
    }
}
