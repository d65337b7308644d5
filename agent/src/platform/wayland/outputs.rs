//! A display, as the compositor describes it.

use muster_protocol::agent::Display;
use muster_protocol::limits::NAME_CHARS_MAX;
use wayland_client::WEnum;
use wayland_client::protocol::wl_output::{Event, Mode, Transform, WlOutput};

/// One output and what it said of itself.
pub(super) struct Output {
    pub wire: WlOutput,
    /// How the display is turned: its pictures come as it hangs on the wall.
    pub transform: Transform,
    name: Option<String>,
    /// Pixels before it is turned.
    size: (u16, u16),
}

impl Output {
    pub const fn new(wire: WlOutput) -> Self {
        Self { wire, transform: Transform::Normal, name: None, size: (0, 0) }
    }

    pub fn hear(&mut self, event: Event) {
        match event {
            Event::Geometry { transform: WEnum::Value(transform), .. } => self.transform = transform,
            Event::Mode { flags: WEnum::Value(flags), width, height, .. } if flags.contains(Mode::Current) => {
                let side = |pixels: i32| u16::try_from(pixels).unwrap_or(0);
                self.size = (side(width), side(height));
            }
            Event::Name { name } => self.name = Some(name.chars().take(NAME_CHARS_MAX).collect()),
            _ => {}
        }
    }

    /// Whether it shows anything.
    pub const fn is_on(&self) -> bool {
        self.size.0 > 0 && self.size.1 > 0
    }

    /// As the connector is called; compositors of before 2022 say only how many outputs came before.
    pub fn name(&self, number: u32) -> String {
        self.name.clone().unwrap_or_else(|| format!("output {number}"))
    }

    pub fn display(&self, track: u32, name: String, primary: bool) -> Display {
        let (width, height) = if is_on_its_side(self.transform) { (self.size.1, self.size.0) } else { self.size };
        Display { track, name, width, height, primary }
    }
}

/// Whether what is wide becomes high.
pub(super) const fn is_on_its_side(transform: Transform) -> bool {
    matches!(transform, Transform::_90 | Transform::_270 | Transform::Flipped90 | Transform::Flipped270)
}
