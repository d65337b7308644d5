//! What the window knows and what follows from what happens. Pure: `app` carries out the effects.

use std::sync::Arc;

use iced::theme::Mode;
use muster_domain::Zone;
use muster_protocol::UtcMillis;

use super::form::{Form, Input};
use super::look::Colors;
use crate::core::Command;
use crate::core::status::{Connection, Status, Work};

/// Something that happened to the window.
#[derive(Clone, Debug)]
pub enum Message {
    /// The agent has something new to show.
    Changed(Arc<Status>),
    /// A second passed, or something else is drawn anew.
    Tick(UtcMillis),
    /// The system prefers light or dark.
    Mode(Mode),
    /// Whether this desktop has a tray that shows the icon.
    Tray(bool),
    Typed(Input),
    /// The form is sent.
    SignIn,
    /// A wish that needs no question.
    Ask(Command),
    /// A wish that is asked back first, if something would be lost by it.
    Consider(Leave),
    Decide(Decision),
    /// Somebody wants to see the window: the tray icon, or a second start of the program.
    Show,
    /// The window's own close button.
    Close,
    /// The agent has ended, or did not within its time after the person asked it to.
    Ended,
}

/// What a person may want to leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leave {
    Quit,
    SignOut,
}

/// The answer to a question of the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    Stay,
    /// Punch out first, then leave.
    PunchOutAndLeave,
    Leave,
}

/// What `app` does.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    Send(Command),
    /// Open the window, or bring it to the front.
    Raise,
    /// Close it: the tray icon stays.
    Hide,
    /// Put it aside where it can be found again.
    Minimize,
    Exit,
}

/// Everything that is drawn.
pub struct Model {
    pub status: Arc<Status>,
    pub now: UtcMillis,
    pub zone: Zone,
    pub colors: Colors,
    pub form: Form,
    /// The question that is open.
    pub question: Option<Leave>,
    /// `None` until the desktop has answered.
    pub has_tray: Option<bool>,
    /// The person asked to quit: the agent says goodbye to the hub.
    pub is_leaving: bool,
    /// Why the last wish led to nothing.
    pub hint: Option<&'static str>,
}

/// Said when the window is to be closed while it is the only thing that could show who watches.
pub const WINDOW_STAYS: &str =
    "The window stays while somebody is watching: this desktop has no tray that could show it.";
/// Said when the agent does not take a wish.
pub const AGENT_IS_BUSY: &str = "The agent does not answer just now. Please try again in a moment.";

impl Model {
    pub fn new(status: Arc<Status>, now: UtcMillis, zone: Zone) -> Self {
        let form = Form { hub: status.hub.clone(), ..Form::default() };
        let colors = Colors::of(Mode::None);
        let (question, has_tray, is_leaving, hint) = (None, None, false, None);
        Self { status, now, zone, colors, form, question, has_tray, is_leaving, hint }
    }

    /// Takes in what happened; the effects are to be carried out in their order.
    pub fn apply(&mut self, message: Message) -> Vec<Effect> {
        match message {
            Message::Changed(status) => return self.change(status),
            Message::Tick(now) => self.now = now,
            Message::Mode(mode) => self.colors = Colors::of(mode),
            Message::Tray(has_tray) => return self.learn_of_tray(has_tray),
            Message::Typed(input) => self.form.apply(input),
            Message::SignIn => return self.sign_in(),
            Message::Ask(command) => return vec![Effect::Send(command)],
            Message::Consider(leave) => return self.consider(leave),
            Message::Decide(decision) => return self.decide(decision),
            Message::Show => return vec![Effect::Raise],
            Message::Close => return self.close(),
            Message::Ended => return vec![Effect::Exit],
        }
        Vec::new()
    }

    /// Whether anything on the window changes by the second.
    #[must_use]
    pub fn runs(&self) -> bool {
        self.status.work != Work::Off || matches!(self.status.connection, Connection::Away { .. })
    }

    fn change(&mut self, status: Arc<Status>) -> Vec<Effect> {
        let was_watched = std::mem::replace(&mut self.status, status).watchers.len();
        self.hint = None;
        if self.form.hub.is_empty() {
            self.form.hub.clone_from(&self.status.hub);
        }
        let begins = was_watched == 0 && !self.status.watchers.is_empty();
        if begins && self.has_tray != Some(true) { vec![Effect::Raise] } else { Vec::new() }
    }

    /// A tray that goes away takes the only sign of a hidden window with it.
    fn learn_of_tray(&mut self, has_tray: bool) -> Vec<Effect> {
        let before = self.has_tray.replace(has_tray);
        match (before, has_tray) {
            (Some(true), false) => vec![Effect::Raise],
            _ => Vec::new(),
        }
    }

    fn sign_in(&mut self) -> Vec<Effect> {
        if self.status.is_signing_in {
            return Vec::new();
        }
        let command = self.form.command();
        if command.is_some() {
            self.form.forget_secrets();
        }
        command.map(Effect::Send).into_iter().collect()
    }

    fn consider(&mut self, leave: Leave) -> Vec<Effect> {
        if leave == Leave::Quit && self.status.work == Work::Off {
            return self.leave(leave);
        }
        self.question = Some(leave);
        vec![Effect::Raise]
    }

    fn decide(&mut self, decision: Decision) -> Vec<Effect> {
        let Some(leave) = self.question.take() else { return Vec::new() };
        match decision {
            Decision::Stay => Vec::new(),
            Decision::Leave => self.leave(leave),
            Decision::PunchOutAndLeave => {
                let mut effects = vec![Effect::Send(Command::PunchOut)];
                effects.extend(self.leave(leave));
                effects
            }
        }
    }

    fn leave(&mut self, leave: Leave) -> Vec<Effect> {
        match leave {
            Leave::Quit => {
                self.is_leaving = true;
                vec![Effect::Send(Command::Quit)]
            }
            Leave::SignOut => vec![Effect::Send(Command::SignOut)],
        }
    }

    /// Closing hides behind the tray icon. Without a tray the window can be put aside, but not while it has to show who watches.
    fn close(&mut self) -> Vec<Effect> {
        match self.has_tray {
            Some(true) => vec![Effect::Hide],
            _ if self.status.watchers.is_empty() => vec![Effect::Minimize],
            _ => {
                self.hint = Some(WINDOW_STAYS);
                Vec::new()
            }
        }
    }
}

#[cfg(test)]
#[path = "model_test.rs"]
mod tests;
