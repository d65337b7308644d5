//! Making files outlive a loss of power.

use std::fs::File;
use std::io;
use std::path::Path;

/// Syncs a file, and its name in each folder from its own up to `root`.
pub(crate) fn sync_file_and_folders(file: &Path, root: &Path) -> io::Result<()> {
    File::open(file)?.sync_all()?;
    for folder in file.ancestors().skip(1).take_while(|folder| folder.starts_with(root)) {
        sync_folder(folder)?;
    }
    Ok(())
}

/// Syncs the names in a folder. Windows cannot, and does it by itself.
pub(crate) fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}
