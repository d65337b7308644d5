//! One picture on its way from the compositor.

use std::sync::{Arc, Mutex, PoisonError};

use wayland_client::protocol::wl_shm::Format;
use wayland_client::{Connection, Dispatch, Proxy as _, QueueHandle, WEnum};
use wayland_protocols_wlr::screencopy::v1::client::zwlr_screencopy_frame_v1::{Event, Flags, ZwlrScreencopyFrameV1};

use super::session::Session;

/// From which version on the compositor says that its offer is whole.
const OFFER_DONE_SINCE: u32 = 3;
/// From which version on a picture can wait for a change.
const WITH_DAMAGE_SINCE: u32 = 2;

/// A picture that was asked for. Dropped, it is not wanted any more.
pub(super) struct Shot {
    pub wire: ZwlrScreencopyFrameV1,
    progress: Shared,
}

/// How far it is. Shared between whoever waits and whoever hears.
pub(super) type Shared = Arc<Mutex<Progress>>;

#[derive(Clone, Copy, Default)]
pub(super) struct Progress {
    pub offer: Option<Offer>,
    is_offer_whole: bool,
    /// The lowest row comes first.
    pub is_upside_down: bool,
    pub end: Option<End>,
}

/// What memory the picture needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Offer {
    pub format: Format,
    pub width: u32,
    pub height: u32,
    /// Bytes of a row.
    pub stride: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    Ready,
    Failed,
}

impl Progress {
    /// Whether it is known what memory it needs, or that nothing comes.
    pub const fn has_offer(&self) -> bool {
        self.is_offer_whole || self.end.is_some()
    }
}

impl Shot {
    pub fn new(take: impl FnOnce(Shared) -> ZwlrScreencopyFrameV1) -> Self {
        let progress = Shared::default();
        Self { wire: take(progress.clone()), progress }
    }

    pub fn progress(&self) -> Progress {
        *self.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether it can wait until something is drawn.
    pub fn can_wait_for_change(&self) -> bool {
        self.wire.version() >= WITH_DAMAGE_SINCE
    }
}

impl Drop for Shot {
    fn drop(&mut self) {
        self.wire.destroy();
    }
}

impl Dispatch<ZwlrScreencopyFrameV1, Shared> for Session {
    fn event(
        _: &mut Self,
        wire: &ZwlrScreencopyFrameV1,
        event: Event,
        progress: &Shared,
        _: &Connection,
        _: &QueueHandle<Self>,
    ) {
        let mut progress = progress.lock().unwrap_or_else(PoisonError::into_inner);
        match event {
            Event::Buffer { format: WEnum::Value(format), width, height, stride } => {
                progress.offer = Some(Offer { format, width, height, stride });
                progress.is_offer_whole |= wire.version() < OFFER_DONE_SINCE;
            }
            Event::BufferDone => progress.is_offer_whole = true,
            Event::Flags { flags: WEnum::Value(flags) } => progress.is_upside_down = flags.contains(Flags::YInvert),
            Event::Ready { .. } => progress.end = Some(End::Ready),
            Event::Failed => progress.end = Some(End::Failed),
            _ => {}
        }
    }
}
