//! One connection to the compositor, and waiting for it that ends.

use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use wayland_client::protocol::wl_callback::{self, WlCallback};
use wayland_client::protocol::wl_registry::WlRegistry;
use wayland_client::{Connection, Dispatch, EventQueue, QueueHandle};

use crate::clock::Clock;
use crate::platform::CaptureError;

/// An answer that takes longer is none.
pub(super) const PATIENCE: Duration = Duration::from_secs(2);

/// The connection, and what was heard on it.
pub(super) struct Link<S> {
    connection: Connection,
    queue: EventQueue<S>,
    pub heard: S,
}

/// What a request came to.
#[derive(Debug)]
pub(super) enum WaylandError {
    /// The connection broke, or the compositor hangs: nothing works on it any more.
    Broken,
    /// The compositor did not do one thing.
    Refused(String),
}

/// Whether the compositor has answered everything that was asked before.
pub(super) type Answered = Arc<AtomicBool>;

impl<S: Dispatch<WlRegistry, ()> + Dispatch<WlCallback, Answered> + 'static> Link<S> {
    /// Connects to the compositor `name`, as `WAYLAND_DISPLAY` has it, and hears what it offers.
    pub fn open(name: &str, heard: S) -> Result<Self, CaptureError> {
        let unreachable = || {
            let advice = format!("the Wayland compositor {name} does not answer; is the desktop session running?");
            CaptureError::NoDisplay(advice)
        };
        let stream = UnixStream::connect(socket(name)?).map_err(|_| unreachable())?;
        let connection = Connection::from_socket(stream).map_err(|_| unreachable())?;
        let queue = connection.new_event_queue();
        connection.display().get_registry(&queue.handle(), ());
        let mut link = Self { connection, queue, heard };
        // What there is, and then what each of that says of itself.
        link.round_trip()?;
        link.round_trip()?;
        Ok(link)
    }

    fn round_trip(&mut self) -> Result<(), WaylandError> {
        let answered = Answered::default();
        self.connection.display().sync(&self.queue.handle(), answered.clone());
        self.wait(Some(PATIENCE), |_| answered.load(Ordering::Relaxed))
    }

    pub fn handle(&self) -> QueueHandle<S> {
        self.queue.handle()
    }

    /// Hears what was said up to now.
    pub fn hear(&mut self) -> Result<(), WaylandError> {
        self.hear_for(Some(Duration::ZERO))?;
        Ok(())
    }

    /// Hears until `is_done`; gives the connection up after `patience`, if there is an end to it.
    pub fn wait(&mut self, patience: Option<Duration>, is_done: impl Fn(&S) -> bool) -> Result<(), WaylandError> {
        let begun = Clock::start();
        loop {
            let waited = Duration::from_millis(begun.mono_ms());
            let left = patience.map(|patience| patience.saturating_sub(waited));
            self.hear_for(left)?;
            if is_done(&self.heard) {
                return Ok(());
            }
            if left.is_some_and(|left| left.is_zero()) {
                return Err(WaylandError::Broken);
            }
        }
    }

    /// Hears what was said; when that is nothing, what is said first within `limit`.
    fn hear_for(&mut self, limit: Option<Duration>) -> Result<(), WaylandError> {
        let broken = |_| WaylandError::Broken;
        self.queue.flush().map_err(|_| WaylandError::Broken)?;
        if self.queue.dispatch_pending(&mut self.heard).map_err(broken)? > 0 {
            return Ok(());
        }
        let Some(reading) = self.queue.prepare_read() else { return Ok(()) };
        let limit = limit.and_then(|limit| Timespec::try_from(limit).ok());
        let socket = reading.connection_fd();
        let is_ready = match poll(&mut [PollFd::from_borrowed_fd(socket.as_fd(), PollFlags::IN)], limit.as_ref()) {
            Ok(ready) => ready > 0,
            Err(error) if error == rustix::io::Errno::INTR => false,
            Err(_) => return Err(WaylandError::Broken),
        };
        if is_ready {
            reading.read().map_err(|_| WaylandError::Broken)?;
            self.queue.dispatch_pending(&mut self.heard).map_err(broken)?;
        }
        Ok(())
    }
}

/// Hears answers for every state; see `delegate_dispatch!`.
pub(super) struct Answers;

impl<S: Dispatch<WlCallback, Answered>> Dispatch<WlCallback, Answered, S> for Answers {
    fn event(
        _: &mut S,
        _: &WlCallback,
        _: wl_callback::Event,
        answered: &Answered,
        _: &Connection,
        _: &QueueHandle<S>,
    ) {
        answered.store(true, Ordering::Relaxed);
    }
}

/// Where the compositor listens.
fn socket(name: &str) -> Result<PathBuf, CaptureError> {
    if name.is_empty() {
        let advice = "WAYLAND_DISPLAY is not set; start the agent inside a desktop session".to_owned();
        return Err(CaptureError::NoDisplay(advice));
    }
    if Path::new(name).is_absolute() {
        return Ok(name.into());
    }
    let folder = std::env::var_os("XDG_RUNTIME_DIR").ok_or_else(|| {
        CaptureError::NoDisplay("XDG_RUNTIME_DIR is not set; start the agent inside a desktop session".to_owned())
    })?;
    Ok(Path::new(&folder).join(name))
}

impl From<WaylandError> for CaptureError {
    fn from(error: WaylandError) -> Self {
        match error {
            WaylandError::Broken => Self::NoDisplay("the Wayland compositor went away".to_owned()),
            WaylandError::Refused(what) => Self::Failed(what),
        }
    }
}
