//! The way out.

use iced::widget::{container, row, space};
use iced::{Alignment, Element, Fill};

use super::{aside, narrow};
use crate::core::status::Connection;
use crate::window::model::{Leave, Message, Model};
use crate::window::styles::Weight;

pub fn view(model: &Model) -> Element<'_, Message> {
    let colors = model.colors;
    if model.is_leaving {
        return container(aside("Saying goodbye to the hub…", &colors)).padding([12, 16]).into();
    }
    let button = |label, leave| narrow(label, colors, Weight::Quiet).on_press(Message::Consider(leave));
    let is_signed_in = model.status.connection != Connection::SignedOut;
    let sign_out = is_signed_in.then(|| button("Sign out", Leave::SignOut));
    let version = aside(concat!("Muster ", env!("CARGO_PKG_VERSION")), &colors);
    let line = row![version, space().width(Fill)].push(sign_out).push(button("Quit", Leave::Quit));
    container(line.spacing(4).align_y(Alignment::Center)).width(Fill).padding([6, 16]).into()
}
