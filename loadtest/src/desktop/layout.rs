//! Which windows are open, where, and which one is in front. Pure and seeded.

use super::Screen;
use super::canvas::{Color, Rect};

/// Height of the task bar, in screen coordinates.
pub(super) const TASK_BAR_HEIGHT: i32 = 44;
/// Another window comes to the front so often.
const FOCUS_LASTS_MS: u64 = 25_000;

/// A program on the desktop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum App {
    Editor,
    Terminal,
    Browser,
    Sheet,
    Chat,
}

/// What goes together on one person's desktop.
const ROLES: [&[App]; 8] = [
    &[App::Editor, App::Terminal, App::Browser],
    &[App::Sheet, App::Chat, App::Browser],
    &[App::Browser, App::Sheet],
    &[App::Editor, App::Terminal, App::Chat, App::Browser],
    &[App::Chat, App::Browser, App::Sheet, App::Terminal],
    &[App::Terminal, App::Editor],
    &[App::Browser, App::Chat, App::Editor],
    &[App::Sheet, App::Editor, App::Chat],
];

/// One open window.
#[derive(Clone, Copy, Debug)]
pub(super) struct Window {
    pub app: App,
    pub rect: Rect,
    pub is_focused: bool,
    pub is_dark: bool,
    pub accent: Color,
    /// Its content differs from that of the same app elsewhere.
    pub seed: u64,
}

/// The colours that people choose for their desktops.
const ACCENTS: [Color; 6] = [
    Color::hex(0x2F6FEB),
    Color::hex(0x0E9F6E),
    Color::hex(0xD9480F),
    Color::hex(0x8250DF),
    Color::hex(0xC2255C),
    Color::hex(0x0B7285),
];

/// A number that depends on both arguments and looks random (splitmix64).
pub(super) const fn mix(seed: u64, salt: u64) -> u64 {
    let mut x = seed ^ salt.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(0x9E37_79B9_7F4A_7C15);
    x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    x ^ (x >> 31)
}

/// One of `choices`, by seed and salt.
pub(super) fn pick<T: Copy>(choices: &[T], seed: u64, salt: u64) -> T {
    choices[(mix(seed, salt) % choices.len() as u64) as usize]
}

/// The colour of this person's desktop.
pub(super) fn accent(seed: u64) -> Color {
    pick(&ACCENTS, seed, 0xACCE)
}

/// The programs of this person, in the order of the task bar.
pub(super) fn apps(seed: u64) -> &'static [App] {
    pick(&ROLES, seed, 0xA995)
}

/// The program in front.
pub(super) fn focused(seed: u64, at_ms: u64) -> App {
    let apps = apps(seed);
    let turn = (at_ms / FOCUS_LASTS_MS).wrapping_add(mix(seed, 0xF0));
    apps[(mix(seed, turn) % apps.len() as u64) as usize]
}

/// The open windows, the one in front last.
pub(super) fn windows(seed: u64, screen: Screen, at_ms: u64) -> Vec<Window> {
    let apps = apps(seed);
    let focused = focused(seed, at_ms);
    let area = Rect::new(0, 0, i32::from(screen.width), i32::from(screen.height) - TASK_BAR_HEIGHT);
    let mut windows: Vec<Window> = apps
        .iter()
        .enumerate()
        .map(|(index, &app)| Window {
            app,
            rect: place(seed, area, index, apps.len()),
            is_focused: app == focused,
            is_dark: app == App::Terminal || mix(seed, 0xDA) % 5 < 2,
            accent: accent(seed),
            seed: mix(seed, index as u64),
        })
        .collect();
    windows.sort_by_key(|window| window.is_focused);
    windows
}

fn place(seed: u64, area: Rect, index: usize, count: usize) -> Rect {
    match mix(seed, 0x91ACE) % 3 {
        0 => side_by_side(area, index, count),
        1 => cascade(seed, area, index),
        _ => one_large(area, index, count),
    }
}

/// Two columns (or a grid of four), as window managers snap.
fn side_by_side(area: Rect, index: usize, count: usize) -> Rect {
    let gap = 10;
    let left_width = area.width * 54 / 100;
    let columns = [(area.x, left_width), (area.x + left_width, area.width - left_width)];
    let in_left = count.div_ceil(2);
    let (column, row, rows) = if index < in_left { (0, index, in_left) } else { (1, index - in_left, count - in_left) };
    let (x, width) = columns[column];
    let height = area.height / rows as i32;
    Rect::new(x, area.y + height * row as i32, width, height).inset(gap)
}

/// Overlapping windows, each a little further down.
fn cascade(seed: u64, area: Rect, index: usize) -> Rect {
    let index_px = index as i32;
    let width = area.width * (58 + (mix(seed, 31 + index as u64) % 10) as i32) / 100;
    let height = area.height * (62 + (mix(seed, 41 + index as u64) % 14) as i32) / 100;
    let x = area.width * 6 / 100 + index_px * area.width / 11;
    let y = area.height * 4 / 100 + index_px * area.height / 13;
    Rect::new(x, y, width.min(area.width - x - 8), height.min(area.height - y - 8))
}

/// One large window and a column of small ones.
fn one_large(area: Rect, index: usize, count: usize) -> Rect {
    let large_width = area.width * 66 / 100;
    if index == 0 {
        return Rect::new(area.x, area.y, large_width, area.height).inset(8);
    }
    let rows = (count - 1).max(1) as i32;
    let height = area.height / rows;
    let y = area.y + height * (index as i32 - 1);
    Rect::new(area.x + large_width, y, area.width - large_width, height).inset(8)
}
