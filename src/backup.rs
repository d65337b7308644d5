//! `muster backup FILE` and `muster restore FILE`: the whole data folder as one archive, while the hub does not run.
//!
//! The archive holds the keys as well, because pictures are worth nothing without them: it is readable by its owner alone and
//! belongs where the keys may be.

use std::fs::{File, OpenOptions};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use muster_db::DataFolder;

use crate::config::Config;
use crate::doctor;
use crate::serve::ServeError;

/// Writes the data folder to `file`, which must not exist yet and lie elsewhere. What could not be written whole is
/// deleted again.
pub fn backup(config: &Config, file: &Path) -> Result<(), ServeError> {
    let folder = own_folder(config)?;
    let _claimed = DataFolder::claim(&folder.join("db"))?;
    let failed = |error: std::io::Error| ServeError::Other(format!("cannot write {}: {error}", file.display()));
    if lies_in(folder, file).map_err(failed)? {
        let reason = "it lies in the data folder, and would hold itself";
        return Err(ServeError::Other(format!("cannot write {}: {reason}", file.display())));
    }
    let archive = OpenOptions::new().write(true).create_new(true).mode(0o600).open(file).map_err(failed)?;
    write(folder, archive).map_err(|error| {
        let _ = std::fs::remove_file(file);
        failed(error)
    })?;
    println!("muster: wrote {} to {}; it holds the keys, keep it as safe as them", folder.display(), file.display());
    Ok(())
}

fn lies_in(folder: &Path, file: &Path) -> std::io::Result<bool> {
    let parent = file.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    Ok(parent.canonicalize()?.starts_with(folder.canonicalize()?))
}

fn write(folder: &Path, archive: File) -> std::io::Result<()> {
    let mut builder = tar::Builder::new(archive);
    builder.append_dir_all(".", folder)?;
    builder.into_inner()?.sync_all()
}

/// Fills an empty data folder from `file` and checks the result.
pub fn restore(config: Config, file: &Path) -> Result<(), ServeError> {
    let folder = own_folder(&config)?.to_owned();
    let unusable = |error: std::io::Error| ServeError::DataFolder { path: folder.clone(), reason: error.to_string() };
    std::fs::create_dir_all(&folder).map_err(unusable)?;
    if std::fs::read_dir(&folder).map_err(unusable)?.next().is_some() {
        return Err(ServeError::DataFolder {
            path: folder,
            reason: "it is not empty; restore fills an empty one".to_owned(),
        });
    }
    let failed = |error: std::io::Error| ServeError::Other(format!("cannot read {}: {error}", file.display()));
    let mut archive = tar::Archive::new(File::open(file).map_err(failed)?);
    archive.set_preserve_permissions(true);
    archive.unpack(&folder).map_err(failed)?;
    doctor::run(config)
}

/// The data folder, if the database lives in it: a database elsewhere has its own backup.
fn own_folder(config: &Config) -> Result<&Path, ServeError> {
    match &config.database.url {
        None => Ok(&config.data.dir),
        Some(_) => {
            Err(ServeError::Other("this database is not in the data folder; back it up with its own tools".to_owned()))
        }
    }
}
