//! The command line. Scripts rely on it: names and flags are fixed.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use muster_domain::Role;
use muster_protocol::EmployeeId;

use crate::config::{self, Config, ConfigError, Flags};
use crate::serve::ServeError;
use crate::{backup, doctor, http, serve, user};

/// Self-hosted, real-time presence and live-view hub.
#[derive(Debug, Parser)]
#[command(name = "muster", version, about)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Runs the hub until it is told to stop.
    Serve(Serve),
    /// Manages accounts while the hub does not run.
    User {
        #[command(subcommand)]
        command: UserCommand,
    },
    /// Prints the resolved configuration, secrets hidden, or what is wrong with it.
    CheckConfig(Common),
    /// Writes the data folder, keys included, to one file. The hub must not run.
    Backup(Archive),
    /// Fills an empty data folder from such a file, and checks it.
    Restore(Archive),
    /// Checks folder, keys, database and schema, and says what it finds.
    Doctor(Common),
    /// Prints the OpenAPI document.
    #[command(hide = true)]
    Openapi,
}

#[derive(Debug, Subcommand)]
enum UserCommand {
    /// Creates an account; the password is read from standard input.
    Add(UserAdd),
}

/// Where configuration and data are.
#[derive(Clone, Debug, Args)]
pub struct Common {
    /// A TOML file.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The folder for database, pictures and keys.
    #[arg(long, value_name = "DIR")]
    data_dir: Option<PathBuf>,
    /// The database; default: embedded, in the data folder.
    #[arg(long, value_name = "URL")]
    db: Option<String>,
}

#[derive(Debug, Args)]
struct Archive {
    #[command(flatten)]
    common: Common,
    file: PathBuf,
}

#[derive(Debug, Args)]
struct Serve {
    #[command(flatten)]
    common: Common,
    /// The portal door.
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<SocketAddr>,
    /// The agent door.
    #[arg(long, value_name = "ADDRESS")]
    agent_listen: Option<SocketAddr>,
    /// Seeds a demo organization and connects this many simulated agents. Loopback only.
    #[arg(long, value_name = "N")]
    demo: Option<usize>,
}

/// Somebody to create.
#[derive(Debug, Args)]
pub struct UserAdd {
    #[command(flatten)]
    common: Common,
    #[arg(long)]
    pub email: String,
    #[arg(long)]
    pub name: String,
    #[arg(long)]
    pub role: Role,
    /// The organization's code; default: the next number.
    #[arg(long)]
    pub employee_id: Option<EmployeeId>,
    /// The name of a team; made if there is none of that name.
    #[arg(long)]
    pub team: Option<String>,
    /// Required, so that no password ever stands on a command line.
    #[arg(long, required = true)]
    password_stdin: bool,
}

impl Common {
    fn load(&self, listen: Option<SocketAddr>, agent_listen: Option<SocketAddr>) -> Result<Config, ConfigError> {
        let flags = Flags {
            config: self.config.clone(),
            data_dir: self.data_dir.clone(),
            listen,
            agent_listen,
            database_url: self.db.clone(),
        };
        config::load(&flags, std::env::vars())
    }
}

impl Cli {
    /// Does what was asked. The error is one clear line.
    pub fn run(self) -> Result<(), ServeError> {
        match self.command {
            Command::Serve(arguments) => {
                let config = arguments.common.load(arguments.listen, arguments.agent_listen)?;
                serve::run(config, arguments.demo)
            }
            Command::User { command: UserCommand::Add(arguments) } => {
                let config = arguments.common.load(None, None)?;
                user::add(config, arguments)
            }
            Command::CheckConfig(common) => {
                let config = common.load(None, None)?;
                print!("{}", toml::to_string(&config).expect("the tree has only TOML's types"));
                Ok(())
            }
            Command::Backup(arguments) => backup::backup(&arguments.common.load(None, None)?, &arguments.file),
            Command::Restore(arguments) => backup::restore(arguments.common.load(None, None)?, &arguments.file),
            Command::Doctor(common) => doctor::run(common.load(None, None)?),
            Command::Openapi => {
                println!("{}", http::openapi::document());
                Ok(())
            }
        }
    }
}
