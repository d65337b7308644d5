//! The running agent's side of the control channel.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Notify, mpsc, oneshot, watch};

use super::{Answer, Ask, Connection, Deed, Listener, Proof};
use crate::core::command::Credential;
use crate::core::{Command, Status};

/// Whoever opened the channel says what they want within so long.
const ASK_TIMEOUT: Duration = Duration::from_secs(5);
/// A sign-in takes a round trip or three.
const SIGN_IN_TIMEOUT: Duration = Duration::from_secs(60);

/// A command, and who waits until it is done.
#[derive(Debug)]
pub struct Wish {
    pub command: Command,
    pub done: oneshot::Sender<()>,
}

/// What the channel reaches.
#[derive(Clone, Debug)]
pub struct Control {
    pub wishes: mpsc::Sender<Wish>,
    pub status: watch::Receiver<Arc<Status>>,
    /// Brings the window to the front.
    pub raise: Arc<Notify>,
}

/// Answers one program after the other until dropped.
pub async fn serve(listener: Listener, control: Control) {
    loop {
        match listener.accept().await {
            Ok(connection) => {
                tokio::spawn(converse(connection, control.clone()));
            }
            Err(error) => {
                tracing::debug!(%error, "a program was turned away at the control channel");
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
    }
}

async fn converse(mut connection: Connection, control: Control) {
    let Ok(Ok(Some(line))) = tokio::time::timeout(ASK_TIMEOUT, connection.line()).await else { return };
    let answer = match serde_json::from_str(&line) {
        Ok(ask) => control.answer(ask).await,
        Err(error) => Err(format!("this agent does not understand: {error}")),
    };
    let answer = match answer {
        Ok(()) => serde_json::to_value(&**control.status.borrow())
            .map(Answer::Done)
            .unwrap_or_else(|error| Answer::Refused(error.to_string())),
        Err(reason) => Answer::Refused(reason),
    };
    if let Ok(json) = serde_json::to_string(&answer) {
        // Whoever has gone needs no answer.
        let _ = connection.say(&json).await;
    }
}

impl Control {
    /// Does what is asked, and returns when it is done; why not, in words.
    pub async fn answer(&self, ask: Ask) -> Result<(), String> {
        match ask {
            Ask::Status => Ok(()),
            Ask::Show => {
                self.raise.notify_one();
                Ok(())
            }
            Ask::Do { what } => {
                let command = self.command(what)?;
                self.wish(command).await
            }
            Ask::SignIn { hub, by } => self.sign_in(hub, by).await,
        }
    }

    /// The command, if it makes sense now: what would do nothing is refused with the reason.
    fn command(&self, deed: Deed) -> Result<Command, String> {
        use crate::core::status::{Connection, Work};
        let status = self.status.borrow();
        if matches!(status.connection, Connection::SignedOut) && deed != Deed::Quit {
            return Err("nobody has signed in on this machine".to_owned());
        }
        let may_pause = status.policy.as_ref().is_some_and(|policy| policy.pause_allowed);
        match (deed, status.work) {
            (Deed::PunchIn, Work::Off) => Ok(Command::PunchIn),
            (Deed::PunchIn, _) => Err("work goes on already".to_owned()),
            (Deed::PunchOut | Deed::Break, Work::Off) => Err("you are not punched in".to_owned()),
            (Deed::PunchOut, _) => Ok(Command::PunchOut),
            (Deed::Break, Work::Break { .. }) => Err("you are on a break already".to_owned()),
            (Deed::Break, _) => Ok(Command::BeginBreak),
            (Deed::ResumeWork, Work::Break { .. }) => Ok(Command::EndBreak),
            (Deed::ResumeWork, _) => Err("you are not on a break".to_owned()),
            (Deed::Pause, _) if !may_pause => Err("your organization's policy does not allow a pause".to_owned()),
            (Deed::Pause, _) => Ok(Command::Pause),
            (Deed::Resume, _) => Ok(Command::Resume),
            (Deed::AcceptNotice, _) => {
                let notice = status.notice.as_ref().ok_or("there is no notice to accept")?;
                Ok(Command::AcceptNotice { version: notice.version })
            }
            (Deed::SignOut, _) => Ok(Command::SignOut),
            (Deed::Quit, _) => Ok(Command::Quit),
        }
    }

    /// Hands the command over and waits until what it left behind is on disk.
    async fn wish(&self, command: Command) -> Result<(), String> {
        let (done, is_done) = oneshot::channel();
        let ended = || "the agent has ended".to_owned();
        self.wishes.send(Wish { command, done }).await.map_err(|_| ended())?;
        is_done.await.map_err(|_| ended())
    }

    async fn sign_in(&self, hub: String, by: Proof) -> Result<(), String> {
        let by = match by {
            Proof::Code(code) => Credential::Code(code),
            Proof::Password { email, password } => Credential::Password { email, password },
        };
        self.wish(Command::SignIn { hub, by }).await?;
        let mut status = self.status.clone();
        let tried = status.wait_for(|status| !status.is_signing_in);
        match tokio::time::timeout(SIGN_IN_TIMEOUT, tried).await {
            Ok(Ok(status)) => status.sign_in_problem.clone().map_or(Ok(()), Err),
            Ok(Err(_)) => Err("the agent has ended".to_owned()),
            Err(_) => Err("the hub takes too long".to_owned()),
        }
    }
}
