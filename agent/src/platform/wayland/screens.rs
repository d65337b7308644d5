//! The displays of a compositor that lets programs copy them.

use std::collections::BTreeMap;
use std::mem;

use muster_protocol::agent::Display;

use super::buffer::Buffer;
use super::link::{Link, PATIENCE, WaylandError};
use super::session::Session;
use super::shot::{End, Offer, Progress, Shot};
use super::upright::make_upright;
use crate::platform::tracks::Tracks;
use crate::platform::{CaptureError, Pixels, Screens};

/// The pointer is in the picture.
const WITH_POINTER: i32 = 1;

/// Every display of one compositor.
pub struct WaylandScreens {
    /// As `WAYLAND_DISPLAY` has it.
    name: String,
    desk: Option<Desk>,
    tracks: Tracks,
}

/// An open connection and what is known through it.
struct Desk {
    link: Link<Session>,
    plugged: Vec<Plugged>,
    /// Memory of the last picture, for the next one of its kind.
    buffer: Option<Buffer>,
    /// By track: told when something is drawn.
    watches: BTreeMap<u32, Watch>,
}

struct Plugged {
    display: Display,
    /// The compositor's number for it.
    output: u32,
}

/// A picture that the compositor takes once something has been drawn. It is not looked at: by then there may be a newer one.
struct Watch {
    shot: Shot,
    buffer: Buffer,
}

impl WaylandScreens {
    /// Connects to the compositor `name`, as `WAYLAND_DISPLAY` has it, when it is first asked.
    #[must_use]
    pub fn new(name: String) -> Self {
        Self { name, desk: None, tracks: Tracks::default() }
    }

    /// Does `work` on the connection, opened if there is none. One that broke is closed: the next call opens another.
    fn with<T>(&mut self, work: impl FnOnce(&mut Desk) -> Result<T, WaylandError>) -> Result<T, CaptureError> {
        let desk = match &mut self.desk {
            Some(desk) => desk,
            none => none.insert(Desk::open(&self.name)?),
        };
        let done = desk.refresh(&mut self.tracks).and_then(|()| work(desk));
        if matches!(done, Err(WaylandError::Broken)) {
            self.desk = None;
        }
        Ok(done?)
    }
}

impl Screens for WaylandScreens {
    fn displays(&mut self) -> Result<Vec<Display>, CaptureError> {
        self.with(|desk| Ok(desk.plugged.iter().map(|plugged| plugged.display.clone()).collect()))
    }

    fn may_have_changed(&mut self, track: u32) -> bool {
        let is_quiet =
            |desk: &mut Desk| Ok(desk.watches.get(&track).is_some_and(|watch| watch.shot.progress().end.is_none()));
        // When it is not known, the grab will say why.
        !self.with(is_quiet).unwrap_or(false)
    }

    fn grab(&mut self, track: u32, into: &mut Pixels) -> Result<(), CaptureError> {
        let is_there = self.with(|desk| {
            let Some(output) = desk.output_of(track) else { return Ok(false) };
            desk.grab(output, into)?;
            desk.watch(track, output)?;
            Ok(true)
        })?;
        if is_there { Ok(()) } else { Err(CaptureError::Gone(track)) }
    }

    fn rest(&mut self) {
        if let Some(desk) = &mut self.desk {
            desk.buffer = None;
            desk.watches.clear();
            // A connection that broke is found broken by the next call.
            let _ = desk.link.hear();
        }
    }
}

impl Desk {
    fn open(name: &str) -> Result<Self, CaptureError> {
        let link = Link::open(name, Session::default())?;
        if link.heard.screencopy.is_none() || link.heard.shm.is_none() {
            let advice = "this Wayland desktop shows its screens to no program; choose an X11 (\"Xorg\") session at the login \
                          screen";
            return Err(CaptureError::Unsupported(advice.to_owned()));
        }
        Ok(Self { link, plugged: vec![], buffer: None, watches: BTreeMap::new() })
    }

    /// Hears what happened, and numbers the displays again if they may be others.
    fn refresh(&mut self, tracks: &mut Tracks) -> Result<(), WaylandError> {
        self.link.hear()?;
        let session = &mut self.link.heard;
        if mem::take(&mut session.is_changed) {
            let on = session.outputs.iter().filter(|(_, output)| output.is_on());
            let named = on.map(|(number, output)| (*number, output, output.name(*number))).collect::<Vec<_>>();
            let names = named.iter().map(|(_, _, name)| name.clone()).collect::<Vec<_>>();
            let numbered = tracks.number(&names).into_iter().zip(named).enumerate();
            let plugged = numbered.map(|(place, (track, (number, output, name)))| Plugged {
                // Wayland knows no first display; the one that was there first is it.
                display: output.display(track, name, place == 0),
                output: number,
            });
            self.plugged = plugged.collect();
            self.watches.clear();
        }
        Ok(())
    }

    fn output_of(&self, track: u32) -> Option<u32> {
        self.plugged.iter().find(|plugged| plugged.display.track == track).map(|plugged| plugged.output)
    }

    fn grab(&mut self, output: u32, into: &mut Pixels) -> Result<(), WaylandError> {
        let (shot, offer) = self.ask(output)?;
        let last = self.buffer.take();
        let buffer = self.buffer_for(offer, last)?;
        shot.wire.copy(&buffer.wire);
        self.link.wait(Some(PATIENCE), |_| shot.progress().end.is_some())?;
        let progress = shot.progress();
        if progress.end == Some(End::Failed) {
            return Err(self.refused(output));
        }
        buffer.read(into, progress.is_upside_down)?;
        if let Some(output) = self.link.heard.outputs.get(&output) {
            make_upright(into, output.transform);
        }
        self.buffer = Some(buffer);
        Ok(())
    }

    /// From now on, whether something is drawn on `output`.
    fn watch(&mut self, track: u32, output: u32) -> Result<(), WaylandError> {
        let last = self.watches.remove(&track).map(|watch| watch.buffer);
        let (shot, offer) = self.ask(output)?;
        if shot.can_wait_for_change() {
            let buffer = self.buffer_for(offer, last)?;
            shot.wire.copy_with_damage(&buffer.wire);
            self.watches.insert(track, Watch { shot, buffer });
        }
        Ok(())
    }

    /// A picture of `output`, and what memory it needs.
    fn ask(&mut self, output: u32) -> Result<(Shot, Offer), WaylandError> {
        let handle = self.link.handle();
        let session = &self.link.heard;
        let (Some(screencopy), Some(from)) = (&session.screencopy, session.outputs.get(&output)) else {
            return Err(WaylandError::Refused("the display was unplugged".to_owned()));
        };
        let shot = Shot::new(|progress| screencopy.capture_output(WITH_POINTER, &from.wire, &handle, progress));
        self.link.wait(Some(PATIENCE), |_| shot.progress().has_offer())?;
        match shot.progress() {
            Progress { offer: Some(offer), end: None, .. } => Ok((shot, offer)),
            _ => Err(self.refused(output)),
        }
    }

    /// The memory of the `last` picture if it fits.
    fn buffer_for(&self, offer: Offer, last: Option<Buffer>) -> Result<Buffer, WaylandError> {
        match (last, &self.link.heard.shm) {
            (Some(buffer), _) if buffer.offer == offer => Ok(buffer),
            (_, Some(shm)) => Buffer::new(shm, &self.link.handle(), offer),
            (_, None) => Err(WaylandError::Refused("the compositor shares no memory".to_owned())),
        }
    }

    fn refused(&self, output: u32) -> WaylandError {
        let name = self.link.heard.outputs.get(&output).map_or_else(String::new, |found| found.name(output));
        WaylandError::Refused(format!("the compositor gives no picture of display {name}; is it switched off?"))
    }
}
