//! Whose agent this is, and whether the hub hears it.

use iced::widget::{Column, column, row};
use iced::{Alignment, Element, Fill};

use super::{aside, heading, prose};
use crate::core::status::Connection;
use crate::window::badge::{self, Shape};
use crate::window::look::SMALL;
use crate::window::model::{Message, Model};
use crate::window::plain;

pub fn view(model: &Model) -> Element<'_, Message> {
    let colors = model.colors;
    let status = &model.status;
    let person = status.person.as_deref().unwrap_or("Signed in");
    let who: Column<'_, Message> = column![heading(person, &colors), aside(status.hub.as_str(), &colors)];
    let look = match status.connection {
        Connection::Online { .. } => (Shape::Dot, colors.active),
        Connection::Stopped { .. } => (Shape::Ring, colors.breach),
        Connection::Away { .. } => (Shape::Ring, colors.idle),
        Connection::Connecting | Connection::SignedOut => (Shape::Ring, colors.offline),
    };
    let connection = badge::badge(look, plain::connection(&status.connection), SMALL, &colors);
    let top = row![who.spacing(2).width(Fill), connection].spacing(12).align_y(Alignment::Start);
    let trouble = plain::connection_trouble(&status.connection, model.now);
    column![top].push(trouble.map(|words| prose(words, &colors).size(SMALL))).spacing(6).into()
}
