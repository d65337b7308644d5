//! The real binary, started on free ports in a folder of its own.

use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Output, Stdio};

use tempfile::TempDir;

use super::Api;

/// The program under test.
pub const MUSTER: &str = env!("CARGO_BIN_EXE_muster");
/// The password of every account that a test makes.
pub const PASSWORD: &str = "correct horse battery";

/// How a test's hub is configured.
#[derive(Clone, Debug, Default)]
pub struct HubBuilder {
    environment: Vec<(String, String)>,
    log: Option<PathBuf>,
}

impl HubBuilder {
    /// Sets one key of the configuration, as `MUSTER__SECTION__KEY`.
    pub fn set(mut self, key: &str, value: &str) -> Self {
        self.environment.push((key.to_owned(), value.to_owned()));
        self
    }

    /// Logs to a file instead of the test's own standard error.
    pub fn log_to(mut self, file: &Path) -> Self {
        self.log = Some(file.to_owned());
        self
    }

    /// Presence timings short enough to wait for.
    pub fn quick(self) -> Self {
        self.set("MUSTER__PRESENCE__OFFLINE_AFTER", "2s").set("MUSTER__PRESENCE__GRACE", "800ms")
    }

    /// A hub with one administrator, `admin@example.org`, whose code is `ADMIN`.
    pub fn start(self) -> TestHub {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        add_user(&data, "ADMIN", "admin", None);
        self.start_in(Folder::Own(folder), data)
    }

    /// A hub on a data folder that exists already.
    pub fn start_on(self, data: &Path) -> TestHub {
        self.start_in(Folder::Borrowed, data.to_owned())
    }

    fn start_in(self, folder: Folder, data: PathBuf) -> TestHub {
        let mut child = self.command(&data).stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap());
        let mut first = String::new();
        lines.read_line(&mut first).unwrap();
        let ready =
            first.trim().strip_prefix("muster: ready portal=").unwrap_or_else(|| panic!("not ready: {first:?}"));
        let (portal, agents) = ready.split_once(" agents=").unwrap();
        let (portal, agents) = (portal.to_owned(), agents.to_owned());
        TestHub { child, lines, portal, agents, data, builder: self, _folder: folder }
    }

    fn command(&self, data: &Path) -> Command {
        let mut command = muster(data, "serve");
        command.args(["--listen", "127.0.0.1:0", "--agent-listen", "127.0.0.1:0"]);
        command.envs(self.environment.iter().cloned());
        if let Some(log) = &self.log {
            command.stderr(File::create(log).unwrap());
        }
        command
    }

    /// Runs `serve` where it must fail, and returns what it said.
    pub fn fail_on(&self, data: &Path) -> Output {
        self.command(data).stderr(Stdio::piped()).output().unwrap()
    }
}

enum Folder {
    /// Deleted with the test.
    Own(#[expect(dead_code, reason = "held until the hub is dropped")] TempDir),
    Borrowed,
}

/// A running hub. It ends with the test.
pub struct TestHub {
    child: Child,
    lines: BufReader<ChildStdout>,
    pub portal: String,
    pub agents: String,
    pub data: PathBuf,
    builder: HubBuilder,
    _folder: Folder,
}

impl TestHub {
    /// A hub with the usual configuration.
    pub fn start() -> Self {
        HubBuilder::default().start()
    }

    /// The process, for signals.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Memory of the process that is in use, in KiB.
    pub fn resident_kib(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.pid())).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse().unwrap()
    }

    /// The value of one line of `/metrics`, labels included in its name; 0 while there is no such line.
    pub async fn metric(&self, name: &str) -> f64 {
        let metrics = self.anyone().get("/metrics").await.text();
        let value = metrics.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
        value.map_or(0.0, |value| value.parse().unwrap())
    }

    /// The next line on standard output.
    pub fn line(&mut self) -> String {
        let mut line = String::new();
        self.lines.read_line(&mut line).unwrap();
        line.trim().to_owned()
    }

    /// Nobody, yet.
    pub fn anyone(&self) -> Api {
        Api::new(&self.portal)
    }

    /// The administrator.
    pub async fn admin(&self) -> Api {
        self.sign_in("admin@example.org").await
    }

    pub async fn sign_in(&self, email: &str) -> Api {
        Api::sign_in(&self.portal, email, PASSWORD).await
    }

    /// Ends the process with no chance to tidy up, and starts it again on the same folder.
    pub fn kill_and_restart(self) -> Self {
        self.kill_harm_and_restart(|_| {})
    }

    /// The same with something done to the data folder in between.
    pub fn kill_harm_and_restart(mut self, harm: impl FnOnce(&Path)) -> Self {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        harm(&self.data);
        let builder = self.builder.clone();
        let folder = std::mem::replace(&mut self._folder, Folder::Borrowed);
        builder.start_in(folder, self.data.clone())
    }

    /// Asks the process to stop and waits until it has.
    pub fn terminate(&mut self) -> std::process::ExitStatus {
        signal(self.pid(), "TERM");
        self.child.wait().unwrap()
    }
}

impl Drop for TestHub {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Sends a signal to one process.
pub fn signal(pid: u32, name: &str) {
    let sent = Command::new("kill").arg(format!("-{name}")).arg(pid.to_string()).status().unwrap();
    assert!(sent.success());
}

/// A command of the program on `data`, without the environment of whoever runs the tests.
pub fn muster(data: &Path, command: &str) -> Command {
    let mut muster = Command::new(MUSTER);
    muster.env_clear().env("PATH", std::env::var("PATH").unwrap_or_default());
    muster.env("MUSTER__LOG__FILTER", std::env::var("MUSTER_TEST_LOG").unwrap_or_else(|_| "error".to_owned()));
    muster.arg(command);
    if command == "user" {
        muster.arg("add");
    }
    muster.arg("--data-dir").arg(data);
    muster
}

/// `muster user add` for `code`, with [`PASSWORD`] and the e-mail `<code>@example.org`.
pub fn add_user(data: &Path, code: &str, role: &str, team: Option<&str>) {
    let mut command = muster(data, "user");
    command.args(["--email", &format!("{}@example.org", code.to_lowercase()), "--name", &format!("{code} Example")]);
    command.args(["--role", role, "--employee-id", code, "--password-stdin"]);
    if let Some(team) = team {
        command.args(["--team", team]);
    }
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(PASSWORD.as_bytes()).unwrap();
    assert!(child.wait().unwrap().success(), "user add {code}");
}
