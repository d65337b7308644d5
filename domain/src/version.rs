//! Versions of programs, as semver.org 2.0.0 writes and orders them.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

/// `1.4.0`, `2.0.0-rc.1`. What stands behind a `+` is read over: builds of one version are equal.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Version {
    release: [u64; 3],
    /// What comes before the release; empty for the release itself.
    before: Vec<Identifier>,
}

/// A part of what comes before a release. Numbers come before words.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Identifier {
    Number(u64),
    Word(String),
}

/// The text is no version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a version such as 1.4.0")]
pub struct VersionError;

impl FromStr for Version {
    type Err = VersionError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.split('+').next().unwrap_or_default();
        let (release, before) = text.split_once('-').map_or((text, None), |(release, before)| (release, Some(before)));
        let mut numbers = release.split('.').map(number);
        let mut next = || numbers.next().flatten().ok_or(VersionError);
        let release = [next()?, next()?, next()?];
        if numbers.next().is_some() {
            return Err(VersionError);
        }
        let before = before.map(|parts| parts.split('.').map(identifier).collect::<Option<Vec<_>>>());
        Ok(Self { release, before: before.unwrap_or(Some(Vec::new())).ok_or(VersionError)? })
    }
}

fn number(digits: &str) -> Option<u64> {
    let plain = digits.bytes().all(|byte| byte.is_ascii_digit()) && (digits == "0" || !digits.starts_with('0'));
    digits.parse().ok().filter(|_| plain)
}

fn identifier(text: &str) -> Option<Identifier> {
    let plain = !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    plain.then(|| number(text).map_or_else(|| Identifier::Word(text.to_owned()), Identifier::Number))
}

impl Ord for Version {
    fn cmp(&self, other: &Self) -> Ordering {
        let before = match (self.before.is_empty(), other.before.is_empty()) {
            (true, false) => Ordering::Greater,
            (false, true) => Ordering::Less,
            _ => self.before.cmp(&other.before),
        };
        self.release.cmp(&other.release).then(before)
    }
}

impl PartialOrd for Version {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [major, minor, patch] = self.release;
        write!(f, "{major}.{minor}.{patch}")?;
        for (place, part) in self.before.iter().enumerate() {
            f.write_str(if place == 0 { "-" } else { "." })?;
            match part {
                Identifier::Number(number) => write!(f, "{number}")?,
                Identifier::Word(word) => f.write_str(word)?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(text: &str) -> Version {
        text.parse().unwrap()
    }

    #[test]
    fn versions_are_ordered_as_the_specification_orders_its_example() {
        let ordered = [
            "0.9.9",
            "0.10.0",
            "1.0.0-alpha",
            "1.0.0-alpha.1",
            "1.0.0-alpha.beta",
            "1.0.0-beta",
            "1.0.0-beta.2",
            "1.0.0-beta.11",
            "1.0.0-rc.1",
            "1.0.0",
            "1.0.1",
            "10.0.0",
        ];
        for (earlier, later) in ordered.iter().zip(&ordered[1..]) {
            assert!(version(earlier) < version(later), "{earlier} < {later}");
        }
    }

    #[test]
    fn a_version_reads_as_it_was_written() {
        for text in ["0.1.0", "1.0.0-rc.1", "2.10.33-x-y.0"] {
            assert_eq!(version(text).to_string(), text);
        }
        assert_eq!(version("1.0.0+linux.5"), version("1.0.0"));
    }

    #[test]
    fn other_texts_are_no_versions() {
        for text in [
            "",
            "1",
            "1.2",
            "1.2.3.4",
            "1.02.3",
            "v1.2.3",
            "1.2.x",
            "1.2.3-",
            "1.2.3-a..b",
            "1.2.3-ä",
            "99999999999999999999.0.0",
        ] {
            assert_eq!(text.parse::<Version>(), Err(VersionError), "{text}");
        }
    }
}
