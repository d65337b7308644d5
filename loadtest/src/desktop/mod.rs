//! Drawn desktops: what a simulated agent "captures".
//!
//! They look like work (an editor that types, a terminal that scrolls, pages, sheets, chats, a task bar with a clock), so
//! that their JPEGs have the sizes and the changes of real ones. A picture is a pure function of seed, owner and moment.
//! A small picture is drawn small: its cost goes with its own pixels, not with those of the screen.

mod apps;
mod canvas;
mod font;
mod layout;
mod painter;
mod shell;
mod text;
mod wallpaper;

use std::sync::Arc;

pub use canvas::Picture;
pub use painter::{Painter, PictureOrder};

use canvas::Canvas;
use muster_protocol::UtcMillis;

/// The size of a display, in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Screen {
    pub width: u16,
    pub height: u16,
}

impl Screen {
    /// The display that goes with a seed: most are full HD.
    #[must_use]
    pub fn of_seed(seed: u64) -> Self {
        let (width, height) = match layout::mix(seed, 0x5C) % 10 {
            0 => (1366, 768),
            1 => (1680, 1050),
            2 => (2560, 1440),
            _ => (1920, 1080),
        };
        Self { width, height }
    }

    /// The height that a picture of this screen has when it is `width` wide.
    #[must_use]
    pub fn height_at(self, width: u16) -> u16 {
        let height = (u32::from(self.height) * u32::from(width) + u32::from(self.width) / 2) / u32::from(self.width);
        u16::try_from(height).unwrap_or(u16::MAX).max(1)
    }
}

/// The instant that a picture shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DesktopMoment {
    /// The clock in the task bar.
    pub wall: UtcMillis,
    /// What the person does stands still from here on.
    pub last_input: UtcMillis,
}

impl DesktopMoment {
    /// Somebody is typing at `wall`.
    #[must_use]
    pub fn live(wall: UtcMillis) -> Self {
        Self { wall, last_input: wall }
    }

    /// Milliseconds since the epoch that the windows' contents show.
    fn typed_ms(self) -> u64 {
        u64::try_from(self.last_input.0.min(self.wall.0)).unwrap_or_default()
    }
}

/// One person's desktop.
#[derive(Clone, Debug)]
pub struct Desktop {
    seed: u64,
    owner: Arc<str>,
    screen: Screen,
}

impl Desktop {
    /// The desktop of `owner` on the display that goes with `seed`.
    #[must_use]
    pub fn new(seed: u64, owner: Arc<str>) -> Self {
        Self { seed, owner, screen: Screen::of_seed(seed) }
    }

    /// The display.
    #[must_use]
    pub fn screen(&self) -> Screen {
        self.screen
    }

    /// Draws the desktop `width` pixels wide, into `pixels` (which is reused and may hold anything).
    #[must_use]
    pub fn render(&self, width: u16, moment: DesktopMoment, pixels: Vec<u8>) -> Picture {
        let mut canvas = Canvas::new(self.screen, width.max(1), pixels);
        wallpaper::draw(&mut canvas, self.seed);
        shell::draw_icons(&mut canvas, self.seed);
        let typed_ms = moment.typed_ms();
        for window in layout::windows(self.seed, self.screen, typed_ms) {
            apps::draw_window(&mut canvas, &window, &self.owner, typed_ms);
        }
        shell::draw_task_bar(&mut canvas, self.seed, &self.owner, moment);
        shell::draw_pointer(&mut canvas, self.seed, typed_ms);
        canvas.finish()
    }
}

#[cfg(test)]
#[path = "desktop_test.rs"]
mod tests;
