//! What connects the window with the agent.

use std::sync::Arc;

use iced::theme::Mode;
use muster_domain::Zone;
use muster_protocol::UtcMillis;
use tokio::sync::{Notify, mpsc, watch};

use crate::core::{Command, Status};

/// The window's side of the agent. The window ends when the sender of `status` is dropped.
#[derive(Clone)]
pub struct Bridge {
    pub status: watch::Receiver<Arc<Status>>,
    pub commands: mpsc::Sender<Command>,
    /// Notified when somebody starts the program a second time: the window comes to the front.
    pub raise: Arc<Notify>,
    /// The wall clock.
    pub now: Arc<dyn Fn() -> UtcMillis + Send + Sync>,
    /// Where the person lives: times are shown so.
    pub zone: Zone,
    /// Begin with the tray icon alone, as after the start of the session. Without a tray the window is there anyway.
    pub starts_hidden: bool,
    /// Light or dark, whatever the system prefers; `None` follows the system.
    pub mode: Option<Mode>,
}
