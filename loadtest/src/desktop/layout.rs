//! Which windows are open, where, and which one is in front. Pure and seeded.

use super::canvas::{Color, Rect};
use super::{Scene, Screen};

/// Height of the task bar, in screen coordinates: its clock can be read off a picture 480 pixels wide, whatever the screen.
pub(super) fn task_bar_height(screen: Screen) -> i32 {
    i32::from(screen.width) / 32
}

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

/// The programs open on the display with this seed, in the order of the task bar; in a scene the one that it is about
/// comes first.
pub(super) fn apps(seed: u64, scene: Scene) -> &'static [App] {
    match scene {
        Scene::Work => pick(&ROLES, seed, 0xA995),
        Scene::Typing => &[App::Editor, App::Terminal, App::Chat],
        Scene::TerminalOutput => &[App::Terminal, App::Editor, App::Chat],
        Scene::PageScroll => &[App::Browser, App::Sheet, App::Chat],
    }
}

/// How windows are arranged on a display.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Arrangement {
    SideBySide,
    Cascade,
    OneLarge,
}

/// The open windows in the order of the task bar.
pub(super) fn windows(seed: u64, screen: Screen, scene: Scene) -> Vec<Window> {
    let apps = apps(seed, scene);
    let bar = task_bar_height(screen);
    let area = Rect::new(0, 0, i32::from(screen.width), i32::from(screen.height) - bar);
    let arrangement = match scene {
        Scene::Work => pick(&[Arrangement::SideBySide, Arrangement::Cascade, Arrangement::OneLarge], seed, 0x91ACE),
        _ => Arrangement::OneLarge,
    };
    let window = |(index, &app): (usize, &App)| Window {
        app,
        rect: match arrangement {
            Arrangement::SideBySide => side_by_side(area, index, apps.len()),
            Arrangement::Cascade => cascade(seed, area, index),
            Arrangement::OneLarge => one_large(area, index, apps.len()),
        },
        is_dark: app == App::Terminal || mix(seed, 0xDA) % 5 < 2,
        accent: accent(seed),
        seed: mix(seed, index as u64),
    };
    apps.iter().enumerate().map(window).collect()
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
