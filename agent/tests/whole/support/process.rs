//! The real agent, as a process that can be killed.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use muster_agent::control::{Ask, ControlError, Deed, connect};
use serde_json::Value;

use super::{eventually, hub::PASSWORD};

/// One agent in a folder that outlives it.
pub struct AgentProcess {
    child: Child,
    folder: PathBuf,
}

/// A command of the agent's program on `folder`, without the environment of whoever runs the tests: no display, no proxy, no
/// secret store.
pub fn agent(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_muster-agent"));
    command.env_clear().env("PATH", std::env::var("PATH").unwrap_or_default());
    command.env("MUSTER_AGENT_LOG", std::env::var("MUSTER_TEST_LOG").unwrap_or_else(|_| "error".to_owned()));
    command.arg("--headless").arg("--data-dir").arg(folder);
    command
}

/// `muster-agent sign-in` with the password of the tests.
pub fn sign_in_by_password(folder: &Path, hub: &str, email: &str) -> Output {
    let mut command = agent(folder);
    command.args(["sign-in", "--hub", hub, "--email", email, "--password-stdin"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(PASSWORD.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

/// `muster-agent sign-in` with a code.
pub fn sign_in_by_code(folder: &Path, hub: &str, code: &str) -> Output {
    agent(folder).args(["sign-in", "--hub", hub, "--code", code]).output().unwrap()
}

impl AgentProcess {
    /// Starts the agent and waits until it can be asked.
    pub async fn start(folder: &Path) -> Self {
        Self::start_as(agent(folder), folder).await
    }

    /// The same with a `command` that knows more.
    pub async fn start_as(mut command: Command, folder: &Path) -> Self {
        let child = command.spawn().unwrap();
        let agent = Self { child, folder: folder.to_owned() };
        eventually(|| async { agent.ask(&Ask::Status).await.map_err(|error| error.to_string()) }).await;
        agent
    }

    pub async fn ask(&self, ask: &Ask) -> Result<Value, ControlError> {
        connect(&self.folder).await?.ask(ask).await
    }

    pub async fn status(&self) -> Value {
        self.ask(&Ask::Status).await.unwrap()
    }

    /// Does it, and returns when it is on disk.
    pub async fn tell(&self, what: Deed) -> Result<Value, ControlError> {
        self.ask(&Ask::Do { what }).await
    }

    pub async fn wait_online(&self) {
        eventually(|| async {
            let status = self.status().await;
            super::holds(status["connection"]["state"] == "online", &status["connection"])
        })
        .await;
    }

    /// Waits until the hub has everything.
    pub async fn wait_sent(&self) {
        eventually(|| async {
            let waiting = self.status().await["waiting"].clone();
            super::holds(waiting["events"] == 0 && waiting["screenshots"] == 0, waiting)
        })
        .await;
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// No chance to tidy up.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Asks it to end, and waits until it has.
    pub fn terminate(mut self) -> std::process::ExitStatus {
        let sent = Command::new("kill").arg("-TERM").arg(self.child.id().to_string()).status().unwrap();
        assert!(sent.success());
        self.child.wait().unwrap()
    }
}

impl Drop for AgentProcess {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
