//! A spreadsheet: numbers are entered cell by cell, and the totals follow.

use super::{Theme, draw_menu};
use crate::desktop::canvas::{Canvas, Color, Rect};
use crate::desktop::font::FontSize;
use crate::desktop::layout::{mix, pick};
use crate::desktop::text::{CLIENTS, PROJECTS, SHEET_COLUMNS};
use crate::desktop::timeline::AppTime;

const ROW_HEIGHT: i32 = 22;
const HEAD_WIDTH: i32 = 44;
const CELL_EVERY_MS: u64 = 1_700;
/// Columns of the week, which are typed.
const DAYS: std::ops::Range<usize> = 2..7;
const CHART_WIDTH: i32 = 300;

pub(super) fn draw(canvas: &mut Canvas, area: Rect, theme: Theme, seed: u64, time: AppTime) {
    let menu = Rect { height: 26, ..area };
    draw_menu(canvas, menu, theme, &["File", "Edit", "Insert", "Format", "Formulas", "View"]);
    let grid = Rect { y: menu.bottom() + 26, height: area.height - 52, ..area };
    let entered = (time.local_ms / CELL_EVERY_MS).wrapping_add(seed % 1_000);
    let days = DAYS.len() as u64;
    let rows = ((grid.height - ROW_HEIGHT) / ROW_HEIGHT).max(1) as u64;
    let current = (entered / days % rows, DAYS.start + (entered % days) as usize);
    draw_formula(canvas, Rect { y: menu.bottom(), height: 26, ..area }, theme, seed, current);
    draw_heads(canvas, grid, theme);
    for row in 0..rows {
        let y = grid.y + ROW_HEIGHT * (row as i32 + 1);
        draw_row(canvas, grid, theme, seed, row, y, entered);
    }
    draw_selection(canvas, grid, theme, current);
    if area.width > 900 {
        draw_chart(
            canvas,
            Rect::new(grid.right() - CHART_WIDTH - 24, grid.bottom() - 230, CHART_WIDTH, 200),
            theme,
            seed,
            entered,
        );
    }
}

fn column_width(grid: Rect) -> i32 {
    ((grid.width - HEAD_WIDTH) / SHEET_COLUMNS.len() as i32).clamp(64, 128)
}

fn draw_formula(canvas: &mut Canvas, bar: Rect, theme: Theme, seed: u64, current: (u64, usize)) {
    canvas.fill(bar, theme.paper);
    canvas.fill(Rect { y: bar.bottom() - 1, height: 1, ..bar }, theme.line);
    let name = format!("{}{}", (b'A' + current.1 as u8) as char, current.0 + 1);
    canvas.text(bar.x + 10, bar.y + 7, FontSize::Normal, theme.ink, &name);
    canvas.text(
        bar.x + 70,
        bar.y + 7,
        FontSize::Normal,
        theme.faint,
        &format!("fx  {}", hours(seed, current.0, current.1)),
    );
}

fn draw_heads(canvas: &mut Canvas, grid: Rect, theme: Theme) {
    let width = column_width(grid);
    canvas.fill(Rect { height: ROW_HEIGHT, ..grid }, theme.panel);
    canvas.fill(Rect { width: HEAD_WIDTH, ..grid }, theme.panel);
    for (index, name) in SHEET_COLUMNS.iter().enumerate() {
        let x = grid.x + HEAD_WIDTH + index as i32 * width;
        canvas.fill(Rect::new(x, grid.y, 1, grid.height), theme.line);
        canvas.text(x + 8, grid.y + 5, FontSize::Bold, theme.ink, name);
    }
}

fn draw_row(canvas: &mut Canvas, grid: Rect, theme: Theme, seed: u64, row: u64, y: i32, entered: u64) {
    let width = column_width(grid);
    canvas.fill(Rect::new(grid.x, y, grid.width, 1), theme.line);
    canvas.text(grid.x + 10, y + 5, FontSize::Small, theme.faint, &format!("{}", row + 1));
    let x_of = |column: usize| grid.x + HEAD_WIDTH + column as i32 * width + 8;
    let fits = ((width - 10) / FontSize::Small.advance()) as usize;
    let client = pick(CLIENTS, seed, row);
    canvas.text(x_of(0), y + 5, FontSize::Small, theme.ink, &client[..client.len().min(fits)]);
    canvas.text(x_of(1), y + 5, FontSize::Small, theme.ink, pick(PROJECTS, seed, row + 99));
    let mut total = 0;
    for column in DAYS {
        if row * DAYS.len() as u64 + (column - DAYS.start) as u64 > entered {
            continue;
        }
        let quarter_hours = hours(seed, row, column);
        total += quarter_hours;
        canvas.text(x_of(column), y + 5, FontSize::Small, theme.ink, &decimal(quarter_hours * 25));
    }
    let rate = 60 + mix(seed, row) % 8 * 5;
    canvas.text(x_of(7), y + 5, FontSize::Small, theme.ink, &decimal(total * 25));
    canvas.text(x_of(8), y + 5, FontSize::Small, theme.faint, &decimal(rate * 100));
    let ink = if total * rate > 5_000 { Color::hex(0x1A7F37) } else { theme.ink };
    canvas.text(x_of(9), y + 5, FontSize::Small, ink, &decimal(total * 25 * rate));
}

fn draw_selection(canvas: &mut Canvas, grid: Rect, theme: Theme, (row, column): (u64, usize)) {
    let width = column_width(grid);
    let cell = Rect::new(
        grid.x + HEAD_WIDTH + column as i32 * width,
        grid.y + ROW_HEIGHT * (row as i32 + 1),
        width + 1,
        ROW_HEIGHT + 1,
    );
    canvas.frame(cell, 2, theme.accent);
}

/// Bars that grow with what was entered.
fn draw_chart(canvas: &mut Canvas, area: Rect, theme: Theme, seed: u64, entered: u64) {
    canvas.fill(area, theme.paper);
    canvas.frame(area, 1, theme.line);
    canvas.text(area.x + 12, area.y + 10, FontSize::Bold, theme.ink, "Hours by day");
    let bars = SHEET_COLUMNS[DAYS].iter().enumerate();
    for (index, name) in bars {
        let height = 30 + ((mix(seed, index as u64) % 90) as i32 + (entered % 40) as i32).min(110);
        let x = area.x + 26 + index as i32 * 52;
        canvas.fill(Rect::new(x, area.bottom() - 30 - height, 34, height), theme.accent);
        canvas.text(x + 6, area.bottom() - 22, FontSize::Small, theme.faint, name);
    }
}

/// Quarters of an hour in a cell.
fn hours(seed: u64, row: u64, column: usize) -> u64 {
    4 + mix(mix(seed, row), column as u64) % 30
}

fn decimal(hundredths: u64) -> String {
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}
