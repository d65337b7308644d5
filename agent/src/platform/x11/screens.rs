//! The displays of an X server and their pictures.

use std::collections::BTreeMap;

use muster_media::encode::Pixels;
use muster_protocol::agent::Display;
use x11rb::connection::Connection as _;
use x11rb::protocol::Event;
use x11rb::protocol::xfixes::{self, ConnectionExt as _};

use super::connection::{Link, X11Error};
use super::damage::DamageWatch;
use super::displays::{Monitor, common, is_change, monitors, select_changes};
use super::grab::Grabber;
use super::pointer;
use crate::platform::tracks::Tracks;
use crate::platform::{CaptureError, Screens};

/// The screens of one X server.
pub struct X11Screens {
    /// As `DISPLAY` has it.
    name: String,
    session: Option<Session>,
    /// Outlives the connection, so that a restarted server's displays keep their numbers.
    tracks: Tracks,
}

/// What holds for one connection.
struct Session {
    link: Link,
    monitors: Vec<Monitor>,
    /// The monitors may be others by now.
    is_stale: bool,
    grabber: Grabber,
    has_pointer: bool,
    /// What of it is known since when; nothing while nobody looks.
    watch: Watching,
}

#[derive(Default)]
enum Watching {
    #[default]
    Off,
    /// The server does not tell what was drawn.
    Blind,
    On {
        damage: DamageWatch,
        /// By track, since its last picture. A track that is not in here was never grabbed.
        seen: BTreeMap<u32, Seen>,
    },
}

/// What was in the last picture of a display.
#[derive(Clone, Copy)]
struct Seen {
    pointer: (i16, i16),
    /// Some of the pointer was in the picture.
    has_pointer: bool,
    is_changed: bool,
}

impl X11Screens {
    /// Connects to the server `name`, as `DISPLAY` has it, when it is first asked.
    #[must_use]
    pub fn new(name: String) -> Self {
        Self { name, session: None, tracks: Tracks::default() }
    }

    /// Does `work` on the connection, opened if there is none. One that broke is closed: the next call opens another.
    fn with<T>(&mut self, work: impl FnOnce(&mut Session, &mut Tracks) -> Result<T, Fault>) -> Result<T, CaptureError> {
        let session = match &mut self.session {
            Some(session) => session,
            none => none.insert(Session::open(&self.name, &mut self.tracks)?),
        };
        work(session, &mut self.tracks).map_err(|error| match error {
            Fault::X11(error) => {
                if matches!(error, X11Error::Broken) {
                    self.session = None;
                }
                error.into()
            }
            Fault::Capture(error) => error,
        })
    }
}

/// Failures of the connection are told apart from all others.
enum Fault {
    X11(X11Error),
    Capture(CaptureError),
}

impl From<X11Error> for Fault {
    fn from(error: X11Error) -> Self {
        Self::X11(error)
    }
}

impl Screens for X11Screens {
    fn displays(&mut self) -> Result<Vec<Display>, CaptureError> {
        self.with(|session, tracks| {
            session.drain_events()?;
            session.refresh(tracks)?;
            Ok(session.monitors.iter().map(|monitor| monitor.display.clone()).collect())
        })
    }

    fn may_have_changed(&mut self, track: u32) -> bool {
        // When it is not known, the grab will say why.
        self.with(|session, _| Ok(session.may_have_changed(track)?)).unwrap_or(true)
    }

    fn grab(&mut self, track: u32, into: &mut Pixels) -> Result<(), CaptureError> {
        self.with(|session, tracks| {
            session.drain_events()?;
            session.refresh(tracks)?;
            match session.grab(track, into)? {
                true => Ok(()),
                false => Err(Fault::Capture(CaptureError::Gone(track))),
            }
        })
    }

    fn rest(&mut self) {
        if let Some(session) = &mut self.session {
            session.rest();
        }
    }
}

impl Session {
    fn open(name: &str, tracks: &mut Tracks) -> Result<Self, CaptureError> {
        let link = Link::open(name)?;
        link.check_pixels()?;
        select_changes(&link)?;
        let has_pointer = link.has(xfixes::X11_EXTENSION_NAME)?;
        if has_pointer {
            // Regions came with 2.0; the request has to be made before any other of the extension.
            link.wire.xfixes_query_version(5, 0).map_err(X11Error::from)?.reply().map_err(X11Error::from)?;
            pointer::select_shapes(&link)?;
        }
        let monitors = monitors(&link, tracks)?;
        let (grabber, watch) = (Grabber::New, Watching::Off);
        Ok(Self { link, monitors, is_stale: false, grabber, has_pointer, watch })
    }

    /// Reads what the server said since it was asked last.
    fn drain_events(&mut self) -> Result<(), X11Error> {
        let (mut is_drawn, mut has_new_pointer) = (false, false);
        while let Some(event) = self.link.wire.poll_for_event()? {
            match event {
                Event::DamageNotify(_) => is_drawn = true,
                Event::XfixesCursorNotify(_) => has_new_pointer = true,
                other => self.is_stale |= is_change(&other),
            }
        }
        let Watching::On { damage, seen } = &mut self.watch else { return Ok(()) };
        if has_new_pointer {
            seen.values_mut().for_each(|seen| seen.is_changed |= seen.has_pointer);
        }
        if is_drawn {
            let drawn = damage.take(&self.link)?;
            for monitor in &self.monitors {
                if let Some(seen) = seen.get_mut(&monitor.display.track) {
                    seen.is_changed |= drawn.iter().any(|area| common(*area, monitor.area()).is_some());
                }
            }
        }
        Ok(())
    }

    /// Asks for the monitors again if they may be others.
    fn refresh(&mut self, tracks: &mut Tracks) -> Result<(), X11Error> {
        if self.is_stale {
            self.monitors = monitors(&self.link, tracks)?;
            self.is_stale = false;
            if let Watching::On { seen, .. } = &mut self.watch {
                seen.clear();
            }
        }
        Ok(())
    }

    fn may_have_changed(&mut self, track: u32) -> Result<bool, X11Error> {
        // Its answer comes after all events of what was drawn before.
        let pointer = if self.has_pointer { pointer::position(&self.link)? } else { (0, 0) };
        self.drain_events()?;
        let Watching::On { seen, .. } = &self.watch else { return Ok(true) };
        let (Some(seen), false) = (seen.get(&track), self.is_stale) else { return Ok(true) };
        let Some(monitor) = self.monitors.iter().find(|monitor| monitor.display.track == track) else {
            return Ok(true);
        };
        let is_moved = self.has_pointer && pointer != seen.pointer && (seen.has_pointer || monitor.is_near(pointer));
        Ok(seen.is_changed || is_moved)
    }

    /// `false` when the display is not there.
    fn grab(&mut self, track: u32, into: &mut Pixels) -> Result<bool, X11Error> {
        let Some(monitor) = self.monitors.iter().find(|monitor| monitor.display.track == track) else {
            return Ok(false);
        };
        if matches!(self.watch, Watching::Off) {
            let damage = if self.has_pointer { DamageWatch::new(&self.link)? } else { None };
            self.watch = match damage {
                Some(damage) => Watching::On { damage, seen: BTreeMap::new() },
                None => Watching::Blind,
            };
        }
        let grabbed = self.grabber.grab(&self.link, monitor, into);
        if matches!(grabbed, Err(X11Error::Refused(_))) {
            // Most likely the displays changed this moment.
            self.is_stale = true;
        }
        grabbed?;
        let mut now = Seen { pointer: (0, 0), has_pointer: false, is_changed: false };
        if self.has_pointer {
            (now.pointer, now.has_pointer) = pointer::draw(&self.link, monitor, into)?;
        }
        if let Watching::On { seen, .. } = &mut self.watch {
            seen.insert(track, now);
        }
        Ok(true)
    }

    fn rest(&mut self) {
        if let Watching::On { damage, .. } = std::mem::take(&mut self.watch) {
            damage.end(&self.link);
        }
        self.grabber.rest(&self.link);
    }
}
