//! Words that only some places may say: the **Invariant** lines of ARCHITECTURE.md.

use crate::source::{Source, sources};

/// A word of code, the places that may say it, and why nobody else does.
struct Reserved {
    word: &'static str,
    /// Prefixes of paths, or a file name that holds anywhere.
    places: &'static [&'static str],
    reason: &'static str,
}

const RESERVED: [Reserved; 11] = [
    Reserved { word: "surrealdb::", places: &["db/"], reason: "only db talks to the database" },
    Reserved { word: "object_store::", places: &["db/"], reason: "only db stores pictures" },
    Reserved { word: "webrtc::", places: &["media/"], reason: "only media relays WebRTC" },
    Reserved { word: "image::", places: &["media/", "loadtest/"], reason: "only media decodes pictures" },
    Reserved { word: "actix::", places: &["actors/", "src/sockets/"], reason: "only actors and sockets are actors" },
    Reserved {
        word: "StatusCode",
        places: &[
            "src/http/",
            "src/sockets/agent_door.rs",
            "src/sockets/agent_handshake.rs",
            "src/sockets/portal_handshake.rs",
            "src/sockets/handshake.rs",
            "loadtest/",
        ],
        reason: "only src/http and the doors' handshakes answer over HTTP",
    },
    Reserved { word: "Instant::now(", places: &["clock.rs"], reason: "only clock.rs reads a clock" },
    Reserved { word: "SystemTime::now(", places: &["clock.rs"], reason: "only clock.rs reads a clock" },
    Reserved { word: "Timestamp::now(", places: &["clock.rs"], reason: "only clock.rs reads a clock" },
    Reserved { word: "Zoned::now(", places: &["clock.rs"], reason: "only clock.rs reads a clock" },
    Reserved { word: "unbounded_channel", places: &[], reason: "every queue has a bound" },
];

impl Reserved {
    /// Whether `source` may say it. Examples are programs of their own.
    fn permits(&self, source: &Source) -> bool {
        self.places.iter().any(|place| {
            source.path.starts_with(place) || source.name() == *place || source.path.contains("/examples/")
        })
    }
}

/// Whether `line` says `word` on its own, and not as the end of a longer name (`actix_web::` does not say `web::`).
fn says(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        !before.is_some_and(|letter| letter.is_alphanumeric() || letter == '_')
    })
}

#[test]
fn reserved_words_are_said_only_in_their_places() {
    let sources = sources(&[".rs"]);
    let mut trespasses = Vec::new();
    for source in sources.iter().filter(|source| !source.is_test()) {
        for (number, line) in source.code_lines() {
            for reserved in RESERVED.iter().filter(|reserved| says(line, reserved.word) && !reserved.permits(source)) {
                trespasses.push(format!("{}:{number}: `{}`: {}", source.path, reserved.word, reserved.reason));
            }
        }
    }
    assert!(trespasses.is_empty(), "\n{}", trespasses.join("\n"));
}

#[test]
fn a_word_is_not_the_end_of_a_longer_one() {
    assert!(says("use actix::Addr;", "actix::") && says("std::time::Instant::now()", "Instant::now("));
    assert!(!says("use my_actix::Addr;", "actix::") && !says("use actix_web::web;", "actix::"));
}
