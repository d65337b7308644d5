//! The live view's side of a session: takes the pictures that are due and sends them, one per track at a time.

use std::sync::Arc;

use muster_protocol::agent::{Watch, Watcher};
use tokio_tungstenite::tungstenite::Message;

use super::Observation;
use super::display::{DisplayCapture, Look};
use super::live::{LiveTrack, Shot};
use super::session::Session;
use crate::desktop::Desktop;
use crate::error::LoadtestError;

/// A display that is or was watched on this socket.
pub(super) struct LiveDisplay {
    number: u32,
    track: LiveTrack,
    /// Away while a picture is being taken; gone while nobody watches.
    capture: Option<Box<DisplayCapture>>,
}

/// A picture that was taken.
pub(super) struct Drawing {
    number: u32,
    shot: Shot,
    capture: Box<DisplayCapture>,
    look: Result<Look, LoadtestError>,
}

impl Session<'_> {
    /// Somebody watches a display, or wants it otherwise. A display that `hello` did not name is none of ours.
    pub(super) fn watch(&mut self, watch: Watch, now_ms: u64) {
        let known = self.live.iter().position(|display| display.number == watch.track);
        let is_ours = || self.agent.desktop(watch.track).is_some();
        let index = match known {
            Some(index) => index,
            None if is_ours() => {
                self.live.push(LiveDisplay { number: watch.track, track: LiveTrack::new(), capture: None });
                self.live.len() - 1
            }
            None => return,
        };
        self.live[index].track.watch(watch, now_ms);
    }

    /// Nobody watches it any more: its last pictures are forgotten.
    pub(super) fn unwatch(&mut self, track: u32) {
        if let Some(display) = self.live_mut(track) {
            display.track.unwatch();
            display.capture = None;
        }
    }

    /// The hub took a picture.
    pub(super) fn taken(&mut self, track: u32, seq: u32) {
        let now_us = self.agent.around.clock.mono_us();
        if let Some(took_us) = self.live_mut(track).and_then(|display| display.track.got(seq, now_us)) {
            self.agent.observe(&Observation::FrameTaken { track, seq, took_us });
        }
    }

    /// When the next picture is due, if any may be sent.
    pub(super) fn next_frame_at_ms(&self) -> Option<u64> {
        let due = self.live.iter().filter_map(|display| display.track.due_at_ms()).min();
        due.filter(|_| self.agent.may_be_watched())
    }

    /// Begins to take what is due.
    pub(super) fn take_due_frames(&mut self, now_ms: u64) {
        if !self.agent.may_be_watched() {
            return;
        }
        for index in 0..self.live.len() {
            let Some(shot) = self.live[index].track.begin(now_ms) else { continue };
            let number = self.live[index].number;
            let capture = self.live[index].capture.take();
            match capture.or_else(|| self.new_capture(number)) {
                Some(capture) => self.take_picture(number, shot, capture, now_ms),
                None => self.live[index].track.discard(&shot),
            }
        }
    }

    /// Sends what was taken, if it is still wanted.
    pub(super) async fn send_frame(&mut self, drawing: Drawing) -> Result<(), LoadtestError> {
        let Drawing { number, shot, capture, look } = drawing;
        let look = look?;
        let (now_us, may_be_watched) = (self.agent.around.clock.mono_us(), self.agent.may_be_watched());
        let Some(display) = self.live_mut(number) else { return Ok(()) };
        if display.track.is_watched() {
            display.capture = Some(capture);
        }
        if !may_be_watched {
            display.track.discard(&shot);
            return Ok(());
        }
        let Some(seq) = display.track.sent(&shot, look.seen(), now_us) else { return Ok(()) };
        let message = look.message(&look.header(number, seq));
        let bytes = message.len();
        self.send(Message::Binary(message)).await?;
        self.agent.observe(&Observation::FrameSent { track: number, seq, bytes });
        Ok(())
    }

    /// Says on each display who watches it.
    pub(super) fn show_watchers(&mut self, people: &[Watcher]) {
        let displays = self.agent.config.habits.displays.numbers().map(u32::from);
        self.agent.banners = displays.filter_map(|track| Some((track, banner(people, track)?))).collect();
    }

    fn new_capture(&self, number: u32) -> Option<Box<DisplayCapture>> {
        let desktop: Desktop = self.agent.desktop(number)?;
        Some(Box::new(DisplayCapture::new(desktop, self.agent.config.habits.focus_pictures)))
    }

    fn take_picture(&mut self, number: u32, shot: Shot, mut capture: Box<DisplayCapture>, now_ms: u64) {
        let (clock, painter) = (self.agent.around.clock, self.agent.around.painter.clone());
        let (mut sight, bytes_max) = (self.agent.sight(number, now_ms), self.frame_bytes_max);
        self.drawings.spawn(async move {
            let take = move || {
                // The screen as it is when it is this picture's turn, not as it was when the picture was ordered.
                sight.moment.wall = clock.utc();
                let look = capture.look(&shot, &sight, bytes_max);
                Drawing { number, shot, capture, look }
            };
            painter.run(take).await
        });
    }

    fn live_mut(&mut self, number: u32) -> Option<&mut LiveDisplay> {
        self.live.iter_mut().find(|display| display.number == number)
    }
}

/// What is shown on display `track` for as long as somebody watches it.
fn banner(people: &[Watcher], track: u32) -> Option<Arc<str>> {
    let mut names = people.iter().filter(|watcher| watcher.track == track).map(|watcher| watcher.name.as_str());
    let first = names.next()?;
    let text = match names.count() {
        0 => format!("{first} is watching this screen"),
        1 => format!("{first} and one other are watching this screen"),
        others => format!("{first} and {others} others are watching this screen"),
    };
    Some(text.into())
}

#[cfg(test)]
mod tests {
    use muster_protocol::UtcMillis;

    use super::*;

    fn watcher(name: &str, track: u32) -> Watcher {
        Watcher { name: name.to_owned(), since: UtcMillis(0), track }
    }

    #[test]
    fn the_banner_names_who_watches_this_display() {
        let people = [watcher("Mia", 0), watcher("Max", 1), watcher("Noor", 1), watcher("Zoë", 1)];
        assert_eq!(banner(&people, 0).as_deref(), Some("Mia is watching this screen"));
        assert_eq!(banner(&people[..3], 1).as_deref(), Some("Max and one other are watching this screen"));
        assert_eq!(banner(&people, 1).as_deref(), Some("Max and 2 others are watching this screen"));
        assert_eq!(banner(&people, 2), None);
    }
}
