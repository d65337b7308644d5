//! Who is watching now. Always there, never scrolled away: a bar of the accent while somebody watches, a quiet line otherwise.

use iced::widget::{Column, column, container, row, text};
use iced::{Alignment, Element, Fill};

use crate::window::badge::{self, Shape};
use crate::window::look::{LARGE, SMALL, STRONG};
use crate::window::model::{Message, Model};
use crate::window::{plain, styles};

/// Rows above this height scroll by themselves; the sentence over them counts everybody.
const ROWS_HEIGHT_MAX: f32 = 92.0;

pub fn view(model: &Model) -> Element<'_, Message> {
    let colors = model.colors;
    let watchers = &model.status.watchers;
    if watchers.is_empty() {
        let words = text(plain::watching(watchers)).size(SMALL).color(colors.text_muted);
        let line = row![badge::shape(Shape::Ring, colors.offline, 9.0), words];
        let line = container(line.spacing(8).align_y(Alignment::Center)).width(Fill).padding([8, 16]);
        return line.style(styles::plain(colors.surfaces[2])).into();
    }
    let sentence = text(plain::watching(watchers)).size(LARGE).font(STRONG);
    let rows = watchers.iter().map(|watcher| {
        let line = plain::watcher(watcher, &model.status.displays, &model.zone, model.now);
        text(line).size(SMALL).into()
    });
    let rows = styles::scroll(Column::with_children(rows).spacing(3).width(Fill), colors);
    let rows = container(rows).max_height(ROWS_HEIGHT_MAX);
    let eye = container(badge::shape(Shape::Dot, colors.on_accent, 9.0)).padding([5, 0]);
    let bar = row![eye, column![sentence, rows].spacing(4).width(Fill)].spacing(10);
    let fill = colors.accent_fill;
    container(bar)
        .width(Fill)
        .padding([12, 16])
        .style(move |_| container::Style::default().background(fill).color(colors.on_accent))
        .into()
}
