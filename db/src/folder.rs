//! The folder of an embedded database: ours alone while we use it.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;

use crate::DbError;

/// Not `lock`: SurrealKV keeps a file `LOCK` in the same folder, and some file systems ignore case.
const LOCK_FILE: &str = "muster.lock";

/// Holds the folder's exclusive lock until it is dropped. The system releases it too when the process dies.
#[derive(Debug)]
pub struct DataFolder {
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
            Ok(()) => Ok(Self { _lock: lock }),
            Err(TryLockError::WouldBlock) => Err(DbError::DataFolderInUse { path: path.to_owned() }),
            Err(TryLockError::Error(error)) => Err(unwritable(error)),
        }
    }
}
