//! What has to be on disk before it counts.

use std::path::Path;

/// Makes the names in `folder` safe: a file that was made or renamed is found after a loss of power only when its folder is on
/// disk too.
#[cfg(unix)]
pub(crate) fn sync_folder(folder: &Path) -> std::io::Result<()> {
    std::fs::File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
pub(crate) fn sync_folder(_folder: &Path) -> std::io::Result<()> {
    Ok(())
}
