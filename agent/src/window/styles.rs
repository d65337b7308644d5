//! How the parts look: cards, buttons, fields, the bar that scrolls.

use iced::border::{self, Border};
use iced::widget::scrollable::{Direction, Scrollbar};
use iced::widget::{Scrollable, button, container, scrollable, text_input};
use iced::{Background, Color, Element, Fill, Shadow, Theme};

use super::look::{Colors, RADIUS, RADIUS_LARGE};

/// What a button means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// The one thing to do now.
    Primary,
    /// Something one may do.
    Secondary,
    /// Something at the edge: sign out, quit.
    Quiet,
    /// The chosen one of several.
    Chosen,
}

pub fn pressable(colors: Colors, weight: Weight) -> impl Fn(&Theme, button::Status) -> button::Style {
    move |_, status| {
        let is_touched = matches!(status, button::Status::Hovered | button::Status::Pressed);
        let (resting, touched, text, line) = match weight {
            Weight::Primary => (colors.accent_fill, colors.accent_fill_hover, colors.on_accent, colors.accent_fill),
            Weight::Secondary => (colors.surfaces[1], colors.surfaces[2], colors.text_strong, colors.line_strong),
            Weight::Quiet => (Color::TRANSPARENT, colors.surfaces[2], colors.text_muted, Color::TRANSPARENT),
            Weight::Chosen => (colors.accent_soft, colors.accent_soft, colors.text_strong, colors.accent),
        };
        let fade = if status == button::Status::Disabled { 0.5 } else { 1.0 };
        button::Style {
            background: Some(Background::Color(if is_touched { touched } else { resting }.scale_alpha(fade))),
            text_color: text.scale_alpha(fade),
            border: Border { color: line.scale_alpha(fade), width: 1.0, radius: RADIUS.into() },
            shadow: Shadow::default(),
            snap: true,
        }
    }
}

pub fn field(colors: Colors) -> impl Fn(&Theme, text_input::Status) -> text_input::Style {
    move |_, status| {
        let is_focused = matches!(status, text_input::Status::Focused { .. });
        let line = if is_focused { colors.accent } else { colors.line_strong };
        text_input::Style {
            background: Background::Color(colors.surfaces[1]),
            border: Border { color: line, width: if is_focused { 2.0 } else { 1.0 }, radius: RADIUS.into() },
            icon: colors.text_muted,
            placeholder: colors.text_muted,
            value: colors.text_strong,
            selection: colors.accent.scale_alpha(0.3),
        }
    }
}

/// A surface of its own with a thin line around it.
pub fn card(colors: Colors) -> impl Fn(&Theme) -> container::Style {
    move |_| {
        container::Style::default()
            .background(colors.surfaces[1])
            .border(border::rounded(RADIUS_LARGE).color(colors.line).width(1))
    }
}

/// A card that says that something is not as it should be: a line of `status` around it.
pub fn warning(colors: Colors, status: Color) -> impl Fn(&Theme) -> container::Style {
    move |_| {
        container::Style::default()
            .background(colors.surfaces[1])
            .border(border::rounded(RADIUS_LARGE).color(status).width(1))
    }
}

/// A plain surface from edge to edge.
pub fn plain(surface: Color) -> impl Fn(&Theme) -> container::Style {
    move |_| container::Style::default().background(surface)
}

/// A filled or outlined shape.
pub fn shape(fill: Color, line: Color, radius: border::Radius) -> impl Fn(&Theme) -> container::Style {
    move |_| container::Style::default().background(fill).border(Border { color: line, width: 2.0, radius })
}

/// Content that scrolls, with a narrow bar that is there while it is needed and does not shout.
pub fn scroll<'a, Message: 'a>(content: impl Into<Element<'a, Message>>, colors: Colors) -> Scrollable<'a, Message> {
    let bar = Scrollbar::new().width(5).scroller_width(5).margin(3);
    scrollable(content).direction(Direction::Vertical(bar)).width(Fill).style(move |theme, status| {
        let mut style = scrollable::default(theme, status);
        for rail in [&mut style.vertical_rail, &mut style.horizontal_rail] {
            rail.background = None;
            rail.scroller.background = Background::Color(colors.line_strong.scale_alpha(0.6));
            rail.scroller.border = border::rounded(3);
        }
        style
    })
}
