//! The thread itself: waits for orders and for the next look, and reports. While nobody watches it sleeps and holds no picture.

use std::collections::BTreeMap;
use std::io;

use muster_media::encode::{Scaler, screenshot};
use muster_protocol::agent::{Display, Watch};
use muster_protocol::ids::ScreenshotId;
use muster_protocol::policy::Blur;
use tokio::sync::mpsc;

use super::frames::DisplayFrames;
use super::orders::{Inbox, Orders, Pending, orders};
use super::pace::{Look, TrackPace};
use super::screen::Screen;
use super::trouble::{Subject, Trouble, Word};
use super::{Report, Shot};
use crate::clock::Clock;
use crate::platform::{CaptureError, Screens};

/// Reports that may wait for the reader. Each track has one picture on its way at most, so only screenshots come in numbers.
const REPORTS_MAX: usize = 16;

/// Starts the thread. It ends when either end is dropped.
pub fn spawn(screens: Box<dyn Screens>, clock: Clock) -> io::Result<(Orders, mpsc::Receiver<Report>)> {
    let (orders, inbox) = orders();
    let (reports, reader) = mpsc::channel(REPORTS_MAX);
    let capture = Capture {
        screen: Screen::new(screens),
        clock,
        inbox,
        reports,
        displays: BTreeMap::new(),
        known: None,
        trouble: Trouble::default(),
    };
    std::thread::Builder::new().name("capture".to_owned()).spawn(move || capture.run())?;
    Ok((orders, reader))
}

struct Capture {
    screen: Screen,
    clock: Clock,
    inbox: Inbox,
    reports: mpsc::Sender<Report>,
    /// By track: the displays that were watched on this socket.
    displays: BTreeMap<u32, Watched>,
    /// The displays as they were reported last.
    known: Option<Vec<Display>>,
    trouble: Trouble,
}

#[derive(Default)]
struct Watched {
    pace: TrackPace,
    /// Only while somebody watches.
    frames: Option<DisplayFrames>,
}

/// The reader of the reports is gone.
struct Unheard;

impl Capture {
    fn run(mut self) {
        if self.report_displays(true).is_err() {
            return;
        }
        while let Some(pending) = self.inbox.wait(self.wait_ms()) {
            if self.obey(pending).and_then(|()| self.look_at_all()).is_err() {
                return;
            }
        }
    }

    /// How long nothing is to be done.
    fn wait_ms(&self) -> Option<u64> {
        let due_at_ms = self.displays.values().filter_map(|watched| watched.pace.due_at_ms()).min()?;
        Some(due_at_ms.saturating_sub(self.clock.mono_ms()))
    }

    fn obey(&mut self, pending: Pending) -> Result<(), Unheard> {
        let Pending { begin, halt, watches, got, displays, screenshot } = pending;
        for (track, seq) in got {
            if let Some(watched) = self.displays.get_mut(&track) {
                watched.pace.got(seq);
            }
        }
        if begin || halt {
            self.displays.keys().copied().collect::<Vec<_>>().into_iter().for_each(|track| self.unwatch(track));
        }
        if begin {
            self.displays.clear();
        }
        for (track, watch) in watches {
            match watch {
                Some(watch) => self.watch(watch),
                None => self.unwatch(track),
            }
        }
        if displays {
            self.report_displays(true)?;
        }
        if let Some(blur) = screenshot {
            self.take_screenshots(blur)?;
        }
        if self.displays.values().all(|watched| !watched.pace.is_watched()) {
            self.screen.rest();
        }
        Ok(())
    }

    fn watch(&mut self, watch: Watch) {
        let now_ms = self.clock.mono_ms();
        let watched = self.displays.entry(watch.track).or_default();
        watched.pace.watch(watch, now_ms);
        watched.frames.get_or_insert_with(DisplayFrames::new);
    }

    fn unwatch(&mut self, track: u32) {
        if let Some(watched) = self.displays.get_mut(&track) {
            watched.pace.unwatch();
            watched.frames = None;
            self.trouble.dropped(Subject::Live(track));
        }
    }

    fn look_at_all(&mut self) -> Result<(), Unheard> {
        let now_ms = self.clock.mono_ms();
        for track in self.displays.keys().copied().collect::<Vec<_>>() {
            let Some(look) = self.displays.get_mut(&track).and_then(|watched| watched.pace.begin(now_ms)) else {
                continue;
            };
            match self.look(track, &look) {
                Ok(report) => {
                    self.say(report)?;
                    let word = self.trouble.worked(Subject::Live(track));
                    self.say_word(word)?;
                }
                Err(error) => {
                    let now_ms = self.clock.mono_ms();
                    if let Some(watched) = self.displays.get_mut(&track) {
                        watched.pace.failed(now_ms);
                    }
                    let word = self.trouble.failed(Subject::Live(track), error);
                    self.say_word(word)?;
                    self.report_displays(false)?;
                }
            }
        }
        Ok(())
    }

    /// Looks at one display. Nothing to report if the wish for it changed meanwhile.
    fn look(&mut self, track: u32, look: &Look) -> Result<Option<Report>, CaptureError> {
        let Some(Watched { pace, frames: Some(frames) }) = self.displays.get_mut(&track) else { return Ok(None) };
        let looked_at = self.clock.utc();
        let state = self.screen.state(track);
        let picture = match state {
            Some(state) if frames.has_seen(look, state) => None,
            _ => {
                let (pixels, state) = self.screen.pixels(track, state)?;
                frames.encode(look, pixels, state)?
            }
        };
        // An order that came meanwhile is obeyed first: what is not wanted any more never leaves this thread. Each such order
        // asks for complete pictures, so nothing of this one is missed.
        if self.inbox.has_news_of(track) {
            return Ok(None);
        }
        let Some(picture) = picture else {
            return Ok(pace.same(look.tier).map(|seq| Report::Same { track, seq }));
        };
        let seq = pace.sent(look.tier);
        Ok(Some(Report::Frame { track, seq, message: picture.message(track, seq, looked_at) }))
    }

    /// One picture of each display. A display that fails does not keep the others from theirs.
    fn take_screenshots(&mut self, blur: Blur) -> Result<(), Unheard> {
        self.report_displays(false)?;
        let displays = match self.screen.displays() {
            Ok(displays) if displays.is_empty() => Err(CaptureError::NoDisplay("none is plugged in".to_owned())),
            other => other,
        };
        let displays = match displays {
            Ok(displays) => displays,
            Err(error) => {
                let word = self.trouble.failed(Subject::Screenshot, error);
                return self.say_word(word);
            }
        };
        let mut failure = None;
        for display in displays {
            match self.take_screenshot(display.track, blur) {
                Ok(shot) => self.say(Some(Report::Screenshot(shot)))?,
                Err(error) => failure = Some(error),
            }
        }
        let word = match failure {
            Some(error) => self.trouble.failed(Subject::Screenshot, error),
            None => self.trouble.worked(Subject::Screenshot),
        };
        self.say_word(word)
    }

    fn take_screenshot(&mut self, track: u32, blur: Blur) -> Result<Shot, CaptureError> {
        let taken_at = self.clock.utc();
        let pixels = self.screen.pixels_mut(track)?;
        let jpeg = screenshot(pixels, blur, &mut Scaler::new())?;
        Ok(Shot { id: ScreenshotId::generate(), taken_at, track, jpeg: jpeg.into() })
    }

    /// Reports the displays: `always`, or only others than before. A system that shows none has none.
    fn report_displays(&mut self, always: bool) -> Result<(), Unheard> {
        let displays = self.screen.displays().unwrap_or_default();
        if !always && self.known.as_ref() == Some(&displays) {
            return Ok(());
        }
        self.known = Some(displays.clone());
        self.say(Some(Report::Displays(displays)))
    }

    fn say_word(&self, word: Option<Word>) -> Result<(), Unheard> {
        self.say(word.map(|word| match word {
            Word::Failed(reason) => Report::Failed { reason },
            Word::Recovered => Report::Recovered,
        }))
    }

    /// Waits while the reader is behind: what is looked at afterwards is the newer for it.
    fn say(&self, report: Option<Report>) -> Result<(), Unheard> {
        report.map_or(Ok(()), |report| self.reports.blocking_send(report).map_err(|_| Unheard))
    }
}

#[cfg(test)]
#[path = "thread_test.rs"]
mod tests;
