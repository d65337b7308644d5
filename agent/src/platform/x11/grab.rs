//! The copy of a part of the root window: through shared memory where the server is on this machine, over the socket elsewhere.

use std::fs::File;
use std::os::unix::fs::FileExt;

use muster_media::encode::Pixels;
use x11rb::connection::Connection as _;
use x11rb::protocol::shm::{self, ConnectionExt as _};
use x11rb::protocol::xproto::{ConnectionExt as _, ImageFormat};

use super::connection::{Link, X11Error};
use super::displays::Monitor;

/// How pictures come.
pub(super) enum Grabber {
    /// Not tried yet.
    New,
    Shared(Segment),
    /// The server shares no memory with us.
    Socket,
}

/// Memory that the server made and writes pictures into. It is read like a file and never mapped: one copy more, of a
/// millisecond for full HD, and nothing unsafe.
pub(super) struct Segment {
    id: shm::Seg,
    file: File,
    bytes: usize,
}

impl Grabber {
    /// Copies what `monitor` shows into `into`.
    pub fn grab(&mut self, link: &Link, monitor: &Monitor, into: &mut Pixels) -> Result<(), X11Error> {
        into.resize(monitor.display.width, monitor.display.height);
        let bytes = into.bgrx.len();
        if let Self::Shared(segment) = self
            && segment.bytes < bytes
        {
            self.rest(link);
        }
        if matches!(self, Self::New) {
            *self = match Segment::new(link, bytes) {
                Ok(segment) => Self::Shared(segment),
                Err(X11Error::Refused(_)) => Self::Socket,
                Err(X11Error::Broken) => return Err(X11Error::Broken),
            };
        }
        match self {
            Self::Shared(segment) => segment.grab(link, monitor, into),
            Self::Socket | Self::New => grab_over_socket(link, monitor, into),
        }
    }

    /// Gives the shared memory back.
    pub fn rest(&mut self, link: &Link) {
        if let Self::Shared(segment) = self {
            // A connection that broke has given it back already.
            let _ = link.wire.shm_detach(segment.id);
            let _ = link.wire.flush();
            *self = Self::New;
        }
    }
}

impl Segment {
    fn new(link: &Link, bytes: usize) -> Result<Self, X11Error> {
        let too_old = || X11Error::Refused("the X server shares no memory".to_owned());
        if !link.has(shm::X11_EXTENSION_NAME)? {
            return Err(too_old());
        }
        let version = link.wire.shm_query_version()?.reply()?;
        if (version.major_version, version.minor_version) < (1, 2) {
            return Err(too_old());
        }
        let id = link.wire.generate_id()?;
        let size = u32::try_from(bytes).map_err(|_| too_old())?;
        let made = link.wire.shm_create_segment(id, size, false)?.reply()?;
        Ok(Self { id, file: File::from(made.shm_fd), bytes })
    }

    fn grab(&self, link: &Link, monitor: &Monitor, into: &mut Pixels) -> Result<(), X11Error> {
        let Monitor { x, y, ref display } = *monitor;
        let (width, height) = (display.width, display.height);
        let format = ImageFormat::Z_PIXMAP.into();
        link.wire.shm_get_image(link.root(), x, y, width, height, !0, format, self.id, 0)?.reply()?;
        let read = self.file.read_exact_at(&mut into.bgrx, 0);
        read.map_err(|error| X11Error::Refused(format!("the shared memory cannot be read: {error}")))
    }
}

fn grab_over_socket(link: &Link, monitor: &Monitor, into: &mut Pixels) -> Result<(), X11Error> {
    let Monitor { x, y, ref display } = *monitor;
    let (width, height) = (display.width, display.height);
    let image = link.wire.get_image(ImageFormat::Z_PIXMAP, link.root(), x, y, width, height, !0)?.reply()?;
    if image.data.len() != into.bgrx.len() {
        return Err(X11Error::Refused("a picture of another size came".to_owned()));
    }
    into.bgrx.copy_from_slice(&image.data);
    Ok(())
}
