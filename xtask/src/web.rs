//! The portal's pages. The hub embeds `web/dist`, so they are built before it is compiled.

use std::path::Path;
use std::time::SystemTime;

use crate::failure::Failure;
use crate::{program, workspace};

/// Everything that the pages are made of. A change to one of these makes `web/dist` stale.
const SOURCES: [&str; 7] =
    ["src", "public", "scripts", "index.html", "package.json", "package-lock.json", "vite.config.ts"];

/// Installs and builds the pages, if their sources are newer than what was built last.
pub fn build_if_stale() -> Result<(), Failure> {
    let web = workspace::root().join("web");
    let built_at = modified_at(&web.join("dist/index.html"));
    let changed_at = SOURCES.iter().filter_map(|source| newest_in(&web.join(source))).max();
    if built_at.is_some() && built_at >= changed_at {
        return Ok(());
    }
    eprintln!("xtask: building the portal (its sources are newer than web/dist)");
    install("web")?;
    program::succeed(program::npm("web").args(["run", "build"]))
}

/// `npm ci` in `folder`, unless what is installed is what the lock file says.
pub fn install(folder: &str) -> Result<(), Failure> {
    let folder_path = workspace::root().join(folder);
    let locked_at = modified_at(&folder_path.join("package-lock.json"));
    let installed_at = modified_at(&folder_path.join("node_modules/.package-lock.json"));
    if installed_at.is_some() && installed_at >= locked_at {
        return Ok(());
    }
    program::succeed(program::npm(folder).args(["ci", "--no-audit", "--no-fund"]))
}

/// When the newest file in `path`, a file or a folder, was changed.
fn newest_in(path: &Path) -> Option<SystemTime> {
    let Ok(entries) = std::fs::read_dir(path) else {
        return modified_at(path);
    };
    entries.flatten().filter_map(|entry| newest_in(&entry.path())).max()
}

fn modified_at(path: &Path) -> Option<SystemTime> {
    path.metadata().and_then(|metadata| metadata.modified()).ok()
}
