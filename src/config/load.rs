//! Reads the three layers, merges them and checks the result.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use muster_domain::presence::PresenceConfigError;
use serde::Deserialize;
use toml::{Table, Value};

use super::Config;

/// Why there is no configuration. Each is one clear line.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error("cannot read {}: {reason}", path.display())]
    Unreadable { path: PathBuf, reason: String },
    #[error("{source_name}: {message}")]
    Wrong { source_name: String, message: String },
    #[error("presence: {0}")]
    Presence(#[from] PresenceConfigError),
    #[error("{0}")]
    Impossible(String),
}

/// What the command line says; it wins.
#[derive(Clone, Debug, Default)]
pub struct Flags {
    pub config: Option<PathBuf>,
    pub data_dir: Option<PathBuf>,
    pub listen: Option<SocketAddr>,
    pub agent_listen: Option<SocketAddr>,
    pub database_url: Option<String>,
}

/// Prefix of the environment's keys; two underscores separate section and key.
const PREFIX: &str = "MUSTER__";

/// Merges file, `environment` and flags, refuses unknown keys, and checks that the values go together.
pub fn load(flags: &Flags, environment: impl IntoIterator<Item = (String, String)>) -> Result<Config, ConfigError> {
    let environment = environment.into_iter().collect::<BTreeMap<_, _>>();
    let mut tree = match &flags.config {
        Some(path) => read_file(path)?,
        None => Table::new(),
    };
    parse(tree.clone(), flags.config.as_deref().map_or_else(String::new, |path| path.display().to_string()))?;
    put_older_names(&mut tree, &environment)?;
    for (name, value) in &environment {
        if let Some(path) = name.strip_prefix(PREFIX) {
            let path = path.to_lowercase();
            put(&mut tree, &path.split("__").collect::<Vec<_>>(), guess(value));
        }
    }
    put_flags(&mut tree, flags);
    let config = parse(tree, "the environment".to_owned())?;
    check(&config)?;
    Ok(config)
}

fn read_file(path: &Path) -> Result<Table, ConfigError> {
    let unreadable = |reason: String| ConfigError::Unreadable { path: path.to_owned(), reason };
    let text = std::fs::read_to_string(path).map_err(|error| unreadable(error.to_string()))?;
    text.parse::<Table>().map_err(|error| unreadable(error.message().to_owned()))
}

fn parse(tree: Table, source_name: String) -> Result<Config, ConfigError> {
    Config::deserialize(Value::Table(tree)).map_err(|error| {
        let message = error.to_string().lines().collect::<Vec<_>>().join(" ");
        ConfigError::Wrong { source_name, message }
    })
}

/// The names that the older systems' deployments set.
fn put_older_names(tree: &mut Table, environment: &BTreeMap<String, String>) -> Result<(), ConfigError> {
    let text = |value: &String| Value::String(value.clone());
    if let Some(port) = environment.get("PORT") {
        let message = format!("'{port}' is no port number");
        let port = port.parse::<u16>().map_err(|_| ConfigError::Wrong { source_name: "PORT".to_owned(), message })?;
        put(tree, &["portal", "listen"], Value::String(format!("127.0.0.1:{port}")));
    }
    if let Some(folder) = environment.get("DATA_DIR") {
        put(tree, &["data", "dir"], text(folder));
    }
    if let Some(folder) = environment.get("UPLOAD_DIR") {
        put(tree, &["blobs", "url"], text(folder));
    }
    if let Some(secret) = environment.get("JWT_SECRET") {
        put(tree, &["auth", "jwt_secret"], text(secret));
    }
    if let Some(origins) = environment.get("ALLOWED_ORIGINS") {
        let origins = origins.split(',').map(str::trim).filter(|origin| !origin.is_empty());
        put(
            tree,
            &["portal", "allowed_origins"],
            Value::Array(origins.map(|origin| Value::String(origin.to_owned())).collect()),
        );
    }
    Ok(())
}

fn put_flags(tree: &mut Table, flags: &Flags) {
    let mut put_text = |path: [&str; 2], value: Option<String>| {
        if let Some(value) = value {
            put(tree, &path, Value::String(value));
        }
    };
    put_text(["data", "dir"], flags.data_dir.as_ref().map(|path| path.display().to_string()));
    put_text(["portal", "listen"], flags.listen.map(|address| address.to_string()));
    put_text(["agents", "listen"], flags.agent_listen.map(|address| address.to_string()));
    put_text(["database", "url"], flags.database_url.clone());
}

fn put(tree: &mut Table, path: &[&str], value: Value) {
    let Some((key, rest)) = path.split_first() else { return };
    if rest.is_empty() {
        tree.insert((*key).to_owned(), value);
        return;
    }
    let section = tree.entry(*key).or_insert_with(|| Value::Table(Table::new()));
    if let Value::Table(section) = section {
        put(section, rest, value);
    }
}

/// The environment knows only text: what reads as a TOML number, truth value or list is one.
fn guess(text: &str) -> Value {
    let literal = format!("value = {text}").parse::<Table>().ok().and_then(|mut table| table.remove("value"));
    match literal {
        Some(value @ (Value::Integer(_) | Value::Boolean(_) | Value::Array(_))) => value,
        _ => Value::String(text.to_owned()),
    }
}

fn check(config: &Config) -> Result<(), ConfigError> {
    let impossible = |message: &str| Err(ConfigError::Impossible(message.to_owned()));
    config.presence.rules().validate()?;
    if config.beat_every_ms() * 2 >= config.presence.offline_after.ms() {
        return impossible("agents.beat_every must be less than half of presence.offline_after");
    }
    if let Some(fault) = config.live.fault() {
        return impossible(fault);
    }
    if config.presence.checkpoint_every.ms() == 0 {
        return impossible("presence.checkpoint_every must be longer than nothing");
    }
    if config.auth.jwt_secret.as_ref().is_some_and(|secret| secret.expose().len() < 32) {
        return impossible("auth.jwt_secret must have at least 32 characters");
    }
    if config.auth.access_ttl.ms() > 15 * 60 * 1000 {
        return impossible("auth.access_ttl must be at most 15m");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn environment(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    fn file(text: &str) -> (tempfile::NamedTempFile, Flags) {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), text).unwrap();
        let flags = Flags { config: Some(file.path().to_owned()), ..Flags::default() };
        (file, flags)
    }

    #[test]
    fn flags_win_over_the_environment_and_that_over_the_file() {
        let (_file, mut flags) = file("[portal]\nlisten = '127.0.0.1:1'\nworkers = 7\n[data]\ndir = 'from-file'");
        let variables = environment(&[("MUSTER__PORTAL__LISTEN", "127.0.0.1:2"), ("MUSTER__DATA__DIR", "from-env")]);
        flags.listen = Some(SocketAddr::from(([127, 0, 0, 1], 3)));
        let config = load(&flags, variables).unwrap();
        assert_eq!(config.portal.listen.port(), 3);
        assert_eq!(config.portal.workers, 7);
        assert_eq!(config.data.dir, PathBuf::from("from-env"));
    }

    #[test]
    fn unknown_keys_are_refused_in_the_file_and_in_the_environment() {
        let (_file, flags) = file("[portal]\nlisen = '127.0.0.1:1'");
        assert!(load(&flags, []).unwrap_err().to_string().contains("lisen"));
        let wrong = environment(&[("MUSTER__PRESENCE__OFLINE", "3s")]);
        assert!(load(&Flags::default(), wrong).unwrap_err().to_string().contains("ofline"));
    }

    #[test]
    fn names_of_the_older_systems_still_work() {
        let variables = environment(&[
            ("PORT", "5000"),
            ("DATA_DIR", "/srv/muster"),
            ("JWT_SECRET", "0123456789abcdef0123456789abcdef"),
            ("ALLOWED_ORIGINS", "https://a.example, https://b.example"),
        ]);
        let config = load(&Flags::default(), variables).unwrap();
        assert_eq!(config.portal.listen.port(), 5000);
        assert_eq!(config.portal.allowed_origins, ["https://a.example", "https://b.example"]);
        assert_eq!(config.data.dir, PathBuf::from("/srv/muster"));
    }

    #[test]
    fn values_that_do_not_go_together_are_refused() {
        let cases: &[(&str, &str, &str)] = &[
            ("MUSTER__AGENTS__BEAT_EVERY", "1m", "beat_every"),
            ("MUSTER__PRESENCE__OFFLINE_AFTER", "soon", "no duration"),
            ("JWT_SECRET", "short", "32 characters"),
            ("MUSTER__AUTH__ACCESS_TTL", "2h", "15m"),
            ("PORT", "http", "no port"),
        ];
        for (name, value, part) in cases {
            let error = load(&Flags::default(), environment(&[(name, value)])).unwrap_err().to_string();
            assert!(error.contains(part), "{name}={value}: {error}");
        }
    }

    #[test]
    fn the_printed_tree_shows_no_secret_and_reads_back() {
        let variables = environment(&[("JWT_SECRET", "0123456789abcdef0123456789abcdef")]);
        let printed = toml::to_string(&load(&Flags::default(), variables).unwrap()).unwrap();
        assert!(!printed.contains("0123456789abcdef"));
        let defaults = toml::to_string(&Config::default()).unwrap();
        assert_eq!(toml::from_str::<Config>(&defaults).unwrap(), Config::default());
    }
}
