//! The command line.

use std::io::Read;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Args, Parser, Subcommand, ValueEnum};
use tokio::sync::{mpsc, watch};

use crate::autostart;
use crate::config::{Config, ConfigError};
use crate::control::{Ask, ControlError, Deed, Proof, connect};
use crate::core::{Command, Status, Timing};
use crate::desktop::{self, Begin};
use crate::instance::{self, ClaimError};
use crate::platform;
use crate::report;
use crate::run::{Machinery, Reach, Running, Setup, StartError, start};
use crate::window;

/// What is logged by default. The window's toolkit says at `info` what its icon looks like, byte by byte.
const LOG_FILTER: &str = "info,winit=warn,iced_winit=warn";

/// Muster's desktop agent: presence, work time, screenshots and live view of this machine's person, and who is watching.
#[derive(Debug, Parser)]
#[command(name = "muster-agent", version, about)]
pub struct Cli {
    #[command(subcommand)]
    what: Option<What>,
    #[command(flatten)]
    place: Place,
}

#[derive(Debug, Args)]
struct Place {
    /// The configuration file (TOML). Without it `agent.toml` in the agent's folder is read, if it is there.
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The agent's folder: spool, identity, and the control channel.
    #[arg(long, global = true, value_name = "DIR")]
    data_dir: Option<PathBuf>,
    /// No window and no tray.
    #[arg(long, global = true)]
    headless: bool,
    /// Begins with the tray icon alone, as the session starts it.
    #[arg(long, conflicts_with = "headless")]
    hidden: bool,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Runs the agent (the default).
    Run,
    /// Makes this machine a device of yours.
    SignIn(SignIn),
    /// Says what the running agent does.
    Status {
        /// As one JSON document.
        #[arg(long)]
        json: bool,
    },
    /// Tells the running agent to do something.
    Do {
        #[arg(value_enum)]
        what: Deed,
    },
    /// Starts the agent with your session, or no more, or says whether it does.
    Autostart {
        #[arg(value_enum)]
        what: Switch,
    },
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Switch {
    On,
    Off,
    Status,
}

#[derive(Debug, Args)]
struct SignIn {
    /// The hub's address, for example https://muster.example.org.
    #[arg(long)]
    hub: String,
    /// The one-time code that you were given.
    #[arg(long, conflicts_with_all = ["email", "password_stdin"], required_unless_present = "email")]
    code: Option<String>,
    /// Your e-mail address; the password is read from standard input.
    #[arg(long, requires = "password_stdin")]
    email: Option<String>,
    /// Reads the password from standard input, so that it is in no list of processes.
    #[arg(long)]
    password_stdin: bool,
}

/// Why a command failed. The text is for the person at the terminal.
#[derive(Debug, thiserror::Error)]
enum CliError {
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error(transparent)]
    Start(#[from] StartError),
    #[error(transparent)]
    Claim(#[from] ClaimError),
    #[error(transparent)]
    Control(#[from] ControlError),
    #[error("starting with the session cannot be switched: {0}")]
    Autostart(std::io::Error),
    #[error("standard input cannot be read: {0}")]
    Input(std::io::Error),
    #[error("{0}")]
    Failed(String),
}

/// Does what the command line says.
#[must_use]
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    match cli.run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("muster-agent: {error}");
            ExitCode::FAILURE
        }
    }
}

impl Cli {
    fn run(self) -> Result<(), CliError> {
        let (config, folder) = self.place.configuration()?;
        match self.what.unwrap_or(What::Run) {
            What::Run => run(&config, folder, &self.place),
            What::SignIn(sign_in) => sign_in.run(&config, folder),
            What::Status { json } => {
                let status = ask(&folder, &Ask::Status)?;
                print!("{}", if json { format!("{status}\n") } else { report::text(&status) });
                Ok(())
            }
            What::Do { what } => {
                let status = ask(&folder, &Ask::Do { what })?;
                print!("{}", report::text(&status));
                Ok(())
            }
            What::Autostart { what } => switch(what).map_err(CliError::Autostart),
        }
    }
}

fn switch(what: Switch) -> std::io::Result<()> {
    match what {
        Switch::On => autostart::switch_on(&std::env::current_exe()?)?,
        Switch::Off => autostart::switch_off()?,
        Switch::Status => {}
    }
    let (starts, not) = ("The agent starts with your session.", "The agent does not start with your session.");
    println!("{}", if autostart::is_on()? { starts } else { not });
    Ok(())
}

impl Place {
    fn configuration(&self) -> Result<(Config, PathBuf), ConfigError> {
        let mut config = match &self.config {
            Some(file) => Config::read(file)?,
            None => {
                let given = Config { data_dir: self.data_dir.clone(), ..Config::default() };
                let beside = given.folder()?.join("agent.toml");
                if beside.try_exists().unwrap_or(false) { Config::read(&beside)? } else { Config::default() }
            }
        };
        config.data_dir = self.data_dir.clone().or(config.data_dir);
        let folder = config.folder()?;
        Ok((config, folder))
    }
}

fn setup(config: &Config, folder: PathBuf, reach: Reach) -> Setup {
    Setup {
        folder,
        token_store: config.token_store,
        proxy: config.proxy.clone(),
        extra_ca: config.extra_ca.clone(),
        spool_bytes_max: config.spool_bytes_max(),
        machine: Machinery { screens: platform::screens(), presence: platform::presence() },
        timing: timing(),
        reach,
    }
}

/// A build for tests can be told a shorter minute of the screenshot interval, in milliseconds; the agent of a release cannot.
fn timing() -> Timing {
    let usual = Timing::default();
    let told = std::env::var("MUSTER_AGENT_MINUTE_MS").ok().filter(|_| cfg!(debug_assertions));
    Timing { minute_ms: told.and_then(|text| text.parse().ok()).unwrap_or(usual.minute_ms), ..usual }
}

fn log_to_standard_error(config: &Config) {
    let filter = config.log.clone().or_else(|| std::env::var("MUSTER_AGENT_LOG").ok());
    let filter = filter.unwrap_or_else(|| LOG_FILTER.to_owned());
    let filter = tracing_subscriber::EnvFilter::try_new(&filter).unwrap_or_else(|error| {
        eprintln!("muster-agent: '{filter}' is no log filter ({error}); logging at info");
        tracing_subscriber::EnvFilter::new(LOG_FILTER)
    });
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
}

/// Runs until the person, the system or a signal ends it. A second start shows the window of the first.
fn run(config: &Config, folder: PathBuf, place: &Place) -> Result<(), CliError> {
    let is_headless = place.headless || config.headless;
    let _claim = match instance::claim(&folder) {
        Err(ClaimError::Taken) if !is_headless => return ask(&folder, &Ask::Show).map(drop),
        claimed => claimed?,
    };
    log_to_standard_error(config);
    let running = start(setup(config, folder, Reach::Online))?;
    tracing::info!(version = env!("CARGO_PKG_VERSION"), "the agent runs");
    let (status, commands) = (running.status.clone(), running.commands.clone());
    let waiting = std::thread::Builder::new().name("signals".to_owned());
    let waiting = waiting.spawn(move || in_runtime(until_the_end(status, commands))).map_err(StartError::Thread)?;
    if !is_headless {
        show(&running, if place.hidden { Begin::Hidden } else { Begin::Open });
    }
    // Panics are said where they happen; here the agent has ended.
    let _ = waiting.join();
    running.join();
    Ok(())
}

/// The window, where there is a display. Without one the agent goes on alone, as on a server.
fn show(running: &Running, begin: Begin) {
    if let Some(problem) = window::display_problem() {
        return tracing::warn!(%problem, "running without a window");
    }
    match desktop::show(running, begin) {
        // The agent has ended, or did not within its time: then it hears it once more.
        Ok(()) => drop(running.commands.try_send(Command::Quit)),
        Err(problem) => tracing::warn!(%problem, "running without a window"),
    }
}

/// Waits for a signal, passes it on as a wish to quit, and waits for the agent's end.
async fn until_the_end(mut status: watch::Receiver<Arc<Status>>, commands: mpsc::Sender<Command>) {
    tokio::select! {
        () = signalled() => {
            tracing::info!("asked to end");
            // Without a receiver the agent has ended already.
            let _ = commands.send(Command::Quit).await;
        }
        () = ended(&mut status) => {}
    }
    ended(&mut status).await;
}

async fn ended(status: &mut watch::Receiver<Arc<Status>>) {
    while status.changed().await.is_ok() {}
}

#[cfg(unix)]
async fn signalled() {
    use tokio::signal::unix::{SignalKind, signal};
    match signal(SignalKind::terminate()) {
        Ok(mut terminate) => {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = tokio::signal::ctrl_c() => {}
            }
        }
        Err(_) => std::future::pending().await,
    }
}

#[cfg(not(unix))]
async fn signalled() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}

fn in_runtime<T>(future: impl Future<Output = T>) -> Result<T, CliError> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| CliError::Failed(format!("no runtime: {error}")))?;
    Ok(runtime.block_on(future))
}

/// Asks the running agent.
fn ask(folder: &std::path::Path, question: &Ask) -> Result<serde_json::Value, CliError> {
    Ok(in_runtime(async { connect(folder).await?.ask(question).await })??)
}

impl SignIn {
    /// By the running agent, or, without one, by an agent that runs for as long as it takes.
    fn run(self, config: &Config, folder: PathBuf) -> Result<(), CliError> {
        let proof = self.proof()?;
        let question = Ask::SignIn { hub: self.hub, by: proof };
        let status = match ask(&folder, &question) {
            Err(CliError::Control(ControlError::NotRunning)) => {
                let running = start(setup(config, folder, Reach::SignInOnly))?;
                let status = in_runtime(answer_once(&running, question))?;
                running.join();
                status?
            }
            other => other?,
        };
        println!("Signed in to {} as {}.", text_of(&status, "hub"), text_of(&status, "person"));
        Ok(())
    }

    fn proof(&self) -> Result<Proof, CliError> {
        if let Some(code) = &self.code {
            return Ok(Proof::Code(code.clone()));
        }
        let mut password = String::new();
        std::io::stdin().read_to_string(&mut password).map_err(CliError::Input)?;
        let password = password.trim_end_matches(['\r', '\n']).to_owned();
        Ok(Proof::Password { email: self.email.clone().unwrap_or_default(), password })
    }
}

/// Lets the agent do it, and end.
async fn answer_once(running: &Running, question: Ask) -> Result<serde_json::Value, CliError> {
    let done = running.control.answer(question).await;
    let status = running.status.borrow().clone();
    // Without a receiver it has ended already.
    let _ = running.commands.send(Command::Quit).await;
    done.map_err(CliError::Failed)?;
    serde_json::to_value(&*status).map_err(|error| CliError::Failed(error.to_string()))
}

fn text_of<'a>(status: &'a serde_json::Value, field: &str) -> &'a str {
    status[field].as_str().unwrap_or_default()
}
