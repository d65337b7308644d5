//! `cargo xtask bench`: the benchmarks of every crate that has some.

use crate::failure::Failure;
use crate::{program, workspace};

/// The crates that may have benchmarks, with their folders. Whole-hub figures come from `muster-loadtest` instead.
const CRATES: [(&str, &str); 5] = [
    ("protocol", "muster-protocol"),
    ("domain", "muster-domain"),
    ("media", "muster-media"),
    ("db", "muster-db"),
    ("actors", "muster-actors"),
];

/// Runs them one crate after the other; `arguments` go to criterion.
pub fn bench(arguments: &[String]) -> Result<(), Failure> {
    let root = workspace::root();
    for (folder, package) in CRATES {
        if root.join(folder).join("benches").is_dir() {
            let mut cargo = program::cargo();
            cargo.args(["bench", "--package", package, "--benches", "--"]).args(arguments);
            program::succeed(&mut cargo)?;
        }
    }
    Ok(())
}
