//! One agent for each data folder: two would fight for one spool, and for one place at the hub.

use std::fs::{File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

const LOCK: &str = "lock";

/// The right to use a data folder. The system takes it back when the process ends, however it ends.
#[derive(Debug)]
pub struct Claim {
    _lock: File,
}

/// Why the folder cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ClaimError {
    #[error("the agent is running already")]
    Taken,
    #[error("the folder {folder} cannot be used: {error}")]
    Unusable { folder: PathBuf, error: io::Error },
}

/// Takes `folder`, which is made if it is not there.
pub fn claim(folder: &Path) -> Result<Claim, ClaimError> {
    let unusable = |error| ClaimError::Unusable { folder: folder.to_owned(), error };
    std::fs::create_dir_all(folder).map_err(unusable)?;
    let lock = File::options().create(true).truncate(false).write(true).open(folder.join(LOCK)).map_err(unusable)?;
    match lock.try_lock() {
        Ok(()) => Ok(Claim { _lock: lock }),
        Err(TryLockError::WouldBlock) => Err(ClaimError::Taken),
        Err(TryLockError::Error(error)) => Err(unusable(error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_taken_once_and_free_again_afterwards() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep/agent");
        let first = claim(&path).unwrap();
        assert!(matches!(claim(&path), Err(ClaimError::Taken)));
        drop(first);
        claim(&path).unwrap();
    }

    #[test]
    fn a_folder_that_cannot_be_made_is_said_with_its_name() {
        let refusal = claim(Path::new("/proc/muster")).unwrap_err().to_string();
        assert!(refusal.contains("/proc/muster"), "{refusal}");
    }
}
