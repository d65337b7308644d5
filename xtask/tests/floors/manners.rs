//! Names, promises for later, exceptions without a reason.

use crate::source::{Source, root, sources};

/// Names that say nothing about what is inside.
const EMPTY_NAMES: [&str; 9] = ["util", "utils", "common", "helper", "helpers", "manager", "data", "misc", "functions"];

/// Promises for later belong into an issue. Spelled in two parts, so that this file does not break its own law.
const PROMISES: [&str; 4] = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X"), concat!("HA", "CK")];

fn report(offences: Vec<String>) {
    assert!(offences.is_empty(), "\n{}", offences.join("\n"));
}

/// Each line of `source` that `is_offence`, as `path:line: text`.
fn lines_where(source: &Source, is_offence: impl Fn(&str) -> bool) -> Vec<String> {
    let lines = source.text.lines().enumerate().filter(|(_, line)| is_offence(line));
    lines.map(|(index, line)| format!("{}:{}: {}", source.path, index + 1, line.trim())).collect()
}

#[test]
fn no_file_or_folder_has_an_empty_name() {
    let mut offences = Vec::new();
    for source in sources(&[".rs", ".ts", ".tsx"]) {
        let mut parts = source.path.split('/').map(|part| part.split('.').next().unwrap_or(part));
        if parts.any(|part| EMPTY_NAMES.contains(&part.to_lowercase().as_str())) {
            offences.push(source.path);
        }
    }
    report(offences);
}

#[test]
fn nothing_is_promised_for_later() {
    let sources = sources(&[".rs", ".ts", ".tsx", ".css", ".surql", ".toml", ".md", ".sh"]);
    let is_word = |line: &str, word: &str| line.split(|c: char| !c.is_alphanumeric()).any(|part| part == word);
    report(
        sources
            .iter()
            .flat_map(|source| lines_where(source, |line| PROMISES.iter().any(|promise| is_word(line, promise))))
            .collect(),
    );
}

#[test]
fn no_test_is_left_out() {
    let left_out =
        [concat!("#[ig", "nore"), concat!("it.sk", "ip("), concat!("test.sk", "ip("), concat!("test.on", "ly(")];
    let sources = sources(&[".rs", ".ts", ".tsx", ".mjs"]);
    report(
        sources
            .iter()
            .flat_map(|source| lines_where(source, |line| left_out.iter().any(|word| line.contains(word))))
            .collect(),
    );
}

#[test]
fn every_exception_from_a_lint_says_why() {
    let mut offences = Vec::new();
    for source in sources(&[".rs"]) {
        for attribute in attributes(&source.text).filter(|attribute| !attribute.contains("reason")) {
            offences.push(format!("{}: {attribute}", source.path));
        }
    }
    report(offences);
}

/// Every `allow` and `expect` attribute of `text`, on however many lines.
fn attributes(text: &str) -> impl Iterator<Item = &str> {
    let openings =
        [concat!("#[al", "low("), concat!("#![al", "low("), concat!("#[exp", "ect("), concat!("#![exp", "ect(")];
    openings.into_iter().flat_map(move |opening| {
        text.match_indices(opening).map(|(at, _)| {
            let rest = &text[at..];
            &rest[..rest.find(")]").map_or(rest.len(), |end| end + 2)]
        })
    })
}

#[test]
fn attributes_are_found_on_one_line_and_on_several() {
    let text = concat!("#[al", "low(dead_code)]\nfn f() {}\n#[exp", "ect(\n    a,\n    reason = \"b\"\n)]");
    let found: Vec<_> = attributes(text).collect();
    assert_eq!(found.len(), 2);
    assert!(!found[0].contains("reason") && found[1].contains("reason"));
}

#[test]
fn every_crate_says_what_it_is_and_obeys_the_lints() {
    let mut offences = Vec::new();
    for manifest in sources(&["Cargo.toml"]).iter().filter(|source| source.text.contains("[package]")) {
        if !manifest.text.contains("[lints]\nworkspace = true") {
            offences.push(format!("{}: no `[lints] workspace = true`", manifest.path));
        }
        let folder = root().join(&manifest.path).parent().unwrap().join("src");
        for name in ["lib.rs", "main.rs"] {
            let is_silent = std::fs::read_to_string(folder.join(name)).is_ok_and(|text| !text.starts_with("//!"));
            if is_silent {
                offences.push(format!("{}: src/{name} does not begin with what it is", manifest.path));
            }
        }
    }
    report(offences);
}
