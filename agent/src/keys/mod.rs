//! Where the device token is kept: nobody but the person who owns this account of the machine may read it.
//!
//! [`Keys`] is what the rest of the agent knows; [`file`] is the store that works everywhere.

pub mod file;

use std::path::Path;
use std::sync::Arc;

use muster_protocol::DeviceId;

pub use file::FileKeys;

/// The secret that names this device to the hub. Never printed, never in the spool.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(Arc<str>);

impl Token {
    /// Wraps `text`.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self(text.into())
    }

    /// The text, for the places that send or store it.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token(…)")
    }
}

/// One token, kept. Every call may block (a secret store asks the person to unlock it), so none is made on the network's
/// thread; none may block for ever.
pub trait Keys: Send + 'static {
    /// The token, if there is one.
    fn load(&mut self) -> Result<Option<Token>, KeysError>;

    /// Keeps `token` in place of the one before.
    fn store(&mut self, token: &Token) -> Result<(), KeysError>;

    /// Leaves no token behind.
    fn forget(&mut self) -> Result<(), KeysError>;

    /// What the person should know about where the token lies, in one sentence; `None` when it lies where it should.
    fn warning(&self) -> Option<String> {
        None
    }
}

/// Why the token could not be read or kept.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the device token cannot be {what}: {reason}")]
pub struct KeysError {
    /// "read", "kept" or "removed".
    pub what: &'static str,
    pub reason: String,
}

/// Where the configuration wants the token.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// In the system's secret store; in a file, with a warning, where there is none.
    #[default]
    Auto,
    /// In a file that only this account may read.
    File,
}

/// The store for the token of `device`, whose files lie in `folder`.
#[must_use]
pub fn open(place: Place, folder: &Path, device: DeviceId) -> Box<dyn Keys> {
    let _ = device;
    match place {
        Place::Auto | Place::File => Box::new(FileKeys::in_folder(folder)),
    }
}
