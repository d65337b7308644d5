//! The control channel: how `muster-agent status` and `muster-agent do` reach the agent that runs.
//!
//! One line of JSON there, one back, over something that only this account of the machine can open ([`door`]).

mod door;
mod server;

use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use door::{Connection, Listener, connect};
pub use server::{Control, Wish, serve};

/// What is asked. Lines are at most [`LINE_BYTES_MAX`] long.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "ask", rename_all = "snake_case")]
pub enum Ask {
    Status,
    Do {
        what: Deed,
    },
    SignIn {
        hub: String,
        by: Proof,
    },
    /// Brings the window to the front.
    Show,
}

/// What the person can do from a command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "snake_case")]
pub enum Deed {
    PunchIn,
    PunchOut,
    Break,
    ResumeWork,
    Pause,
    Resume,
    AcceptNotice,
    SignOut,
    Quit,
}

/// How a person shows who they are, on its way between two programs of the same account.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Proof {
    Code(String),
    Password { email: String, password: String },
}

impl std::fmt::Debug for Proof {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Proof(…)")
    }
}

/// What is answered: the status after it was done, or why it was not.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    Done(Value),
    Refused(String),
}

/// One line, in bytes: a status with a notice of full length.
pub const LINE_BYTES_MAX: u64 = 1024 * 1024;

/// Why the running agent did not answer.
#[derive(Debug, thiserror::Error)]
pub enum ControlError {
    #[error("no agent runs on these files")]
    NotRunning,
    #[error("the agent does not answer: {0}")]
    Io(#[from] std::io::Error),
    #[error("{0}")]
    Refused(String),
}
