//! The programs: each draws the inside of its window as it is at one moment.

mod browser;
mod chat;
mod editor;
mod sheet;
mod terminal;

use super::canvas::{Canvas, Color, Rect};
use super::font::FontSize;
use super::layout::{App, Window, mix};
use super::timeline::AppTime;

/// Height of a title bar, in screen coordinates.
const TITLE_HEIGHT: i32 = 34;

/// Colours of the inside of a window.
#[derive(Clone, Copy)]
struct Theme {
    paper: Color,
    panel: Color,
    line: Color,
    ink: Color,
    faint: Color,
    accent: Color,
}

impl Theme {
    const fn of(window: &Window) -> Self {
        if window.is_dark {
            Self {
                paper: Color::hex(0x1E1F26),
                panel: Color::hex(0x282A33),
                line: Color::hex(0x3A3D49),
                ink: Color::hex(0xD8DAE3),
                faint: Color::hex(0x7C8194),
                accent: window.accent,
            }
        } else {
            Self {
                paper: Color::hex(0xFFFFFF),
                panel: Color::hex(0xF2F3F6),
                line: Color::hex(0xD9DCE3),
                ink: Color::hex(0x24272F),
                faint: Color::hex(0x838A99),
                accent: window.accent,
            }
        }
    }
}

impl App {
    /// The name on the task bar.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Editor => "Editor",
            Self::Terminal => "Terminal",
            Self::Browser => "Browser",
            Self::Sheet => "Sheets",
            Self::Chat => "Chat",
        }
    }

    /// The colour of its icon.
    pub(super) const fn icon_color(self) -> Color {
        match self {
            Self::Editor => Color::hex(0x2F81F7),
            Self::Terminal => Color::hex(0x30363D),
            Self::Browser => Color::hex(0xE8590C),
            Self::Sheet => Color::hex(0x1A7F37),
            Self::Chat => Color::hex(0x8250DF),
        }
    }
}

/// Draws a window with its shadow, title bar and content.
pub(super) fn draw_window(canvas: &mut Canvas, window: &Window, owner: &str, time: AppTime) {
    let theme = Theme::of(window);
    draw_shadow(canvas, window, time);
    canvas.fill(window.rect, theme.line);
    let inside = window.rect.inset(1);
    draw_title(canvas, window, theme, Rect { height: TITLE_HEIGHT, ..inside }, time);
    let content = Rect { y: inside.y + TITLE_HEIGHT, height: (inside.height - TITLE_HEIGHT).max(0), ..inside };
    canvas.fill(content, theme.paper);
    canvas.clip(content);
    match window.app {
        App::Editor => editor::draw(canvas, content, theme, window.seed, time),
        App::Terminal => terminal::draw(canvas, content, theme, window.seed, owner, time),
        App::Browser => browser::draw(canvas, content, theme, window.seed, time),
        App::Sheet => sheet::draw(canvas, content, theme, window.seed, time),
        App::Chat => chat::draw(canvas, content, theme, window.seed, owner, time),
    }
    canvas.unclip();
}

/// Four bands around the window, darker for the one in front; the window itself covers the middle.
fn draw_shadow(canvas: &mut Canvas, window: &Window, time: AppTime) {
    let part = if time.is_front { 34 } else { 16 };
    for step in 1..=3 {
        let by = step * 3;
        let Rect { x, y, width, height } = window.rect;
        let black = Color::hex(0);
        canvas.blend(Rect::new(x - by, y + height, width + 2 * by, by), black, part);
        canvas.blend(Rect::new(x + width, y + by, by, height - by), black, part);
        canvas.blend(Rect::new(x - by, y + by, by, height - by), black, part);
    }
}

fn draw_title(canvas: &mut Canvas, window: &Window, theme: Theme, bar: Rect, time: AppTime) {
    let color = if time.is_front { theme.panel.toward(theme.accent, 40) } else { theme.panel };
    canvas.fill(bar, color);
    canvas.fill(Rect { y: bar.bottom() - 1, height: 1, ..bar }, theme.line);
    canvas.round(Rect::new(bar.x + 10, bar.y + 9, 16, 16), 4, window.app.icon_color());
    canvas.clip(Rect { width: bar.width - 110, ..bar });
    let ink = if time.is_front { theme.ink } else { theme.faint };
    canvas.text(bar.x + 36, bar.y + 10, FontSize::Bold, ink, &title(window, time.local_ms));
    canvas.unclip();
    for (index, color) in [0xE5534B, 0xD4A72C, 0x57AB5A].into_iter().enumerate() {
        let color = if time.is_front { Color::hex(color) } else { theme.line };
        canvas.disc(bar.right() - 20 - 24 * index as i32, bar.y + 17, 7, color);
    }
}

fn title(window: &Window, local_ms: u64) -> String {
    match window.app {
        App::Editor => {
            let is_saved = !(local_ms / 7_000).is_multiple_of(2);
            format!("days.rs {} reports - Editor", if is_saved { "-" } else { "*" })
        }
        App::Terminal => "dev@desk: ~/work/reports".to_owned(),
        App::Browser => format!("{} - Browser", browser::headline(window.seed, local_ms)),
        App::Sheet => format!("hours-{}.xlsx - Sheets", 2020 + window.seed % 6),
        App::Chat => "Team room - Chat".to_owned(),
    }
}

/// A row of little menus, as most programs have under their title.
fn draw_menu(canvas: &mut Canvas, bar: Rect, theme: Theme, entries: &[&str]) {
    canvas.fill(bar, theme.panel);
    canvas.fill(Rect { y: bar.bottom() - 1, height: 1, ..bar }, theme.line);
    let mut x = bar.x + 12;
    for entry in entries {
        x = canvas.text(x, bar.y + (bar.height - 13) / 2, FontSize::Small, theme.ink, entry) + 16;
    }
}

/// A text cursor that blinks once a second while its window is in front, and is not there otherwise.
fn draw_caret(canvas: &mut Canvas, x: i32, y: i32, color: Color, time: AppTime) {
    if time.is_front && (time.local_ms / 500).is_multiple_of(2) {
        canvas.fill(Rect::new(x, y, 2, 15), color);
    }
}

/// Somebody's round picture with an initial, in a colour of their own.
fn draw_avatar(canvas: &mut Canvas, x: i32, y: i32, name: &str) {
    const COLORS: [u32; 6] = [0xC2255C, 0x2F6FEB, 0x0E9F6E, 0xD9480F, 0x8250DF, 0x0B7285];
    let salt = name.bytes().fold(7, |salt, byte| mix(salt, u64::from(byte)));
    canvas.disc(x + 16, y + 16, 16, Color::hex(COLORS[(salt % 6) as usize]));
    let initial: String = name.chars().take(1).collect();
    canvas.text(x + 11, y + 6, FontSize::Large, Color::hex(0xFFFFFF), &initial);
}
