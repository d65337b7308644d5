//! A person's desktop, the hub, and what the agent needs between them.

use muster_agent::control::Deed;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::desktops::Desktop;
use crate::support::process::{agent, sign_in_by_code};
use crate::support::{AgentProcess, Api, Hub};

/// The agent's `agent.toml`.
const CONFIGURATION: &str = "headless = true\ntoken_store = \"file\"\nproxy = \"none\"\n";

/// What JPEG takes from a desktop, in levels of 256 in the mean.
pub const JPEG_LEVELS: f64 = 2.0;

/// The title of the terminal that has the keyboard and echoes what is typed.
pub const TERMINAL: &str = "words";

pub fn without_screenshots() -> Value {
    json!({ "screenshots": false, "idleAfterMs": 30_000 })
}

/// A hub, and an agent's folder that it knows as the device of a person.
pub struct SignedIn {
    pub hub: Hub,
    pub admin: Api,
    pub folder: TempDir,
}

impl SignedIn {
    /// Under a policy with these `settings`.
    pub async fn under(settings: Value) -> Self {
        let hub = Hub::start().await;
        let admin = hub.admin().await;
        admin.set_policy(settings).await;
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("agent.toml"), CONFIGURATION).unwrap();
        let signed_in = sign_in_by_code(folder.path(), &hub.url(), &admin.code_for("E1").await);
        assert!(signed_in.status.success(), "{signed_in:?}");
        Self { hub, admin, folder }
    }
}

pub struct Workplace {
    pub hub: Hub,
    pub admin: Api,
    pub desktop: Desktop,
    /// The agent's.
    pub folder: TempDir,
    minute_ms: u64,
}

impl Workplace {
    /// Signed in on a desktop with a window, under a policy with these `settings`. A minute of the screenshot interval lasts
    /// `minute_ms`, to which only an agent with debug assertions listens.
    pub async fn open(minute_ms: u64, settings: Value) -> Self {
        let SignedIn { hub, admin, folder } = SignedIn::under(settings).await;
        let mut desktop = Desktop::start(960, 540);
        desktop.open_terminal("70x20+20+20", TERMINAL, "ls /usr/bin | head -12; exec cat");
        desktop.still_picture();
        Self { hub, admin, desktop, folder, minute_ms }
    }

    /// The same with screenshots that are not due while a test of something else runs.
    pub async fn without_screenshots() -> Self {
        Self::open(60_000, without_screenshots()).await
    }

    /// Starts the agent's program on the desktop.
    pub async fn start_agent(&self) -> AgentProcess {
        let mut command = agent(self.folder.path());
        command.env("DISPLAY", &self.desktop.name).env("XDG_SESSION_TYPE", "x11");
        command.env("MUSTER_AGENT_MINUTE_MS", self.minute_ms.to_string());
        AgentProcess::start_as(command, self.folder.path()).await
    }

    /// The agent, online, its person punched in.
    pub async fn begin_work(&self) -> AgentProcess {
        let agent = self.start_agent().await;
        agent.wait_online().await;
        agent.tell(Deed::PunchIn).await.unwrap();
        agent
    }
}
