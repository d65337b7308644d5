//! One connection to the X server, and what its failures mean to a person.

use x11rb::connection::{Connection as _, RequestConnection as _};
use x11rb::errors::{ConnectError, ConnectionError, ReplyError, ReplyOrIdError};
use x11rb::protocol::xproto::{ImageOrder, Screen, VisualClass, Window};
use x11rb::rust_connection::RustConnection;

use crate::platform::CaptureError;

/// A connection and the screen that it belongs to.
pub(super) struct Link {
    pub wire: RustConnection,
    pub screen: Screen,
}

/// What a request came to.
#[derive(Debug)]
pub(super) enum X11Error {
    /// The connection broke: nothing works on it any more.
    Broken,
    /// The server refused one request, or does not know it.
    Refused(String),
}

impl Link {
    /// Connects to the server `name`, as `DISPLAY` has it.
    pub fn open(name: &str) -> Result<Self, CaptureError> {
        if name.is_empty() {
            let advice = "DISPLAY is not set; start the agent inside a desktop session".to_owned();
            return Err(CaptureError::NoDisplay(advice));
        }
        let (wire, number) = RustConnection::connect(Some(name)).map_err(|error| unreachable_server(name, &error))?;
        let screen = wire.setup().roots.get(number).cloned();
        let screen =
            screen.ok_or_else(|| CaptureError::NoDisplay(format!("X server {name} has no screen {number}")))?;
        Ok(Self { wire, screen })
    }

    pub const fn root(&self) -> Window {
        self.screen.root
    }

    /// Whether the server has the extension.
    pub fn has(&self, extension: &'static str) -> Result<bool, X11Error> {
        Ok(self.wire.extension_information(extension)?.is_some())
    }

    /// Whether its pictures are rows of blue, green, red and a byte that means nothing. Every usual server does that; one
    /// with 16 or 30 bits a pixel does not.
    pub fn check_pixels(&self) -> Result<(), CaptureError> {
        let setup = self.wire.setup();
        let depth = self.screen.root_depth;
        let bits = setup.pixmap_formats.iter().find(|format| format.depth == depth).map(|format| format.bits_per_pixel);
        let visuals = self.screen.allowed_depths.iter().flat_map(|allowed| &allowed.visuals);
        let visual = visuals.clone().find(|visual| visual.visual_id == self.screen.root_visual);
        let is_usual = visual.is_some_and(|visual| {
            let masks = (visual.red_mask, visual.green_mask, visual.blue_mask);
            matches!(visual.class, VisualClass::TRUE_COLOR | VisualClass::DIRECT_COLOR)
                && masks == (0x00ff_0000, 0x0000_ff00, 0x0000_00ff)
        });
        if bits == Some(32) && setup.image_byte_order == ImageOrder::LSB_FIRST && is_usual {
            return Ok(());
        }
        let advice = format!("the X server shows {depth} bits a pixel; set its colour depth to 24");
        Err(CaptureError::Unsupported(advice))
    }
}

fn unreachable_server(name: &str, error: &ConnectError) -> CaptureError {
    match error {
        ConnectError::SetupFailed(_) | ConnectError::SetupAuthenticate(_) => CaptureError::NotPermitted(format!(
            "X server {name} refuses this program; start the agent as the person who is logged in, or set XAUTHORITY"
        )),
        _ => CaptureError::NoDisplay(format!("X server {name} does not answer; is the desktop session running?")),
    }
}

impl From<ConnectionError> for X11Error {
    fn from(error: ConnectionError) -> Self {
        match error {
            ConnectionError::UnsupportedExtension => Self::Refused("the X server lacks an extension".to_owned()),
            _ => Self::Broken,
        }
    }
}

impl From<ReplyError> for X11Error {
    fn from(error: ReplyError) -> Self {
        match error {
            ReplyError::ConnectionError(error) => error.into(),
            ReplyError::X11Error(error) => Self::Refused(format!("{:?} from the X server", error.error_kind)),
        }
    }
}

impl From<ReplyOrIdError> for X11Error {
    fn from(error: ReplyOrIdError) -> Self {
        match error {
            ReplyOrIdError::IdsExhausted => Self::Broken,
            ReplyOrIdError::ConnectionError(error) => error.into(),
            ReplyOrIdError::X11Error(error) => Self::Refused(format!("{:?} from the X server", error.error_kind)),
        }
    }
}

impl From<X11Error> for CaptureError {
    fn from(error: X11Error) -> Self {
        match error {
            X11Error::Broken => Self::NoDisplay("the X server went away".to_owned()),
            X11Error::Refused(what) => Self::Failed(what),
        }
    }
}
