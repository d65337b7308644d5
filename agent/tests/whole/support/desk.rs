//! An agent within the test, on a machine that does what the test says: its screens, its person, its lock.

use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use muster_agent::core::command::Credential;
use muster_agent::core::status::Connection;
use muster_agent::core::{Command, Status, Timing};
use muster_agent::keys::Place;
use muster_agent::platform::{CaptureError, Pixels, Presence, PresenceError, Screens};
use muster_agent::run::{Machinery, Reach, Running, Setup, StartError, start};
use muster_agent::spool::SpoolError;
use muster_protocol::agent::Display;

use super::{eventually, holds};

/// Some seconds of looking whether another agent of this process has let go of the folder.
const BUSY_LOOKS_MAX: u32 = 10_000;

/// What the machine does. Shared with the test.
#[derive(Default)]
pub struct Script {
    /// Milliseconds since the last input.
    pub idle_ms: AtomicU64,
    pub is_locked: AtomicBool,
    /// Why no picture can be taken.
    pub trouble: Mutex<Option<CaptureError>>,
    /// Pictures that were taken.
    pub grabs: AtomicU64,
}

pub const WIDTH: u16 = 320;
pub const HEIGHT: u16 = 200;

struct ScriptedScreens(Arc<Script>);

impl Screens for ScriptedScreens {
    fn displays(&mut self) -> Result<Vec<Display>, CaptureError> {
        Ok(vec![Display { track: 0, name: "Scripted".to_owned(), width: WIDTH, height: HEIGHT, primary: true }])
    }

    fn may_have_changed(&mut self, _track: u32) -> bool {
        true
    }

    fn grab(&mut self, _track: u32, into: &mut Pixels) -> Result<(), CaptureError> {
        if let Some(trouble) = self.0.trouble.lock().unwrap().clone() {
            return Err(trouble);
        }
        let shade = self.0.grabs.fetch_add(1, Ordering::SeqCst) as u8;
        (into.width, into.height) = (WIDTH, HEIGHT);
        into.bgrx.clear();
        into.bgrx.extend((0..usize::from(WIDTH) * usize::from(HEIGHT)).flat_map(|at| [shade, (at % 251) as u8, 90, 0]));
        Ok(())
    }
}

struct ScriptedPresence(Arc<Script>);

impl Presence for ScriptedPresence {
    fn idle_ms(&mut self) -> Result<u64, PresenceError> {
        Ok(self.0.idle_ms.load(Ordering::SeqCst))
    }

    fn is_locked(&mut self) -> bool {
        self.0.is_locked.load(Ordering::SeqCst)
    }
}

/// The agent and its machine.
pub struct Desk {
    pub script: Arc<Script>,
    running: Option<Running>,
}

impl Desk {
    /// An agent on `folder`, whose minutes of the screenshot interval last `minute_ms`.
    pub fn start(folder: &Path, minute_ms: u64) -> Self {
        Self::with(folder, minute_ms, None)
    }

    /// The same behind a proxy.
    pub fn with(folder: &Path, minute_ms: u64, proxy: Option<String>) -> Self {
        let script = Arc::new(Script::default());
        let proxy = proxy.or_else(|| Some("none".to_owned()));
        let setup = || Setup {
            folder: folder.to_owned(),
            token_store: Place::File,
            proxy: proxy.clone(),
            extra_ca: None,
            spool_bytes_max: 64 * 1024 * 1024,
            machine: Machinery {
                screens: Box::new(ScriptedScreens(script.clone())),
                presence: Box::new(ScriptedPresence(script.clone())),
            },
            timing: Timing { minute_ms, ..Timing::default() },
            reach: Reach::Online,
        };
        // Another agent of this process may still be letting go of the folder; one of another process never is.
        let is_busy = |begun: &Result<Running, StartError>| matches!(begun, Err(StartError::Spool(SpoolError::Busy)));
        let mut begun = start(setup());
        for _ in 0..BUSY_LOOKS_MAX {
            if !is_busy(&begun) {
                break;
            }
            std::thread::yield_now();
            begun = start(setup());
        }
        Self { script, running: Some(begun.unwrap()) }
    }

    fn running(&self) -> &Running {
        self.running.as_ref().unwrap()
    }

    pub fn status(&self) -> Arc<Status> {
        self.running().status.borrow().clone()
    }

    pub async fn wish(&self, command: Command) {
        self.running().commands.send(command).await.unwrap();
    }

    /// Signs in with the code and waits until the hub has welcomed the device.
    pub async fn sign_in(&self, hub: &str, code: String) {
        self.wish(Command::SignIn { hub: hub.to_owned(), by: Credential::Code(code) }).await;
        self.wait_online().await;
    }

    pub async fn wait_online(&self) {
        self.wait_for(|status| matches!(status.connection, Connection::Online { .. })).await;
    }

    pub async fn wait_for(&self, is_true: impl Fn(&Status) -> bool) {
        eventually(|| async {
            let status = self.status();
            holds(is_true(&status), status)
        })
        .await;
    }

    /// Ends it as its person would.
    pub async fn quit(mut self) {
        self.wish(Command::Quit).await;
        let running = self.running.take().unwrap();
        tokio::task::spawn_blocking(move || running.join()).await.unwrap();
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        if let Some(running) = self.running.take() {
            let _ = running.commands.try_send(Command::Quit);
        }
    }
}
