//! `cargo xtask openapi`: the description of the REST interface, and the portal's types made from it.

use std::process::Command;

use crate::failure::Failure;
use crate::hub::{self, Profile};
use crate::{program, web, workspace};

/// Asks the hub for its description, keeps it in the repository and generates `web/src/api/generated`.
pub fn openapi() -> Result<(), Failure> {
    let binary = hub::build(Profile::Development)?;
    let description = program::output_of(Command::new(binary).arg("openapi"))?;
    let path = workspace::root().join("docs/openapi.json");
    std::fs::write(&path, description)
        .map_err(|error| Failure::new(format!("cannot write docs/openapi.json: {error}")))?;
    web::install("web")?;
    program::succeed(program::npm("web").args(["run", "generate"]))
}
