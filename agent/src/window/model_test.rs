use muster_protocol::agent::Watcher;

use super::*;
use crate::core::command::Credential;
use crate::window::form::Way;

const NOON: UtcMillis = UtcMillis(1_795_867_200_000);

fn model(change: impl FnOnce(&mut Status)) -> Model {
    Model::new(Arc::new(status(change)), NOON, Zone::UTC)
}

fn status(change: impl FnOnce(&mut Status)) -> Status {
    let mut status = Status { hub: "hub.example".to_owned(), ..Status::default() };
    status.connection = Connection::Online { since: NOON };
    change(&mut status);
    status
}

fn working(status: &mut Status) {
    status.work = Work::Active { since: NOON };
}

fn watched(status: &mut Status) {
    status.watchers = vec![Watcher { name: "Mia Chen".to_owned(), since: NOON, track: 1 }];
}

#[test]
fn closing_hides_behind_the_tray_icon() {
    let mut model = model(watched);
    model.apply(Message::Tray(true));
    assert_eq!(model.apply(Message::Close), [Effect::Hide]);
}

#[test]
fn without_a_tray_closing_does_not_lose_the_window() {
    for answer in [None, Some(false)] {
        let mut model = model(working);
        model.has_tray = answer;
        assert_eq!(model.apply(Message::Close), [Effect::Minimize], "{answer:?}");
    }
}

#[test]
fn without_a_tray_the_window_stays_while_somebody_watches() {
    let mut model = model(watched);
    model.apply(Message::Tray(false));
    assert_eq!(model.apply(Message::Close), []);
    assert_eq!(model.hint, Some(WINDOW_STAYS));
}

#[test]
fn without_a_tray_the_window_comes_to_the_front_when_somebody_begins_to_watch() {
    let mut model = model(working);
    model.apply(Message::Tray(false));
    assert_eq!(model.apply(Message::Changed(Arc::new(status(watched)))), [Effect::Raise]);
    assert_eq!(model.apply(Message::Changed(Arc::new(status(watched)))), [], "it is no news any more");
}

#[test]
fn a_tray_that_goes_away_gives_the_window_back() {
    let mut model = model(working);
    assert_eq!(model.apply(Message::Tray(true)), []);
    assert_eq!(model.apply(Message::Tray(false)), [Effect::Raise]);
}

#[test]
fn quitting_asks_while_one_is_at_work() {
    let mut model = model(working);
    assert_eq!(model.apply(Message::Consider(Leave::Quit)), [Effect::Raise]);
    assert_eq!(model.apply(Message::Decide(Decision::Stay)), []);
    assert!(!model.is_leaving);
    model.apply(Message::Consider(Leave::Quit));
    let effects = model.apply(Message::Decide(Decision::PunchOutAndLeave));
    assert_eq!(effects, [Effect::Send(Command::PunchOut), Effect::Send(Command::Quit)]);
    assert!(model.is_leaving);
}

#[test]
fn quitting_does_not_ask_off_work() {
    assert_eq!(model(|_| {}).apply(Message::Consider(Leave::Quit)), [Effect::Send(Command::Quit)]);
}

#[test]
fn signing_out_always_asks_and_an_answer_without_a_question_does_nothing() {
    let mut model = model(|_| {});
    assert_eq!(model.apply(Message::Decide(Decision::Leave)), []);
    assert_eq!(model.apply(Message::Consider(Leave::SignOut)), [Effect::Raise]);
    assert_eq!(model.apply(Message::Decide(Decision::Leave)), [Effect::Send(Command::SignOut)]);
}

#[test]
fn a_sent_form_keeps_no_secret_and_is_not_sent_twice() {
    let mut model = model(|status| status.connection = Connection::SignedOut);
    model.apply(Message::Typed(Input::Way(Way::Code)));
    model.apply(Message::Typed(Input::Code("K7QM-2RXT".to_owned())));
    let by = Credential::Code("K7QM-2RXT".to_owned());
    let expected = Effect::Send(Command::SignIn { hub: "hub.example".to_owned(), by });
    assert_eq!(model.apply(Message::SignIn), [expected]);
    assert!(model.form.code.is_empty());
    model.apply(Message::Changed(Arc::new(status(|status| status.is_signing_in = true))));
    model.apply(Message::Typed(Input::Code("K7QM-2RXT".to_owned())));
    assert_eq!(model.apply(Message::SignIn), []);
}

#[test]
fn the_clock_is_drawn_only_while_something_runs() {
    assert!(!model(|_| {}).runs());
    assert!(model(working).runs());
    let away = Connection::Away { reason: "no route".to_owned(), retry_at: NOON };
    assert!(model(|status| status.connection = away).runs());
}
