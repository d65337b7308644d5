//! The token in the system's secret store: Secret Service, Credential Manager, Keychain.
//!
//! Such a store asks the person to unlock it, is missing on many desktops and on every server, and may not answer at all. So each
//! question has a time, one that failed is not asked again until the next start, and the file takes its place, which is said.

use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use muster_protocol::DeviceId;

use super::{FileKeys, Keys, KeysError, Token};

/// Time for a person to type the password of the store. Whoever calls [`Keys`] waits no longer than twice this.
const ANSWER_MAX: Duration = Duration::from_secs(15);

const SERVICE: &str = "muster-agent";

/// A place for one secret. Any call may block for as long as it likes.
pub trait Vault: Send + 'static {
    fn get(&mut self) -> Result<Option<String>, String>;
    fn set(&mut self, secret: &str) -> Result<(), String>;
    fn delete(&mut self) -> Result<(), String>;
}

/// The store of this system, with one entry for each device.
#[derive(Debug)]
pub struct SystemVault {
    account: String,
}

impl SystemVault {
    /// The entry of `device`.
    #[must_use]
    pub fn of(device: DeviceId) -> Self {
        Self { account: device.to_string() }
    }

    fn entry(&self) -> Result<keyring::Entry, String> {
        keyring::Entry::new(SERVICE, &self.account).map_err(|error| error.to_string())
    }
}

impl Vault for SystemVault {
    fn get(&mut self) -> Result<Option<String>, String> {
        match self.entry()?.get_password() {
            Ok(secret) => Ok(Some(secret)),
            Err(keyring::Error::NoEntry) => Ok(None),
            Err(error) => Err(error.to_string()),
        }
    }

    fn set(&mut self, secret: &str) -> Result<(), String> {
        self.entry()?.set_password(secret).map_err(|error| error.to_string())
    }

    fn delete(&mut self) -> Result<(), String> {
        match self.entry()?.delete_credential() {
            Ok(()) | Err(keyring::Error::NoEntry) => Ok(()),
            Err(error) => Err(error.to_string()),
        }
    }
}

/// A vault with a file behind it. A token in the file is the newer one: it gets there only while the vault is away.
pub struct VaultKeys<V> {
    vault: Arc<Mutex<V>>,
    file: FileKeys,
    answer_max: Duration,
    /// Why the vault is not asked any more.
    away: Option<String>,
}

impl<V: Vault> VaultKeys<V> {
    pub fn new(vault: V, file: FileKeys) -> Self {
        Self { vault: Arc::new(Mutex::new(vault)), file, answer_max: ANSWER_MAX, away: None }
    }

    /// Asks the vault beside this thread and waits for a while. A vault that hangs keeps that one thread and is left alone.
    fn ask<T: Send + 'static>(
        &mut self,
        question: impl FnOnce(&mut V) -> Result<T, String> + Send + 'static,
    ) -> Option<T> {
        if self.away.is_some() {
            return None;
        }
        let (answer, answered) = sync_channel(1);
        let vault = Arc::clone(&self.vault);
        let asked = std::thread::Builder::new().name("secret-store".to_owned()).spawn(move || {
            let outcome = question(&mut vault.lock().unwrap_or_else(PoisonError::into_inner));
            let _ = answer.send(outcome);
        });
        let outcome = match asked {
            Err(error) => Err(error.to_string()),
            Ok(_) => answered.recv_timeout(self.answer_max).unwrap_or_else(|error| Err(silence(error).to_owned())),
        };
        outcome.map_err(|reason| self.away = Some(reason)).ok()
    }

    /// Moves `token` from the file into the vault, if the vault takes it.
    fn move_in(&mut self, token: &Token) -> Result<(), KeysError> {
        let secret = token.expose().to_owned();
        match self.ask(move |vault| vault.set(&secret)) {
            Some(()) => self.file.forget(),
            None => Ok(()),
        }
    }
}

fn silence(error: RecvTimeoutError) -> &'static str {
    match error {
        RecvTimeoutError::Timeout => "it does not answer",
        RecvTimeoutError::Disconnected => "it failed",
    }
}

impl<V: Vault> Keys for VaultKeys<V> {
    fn load(&mut self) -> Result<Option<Token>, KeysError> {
        if let Some(token) = self.file.load()? {
            self.move_in(&token)?;
            return Ok(Some(token));
        }
        Ok(self.ask(V::get).flatten().map(|secret| Token::new(&secret)))
    }

    fn store(&mut self, token: &Token) -> Result<(), KeysError> {
        let secret = token.expose().to_owned();
        match self.ask(move |vault| vault.set(&secret)) {
            Some(()) => self.file.forget(),
            None => self.file.store(token),
        }
    }

    fn forget(&mut self) -> Result<(), KeysError> {
        self.file.forget()?;
        self.ask(V::delete);
        match &self.away {
            None => Ok(()),
            Some(reason) => Err(KeysError { what: "removed", reason: format!("the secret store is away: {reason}") }),
        }
    }

    fn warning(&self) -> Option<String> {
        self.away.as_ref().map(|reason| {
            format!(
                "The system's secret store is away ({reason}). The device token is kept in a file that only this account can read."
            )
        })
    }
}

#[cfg(test)]
#[path = "vault_test.rs"]
mod tests;
