//! The real hub, started on ports that it keeps over restarts.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

use super::api::Api;
use super::certificate::Certificate;

/// The password of every account that a test makes.
pub const PASSWORD: &str = "correct horse battery";

/// The hub's program: it lies where cargo put the agent's.
pub fn muster() -> PathBuf {
    let agent = Path::new(env!("CARGO_BIN_EXE_muster-agent"));
    let muster = agent.with_file_name(format!("muster{}", std::env::consts::EXE_SUFFIX));
    assert!(muster.exists(), "{} is missing: cargo build -p muster --bin muster", muster.display());
    muster
}

/// A hub in a folder of its own. It ends with the test.
pub struct Hub {
    child: Option<Child>,
    folder: TempDir,
    ports: (u16, u16),
    /// Of both doors.
    certificate: Option<Certificate>,
}

impl Hub {
    /// A hub with one administrator, and `E1`, an employee.
    pub async fn start() -> Self {
        Self::start_with(None)
    }

    /// The same, and nothing is said in the clear. Nobody knows who signed its certificate.
    pub async fn start_encrypted() -> Self {
        Self::start_with(Some(Certificate::make()))
    }

    fn start_with(certificate: Option<Certificate>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        add_user(folder.path(), "ADMIN", "admin");
        add_user(folder.path(), "E1", "employee");
        let mut hub = Self { child: None, folder, ports: (free_port(), free_port()), certificate };
        hub.begin();
        hub
    }

    /// Where people and devices sign in.
    pub fn url(&self) -> String {
        let scheme = if self.certificate.is_some() { "https" } else { "http" };
        format!("{scheme}://127.0.0.1:{}", self.ports.0)
    }

    /// What its certificate is read from.
    pub fn certificate(&self) -> &Path {
        self.certificate.as_ref().unwrap().file()
    }

    pub async fn admin(&self) -> Api {
        self.sign_in("admin@example.org").await
    }

    pub async fn employee(&self) -> Api {
        self.sign_in("e1@example.org").await
    }

    async fn sign_in(&self, email: &str) -> Api {
        let trusted = self.certificate.as_ref().map(Certificate::pem);
        Api::sign_in(&self.url(), trusted.as_deref(), email, PASSWORD).await
    }

    /// The hub is gone, without a word.
    pub fn stop(&mut self) {
        if let Some(mut child) = self.child.take() {
            child.kill().unwrap();
            child.wait().unwrap();
        }
    }

    /// It is back, at the same address.
    pub fn begin(&mut self) {
        let mut command = command(self.folder.path(), "serve");
        command.args(["--listen", &format!("127.0.0.1:{}", self.ports.0)]);
        command.args(["--agent-listen", &format!("127.0.0.1:{}", self.ports.1)]);
        for door in ["PORTAL", "AGENTS"] {
            command.envs(self.certificate.iter().flat_map(|certificate| certificate.environment(door)));
        }
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut first = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
        assert!(first.starts_with("muster: ready"), "not ready: {first:?}");
        self.child = Some(child);
    }
}

impl Drop for Hub {
    fn drop(&mut self) {
        self.stop();
    }
}

/// A port that stays free while the hub is down: from below those that systems give to whoever connects to somewhere.
fn free_port() -> u16 {
    let mut drawn = std::iter::repeat_with(|| rand::random_range(10_000..30_000));
    drawn.find(|port| TcpListener::bind(("127.0.0.1", *port)).is_ok()).unwrap()
}

fn command(data: &Path, what: &str) -> Command {
    let mut command = Command::new(muster());
    command.env_clear().env("PATH", std::env::var("PATH").unwrap_or_default());
    command.env("MUSTER__LOG__FILTER", std::env::var("MUSTER_TEST_LOG").unwrap_or_else(|_| "error".to_owned()));
    command.arg(what);
    if what == "user" {
        command.arg("add");
    }
    command.arg("--data-dir").arg(data.join("data"));
    command
}

fn add_user(data: &Path, code: &str, role: &str) {
    let mut command = command(data, "user");
    let email = format!("{}@example.org", code.to_lowercase());
    command.args(["--email", &email, "--name", &format!("{code} Example"), "--role", role]);
    command.args(["--employee-id", code, "--password-stdin"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(PASSWORD.as_bytes()).unwrap();
    assert!(child.wait().unwrap().success(), "user add {code}");
}
