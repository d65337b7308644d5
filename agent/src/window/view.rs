//! The window from top to bottom. Who is watching comes first and lies outside of everything that scrolls.

use iced::widget::{column, container};
use iced::{Element, Fill};

use super::model::{Message, Model};
use super::sections::{details, foot, head, notice, question, sign_in, watchers, work};
use super::styles;
use crate::core::status::Connection;

/// Draws `model`.
pub fn view(model: &Model) -> Element<'_, Message> {
    let body = match model.status.connection {
        Connection::SignedOut => scrolling(model, sign_in::view(model)),
        _ if model.status.notice.is_some() => notice::view(model),
        _ => column![
            container(column![head::view(model), work::view(model)].spacing(12)).padding([12, 16]),
            scrolling(model, details::view(model)),
        ]
        .height(Fill)
        .into(),
    };
    let below = if model.question.is_some() { question::view(model) } else { foot::view(model) };
    container(column![watchers::view(model), body, below])
        .width(Fill)
        .height(Fill)
        .style(styles::plain(model.colors.surfaces[0]))
        .into()
}

fn scrolling<'a>(model: &'a Model, content: Element<'a, Message>) -> Element<'a, Message> {
    styles::scroll(container(content).padding([4, 16]), model.colors).height(Fill).into()
}

#[cfg(test)]
#[path = "view_test.rs"]
mod tests;
