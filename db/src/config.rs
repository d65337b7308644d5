//! Where the database is.

use std::path::PathBuf;
use std::time::Duration;

use crate::DbError;

/// No query of this crate needs longer on a sound machine; a longer one means that the disk or the server is in
/// trouble.
const QUERY_TIMEOUT: Duration = Duration::from_secs(10);

/// How to reach the database.
#[derive(Clone, Debug)]
pub struct DatabaseConfig {
    /// `surrealkv://FOLDER` (each commit is on disk before it returns, unless `?sync=` says otherwise), `mem://`
    /// (nothing is kept), or a server: `ws://HOST`, `wss://HOST`.
    pub url: String,
    /// For a server only.
    pub credentials: Option<Credentials>,
    pub namespace: String,
    pub database: String,
    /// A query that takes longer is [`DbError::Unavailable`].
    pub query_timeout: Duration,
}

/// A user of a database server.
#[derive(Clone)]
pub struct Credentials {
    pub user: String,
    pub password: String,
}

impl std::fmt::Debug for Credentials {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Credentials").field("user", &self.user).finish_non_exhaustive()
    }
}

impl DatabaseConfig {
    /// The defaults for `url`: namespace `muster`, database `hub`, ten seconds for a query.
    #[must_use]
    pub fn at(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            credentials: None,
            namespace: "muster".into(),
            database: "hub".into(),
            query_timeout: QUERY_TIMEOUT,
        }
    }

    pub(crate) fn engine(&self) -> Result<EngineAddress, DbError> {
        if self.url == "mem://" {
            return Ok(EngineAddress::Memory);
        }
        if self.url.starts_with("ws://") || self.url.starts_with("wss://") {
            return Ok(EngineAddress::Server);
        }
        let invalid = || DbError::InvalidUrl(self.url.clone());
        let rest = self.url.strip_prefix("surrealkv://").ok_or_else(invalid)?;
        let (folder, options) = rest.split_once('?').unwrap_or((rest, ""));
        if folder.is_empty() {
            return Err(invalid());
        }
        let says_sync = options.split('&').any(|option| option.starts_with("sync="));
        let joint = if rest.contains('?') { "&" } else { "?" };
        let url = if says_sync { self.url.clone() } else { format!("{}{joint}sync=every", self.url) };
        Ok(EngineAddress::Folder { folder: folder.into(), url })
    }
}

/// A checked address.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum EngineAddress {
    Memory,
    Server,
    Folder { folder: PathBuf, url: String },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_synced_on_every_commit_unless_said_otherwise() {
        for (given, opened) in [
            ("surrealkv:///srv/db", "surrealkv:///srv/db?sync=every"),
            ("surrealkv:///srv/db?versioned=true", "surrealkv:///srv/db?versioned=true&sync=every"),
            ("surrealkv:///srv/db?sync=1s", "surrealkv:///srv/db?sync=1s"),
        ] {
            let address = DatabaseConfig::at(given).engine().unwrap();
            assert_eq!(address, EngineAddress::Folder { folder: "/srv/db".into(), url: opened.into() });
        }
    }

    #[test]
    fn other_engines_are_refused() {
        for bad in ["", "rocksdb:///x", "surrealkv://", "http://x", "/srv/db"] {
            assert!(matches!(DatabaseConfig::at(bad).engine(), Err(DbError::InvalidUrl(_))), "{bad}");
        }
    }

    #[test]
    fn a_password_is_not_printed() {
        let credentials = Credentials { user: "root".into(), password: "s3cret".into() };
        assert!(!format!("{credentials:?}").contains("s3cret"));
    }
}
