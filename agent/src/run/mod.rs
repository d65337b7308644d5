//! Who does what the core decides: one thread for network and core, one for capture, one for the spool.
//!
//! [`start`] sets everything up and returns the two ends that window, tray and command line hold. [`agent`] is the loop;
//! [`account`] signs in and out; [`look`] asks the system about the person.

mod account;
mod agent;
mod effects;
mod look;

use std::path::PathBuf;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use tokio::sync::{Notify, mpsc, watch};

use self::agent::Agent;
use crate::clock::Clock;
use crate::control::{Control, Listener, Wish};
use crate::core::{Command, Status, Timing};
use crate::hub::{Identity, Network};
use crate::keys::Place;
use crate::platform::{Presence, Screens};
use crate::spool::Spool;

/// Commands that wait for the loop. A person is slower.
const COMMANDS_MAX: usize = 16;

const SHUTDOWN_TIMEOUT: Duration = Duration::from_secs(1);

/// Everything that makes one agent.
pub struct Setup {
    /// Where its files are. Made if it is not there.
    pub folder: PathBuf,
    pub token_store: Place,
    pub proxy: Option<String>,
    pub extra_ca: Option<PathBuf>,
    pub spool_bytes_max: u64,
    pub machine: Machinery,
    pub timing: Timing,
    pub reach: Reach,
}

/// The system that the agent runs on.
pub struct Machinery {
    pub screens: Box<dyn Screens>,
    pub presence: Box<dyn Presence>,
}

/// How far the agent goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Goes online when somebody has signed in.
    Online,
    /// Signs in and stays offline: for `muster-agent sign-in`.
    SignInOnly,
}

/// Why the agent did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error("the folder {0} cannot be used: {1}")]
    Folder(PathBuf, std::io::Error),
    #[error(transparent)]
    Spool(#[from] crate::spool::SpoolError),
    #[error(transparent)]
    Network(#[from] crate::hub::network::NetworkError),
    #[error("a thread cannot be started: {0}")]
    Thread(std::io::Error),
}

/// The running agent.
#[derive(Debug)]
pub struct Running {
    pub status: watch::Receiver<Arc<Status>>,
    pub commands: mpsc::Sender<Command>,
    /// What the command line reaches: it waits until something is done. Its `raise` asks for the window.
    pub control: Control,
    thread: JoinHandle<()>,
}

impl Running {
    /// Waits until the agent has ended.
    pub fn join(self) {
        drop((self.status, self.commands, self.control));
        if self.thread.join().is_err() {
            tracing::error!("the agent's thread has panicked");
        }
    }
}

/// Starts the agent on threads of its own. The caller keeps the main thread for the window.
pub fn start(setup: Setup) -> Result<Running, StartError> {
    let in_folder = |error| StartError::Folder(setup.folder.clone(), error);
    make_private(&setup.folder).map_err(in_folder)?;
    let opened = Spool::open(&setup.folder, setup.spool_bytes_max)?;
    let identity = Identity::open(&setup.folder).map_err(in_folder)?;
    let network = Network::new(setup.extra_ca.as_deref(), setup.proxy.as_deref())?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(StartError::Thread)?;
    let (commands, command_receiver) = mpsc::channel(COMMANDS_MAX);
    let (wishes, wish_receiver) = mpsc::channel::<Wish>(COMMANDS_MAX);
    let (status, status_receiver) = watch::channel(Arc::new(Status::default()));
    let control = Control { wishes, status: status_receiver.clone(), raise: Arc::new(Notify::new()) };
    let reached = control.clone();
    let run = move || {
        runtime.block_on(async move {
            let clock = Clock::start();
            // Within the runtime, which its sockets belong to.
            let listener = Listener::open(&setup.folder);
            let mut agent = match Agent::new(setup, opened, identity, network, clock, status) {
                Ok(agent) => agent,
                Err(error) => return tracing::error!(%error, "the capture thread cannot be started"),
            };
            if let Err(error) = &listener {
                agent.warn(format!("The command line cannot reach this agent: {error}"));
            }
            agent.begin().await;
            // Whoever asks meanwhile waits: before, the agent does not know yet what it was doing.
            if let Ok(listener) = listener {
                tokio::spawn(crate::control::serve(listener, reached));
            }
            agent.run(command_receiver, wish_receiver).await;
        });
        // A system that still has not answered about the last input is not waited for.
        runtime.shutdown_timeout(SHUTDOWN_TIMEOUT);
    };
    let thread = std::thread::Builder::new().name("agent".to_owned()).spawn(run).map_err(StartError::Thread)?;
    Ok(Running { status: status_receiver, commands, control, thread })
}

/// The folder, for nobody but its owner.
fn make_private(folder: &std::path::Path) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o700))?;
    }
    Ok(())
}
