//! The parts of the window, one file each.

pub mod details;
pub mod foot;
pub mod head;
pub mod notice;
pub mod question;
pub mod sign_in;
pub mod watchers;
pub mod work;

use iced::widget::{Button, Text, button, container, text};
use iced::{Element, Fill};

use super::look::{Colors, LARGE, NORMAL, SMALL, STRONG};
use super::model::Message;
use super::styles::{self, Weight};

/// A heading.
fn heading<'a>(words: impl text::IntoFragment<'a>, colors: &Colors) -> Text<'a> {
    text(words).size(LARGE).font(STRONG).color(colors.text_strong)
}

/// A paragraph.
fn prose<'a>(words: impl text::IntoFragment<'a>, colors: &Colors) -> Text<'a> {
    text(words).size(NORMAL).color(colors.text)
}

/// Something beside the point.
fn aside<'a>(words: impl text::IntoFragment<'a>, colors: &Colors) -> Text<'a> {
    text(words).size(SMALL).color(colors.text_muted)
}

/// A button that is as wide as it may be.
fn wide<'a>(label: &'a str, colors: Colors, weight: Weight) -> Button<'a, Message> {
    let label = text(label).size(NORMAL).font(STRONG).width(Fill).center();
    button(label).width(Fill).padding([9, 4]).style(styles::pressable(colors, weight))
}

/// A button that is as wide as its word.
fn narrow<'a>(label: &'a str, colors: Colors, weight: Weight) -> Button<'a, Message> {
    button(text(label).size(SMALL)).padding([6, 10]).style(styles::pressable(colors, weight))
}

/// A surface around `content`.
fn card<'a>(content: impl Into<Element<'a, Message>>, colors: Colors) -> Element<'a, Message> {
    container(content).width(Fill).padding(14).style(styles::card(colors)).into()
}
