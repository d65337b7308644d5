//! What the agent is told before it starts: a file, and the command line over it.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::keys::Place;

/// The room for what the hub has not taken yet.
const SPOOL_MIB: u64 = 512;
/// Less than this does not hold the events of a day and one screenshot.
const SPOOL_MIB_MIN: u64 = 16;

/// The configuration file: TOML, every key may be left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Where the agent keeps its files. Default: the person's own folder for program data.
    pub data_dir: Option<PathBuf>,
    /// No window and no tray: for servers and tests.
    pub headless: bool,
    /// Where the device token is kept: `auto` (the system's secret store, a file where there is none) or `file`.
    pub token_store: Place,
    /// The proxy for everything that goes to the hub, as `http://[user:password@]host:port`; `none` for no proxy at all.
    /// Default: `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY`.
    pub proxy: Option<String>,
    /// Certificates in PEM that are trusted beside the system's: for a hub with a certificate of the organization's own.
    pub extra_ca: Option<PathBuf>,
    /// The most that waits for the hub, in MiB; at least 16. Beyond it screenshots are not taken.
    pub spool_max_mib: Option<u64>,
    /// What is logged to standard error, as `warn` or `muster_agent=debug`. Default: `MUSTER_AGENT_LOG`, then `info`.
    pub log: Option<String>,
}

/// Why the configuration is not used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error("{path} cannot be read: {error}")]
    Unreadable { path: PathBuf, error: std::io::Error },
    #[error("{path}: {error}")]
    Malformed { path: PathBuf, error: Box<toml::de::Error> },
    #[error("spool_max_mib must be at least {SPOOL_MIB_MIN}")]
    SpoolTooSmall,
    #[error("this account has no folder for program data: say --data-dir")]
    NoFolder,
}

impl Config {
    /// Reads `file`.
    pub fn read(file: &Path) -> Result<Self, ConfigError> {
        let text =
            std::fs::read_to_string(file).map_err(|error| ConfigError::Unreadable { path: file.to_owned(), error })?;
        let config: Self = toml::from_str(&text)
            .map_err(|error| ConfigError::Malformed { path: file.to_owned(), error: Box::new(error) })?;
        match config.spool_max_mib {
            Some(mib) if mib < SPOOL_MIB_MIN => Err(ConfigError::SpoolTooSmall),
            _ => Ok(config),
        }
    }

    /// The most that the spool holds, in bytes.
    #[must_use]
    pub fn spool_bytes_max(&self) -> u64 {
        self.spool_max_mib.unwrap_or(SPOOL_MIB).saturating_mul(1024 * 1024)
    }

    /// The folder of the agent's files.
    pub fn folder(&self) -> Result<PathBuf, ConfigError> {
        self.data_dir.clone().or_else(default_folder).ok_or(ConfigError::NoFolder)
    }
}

/// `~/.local/share/muster-agent`, `%LOCALAPPDATA%\Muster Agent`, `~/Library/Application Support/Muster Agent`.
fn default_folder() -> Option<PathBuf> {
    let from = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    if cfg!(windows) {
        from("LOCALAPPDATA").map(|folder| folder.join("Muster Agent"))
    } else if cfg!(target_os = "macos") {
        from("HOME").map(|home| home.join("Library/Application Support/Muster Agent"))
    } else {
        let base = from("XDG_DATA_HOME").or_else(|| from("HOME").map(|home| home.join(".local/share")));
        base.map(|folder| folder.join("muster-agent"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Config, ConfigError> {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("agent.toml");
        std::fs::write(&file, text).unwrap();
        Config::read(&file)
    }

    #[test]
    fn every_key_may_be_left_out() {
        let config = read("").unwrap();
        assert_eq!(config, Config::default());
        assert_eq!(config.spool_bytes_max(), 512 * 1024 * 1024);
    }

    #[test]
    fn what_is_written_holds() {
        let config = read("headless = true\ntoken_store = \"file\"\nspool_max_mib = 16\nproxy = \"none\"").unwrap();
        assert!(config.headless);
        assert_eq!(config.token_store, Place::File);
        assert_eq!(config.spool_bytes_max(), 16 * 1024 * 1024);
        assert_eq!(config.proxy.as_deref(), Some("none"));
    }

    #[test]
    fn a_mistake_is_said_with_its_place() {
        let mistyped = read("headles = true").unwrap_err().to_string();
        assert!(mistyped.contains("headles") && mistyped.contains("agent.toml"), "{mistyped}");
        assert!(matches!(read("spool_max_mib = 1"), Err(ConfigError::SpoolTooSmall)));
    }
}
