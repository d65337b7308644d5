//! Which displays there are, and where on the root window.

use muster_protocol::agent::Display;
use muster_protocol::limits::NAME_CHARS_MAX;
use x11rb::protocol::Event;
use x11rb::protocol::randr::{self, ConnectionExt as _, NotifyMask};
use x11rb::protocol::xproto::{ChangeWindowAttributesAux, ConnectionExt as _, EventMask, Rectangle};

use super::connection::{Link, X11Error};
use crate::platform::tracks::Tracks;

/// One display and its part of the root window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Monitor {
    pub display: Display,
    pub x: i16,
    pub y: i16,
}

/// How far the picture of a pointer reaches around the point that it points at, at most.
const POINTER_REACH: u16 = 128;

impl Monitor {
    pub const fn area(&self) -> Rectangle {
        Rectangle { x: self.x, y: self.y, width: self.display.width, height: self.display.height }
    }

    /// Whether a pointer at this point may reach into the display.
    pub fn is_near(&self, (x, y): (i16, i16)) -> bool {
        let reach = POINTER_REACH as i16;
        let around = Rectangle {
            x: x.saturating_sub(reach),
            y: y.saturating_sub(reach),
            width: POINTER_REACH * 2,
            height: POINTER_REACH * 2,
        };
        common(around, self.area()).is_some()
    }
}

/// Asks for an event whenever a display comes, goes or changes. Monitors that a person defines show as a change of the root
/// window only.
pub(super) fn select_changes(link: &Link) -> Result<(), X11Error> {
    let mask = ChangeWindowAttributesAux::new().event_mask(EventMask::STRUCTURE_NOTIFY);
    link.wire.change_window_attributes(link.root(), &mask)?.check()?;
    if link.has(randr::X11_EXTENSION_NAME)? {
        let mask = NotifyMask::SCREEN_CHANGE | NotifyMask::CRTC_CHANGE | NotifyMask::OUTPUT_CHANGE;
        link.wire.randr_select_input(link.root(), mask)?.check()?;
    }
    Ok(())
}

/// Whether `event` is one of those.
pub(super) const fn is_change(event: &Event) -> bool {
    matches!(event, Event::RandrScreenChangeNotify(_) | Event::RandrNotify(_) | Event::ConfigureNotify(_))
}

/// The displays of this moment: monitors of RandR 1.5, or the root window as one where the server is older.
pub(super) fn monitors(link: &Link, tracks: &mut Tracks) -> Result<Vec<Monitor>, X11Error> {
    let root = link.wire.get_geometry(link.root())?.reply()?;
    let whole = Rectangle { x: 0, y: 0, width: root.width, height: root.height };
    let mut found = vec![];
    for monitor in randr_monitors(link)? {
        let name = link.wire.get_atom_name(monitor.name)?.reply()?.name;
        let name: String = String::from_utf8_lossy(&name).chars().take(NAME_CHARS_MAX).collect();
        let area = Rectangle { x: monitor.x, y: monitor.y, width: monitor.width, height: monitor.height };
        // What lies outside of the root window cannot be read.
        if let Some(area) = common(area, whole) {
            found.push((name, area, monitor.primary));
        }
    }
    if found.is_empty() {
        found.push(("screen".to_owned(), whole, true));
    }
    let names: Vec<String> = found.iter().map(|(name, ..)| name.clone()).collect();
    let numbered = tracks.number(&names).into_iter().zip(found);
    Ok(numbered.map(|(track, (name, area, primary))| monitor(track, name, area, primary)).collect())
}

const fn monitor(track: u32, name: String, area: Rectangle, primary: bool) -> Monitor {
    let Rectangle { x, y, width, height } = area;
    Monitor { display: Display { track, name, width, height, primary }, x, y }
}

fn randr_monitors(link: &Link) -> Result<Vec<randr::MonitorInfo>, X11Error> {
    if !link.has(randr::X11_EXTENSION_NAME)? {
        return Ok(vec![]);
    }
    let version = link.wire.randr_query_version(1, 5)?.reply()?;
    if (version.major_version, version.minor_version) < (1, 5) {
        return Ok(vec![]);
    }
    Ok(link.wire.randr_get_monitors(link.root(), true)?.reply()?.monitors)
}

/// The area that two share, if any.
pub(super) fn common(one: Rectangle, other: Rectangle) -> Option<Rectangle> {
    let end = |from: i16, length: u16| i32::from(from) + i32::from(length);
    let (left, top) = (one.x.max(other.x), one.y.max(other.y));
    let right = end(one.x, one.width).min(end(other.x, other.width));
    let below = end(one.y, one.height).min(end(other.y, other.height));
    let length = |from: i16, to: i32| u16::try_from(to - i32::from(from)).ok().filter(|length| *length > 0);
    Some(Rectangle { x: left, y: top, width: length(left, right)?, height: length(top, below)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn area(x: i16, y: i16, width: u16, height: u16) -> Rectangle {
        Rectangle { x, y, width, height }
    }

    /// What two areas share, as a value that can be compared.
    fn shared(one: Rectangle, other: Rectangle) -> Option<(i16, i16, u16, u16)> {
        common(one, other).map(|Rectangle { x, y, width, height }| (x, y, width, height))
    }

    #[test]
    fn areas_share_what_lies_in_both() {
        let screen = area(0, 0, 1920, 1080);
        assert_eq!(shared(area(960, 0, 960, 1080), screen), Some((960, 0, 960, 1080)));
        assert_eq!(shared(area(1900, -10, 100, 50), screen), Some((1900, 0, 20, 40)));
        assert_eq!(shared(area(1920, 0, 10, 10), screen), None);
        assert_eq!(shared(area(-32_768, 0, 65_535, 10), area(32_000, 0, 65_535, 10)), Some((32_000, 0, 767, 10)));
    }
}
