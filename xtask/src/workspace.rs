//! Where things are.

use std::path::{Path, PathBuf};

use crate::failure::Failure;

/// The root of the workspace: the folder above this program's own.
pub fn root() -> PathBuf {
    let own_folder = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    Path::new(&own_folder).parent().map_or_else(|| PathBuf::from("."), Path::to_path_buf)
}

/// The folder into which cargo builds `profile_folder` ("debug", "release"): this program lies in one of them itself.
pub fn built(profile_folder: &str) -> Result<PathBuf, Failure> {
    let own =
        std::env::current_exe().map_err(|error| Failure::new(format!("cannot find the target folder: {error}")))?;
    let target = own.parent().and_then(Path::parent);
    target
        .map(|target| target.join(profile_folder))
        .ok_or_else(|| Failure::new("this program lies in no target folder"))
}
