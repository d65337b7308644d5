//! The folder of an embedded database: ours alone while we use it.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};

use crate::DbError;

/// Not `lock`: SurrealKV keeps a file `LOCK` in the same folder, and some file systems ignore case.
const LOCK_FILE: &str = "muster.lock";
/// Where SurrealKV writes a commit first.
const LOG_FOLDER: &str = "wal";

/// Holds the folder's exclusive lock until it is dropped. The system releases it too when the process dies.
#[derive(Debug)]
pub struct DataFolder {
    path: PathBuf,
    _lock: File,
}

impl DataFolder {
    /// Creates `path` if it is missing and takes its lock, without waiting.
    pub fn claim(path: &Path) -> Result<Self, DbError> {
        let unwritable =
            |error: std::io::Error| DbError::DataFolderUnwritable { path: path.to_owned(), reason: error.to_string() };
        std::fs::create_dir_all(path).map_err(unwritable)?;
        let lock = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(false)
            .open(path.join(LOCK_FILE))
            .map_err(unwritable)?;
        match lock.try_lock() {
            Ok(()) => Ok(Self { path: path.to_owned(), _lock: lock }),
            Err(TryLockError::WouldBlock) => Err(DbError::DataFolderInUse { path: path.to_owned() }),
            Err(TryLockError::Error(error)) => Err(unwritable(error)),
        }
    }

    /// Whether the database in it was not closed: only then does its log hold anything.
    pub fn was_left_open(&self) -> bool {
        let entries = std::fs::read_dir(self.path.join(LOG_FOLDER)).into_iter().flatten().flatten();
        entries.filter_map(|entry| entry.metadata().ok()).any(|entry| entry.is_file() && entry.len() > 0)
    }
}
