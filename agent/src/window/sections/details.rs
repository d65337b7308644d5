//! What is not as it should be, what waits, and what the policy permits.

use iced::widget::{Column, column, container, row};
use iced::{Alignment, Color, Element, Fill};

use super::{aside, card, narrow, prose};
use crate::core::Command;
use crate::window::look::{SMALL, STRONG};
use crate::window::model::{Message, Model};
use crate::window::styles::{self, Weight};
use crate::window::{badge, plain};

pub fn view(model: &Model) -> Element<'_, Message> {
    let status = &model.status;
    let colors = model.colors;
    let mut parts: Vec<Element<'_, Message>> = Vec::new();
    if let Some(hint) = model.hint {
        parts.push(warning(model, "Please note", hint.to_owned(), colors.idle));
    }
    if let Some(problem) = &status.capture_problem {
        parts.push(warning(model, "No picture can be taken", plain::sentence(problem), colors.breach));
    }
    parts.extend(status.message.as_ref().map(|text| message(model, text)));
    for text in &status.warnings {
        parts.push(warning(model, "Please note", plain::sentence(text), colors.idle));
    }
    parts.extend(plain::waiting(&status.waiting).map(|words| aside(words, &colors).into()));
    if let Some(full) = plain::nearly_full(&status.waiting) {
        parts.push(warning(model, "Reach the hub soon", full, colors.idle));
    }
    if !status.set_aside.is_empty() {
        parts.push(refused(model));
    }
    parts.extend(status.policy.as_ref().map(|policy| {
        let lines = plain::policy(policy).into_iter().map(|line| prose(line, &colors).size(SMALL).into());
        let title = prose("What is captured", &colors).font(STRONG).color(colors.text_strong);
        column![title, Column::with_children(lines).spacing(6)].spacing(8).padding([4, 0]).into()
    }));
    Column::with_children(parts).spacing(12).width(Fill).into()
}

fn warning<'a>(model: &Model, title: &'a str, words: String, color: Color) -> Element<'a, Message> {
    let colors = model.colors;
    let mark = container(badge::shape(badge::Shape::Ring, color, 11.0)).padding([4, 0]);
    let title = prose(title, &colors).font(STRONG).color(colors.text_strong);
    let body = column![title, prose(words, &colors).size(SMALL)].spacing(4).width(Fill);
    container(row![mark, body].spacing(10)).width(Fill).padding(12).style(styles::warning(colors, color)).into()
}

fn message<'a>(model: &'a Model, text: &'a str) -> Element<'a, Message> {
    let colors = model.colors;
    let read = narrow("Read", colors, Weight::Secondary).on_press(Message::Ask(Command::DismissMessage));
    let title = prose("A message of the hub", &colors).font(STRONG).color(colors.text_strong).width(Fill);
    let top = row![title, read].align_y(Alignment::Center);
    card(column![top, prose(text, &colors).size(SMALL)].spacing(6), colors)
}

fn refused(model: &Model) -> Element<'_, Message> {
    let colors = model.colors;
    let items = model.status.set_aside.iter().rev();
    let lines = items.map(|item| aside(plain::set_aside(item, &model.zone, model.now), &colors).into());
    let title = prose("Refused by the hub and set aside", &colors).font(STRONG).color(colors.text_strong);
    card(column![title, Column::with_children(lines).spacing(4)].spacing(6), colors)
}
