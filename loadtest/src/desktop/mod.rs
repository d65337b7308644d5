//! Drawn desktops: what a simulated agent "captures".
//!
//! They look like work (an editor that types, a terminal that scrolls, pages, sheets, chats, a task bar with a clock), so
//! that their JPEGs have the sizes and the changes of real ones. A picture is a pure function of seed, owner and moment.
//! A small picture is drawn small: its cost goes with its own pixels, not with those of the screen.
//!
//! The task bar's clock says to the millisecond when something last moved, large enough to be read off a wall picture.
//! While nobody acts it shows hours and minutes, so that unchanged screens exist.

mod apps;
mod blur;
mod canvas;
mod digits;
mod font;
mod layout;
mod lock;
mod painter;
mod shell;
mod text;
mod timeline;
mod wallpaper;

use std::sync::Arc;

pub use canvas::Picture;
pub use painter::{Painter, PictureOrder};

use canvas::Canvas;
use muster_protocol::UtcMillis;
use muster_protocol::policy::Blur;
use timeline::View;

/// Hands that rested for so long have stopped: the clock shows no seconds any more.
const STOPPED_AFTER_MS: i64 = 5_000;

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

/// How many displays stand on the desk. Somebody with two works on one at a time; the other one stands still.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Displays {
    One,
    Two,
}

impl Displays {
    /// Their numbers, from the left.
    pub fn numbers(self) -> std::ops::Range<u8> {
        match self {
            Self::One => 0..1,
            Self::Two => 0..2,
        }
    }
}

/// What happens on a desktop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scene {
    /// A working day: now this program, now that one, with pauses.
    Work,
    /// Somebody types code without a pause.
    Typing,
    /// A terminal prints line after line.
    TerminalOutput,
    /// A page is scrolled all the time.
    PageScroll,
}

/// What the person's hands do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hands {
    /// At the keyboard or the mouse.
    On,
    /// The last input was then; everything but the clock stands still from there on.
    OffSince(UtcMillis),
    /// The screen is locked.
    Locked,
}

/// The instant that a picture shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DesktopMoment {
    pub wall: UtcMillis,
    pub hands: Hands,
}

impl DesktopMoment {
    /// Milliseconds since the epoch that the windows' contents show.
    fn acted_at_ms(self) -> u64 {
        let at = match self.hands {
            Hands::OffSince(since) => since.0.min(self.wall.0),
            Hands::On | Hands::Locked => self.wall.0,
        };
        u64::try_from(at).unwrap_or_default()
    }

    /// Whether the hands have rested for so long that it is no pause in typing any more.
    fn has_stopped(self) -> bool {
        matches!(self.hands, Hands::OffSince(since) if self.wall.since(since) >= STOPPED_AFTER_MS)
    }
}

/// Everything that decides what a picture of a display shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sight {
    pub moment: DesktopMoment,
    /// Shown over everything, as an agent says who is watching.
    pub banner: Option<Arc<str>>,
    /// What the policy wants of pictures that leave the machine.
    pub blur: Blur,
}

impl Sight {
    /// A clear picture with nothing over it.
    #[must_use]
    pub const fn clear(moment: DesktopMoment) -> Self {
        Self { moment, banner: None, blur: Blur::None }
    }

    /// Somebody acts at `wall`.
    #[must_use]
    pub const fn live(wall: UtcMillis) -> Self {
        Self::clear(DesktopMoment { wall, hands: Hands::On })
    }
}

/// One display of a person.
#[derive(Clone, Debug)]
pub struct Desktop {
    seed: u64,
    owner: Arc<str>,
    displays: Displays,
    display: u8,
    scene: Scene,
    screen: Screen,
}

impl Desktop {
    /// The only display of `owner`, the one that goes with `seed`.
    #[must_use]
    pub fn new(seed: u64, owner: Arc<str>) -> Self {
        Self::of_displays(seed, owner, Displays::One, 0)
    }

    /// Display number `display` of somebody with `displays`.
    #[must_use]
    pub fn of_displays(seed: u64, owner: Arc<str>, displays: Displays, display: u8) -> Self {
        let screen = Screen::of_seed(display_seed(seed, display));
        Self { seed, owner, displays, display, scene: Scene::Work, screen }
    }

    /// The same display with something else happening on it.
    #[must_use]
    pub fn showing(self, scene: Scene) -> Self {
        Self { scene, ..self }
    }

    /// The same display in full HD.
    #[must_use]
    pub fn full_hd(self) -> Self {
        Self { screen: Screen { width: 1920, height: 1080 }, ..self }
    }

    /// The display's size.
    #[must_use]
    pub fn screen(&self) -> Screen {
        self.screen
    }

    /// Draws the desktop `width` pixels wide, into `pixels` (which is reused and may hold anything).
    #[must_use]
    pub fn render(&self, width: u16, sight: &Sight, pixels: Vec<u8>) -> Picture {
        let width = width.max(1);
        match blur::drawn_width(sight.blur, self.screen.width).filter(|drawn| *drawn < width) {
            Some(drawn) => {
                blur::enlarge(&self.draw(drawn, sight, Vec::new()), width, self.screen.height_at(width), pixels)
            }
            None => self.draw(width, sight, pixels),
        }
    }

    fn draw(&self, width: u16, sight: &Sight, pixels: Vec<u8>) -> Picture {
        let mut canvas = Canvas::new(self.screen, width, pixels);
        let moment = sight.moment;
        let seed = display_seed(self.seed, self.display);
        wallpaper::draw(&mut canvas, seed);
        if moment.hands == Hands::Locked {
            lock::draw(&mut canvas, &self.owner, moment.wall);
        } else {
            self.draw_work(&mut canvas, seed, moment);
        }
        if let Some(banner) = &sight.banner {
            shell::draw_banner(&mut canvas, banner);
        }
        canvas.finish()
    }

    fn draw_work(&self, canvas: &mut Canvas, seed: u64, moment: DesktopMoment) {
        let view = self.view(moment);
        let front = view.front();
        shell::draw_icons(canvas, seed);
        let windows = layout::windows(seed, self.screen, self.scene);
        let (behind, before): (Vec<_>, Vec<_>) = windows.iter().enumerate().partition(|(app, _)| *app != front);
        for (app, window) in behind.into_iter().chain(before) {
            apps::draw_window(canvas, window, &self.owner, view.app_time(app));
        }
        let clock = if view.is_here() && !moment.has_stopped() {
            shell::ticking(view.tick.at_ms)
        } else {
            shell::resting(moment.wall.0)
        };
        let bar = shell::TaskBar { seed, apps: layout::apps(seed, self.scene), front, owner: &self.owner, clock };
        bar.draw(canvas);
        if let Some(trip) = view.pointer() {
            shell::draw_pointer(canvas, &windows, trip);
        }
    }

    fn view(&self, moment: DesktopMoment) -> View {
        let open_on = |display| layout::apps(display_seed(self.seed, display), self.scene).len();
        let apps = [open_on(0), open_on(1)];
        View::at(self.seed, self.displays, self.scene, apps, self.display, moment.acted_at_ms())
    }
}

/// The second display has windows, colours and a size of its own.
fn display_seed(seed: u64, display: u8) -> u64 {
    if display == 0 { seed } else { layout::mix(seed, 0xD15B + u64::from(display)) }
}

#[cfg(test)]
#[path = "desktop_test.rs"]
mod tests;
