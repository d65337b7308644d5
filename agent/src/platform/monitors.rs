//! The displays of Windows and macOS and their pictures, through the crate `xcap`. Neither tells what was drawn, so a watched display
//! is grabbed at its rate and compared afterwards; the pointer is in the picture where the system draws it in.

use muster_protocol::agent::Display;
use muster_protocol::limits::NAME_CHARS_MAX;
use xcap::{Monitor, XCapError};

use super::tracks::Tracks;
use super::{CaptureError, Pixels, Screens};

/// Every display of this session.
#[derive(Default)]
pub struct MonitorScreens {
    tracks: Tracks,
}

/// A display and who can be asked for its picture.
struct Plugged {
    display: Display,
    monitor: Monitor,
}

impl MonitorScreens {
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The displays of this moment. Their handles do not outlive a change, so they are asked for each time.
    fn plugged(&mut self) -> Result<Vec<Plugged>, CaptureError> {
        let monitors = Monitor::all().map_err(failed)?;
        if monitors.is_empty() {
            return Err(CaptureError::NoDisplay("the session has no monitor".to_owned()));
        }
        let names = monitors.iter().map(Monitor::name).collect::<Result<Vec<_>, _>>().map_err(failed)?;
        let numbered = self.tracks.number(&names);
        let plugged = numbered.into_iter().zip(monitors.into_iter().zip(names)).map(|(track, (monitor, name))| {
            let side = |pixels: u32| u16::try_from(pixels).unwrap_or(u16::MAX);
            let display = Display {
                track,
                name: name.chars().take(NAME_CHARS_MAX).collect(),
                width: side(monitor.width()?),
                height: side(monitor.height()?),
                primary: monitor.is_primary()?,
            };
            Ok(Plugged { display, monitor })
        });
        plugged.collect::<Result<_, _>>().map_err(failed)
    }
}

impl Screens for MonitorScreens {
    fn displays(&mut self) -> Result<Vec<Display>, CaptureError> {
        Ok(self.plugged()?.into_iter().map(|plugged| plugged.display).collect())
    }

    fn may_have_changed(&mut self, _: u32) -> bool {
        true
    }

    fn grab(&mut self, track: u32, into: &mut Pixels) -> Result<(), CaptureError> {
        super::system::check_permission()?;
        let plugged = self.plugged()?;
        let found = plugged.iter().find(|plugged| plugged.display.track == track).ok_or(CaptureError::Gone(track))?;
        let picture = found.monitor.capture_image().map_err(failed)?;
        let side = |pixels: u32| {
            u16::try_from(pixels).map_err(|_| CaptureError::Failed(format!("a display {pixels} pixels wide or high")))
        };
        (into.width, into.height) = (side(picture.width())?, side(picture.height())?);
        into.bgrx = picture.into_raw();
        // It comes as red, green, blue.
        into.bgrx.chunks_exact_mut(4).for_each(|pixel| pixel.swap(0, 2));
        Ok(())
    }
}

fn failed(error: XCapError) -> CaptureError {
    CaptureError::Failed(error.to_string())
}
