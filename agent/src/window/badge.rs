//! Status as shape and word, as in the portal: a filled dot is active, a half one idle, two bars a break, a ring nothing.

use iced::border::Radius;
use iced::widget::{Row, container, row, space, stack, text};
use iced::{Alignment, Color, Element};

use super::look::{Colors, STRONG};
use super::styles;
use crate::core::status::Work;

/// A shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    Dot,
    Half,
    Ring,
    Bars,
}

/// The shape and the colour of what the person does.
#[must_use]
pub fn of_work(work: Work, colors: &Colors) -> (Shape, Color) {
    match work {
        Work::Off => (Shape::Ring, colors.offline),
        Work::Active { .. } => (Shape::Dot, colors.active),
        Work::Idle { .. } => (Shape::Half, colors.idle),
        Work::Break { .. } => (Shape::Bars, colors.on_break),
    }
}

/// The shape, `size` pixels high.
pub fn shape<'a, Message: 'a>(shape: Shape, color: Color, size: f32) -> Element<'a, Message> {
    let round = Radius::new(size / 2.0);
    let part = |width: f32, fill: Color, radius: Radius| {
        container(space()).width(width).height(size).style(styles::shape(fill, color, radius))
    };
    match shape {
        Shape::Dot => part(size, color, round).into(),
        Shape::Ring => part(size, Color::TRANSPARENT, round).into(),
        Shape::Half => {
            let left = part(size / 2.0, color, Radius::default().left(size / 2.0));
            stack![part(size, Color::TRANSPARENT, round), left].into()
        }
        Shape::Bars => {
            let bar = || part((size / 3.0).max(3.0), color, Radius::new(1.0));
            row![bar(), bar()].spacing((size / 4.0).max(2.0)).into()
        }
    }
}

/// Shape and word beside each other.
pub fn badge<'a, Message: 'a>(
    (kind, color): (Shape, Color),
    word: &'a str,
    size: f32,
    colors: &Colors,
) -> Row<'a, Message> {
    let word = text(word).size(size).font(STRONG).color(colors.text_strong);
    row![shape(kind, color, (size * 0.35).round() * 2.0), word].spacing(8).align_y(Alignment::Center)
}
