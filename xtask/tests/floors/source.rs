//! The source files of this workspace.

use std::path::{Path, PathBuf};

/// Folders that hold nothing that a person wrote here.
const SKIPPED: [&str; 7] = ["target", "node_modules", ".git", "dist", "data", "generated", "test-results"];

/// One file, with its path from the root of the workspace, written with `/`.
pub struct Source {
    pub path: String,
    pub text: String,
}

impl Source {
    /// The name without the folders.
    pub fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }

    /// Tests and benchmarks in files of their own.
    pub fn is_test(&self) -> bool {
        let mut folders = self.path.split('/');
        folders.any(|folder| matches!(folder, "tests" | "benches" | "e2e"))
            || self.path.contains(".test.")
            || self.path.ends_with("_test.rs")
    }

    /// The lines that are compiled into a program, numbered from 1: no comments, and nothing after the unit tests begin.
    pub fn code_lines(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self.text.lines().enumerate().map(|(index, line)| (index + 1, line));
        let before_tests = lines.take_while(|(_, line)| line.trim() != "#[cfg(test)]");
        before_tests.map(|(number, line)| (number, without_comment(line))).filter(|(_, line)| !line.trim().is_empty())
    }
}

/// The root of the workspace.
pub fn root() -> PathBuf {
    let own_folder = std::env::var_os("CARGO_MANIFEST_DIR").expect("cargo says it when it runs a test");
    Path::new(&own_folder).parent().unwrap().to_path_buf()
}

/// Every file whose name ends in one of `endings`.
pub fn sources(endings: &[&str]) -> Vec<Source> {
    let root = root();
    let mut found = Vec::new();
    collect(&root, &root, endings, &mut found);
    assert!(!found.is_empty(), "no file ends in {endings:?}: is this the workspace?");
    found
}

fn collect(root: &Path, folder: &Path, endings: &[&str], found: &mut Vec<Source>) {
    let mut entries: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() && !SKIPPED.contains(&name.as_str()) {
            collect(root, &path, endings, found);
        } else if path.is_file() && endings.iter().any(|ending| name.ends_with(ending)) {
            let relative = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
            found.push(Source { path: relative, text: std::fs::read_to_string(&path).unwrap() });
        }
    }
}

/// `line` up to `//`, unless that stands in an address such as `https://`.
fn without_comment(line: &str) -> &str {
    match line.find("//") {
        Some(0) => "",
        Some(at) if line.as_bytes()[at - 1] != b':' => &line[..at],
        _ => line,
    }
}
