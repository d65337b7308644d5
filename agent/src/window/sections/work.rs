//! What is recorded now, today's sums, and what one can do about it.

use iced::widget::{Column, Row, column, row, text};
use iced::{Alignment, Element, Fill};

use super::{aside, card, wide};
use crate::core::Command;
use crate::core::status::Work;
use crate::window::look::{Colors, FIGURE, LARGE, STRONG};
use crate::window::model::{Message, Model};
use crate::window::styles::Weight;
use crate::window::{badge, plain, running};

pub fn view(model: &Model) -> Element<'_, Message> {
    column![card(figures(model), model.colors), wishes(model)].spacing(12).into()
}

/// What runs and for how long; off work, what today came to.
fn figures(model: &Model) -> Element<'_, Message> {
    let colors = model.colors;
    let work = model.status.work;
    let now_is = badge::badge(badge::of_work(work, &colors), plain::work(work), LARGE, &colors);
    let since = running::since(work).map(|since| format!("since {}", plain::moment(&model.zone, since, model.now)));
    let beside = aside(since.unwrap_or_else(|| "worked today".to_owned()), &colors);
    let top = row![now_is.width(Fill), beside].align_y(Alignment::Center);
    let figure = running::lasted_ms(work, model.now).unwrap_or(model.status.today.net_ms);
    let figure = text(plain::duration(figure)).size(FIGURE).font(STRONG).color(colors.text_strong);
    let paused = model.status.is_paused.then(|| aside("Capture is paused: no pictures are taken.", &colors));
    column![top, figure].push(paused).push(today(model)).spacing(8).into()
}

/// Active, idle and net of today, and the break once there was one.
fn today(model: &Model) -> Element<'_, Message> {
    let colors = model.colors;
    let today = running::today_at(model.status.today, model.status.work, model.now);
    let mut sums = vec![("Active", today.active_ms), ("Idle", today.idle_ms)];
    if today.break_ms > 0 {
        sums.push(("Break", today.break_ms));
    }
    sums.push(("Net today", today.net_ms));
    let columns = sums.into_iter().map(|(name, ms)| sum(name, ms, &colors));
    Row::with_children(columns).spacing(8).into()
}

fn sum<'a>(name: &'a str, ms: u64, colors: &Colors) -> Element<'a, Message> {
    let figure = text(plain::duration(ms)).size(LARGE).color(colors.text_strong);
    let sum: Column<'_, Message> = column![aside(name, colors), figure];
    sum.spacing(2).width(Fill).into()
}

fn wishes(model: &Model) -> Element<'_, Message> {
    let colors = model.colors;
    let ask = |label, weight, command| Element::from(wide(label, colors, weight).on_press(Message::Ask(command)));
    let mut buttons = match model.status.work {
        Work::Off => vec![ask("Punch in", Weight::Primary, Command::PunchIn)],
        Work::Active { .. } | Work::Idle { .. } => vec![
            ask("Take a break", Weight::Secondary, Command::BeginBreak),
            ask("Punch out", Weight::Secondary, Command::PunchOut),
        ],
        Work::Break { .. } => vec![
            ask("End the break", Weight::Primary, Command::EndBreak),
            ask("Punch out", Weight::Secondary, Command::PunchOut),
        ],
    };
    let may_pause = model.status.policy.as_ref().is_some_and(|policy| policy.pause_allowed);
    if model.status.is_paused {
        buttons.push(ask("Resume", Weight::Primary, Command::Resume));
    } else if may_pause && model.status.work != Work::Off {
        buttons.push(ask("Pause", Weight::Secondary, Command::Pause));
    }
    Row::with_children(buttons).spacing(8).into()
}
