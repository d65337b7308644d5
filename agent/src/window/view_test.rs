use std::sync::Arc;

use iced_test::{Simulator, simulator};
use muster_domain::Zone;
use muster_protocol::UtcMillis;
use muster_protocol::agent::Watcher;
use muster_protocol::policy::{Blur, Notice, Policy, StartMode};

use super::*;
use crate::core::Command;
use crate::core::status::{SetAside, Status, Work};
use crate::window::form::{Input, Way};
use crate::window::model::{Decision, Effect, Leave};

const NOON: UtcMillis = UtcMillis(1_795_867_200_000);

fn model(change: impl FnOnce(&mut Status)) -> Model {
    let mut status = Status { person: Some("Nia Okafor".to_owned()), ..Status::default() };
    status.connection = Connection::Online { since: NOON };
    status.work = Work::Active { since: NOON.minus(65_000) };
    status.policy = Some(Policy {
        version: 3,
        capture_interval_minutes: 10,
        screenshots: true,
        blur: Blur::Light,
        live_view: true,
        start_mode: StartMode::Manual,
        idle_after_ms: 180_000,
        pause_allowed: false,
    });
    change(&mut status);
    Model::new(Arc::new(status), NOON, Zone::UTC)
}

fn watched(status: &mut Status) {
    status.watchers = vec![Watcher { name: "Mia Chen".to_owned(), since: NOON.minus(60_000), track: 1 }];
    status.displays = vec![(1, "DP-1".to_owned())];
}

/// What is found on the window of `model` by `words`, or the panic says what is missing.
fn shows(model: &Model, words: &[&str]) {
    let mut window = simulator(view(model));
    for word in words {
        assert!(window.find(*word).is_ok(), "'{word}' is not shown");
    }
}

fn hides(model: &Model, word: &str) {
    assert!(simulator(view(model)).find(word).is_err(), "'{word}' is shown");
}

/// The effects of a click on `label`.
fn click(model: &mut Model, label: &str) -> Vec<Effect> {
    let messages = {
        let mut window: Simulator<'_, Message> = simulator(view(model));
        window.click(label).unwrap_or_else(|error| panic!("'{label}': {error}"));
        window.into_messages().collect::<Vec<_>>()
    };
    messages.into_iter().flat_map(|message| model.apply(message)).collect()
}

#[test]
fn the_usual_window_says_what_runs_since_when_and_what_is_permitted() {
    shows(
        &model(|_| {}),
        &[
            "Nobody is watching",
            "Nia Okafor",
            "Online",
            "Active",
            "since 11:58",
            "0:01:05",
            "Net today",
            "What is captured",
            "Work starts when you punch in.",
        ],
    );
}

#[test]
fn off_work_the_window_says_what_today_came_to() {
    let model = model(|status| {
        status.work = Work::Off;
        status.today.net_ms = 3_600_000;
    });
    shows(&model, &["Not at work", "worked today", "1:00:00"]);
}

#[test]
fn every_button_asks_for_what_it_says() {
    for (work, label, command) in [
        (Work::Off, "Punch in", Command::PunchIn),
        (Work::Active { since: NOON }, "Take a break", Command::BeginBreak),
        (Work::Idle { since: NOON }, "Punch out", Command::PunchOut),
        (Work::Break { since: NOON }, "End the break", Command::EndBreak),
    ] {
        let mut model = model(|status| status.work = work);
        assert_eq!(click(&mut model, label), [Effect::Send(command)], "{label}");
    }
}

#[test]
fn pause_is_offered_only_where_the_policy_allows_it() {
    hides(&model(|_| {}), "Pause");
    let mut permitted = model(|status| status.policy.as_mut().unwrap().pause_allowed = true);
    assert_eq!(click(&mut permitted, "Pause"), [Effect::Send(Command::Pause)]);
    let mut paused = model(|status| status.is_paused = true);
    assert_eq!(click(&mut paused, "Resume"), [Effect::Send(Command::Resume)]);
}

#[test]
fn who_watches_is_shown_in_every_state_of_the_window() {
    let words = ["Mia Chen is watching your screen", "Mia Chen · DP-1 · since 11:59"];
    shows(&model(watched), &words);
    shows(
        &model(|status| {
            watched(status);
            status.notice = Some(Notice { version: 2, text: "Read me.".to_owned(), published_at: NOON });
        }),
        &words,
    );
    let mut asked = model(watched);
    asked.question = Some(Leave::Quit);
    shows(&asked, &words);
}

#[test]
fn nothing_but_the_notice_works_before_it_is_accepted() {
    let mut model = model(|status| {
        status.notice = Some(Notice { version: 7, text: "We record your hours.".to_owned(), published_at: NOON });
    });
    shows(&model, &["We record your hours.", "Version 7, published 12:00"]);
    hides(&model, "Punch out");
    let accepted = Effect::Send(Command::AcceptNotice { version: 7 });
    assert_eq!(click(&mut model, "I have read and accept it"), [accepted]);
}

#[test]
fn a_form_that_is_not_complete_cannot_be_sent() {
    let mut model = model(|status| status.connection = Connection::SignedOut);
    assert_eq!(click(&mut model, "Enrolment code"), []);
    assert_eq!(model.form.way, Way::Code);
    assert_eq!(click(&mut model, "Sign in"), [], "something is missing");
    model.apply(Message::Typed(Input::Hub("hub.example".to_owned())));
    model.apply(Message::Typed(Input::Code("K7QM".to_owned())));
    let command = model.form.command().unwrap();
    assert_eq!(click(&mut model, "Sign in"), [Effect::Send(command)]);
}

#[test]
fn a_refused_sign_in_says_why() {
    let model = model(|status| {
        status.connection = Connection::SignedOut;
        status.sign_in_problem = Some("E-mail or password is wrong.".to_owned());
    });
    shows(&model, &["E-mail or password is wrong.", "Nobody is watching"]);
}

#[test]
fn what_is_not_as_it_should_be_is_said() {
    let model = model(|status| {
        status.connection = Connection::Away { reason: "no route to the hub".to_owned(), retry_at: NOON.plus(4_000) };
        status.capture_problem = Some("there is no display to capture".to_owned());
        status.waiting.events = 3;
        status.waiting.bytes = 95;
        status.waiting.bytes_max = 100;
        status.warnings = vec!["The clock was set back.".to_owned()];
        status.set_aside = vec![SetAside { at: NOON, what: "Screenshot".to_owned(), reason: "too large".to_owned() }];
    });
    shows(
        &model,
        &[
            "Offline",
            "No route to the hub. Everything is recorded meanwhile. Trying again in 4 s.",
            "No picture can be taken",
            "There is no display to capture.",
            "3 events waiting to be sent (95 B).",
            "Reach the hub soon",
            "The clock was set back.",
            "Screenshot of 12:00: too large",
        ],
    );
}

#[test]
fn a_message_of_the_hub_stays_until_it_is_read() {
    let mut model = model(|status| status.message = Some("Maintenance at six.".to_owned()));
    shows(&model, &["Maintenance at six."]);
    assert_eq!(click(&mut model, "Read"), [Effect::Send(Command::DismissMessage)]);
}

#[test]
fn leaving_is_asked_and_can_be_thought_over() {
    let mut model = model(|_| {});
    click(&mut model, "Quit");
    shows(&model, &["Quit while you are at work?", "Punch out and quit"]);
    click(&mut model, "Stay");
    hides(&model, "Quit while you are at work?");
    click(&mut model, "Sign out");
    shows(&model, &["Sign out of this hub?"]);
    assert_eq!(model.apply(Message::Decide(Decision::Leave)), [Effect::Send(Command::SignOut)]);
}

#[test]
fn the_window_can_be_drawn_in_both_looks() {
    for mode in [iced::theme::Mode::Light, iced::theme::Mode::Dark] {
        let mut model = model(watched);
        model.apply(Message::Mode(mode));
        let theme = model.colors.theme();
        assert!(simulator(view(&model)).snapshot(&theme).is_ok(), "{mode:?}");
    }
}
