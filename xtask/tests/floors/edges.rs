//! Floors: an import that is not in this table does not exist. A new edge is a decision, so it changes this file.

use std::collections::BTreeSet;
use std::process::Command;

use serde_json::Value;

use crate::source::root;

/// Which of our crates each of our crates may import, in code and in tests.
const FLOORS: [(&str, &[&str]); 9] = [
    ("muster-protocol", &[]),
    ("muster-domain", &["muster-protocol"]),
    ("muster-media", &["muster-protocol", "muster-domain"]),
    ("muster-db", &["muster-protocol", "muster-domain"]),
    ("muster-actors", &["muster-protocol", "muster-domain", "muster-media", "muster-db"]),
    ("muster", &["muster-protocol", "muster-domain", "muster-media", "muster-db", "muster-actors", "muster-loadtest"]),
    ("muster-agent", &["muster-protocol", "muster-domain", "muster-media"]),
    ("muster-loadtest", &["muster-protocol"]),
    ("xtask", &[]),
];

/// Who alone may import what. A name that ends in `*` is a prefix. The agent has `image` for its tests, which look at what was
/// captured; `words.rs` keeps it out of what runs.
const RESERVED: [(&str, &[&str]); 7] = [
    ("surrealdb*", &["muster-db"]),
    ("object_store", &["muster-db"]),
    ("chacha20poly1305", &["muster-db"]),
    ("actix*", &["muster-actors", "muster"]),
    ("webrtc*", &["muster-media"]),
    ("image", &["muster-media", "muster-loadtest", "muster-agent"]),
    ("jsonwebtoken", &["muster"]),
];

/// What the floors without IO may not even know.
const PURE: [&str; 2] = ["muster-protocol", "muster-domain"];
const IMPURE: [&str; 6] = ["tokio", "futures-util", "reqwest", "tracing", "metrics", "rand"];

/// The packages of the workspace: name, and the names of what each depends on.
fn packages() -> Vec<(String, BTreeSet<String>)> {
    let metadata: Value = serde_json::from_str(&cargo(&["metadata", "--format-version", "1", "--no-deps"])).unwrap();
    let name_of = |value: &Value| value["name"].as_str().unwrap().to_owned();
    let dependencies = |package: &Value| package["dependencies"].as_array().unwrap().iter().map(name_of).collect();
    metadata["packages"].as_array().unwrap().iter().map(|package| (name_of(package), dependencies(package))).collect()
}

/// What cargo says in this workspace.
fn cargo(arguments: &[&str]) -> String {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(program).args(arguments).current_dir(root()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn matches(pattern: &str, name: &str) -> bool {
    pattern.strip_suffix('*').map_or(name == pattern, |prefix| name.starts_with(prefix))
}

#[test]
fn crates_import_only_from_the_floors_below() {
    let packages = packages();
    let ours: BTreeSet<&str> = packages.iter().map(|(name, _)| name.as_str()).collect();
    let table: BTreeSet<&str> = FLOORS.iter().map(|(name, _)| *name).collect();
    assert_eq!(ours, table, "every crate of the workspace has its floor");
    for (name, permitted) in FLOORS {
        let (_, dependencies) = packages.iter().find(|(package, _)| package == name).unwrap();
        for dependency in dependencies.iter().filter(|dependency| ours.contains(dependency.as_str())) {
            assert!(permitted.contains(&dependency.as_str()), "{name} may not import {dependency}");
        }
    }
}

#[test]
fn heavy_dependencies_stay_in_their_crates() {
    for (name, dependencies) in packages() {
        for dependency in &dependencies {
            for (pattern, permitted) in RESERVED {
                let is_permitted = !matches(pattern, dependency) || permitted.contains(&name.as_str());
                assert!(is_permitted, "{name} may not import {dependency}: that belongs to {permitted:?}");
            }
        }
    }
}

#[test]
fn pure_crates_know_no_runtime() {
    for (name, dependencies) in packages().into_iter().filter(|(name, _)| PURE.contains(&name.as_str())) {
        let found: Vec<_> = dependencies.iter().filter(|dependency| IMPURE.contains(&dependency.as_str())).collect();
        assert!(found.is_empty(), "{name} imports {found:?}");
    }
}

/// `cargo xtask run` builds without the tests' dependencies. If one of those turned on a feature of a library that the
/// database uses, everything above it would be compiled a second time, for minutes, whenever one changes between both.
#[test]
fn what_the_tests_import_does_not_rebuild_what_runs() {
    let run = features("normal,build");
    let tested = features("normal,build,dev");
    let rebuilt: Vec<_> = run.difference(&tested).collect();
    assert!(rebuilt.is_empty(), "with the tests these get other features: {rebuilt:#?}");
}

/// Every package with the features it is built with, one per line, when dependencies of these `kinds` are asked for.
fn features(kinds: &str) -> BTreeSet<String> {
    let arguments = ["tree", "--workspace", "--prefix", "none", "--format", "{p} {f}", "--edges", kinds];
    let tree = cargo(&arguments);
    let lines = tree.lines().map(|line| line.trim_end_matches(" (*)"));
    lines.filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

#[test]
fn a_pattern_is_a_name_or_a_prefix() {
    assert!(matches("actix*", "actix-web") && matches("image", "image"));
    assert!(!matches("image", "image-webp") && !matches("actix*", "tokio"));
}
