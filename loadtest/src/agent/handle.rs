//! Moves one agent from outside: for tests, and for scenarios that decide the moment of a change themselves.

use muster_protocol::UtcMillis;
use muster_protocol::agent::EventKind;
use tokio::sync::mpsc;

use super::behaviour::Command;

/// Commands that may wait for an agent; it takes them at once, even while it is disconnected.
const COMMANDS_MAX: usize = 16;

/// One thing to do.
#[derive(Clone, Debug, PartialEq)]
pub enum AgentCommand {
    /// Start or stop work, begin or end a pause.
    Person(Command),
    /// Spool this event, dated `at` or now.
    Record { at: Option<UtcMillis>, kind: EventKind },
    /// Restart the device: the socket drops, new events count from 1 in a new boot.
    Reboot,
    /// Take a screenshot now, whatever the policy says.
    TakeScreenshot,
}

/// Sends commands to one agent.
#[derive(Clone, Debug)]
pub struct AgentHandle {
    commands: mpsc::Sender<AgentCommand>,
}

impl AgentHandle {
    /// Tells the agent what to do. False when the agent's life is over.
    pub async fn tell(&self, command: AgentCommand) -> bool {
        self.commands.send(command).await.is_ok()
    }

    pub(super) fn pair() -> (Self, mpsc::Receiver<AgentCommand>) {
        let (commands, receiver) = mpsc::channel(COMMANDS_MAX);
        (Self { commands }, receiver)
    }
}
