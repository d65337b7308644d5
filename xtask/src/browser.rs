//! The browser of the browser tests: the one that is there, or the distribution's.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::failure::Failure;
use crate::program;

const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// Finds Chromium, or installs it where that is possible without asking: as root on a system with apt.
pub fn ensure() -> Result<PathBuf, Failure> {
    if let Some(path) = find() {
        return Ok(path);
    }
    if !is_root() || on_path("apt-get").is_none() {
        return Err(Failure::new(
            "the browser tests need Chromium: install the package 'chromium' or set CHROMIUM_BIN to a Chrome or Chromium",
        ));
    }
    eprintln!("xtask: no browser found, installing the package 'chromium'");
    program::succeed(Command::new("apt-get").args(["update", "-q"]))?;
    let install = ["install", "-q", "-y", "--no-install-recommends", "chromium"];
    program::succeed(Command::new("apt-get").args(install).env("DEBIAN_FRONTEND", "noninteractive"))?;
    find().ok_or_else(|| Failure::new("the package 'chromium' was installed, but there is no program of that name"))
}

fn find() -> Option<PathBuf> {
    let chosen = std::env::var_os("CHROMIUM_BIN").map(PathBuf::from);
    chosen.filter(|path| path.is_file()).or_else(|| NAMES.iter().find_map(|name| on_path(name)))
}

fn on_path(name: &str) -> Option<PathBuf> {
    let folders = std::env::var_os("PATH")?;
    std::env::split_paths(&folders).map(|folder| folder.join(name)).find(|path| Path::is_file(path))
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").stderr(Stdio::null()).output();
    id.is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}
