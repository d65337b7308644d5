//! Signing in and out.

use std::sync::{Arc, Mutex, PoisonError};

use muster_protocol::{DeviceId, ErrorCode};
use tokio::task::JoinHandle;

use super::Reach;
use super::agent::Agent;
use crate::clock::machine_zone;
use crate::core::command::Credential;
use crate::core::status::Connection;
use crate::core::{Event, Machine, Memory};
use crate::hub::link::Credentials;
use crate::hub::rest::{self, RestError};
use crate::hub::uploads::Uploads;
use crate::hub::{Account, Link};
use crate::keys::{self, Keys, KeysError, Token};

/// A sign-in that is under way.
pub(super) struct SignIn {
    hub: String,
    by: Credential,
    task: JoinHandle<Result<(Account, Token), RestError>>,
    /// Made anew for somebody who shares this machine with the person before.
    is_second_try: bool,
}

/// How a sign-in ended.
pub(super) struct Outcome {
    sign_in: SignIn,
    result: Result<(Account, Token), RestError>,
}

/// The end of the sign-in that is under way; for ever without one.
pub(super) async fn finished(sign_in: &mut Option<SignIn>) -> Outcome {
    let Some(current) = sign_in else { return std::future::pending().await };
    let result = (&mut current.task).await;
    let result = result.unwrap_or_else(|error| Err(RestError::Unreachable(error.to_string())));
    match sign_in.take() {
        Some(sign_in) => Outcome { sign_in, result },
        None => std::future::pending().await,
    }
}

impl Agent {
    pub fn begin_sign_in(&mut self, hub: String, by: Credential) {
        self.sign_in_problem = None;
        if let Some(before) = self.try_sign_in(hub, by, self.identity.device_id, false) {
            before.task.abort();
        }
    }

    fn try_sign_in(&mut self, hub: String, by: Credential, device: DeviceId, is_second_try: bool) -> Option<SignIn> {
        let (network, to, with) = (self.network.clone(), hub.clone(), by.clone());
        let task = tokio::spawn(async move { rest::sign_in(&network, &to, &with, device).await });
        self.sign_in.replace(SignIn { hub, by, task, is_second_try })
    }

    pub async fn signed_in(&mut self, outcome: Outcome) {
        let Outcome { sign_in, result } = outcome;
        match result {
            Ok((account, token)) => {
                if let Err(problem) = self.take_account(account, token).await {
                    self.sign_in_problem = Some(problem);
                }
            }
            Err(error) if error.code() == Some(ErrorCode::Conflict) && !sign_in.is_second_try && self.has_nothing() => {
                // This installation was somebody else's. Nothing of theirs waits here, so it begins anew as another device.
                self.identity.device_id = DeviceId::generate();
                let keys = keys::open(self.token_store, &self.folder, self.identity.device_id);
                self.keys = Arc::new(Mutex::new(keys));
                self.try_sign_in(sign_in.hub, sign_in.by, self.identity.device_id, true);
            }
            Err(error) => {
                tracing::warn!(%error, "the sign-in failed");
                self.sign_in_problem = Some(error.to_string());
            }
        }
    }

    fn has_nothing(&self) -> bool {
        let waiting = self.spool.contents().borrow().waiting;
        waiting.events == 0 && waiting.screenshots == 0 && self.unsaved.is_empty()
    }

    async fn take_account(&mut self, account: Account, token: Token) -> Result<(), String> {
        let is_another = self.identity.spool_of.as_ref().is_some_and(|before| *before != account.employee_id);
        if is_another {
            if !self.has_nothing() {
                let before = self.identity.spool_of.as_ref().map(ToString::to_string).unwrap_or_default();
                return Err(format!(
                    "Work of {before} still waits to be sent from here: {before} has to sign in first."
                ));
            }
            self.begin_anew().await?;
        }
        self.with_keys(move |keys| keys.store(&token)).await.map_err(|error| error.to_string())?;
        self.identity.spool_of = Some(account.employee_id.clone());
        self.identity.account = Some(account);
        self.identity.keep(&self.folder).map_err(|error| format!("the account cannot be kept: {error}"))?;
        self.resume_account().await;
        Ok(())
    }

    /// Another person: nothing that the machine remembers is theirs.
    async fn begin_anew(&mut self) -> Result<(), String> {
        self.offline().await;
        self.spool.begin_anew().await.map_err(|error| error.to_string())?;
        let displays = self.machine.displays().to_vec();
        let (seed, now) = (rand::random(), self.clock.now());
        self.machine = Machine::new(Memory::default(), machine_zone(), self.timing, seed, now);
        self.saved = Memory::default();
        self.apply(Event::Captured(crate::capture::Report::Displays(displays))).await;
        Ok(())
    }

    /// Goes online with the account that is kept, if there is one.
    pub async fn resume_account(&mut self) {
        let Some(account) = self.identity.account.clone() else {
            self.connection = Connection::SignedOut;
            return;
        };
        let token = self.with_keys(|keys| keys.load().map(|token| (token, keys.warning()))).await;
        let (token, warning) = match token {
            Ok((Some(token), warning)) => (token, warning),
            Ok((None, _)) => return self.stop("The device token is gone. Sign in again."),
            Err(error) => return self.stop(&format!("{error}. Sign in again.")),
        };
        if let Some(warning) = warning.filter(|warning| !self.warnings.contains(warning)) {
            self.warn(warning);
        }
        self.offline().await;
        self.go_online(&account, token);
    }

    fn stop(&mut self, reason: &str) {
        tracing::warn!(reason, "offline");
        self.connection = Connection::Stopped { reason: reason.to_owned() };
    }

    fn go_online(&mut self, account: &Account, token: Token) {
        self.connection = Connection::Connecting;
        if self.reach == Reach::SignInOnly {
            return;
        }
        let displays = self.machine.displays().to_vec();
        self.facts.send_modify(|facts| facts.displays = displays);
        let uploads = Uploads {
            hub: account.hub.clone(),
            token: token.clone(),
            network: self.network.clone(),
            spool: self.spool.clone(),
            clock: self.clock,
            is_online: self.is_online.subscribe(),
        };
        if let Some(before) = self.uploads.replace(tokio::spawn(uploads.run())) {
            before.abort();
        }
        let device_id = self.identity.device_id;
        let credentials = Credentials { agent_url: account.agent_url.clone(), device_id, token };
        let events = self.new_link_channel();
        let facts = self.facts.subscribe();
        self.link = Some(Link::open(credentials, self.network.clone(), self.spool.clone(), self.clock, facts, events));
    }

    /// The displays changed: a new `hello` says so. Within the hub's grace nobody sees a change.
    pub async fn reconnect(&mut self) {
        if self.link.is_some() {
            Box::pin(self.resume_account()).await;
        }
    }

    /// After the last word to the hub.
    pub async fn forget_account(&mut self) {
        if let Some(uploads) = self.uploads.take() {
            uploads.abort();
        }
        if let Err(error) = self.with_keys(|keys| keys.forget()).await {
            self.warn(error.to_string());
        }
        self.identity.account = None;
        self.connection = Connection::SignedOut;
        if let Err(error) = self.identity.keep(&self.folder) {
            self.warn(format!("the sign-out cannot be kept: {error}"));
        }
    }

    /// Asks the secret store on a thread that may wait for it.
    async fn with_keys<T: Send + 'static>(
        &self,
        ask: impl FnOnce(&mut dyn Keys) -> Result<T, KeysError> + Send + 'static,
    ) -> Result<T, KeysError> {
        let keys: Arc<Mutex<Box<dyn Keys>>> = self.keys.clone();
        let asked = tokio::task::spawn_blocking(move || {
            let mut keys = keys.lock().unwrap_or_else(PoisonError::into_inner);
            ask(keys.as_mut())
        });
        let panicked = |error: tokio::task::JoinError| KeysError { what: "reached", reason: error.to_string() };
        asked.await.unwrap_or_else(|error| Err(panicked(error)))
    }
}
