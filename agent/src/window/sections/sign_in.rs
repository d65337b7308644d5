//! The way in: which hub, and who one is.

use iced::widget::{Column, TextInput, column, row, text_input};
use iced::{Element, Fill};

use super::{aside, prose, wide};
use crate::window::form::{Input, Way};
use crate::window::look::{Colors, NORMAL, STRONG, TITLE};
use crate::window::model::{Message, Model};
use crate::window::styles::{self, Weight};

pub fn view(model: &Model) -> Element<'_, Message> {
    let colors = model.colors;
    let form = &model.form;
    let title = prose("Sign in to your hub", &colors).size(TITLE).font(STRONG).color(colors.text_strong);
    let lead =
        "You are always shown who is watching. Nothing is captured before you have read your organization's notice.";
    let hub = labelled("Hub", field("https://muster.example.org", &form.hub, colors, Input::Hub), &colors);
    let secrets: Column<'_, Message> = match form.way {
        Way::Password => column![
            labelled("E-mail", field("you@example.org", &form.email, colors, Input::Email), &colors),
            labelled("Password", field("", &form.password, colors, Input::Password).secure(true), &colors),
        ],
        Way::Code => column![
            labelled("Enrolment code", field("from your administrator", &form.code, colors, Input::Code), &colors),
            aside("Whoever administers your hub can make a code for you; it is good once.", &colors),
        ],
    };
    let is_busy = model.status.is_signing_in;
    let may_send = !is_busy && form.command().is_some();
    let send = wide(if is_busy { "Signing in…" } else { "Sign in" }, colors, Weight::Primary);
    let send = send.on_press_maybe(may_send.then_some(Message::SignIn));
    let problem = model.status.sign_in_problem.as_ref();
    let problem = problem.map(|words| prose(words.as_str(), &colors).color(colors.text_breach));
    column![title, aside(lead, &colors), hub, ways(form.way, colors), secrets.spacing(12)]
        .push(problem)
        .push(send)
        .spacing(14)
        .padding([12, 0])
        .into()
}

fn ways<'a>(chosen: Way, colors: Colors) -> Element<'a, Message> {
    let way = |label, way| {
        let weight = if chosen == way { Weight::Chosen } else { Weight::Secondary };
        wide(label, colors, weight).on_press(Message::Typed(Input::Way(way)))
    };
    row![way("Password", Way::Password), way("Enrolment code", Way::Code)].spacing(8).into()
}

fn labelled<'a>(label: &'a str, field: TextInput<'a, Message>, colors: &Colors) -> Element<'a, Message> {
    column![aside(label, colors), field].spacing(4).into()
}

fn field<'a>(
    hint: &'a str,
    value: &'a str,
    colors: Colors,
    typed: impl Fn(String) -> Input + 'a,
) -> TextInput<'a, Message> {
    text_input(hint, value)
        .on_input(move |text| Message::Typed(typed(text)))
        .on_submit(Message::SignIn)
        .size(NORMAL)
        .padding([9, 10])
        .width(Fill)
        .style(styles::field(colors))
}
