//! What is asked before something is left.

use iced::widget::{column, container, row};
use iced::{Element, Fill};

use super::{heading, prose, wide};
use crate::core::status::Work;
use crate::window::look::SMALL;
use crate::window::model::{Decision, Leave, Message, Model};
use crate::window::styles::{self, Weight};

pub fn view(model: &Model) -> Element<'_, Message> {
    let colors = model.colors;
    let is_working = model.status.work != Work::Off;
    let (title, words, leave) = match model.question {
        Some(Leave::SignOut) => (
            "Sign out of this hub?",
            "Nothing is recorded until you sign in again. What is still waiting is kept on this machine.",
            "Sign out",
        ),
        Some(Leave::Quit) | None => {
            ("Quit while you are at work?", "Without the agent your work time ends at its last sign of life.", "Quit")
        }
    };
    let button = |label, weight, decision| wide(label, colors, weight).on_press(Message::Decide(decision));
    let last =
        row![button("Stay", Weight::Secondary, Decision::Stay), button(leave, Weight::Secondary, Decision::Leave),];
    let punch_out =
        if model.question == Some(Leave::SignOut) { "Punch out and sign out" } else { "Punch out and quit" };
    let first = is_working.then(|| button(punch_out, Weight::Primary, Decision::PunchOutAndLeave));
    let body = column![heading(title, &colors), prose(words, &colors).size(SMALL)].push(first).push(last.spacing(8));
    container(body.spacing(10)).width(Fill).padding(16).style(styles::card(colors)).into()
}
