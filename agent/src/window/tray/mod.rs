//! The tray icon: what is recorded and who is watching, while the window is closed.
//!
//! What it shows is a [`Face`], made from the status alone and compared before the system is bothered with it. [`linux`] and
//! `elsewhere` only carry it there. A desktop without a tray is normal: the window then stays where it can be found.

mod drawing;
#[cfg(not(target_os = "linux"))]
mod elsewhere;
#[cfg(target_os = "linux")]
mod linux;

use tokio::sync::{mpsc, watch};

#[cfg(not(target_os = "linux"))]
pub use elsewhere::Tray;
#[cfg(target_os = "linux")]
pub use linux::Tray;

pub use drawing::{Mark, draw};

use super::model::{Leave, Message};
use super::plain;
use crate::core::Command;
use crate::core::status::{Connection, Status, Work};

/// Clicks that wait to be carried out. More than a person can make in the moment that this takes; further ones are dropped.
const WISHES_MAX: usize = 16;

/// Everything that the icon shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Face {
    pub mark: Mark,
    pub tooltip: String,
    pub entries: Vec<Entry>,
}

/// One line of the menu.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub label: String,
    /// `None`: a line to read.
    pub wish: Option<Wish>,
}

/// What a click asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum Wish {
    Show,
    Command(Command),
    Quit,
}

impl From<Wish> for Message {
    fn from(wish: Wish) -> Self {
        match wish {
            Wish::Show => Self::Show,
            Wish::Command(command) => Self::Ask(command),
            Wish::Quit => Self::Consider(Leave::Quit),
        }
    }
}

/// What a tray tells the window.
pub struct Events {
    /// Whether the desktop shows the icon; `None` until it has answered.
    pub host: watch::Receiver<Option<bool>>,
    pub wishes: mpsc::Receiver<Wish>,
}

/// The tray's ends of [`Events`].
#[derive(Clone)]
struct Teller {
    host: watch::Sender<Option<bool>>,
    wishes: mpsc::Sender<Wish>,
}

fn channels() -> (Teller, Events) {
    let (host, is_hosted) = watch::channel(None);
    let (wishes, wished) = mpsc::channel(WISHES_MAX);
    (Teller { host, wishes }, Events { host: is_hosted, wishes: wished })
}

impl Teller {
    fn tell_host(&self, is_shown: bool) {
        self.host.send_replace(Some(is_shown));
    }

    /// A full queue means that nobody carries out clicks just now; one more would come as a surprise later.
    fn tell_wish(&self, wish: Wish) {
        let _ = self.wishes.try_send(wish);
    }
}

/// The face of `status`.
#[must_use]
pub fn face(status: &Status) -> Face {
    Face { mark: mark(status), tooltip: plain::tooltip(status), entries: entries(status) }
}

/// Whoever watches is shown before everything else.
fn mark(status: &Status) -> Mark {
    match (&status.connection, status.work) {
        _ if !status.watchers.is_empty() => Mark::Watched,
        (Connection::SignedOut, _) => Mark::Off,
        (Connection::Away { .. } | Connection::Stopped { .. }, _) => Mark::Trouble,
        _ if status.capture_problem.is_some() || status.notice.is_some() => Mark::Trouble,
        (_, Work::Off) => Mark::Off,
        _ => Mark::On,
    }
}

fn entries(status: &Status) -> Vec<Entry> {
    let line = |label: String| Entry { label, wish: None };
    let click = |label: &str, wish| Entry { label: label.to_owned(), wish: Some(wish) };
    let mut entries = Vec::new();
    if !status.watchers.is_empty() {
        entries.push(line(plain::watching(&status.watchers)));
    }
    entries.push(click("Open Muster", Wish::Show));
    let may_ask = status.connection != Connection::SignedOut && status.notice.is_none();
    let wishes: &[(&str, Command)] = match status.work {
        _ if !may_ask => &[],
        Work::Off => &[("Punch in", Command::PunchIn)],
        Work::Active { .. } | Work::Idle { .. } => {
            &[("Take a break", Command::BeginBreak), ("Punch out", Command::PunchOut)]
        }
        Work::Break { .. } => &[("End the break", Command::EndBreak), ("Punch out", Command::PunchOut)],
    };
    entries.extend(wishes.iter().map(|(label, command)| click(label, Wish::Command(command.clone()))));
    entries.push(click("Quit", Wish::Quit));
    entries
}

#[cfg(test)]
mod tests {
    use muster_protocol::UtcMillis;
    use muster_protocol::agent::Watcher;

    use super::*;

    fn online(work: Work) -> Status {
        Status { connection: Connection::Online { since: UtcMillis(0) }, work, ..Status::default() }
    }

    fn labels(face: &Face) -> Vec<&str> {
        face.entries.iter().map(|entry| entry.label.as_str()).collect()
    }

    #[test]
    fn whoever_watches_is_shown_before_every_trouble() {
        let mut status = online(Work::Active { since: UtcMillis(0) });
        assert_eq!(face(&status).mark, Mark::On);
        status.capture_problem = Some("no display".to_owned());
        assert_eq!(face(&status).mark, Mark::Trouble);
        status.watchers = vec![Watcher { name: "Mia Chen".to_owned(), since: UtcMillis(0), track: 1 }];
        let watched = face(&status);
        assert_eq!(watched.mark, Mark::Watched);
        assert!(watched.tooltip.contains("Mia Chen"));
        assert_eq!(labels(&watched)[0], "Mia Chen is watching your screen");
        assert_eq!(watched.entries[0].wish, None);
    }

    #[test]
    fn the_menu_offers_what_can_be_done_now() {
        assert_eq!(labels(&face(&online(Work::Off))), ["Open Muster", "Punch in", "Quit"]);
        let on_break = face(&online(Work::Break { since: UtcMillis(0) }));
        assert_eq!(labels(&on_break), ["Open Muster", "End the break", "Punch out", "Quit"]);
        assert_eq!(labels(&face(&Status::default())), ["Open Muster", "Quit"]);
    }

    #[test]
    fn nothing_can_be_punched_before_the_notice_is_read() {
        let mut status = online(Work::Off);
        let published_at = UtcMillis(0);
        status.notice = Some(muster_protocol::policy::Notice { version: 1, text: String::new(), published_at });
        assert_eq!(labels(&face(&status)), ["Open Muster", "Quit"]);
        assert_eq!(face(&status).mark, Mark::Trouble);
    }

    #[test]
    fn clicks_that_nobody_carries_out_are_dropped_and_do_not_pile_up() {
        let (teller, mut events) = channels();
        for _ in 0..WISHES_MAX * 2 {
            teller.tell_wish(Wish::Show);
        }
        let carried_out = std::iter::from_fn(|| events.wishes.try_recv().ok()).count();
        assert_eq!(carried_out, WISHES_MAX);
    }
}
