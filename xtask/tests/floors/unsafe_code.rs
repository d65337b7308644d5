//! `unsafe` is said in two files, and each time with the reason why it is sound.

use crate::source::{Source, sources};

/// The interfaces of Windows and macOS are in C. Nothing else needs it.
const PLACES: [&str; 2] = ["agent/src/platform/macos.rs", "agent/src/platform/windows.rs"];
/// So far above a block its reason may begin.
const REASON_LINES_MAX: usize = 4;

#[test]
fn only_the_systems_interfaces_are_called_unsafely_and_each_call_says_why() {
    let mut offences = Vec::new();
    // This folder speaks of it.
    for source in sources(&[".rs"]).iter().filter(|source| !source.path.starts_with("xtask/tests/floors/")) {
        let is_place = PLACES.contains(&source.path.as_str());
        for (index, line) in unsafe_lines(source) {
            if !is_place {
                offences.push(format!("{}:{}: unsafe code belongs into {PLACES:?}: {line}", source.path, index + 1));
            } else if !line.starts_with("#![") && !has_reason(&source.text, index) {
                offences.push(format!("{}:{}: no `SAFETY:` comment above: {line}", source.path, index + 1));
            }
        }
    }
    assert!(offences.is_empty(), "\n{}", offences.join("\n"));
}

/// The lines, counted from 0, whose code says `unsafe` or lifts the lint against it.
fn unsafe_lines(source: &Source) -> impl Iterator<Item = (usize, &str)> {
    let is_unsafe = |line: &str| {
        let code = line.split("//").next().unwrap_or(line);
        code.split(|letter: char| letter.is_whitespace() || "({[,".contains(letter))
            .any(|word| word.starts_with("unsafe"))
    };
    source.text.lines().enumerate().filter(move |(_, line)| is_unsafe(line))
}

fn has_reason(text: &str, index: usize) -> bool {
    let above = text.lines().take(index).collect::<Vec<_>>();
    above.iter().rev().take(REASON_LINES_MAX).any(|line| line.trim_start().starts_with("// SAFETY:"))
}

#[test]
fn comments_texts_and_longer_words_are_not_unsafe_code() {
    let text = "// unsafe { }\nlet not_unsafe = \"'unsafe-inline'\";\nunsafe { f() }\n#![allow(unsafe_code, reason = \"r\")]\n";
    let source = Source { path: "a.rs".to_owned(), text: text.to_owned() };
    assert_eq!(unsafe_lines(&source).map(|(index, _)| index).collect::<Vec<_>>(), [2, 3]);
    assert!(has_reason("// SAFETY: it is.\nunsafe {}", 1) && !has_reason("f();\nunsafe {}", 1));
}
