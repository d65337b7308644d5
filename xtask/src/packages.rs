//! Programs of the system that the tests need: found, or installed where that is possible without asking.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::failure::Failure;
use crate::program;

/// Where `name` lies, if it is on the path.
pub fn on_path(name: &str) -> Option<PathBuf> {
    let folders = std::env::var_os("PATH")?;
    std::env::split_paths(&folders).map(|folder| folder.join(name)).find(|path| Path::is_file(path))
}

/// Whether packages can be installed without asking anybody: as root on a system with apt.
pub fn can_install() -> bool {
    let id = Command::new("id").arg("-u").stderr(Stdio::null()).output();
    id.is_ok_and(|output| output.stdout.trim_ascii() == b"0") && on_path("apt-get").is_some()
}

/// Installs `packages` of the distribution.
pub fn install(packages: &[&str]) -> Result<(), Failure> {
    program::succeed(Command::new("apt-get").args(["update", "-q"]))?;
    let mut install = Command::new("apt-get");
    install.args(["install", "-q", "-y", "--no-install-recommends"]).args(packages);
    program::succeed(install.env("DEBIAN_FRONTEND", "noninteractive"))
}
