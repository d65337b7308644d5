//! The notice, in full. Nothing else works before it is accepted.

use iced::widget::{column, container};
use iced::{Element, Fill, padding};

use super::{aside, card, prose, wide};
use crate::core::Command;
use crate::window::look::{STRONG, TITLE};
use crate::window::model::{Message, Model};
use crate::window::plain;
use crate::window::styles::{self, Weight};

pub fn view(model: &Model) -> Element<'_, Message> {
    let colors = model.colors;
    let Some(notice) = &model.status.notice else { return column![].into() };
    let title = prose("Before anything is captured", &colors).size(TITLE).font(STRONG).color(colors.text_strong);
    let published = plain::moment(&model.zone, notice.published_at, model.now);
    let published = aside(format!("Version {}, published {published}", notice.version), &colors);
    let text = container(prose(notice.text.as_str(), &colors)).padding(padding::right(10)).width(Fill);
    let text = styles::scroll(text, colors).height(Fill);
    let accept = Message::Ask(Command::AcceptNotice { version: notice.version });
    let accept = wide("I have read and accept it", colors, Weight::Primary).on_press(accept);
    container(column![title, published, container(card(text, colors)).height(Fill), accept].spacing(10))
        .padding([14, 16])
        .height(Fill)
        .into()
}
