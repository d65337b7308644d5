//! Building the hub and finding its binary.

use std::path::PathBuf;

use crate::failure::Failure;
use crate::{program, web, workspace};

/// How the hub is compiled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// Dependencies optimised, own code not. Shared with the tests, so everything is built once.
    Development,
    /// What is shipped and measured.
    Release,
}

/// Builds the portal if it is stale, then the hub, and returns the binary.
///
/// `--workspace` although one binary is wanted: cargo unites the features of all packages that it is asked for, and with the
/// same question as the tests it finds the same answer instead of compiling the database a second time.
pub fn build(profile: Profile) -> Result<PathBuf, Failure> {
    web::build_if_stale()?;
    let mut cargo = program::cargo();
    cargo.args(["build", "--workspace", "--bin", "muster"]);
    if profile == Profile::Release {
        cargo.arg("--release");
    }
    program::succeed(&mut cargo)?;
    profile.binary("muster")
}

impl Profile {
    /// Where `program` lies once it is built like this.
    pub fn binary(self, program: &str) -> Result<PathBuf, Failure> {
        let folder = match self {
            Self::Development => "debug",
            Self::Release => "release",
        };
        Ok(workspace::built(folder)?.join(format!("{program}{}", std::env::consts::EXE_SUFFIX)))
    }
}
