//! `docs/protocol.md` is what programs in other languages are written from, so nothing on the wire may be missing there.

use muster_protocol::agent::{AgentDown, AgentUp, DurableEvent};
use muster_protocol::portal::{PortalDown, PortalEvent, PortalUp};
use muster_protocol::{ErrorCode, frame};

use crate::golden::{crate_folder, tags_of};

fn specification() -> String {
    read("../docs/protocol.md")
}

fn read(path: &str) -> String {
    let path = crate_folder().join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn every_message_event_and_error_code_is_described() {
    let unknown = r#"{"type":"?","kind":"?","seq":1,"at":0}"#;
    let specification = specification();
    let names = [
        tags_of::<AgentUp>(unknown),
        tags_of::<AgentDown>(unknown),
        tags_of::<DurableEvent>(unknown),
        tags_of::<PortalUp>(unknown),
        tags_of::<PortalDown>(unknown),
        tags_of::<PortalEvent>(unknown),
        tags_of::<ErrorCode>("\"?\""),
    ];
    for name in names.iter().flatten() {
        let is_described = ["`", " ", ","].iter().any(|end| specification.contains(&format!("`{name}{end}")));
        assert!(is_described, "docs/protocol.md says nothing about `{name}`");
    }
}

#[test]
fn every_close_code_is_in_the_table() {
    let specification = specification();
    let source = read("src/close.rs");
    let numbers: Vec<_> = source.lines().filter_map(|line| line.trim().strip_suffix(',')?.split_once(" = ")).collect();
    assert!(numbers.len() >= 12, "the numbers are found in the source: {numbers:?}");
    for (name, number) in numbers {
        assert!(specification.contains(&format!("| {number} |")), "docs/protocol.md has no row for {number} {name}");
    }
}

#[test]
fn every_limit_is_in_the_table_with_its_value() {
    let specification = specification();
    let source = read("src/limits.rs");
    let limits = source.lines().filter_map(|line| line.strip_prefix("pub const ")?.strip_suffix(';')?.split_once(": "));
    let mut count = 0;
    for (name, rest) in limits {
        let (_, value) = rest.split_once(" = ").unwrap();
        let row = format!("| `{name}` | {value} |");
        assert!(specification.contains(&row), "docs/protocol.md has no row {row}");
        count += 1;
    }
    assert!(count >= 15, "only {count} limits were found in the source");
}

#[test]
fn the_frame_header_has_the_size_that_is_written() {
    let specification = specification();
    assert!(specification.contains(&format!("{} bytes", frame::HEADER_BYTES)));
    assert!(specification.contains(&format!("always {}", frame::VERSION)), "the version byte");
}
