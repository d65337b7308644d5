//! The browser of the browser tests: the one that is there, or the distribution's.

use std::path::PathBuf;

use crate::failure::Failure;
use crate::packages::{self, on_path};

const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// Finds Chromium, or installs it where that is possible without asking.
pub fn ensure() -> Result<PathBuf, Failure> {
    if let Some(path) = find() {
        return Ok(path);
    }
    if !packages::can_install() {
        return Err(Failure::new(
            "the browser tests need Chromium: install the package 'chromium' or set CHROMIUM_BIN to a Chrome or Chromium",
        ));
    }
    eprintln!("xtask: no browser found, installing the package 'chromium'");
    packages::install(&["chromium"])?;
    find().ok_or_else(|| Failure::new("the package 'chromium' was installed, but there is no program of that name"))
}

fn find() -> Option<PathBuf> {
    let chosen = std::env::var_os("CHROMIUM_BIN").map(PathBuf::from);
    chosen.filter(|path| path.is_file()).or_else(|| NAMES.iter().find_map(|name| on_path(name)))
}
