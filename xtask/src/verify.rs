//! `cargo xtask test` and `cargo xtask check`.

use std::process::Command;

use crate::failure::Failure;
use crate::hub::Profile;
use crate::steps::Steps;
use crate::{browser, desktop, program, web, workspace};

/// The crates that need neither database nor actors: built and tested in seconds.
const QUICK_CRATES: [&str; 4] = ["muster-protocol", "muster-domain", "muster-media", "xtask"];

/// Where the browser tests look for the programs that they start.
const PROGRAMS: [(&str, &str); 3] =
    [("MUSTER_BIN", "muster"), ("MUSTER_AGENT_BIN", "muster-agent"), ("MUSTER_LOADTEST_BIN", "muster-loadtest")];

/// Everything. The portal comes before the hub's tests, because the hub embeds it.
pub fn test() -> Result<(), Failure> {
    let mut steps = Steps::begin();
    steps.step("format", check_format)?;
    steps.step("portal: install", || web::install("web"))?;
    steps.step("portal: lint, types, tests, build", || program::succeed(program::npm("web").args(["run", "check"])))?;
    steps.step("clippy", || {
        let all = ["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"];
        program::succeed(program::cargo().args(all))
    })?;
    steps.step("desktop", desktop::ensure)?;
    // Tests of one program start another: the agent's the hub, the hub's the load generator.
    steps.step("programs", || program::succeed(program::cargo().args(["build", "--workspace", "--bins"])))?;
    steps.step("cargo test", || program::succeed(program::cargo().args(["test", "--workspace", "--no-fail-fast"])))?;
    test_in_browser(&mut steps)?;
    steps.finish();
    Ok(())
}

/// The part that is worth waiting for after every change.
pub fn check() -> Result<(), Failure> {
    let mut steps = Steps::begin();
    steps.step("format", check_format)?;
    steps.step("clippy (quick crates)", || {
        let mut cargo = program::cargo();
        program::succeed(select_quick(cargo.arg("clippy")).args(["--all-targets", "--", "-D", "warnings"]))
    })?;
    steps.step("cargo test (quick crates)", || {
        let mut cargo = program::cargo();
        program::succeed(select_quick(cargo.arg("test")))
    })?;
    steps.step("portal: install", || web::install("web"))?;
    steps.step("portal: lint", || program::succeed(program::npm("web").args(["run", "lint"])))?;
    steps.step("portal: types", || program::succeed(program::npm("web").args(["run", "check:types"])))?;
    steps.finish();
    Ok(())
}

fn check_format() -> Result<(), Failure> {
    program::succeed(program::cargo().args(["fmt", "--all", "--check"]))
}

fn select_quick(cargo: &mut Command) -> &mut Command {
    cargo.args(QUICK_CRATES.iter().flat_map(|name| ["--package", name]))
}

/// The real programs in a real browser.
fn test_in_browser(steps: &mut Steps) -> Result<(), Failure> {
    if !workspace::root().join("e2e/package.json").exists() {
        eprintln!("\nxtask: browser tests: left out, this checkout has no e2e/package.json");
        return Ok(());
    }
    steps.step("browser tests: install", || web::install("e2e"))?;
    let mut chromium = None;
    steps.step("browser", || browser::ensure().map(|path| chromium = Some(path)))?;
    steps.step("browser tests", || {
        let mut npm = program::npm("e2e");
        npm.args(["test"]);
        for (variable, program) in PROGRAMS {
            npm.env(variable, Profile::Development.binary(program)?);
        }
        npm.envs(chromium.map(|path| ("CHROMIUM_BIN", path)));
        program::succeed(&mut npm)
    })
}
