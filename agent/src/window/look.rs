//! Colours, type and space: those of the portal (web/src/styles/tokens.css), as numbers. The only place with raw colours.

use iced::font::{Family, Weight};
use iced::theme::{Mode, Palette};
use iced::{Color, Font, Theme, color};

/// Inter with figures of one width, cut to the alphabets of Europe; other scripts come from the system's fonts.
pub const FONTS: [&[u8]; 2] =
    [include_bytes!("../../fonts/MusterSans-Regular.ttf"), include_bytes!("../../fonts/MusterSans-SemiBold.ttf")];

pub const REGULAR: Font = Font { family: Family::Name("Muster Sans"), ..Font::DEFAULT };
pub const STRONG: Font = Font { weight: Weight::Semibold, ..REGULAR };

pub const SMALL: f32 = 13.0;
pub const NORMAL: f32 = 14.0;
pub const LARGE: f32 = 16.0;
pub const TITLE: f32 = 20.0;
pub const FIGURE: f32 = 36.0;

pub const RADIUS: f32 = 6.0;
pub const RADIUS_LARGE: f32 = 10.0;

/// What things are coloured with. Colour is spent on status and on the one accent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Colors {
    /// 0 is the window, 1 a card, 2 a control or a hovered one, 3 a pressed one.
    pub surfaces: [Color; 4],
    pub line: Color,
    pub line_strong: Color,
    pub text_strong: Color,
    pub text: Color,
    pub text_muted: Color,
    pub accent: Color,
    pub accent_fill: Color,
    pub accent_fill_hover: Color,
    pub accent_soft: Color,
    pub on_accent: Color,
    pub active: Color,
    pub idle: Color,
    pub on_break: Color,
    pub offline: Color,
    pub breach: Color,
    pub text_breach: Color,
}

pub const LIGHT: Colors = Colors {
    surfaces: [color!(0xf6f7f9), color!(0xffffff), color!(0xeef0f4), color!(0xe2e5ea)],
    line: color!(0xdde0e5),
    line_strong: color!(0x828690),
    text_strong: color!(0x161b24),
    text: color!(0x353b45),
    text_muted: color!(0x595e68),
    accent: color!(0x494fcc),
    accent_fill: color!(0x494fcc),
    accent_fill_hover: color!(0x3d3fbb),
    accent_soft: color!(0xe6eafc),
    on_accent: color!(0xffffff),
    active: color!(0x009342),
    idle: color!(0xc07600),
    on_break: color!(0x8f4ecc),
    offline: color!(0x74777f),
    breach: color!(0xd4212d),
    text_breach: color!(0xb00a1d),
};

pub const DARK: Colors = Colors {
    surfaces: [color!(0x0d0f14), color!(0x14171d), color!(0x1d2027), color!(0x282d35)],
    line: color!(0x262a32),
    line_strong: color!(0x6c727e),
    text_strong: color!(0xf3f5f9),
    text: color!(0xd1d4db),
    text_muted: color!(0xa3a8b1),
    accent: color!(0x8d9df5),
    accent_fill: color!(0x515bd1),
    accent_fill_hover: color!(0x474ec4),
    accent_soft: color!(0x212644),
    on_accent: color!(0xffffff),
    active: color!(0x3fc168),
    idle: color!(0xf0b135),
    on_break: color!(0xbf93f1),
    offline: color!(0x828690),
    breach: color!(0xff645f),
    text_breach: color!(0xff9189),
};

impl Colors {
    /// Light unless the system prefers dark.
    #[must_use]
    pub fn of(mode: Mode) -> Self {
        if mode == Mode::Dark { DARK } else { LIGHT }
    }

    /// What the toolkit's own parts are drawn with.
    #[must_use]
    pub fn theme(&self) -> Theme {
        let palette = Palette {
            background: self.surfaces[0],
            text: self.text,
            primary: self.accent_fill,
            success: self.active,
            warning: self.idle,
            danger: self.breach,
        };
        Theme::custom("Muster", palette)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// WCAG 2.2's contrast ratio.
    fn contrast(one: Color, other: Color) -> f32 {
        let (one, other) = (one.relative_luminance() + 0.05, other.relative_luminance() + 0.05);
        one.max(other) / one.min(other)
    }

    #[test]
    fn every_text_can_be_read_on_what_it_stands_on() {
        for colors in [LIGHT, DARK] {
            for surface in &colors.surfaces[..3] {
                for text in [colors.text_strong, colors.text, colors.text_muted, colors.text_breach] {
                    assert!(contrast(text, *surface) >= 4.5, "{text:?} on {surface:?}");
                }
            }
            assert!(contrast(colors.on_accent, colors.accent_fill) >= 4.5);
            assert!(contrast(colors.on_accent, colors.accent_fill_hover) >= 4.5);
            assert!(contrast(colors.accent, colors.surfaces[1]) >= 4.5);
        }
    }

    #[test]
    fn every_status_shape_stands_out() {
        for colors in [LIGHT, DARK] {
            for status in [colors.active, colors.idle, colors.on_break, colors.offline, colors.breach] {
                assert!(contrast(status, colors.surfaces[1]) >= 3.0, "{status:?}");
            }
        }
    }
}
