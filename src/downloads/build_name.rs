//! What the name of a build says: `muster-agent-0.2.0-x86_64-unknown-linux-gnu.tar.gz`.

use std::cmp::Reverse;

use muster_domain::Version;
use serde::Serialize;
use utoipa::ToSchema;

/// The program that a build installs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum BuildKind {
    /// The desktop program.
    Agent,
    /// The hub itself.
    Hub,
}

/// What it runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Platform {
    Windows,
    Macos,
    Linux,
    Other,
}

/// The parts of a build's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BuildName {
    pub kind: BuildKind,
    pub version: Version,
    /// `x86_64-unknown-linux-gnu`
    pub target: String,
    pub platform: Platform,
}

/// A name of a file in one folder: nothing of it leads elsewhere.
const NAME_BYTES_MAX: usize = 200;
const ARCHIVES: [&str; 2] = [".tar.gz", ".zip"];

impl BuildName {
    /// Reads `file`; `None` when it is no name of a build.
    pub fn read(file: &str) -> Option<Self> {
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '+');
        if file.len() > NAME_BYTES_MAX || !file.chars().all(plain) {
            return None;
        }
        let stem = ARCHIVES.iter().find_map(|ending| file.strip_suffix(ending))?;
        let (kind, rest) = match stem.strip_prefix("muster-agent-") {
            Some(rest) => (BuildKind::Agent, rest),
            None => (BuildKind::Hub, stem.strip_prefix("muster-")?),
        };
        // A version may have hyphens, and so has a target: the longest version that leaves a target is meant.
        let cuts = rest.match_indices('-').map(|(at, _)| (&rest[..at], &rest[at + 1..]));
        let mut targets = cuts.filter(|(_, target)| target.split('-').next().is_some_and(is_architecture));
        let (version, target) = targets.next_back()?;
        let (version, target) = (version.parse().ok()?, target.to_owned());
        Some(Self { kind, version, platform: platform_of(&target), target })
    }

    /// Agents before hubs, the newest version first, then by platform.
    pub fn order(&self) -> impl Ord + use<> {
        (self.kind, Reverse(self.version.clone()), self.platform, self.target.clone())
    }
}

/// Whether a target triple begins so.
fn is_architecture(part: &str) -> bool {
    ["x86_64", "aarch64", "arm64", "i686", "armv7", "riscv64gc", "universal", "universal2"].contains(&part)
}

fn platform_of(target: &str) -> Platform {
    let says = |word: &str| target.contains(word);
    match () {
        () if says("windows") => Platform::Windows,
        () if says("apple") || says("darwin") || says("macos") => Platform::Macos,
        () if says("linux") => Platform::Linux,
        () => Platform::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(file: &str) -> Option<(BuildKind, String, String, Platform)> {
        let name = BuildName::read(file)?;
        Some((name.kind, name.version.to_string(), name.target, name.platform))
    }

    #[test]
    fn a_name_says_what_it_installs_and_where() {
        let cases = [
            ("muster-agent-0.2.0-x86_64-unknown-linux-gnu.tar.gz", (BuildKind::Agent, "0.2.0", Platform::Linux)),
            ("muster-agent-0.2.0-x86_64-pc-windows-msvc.zip", (BuildKind::Agent, "0.2.0", Platform::Windows)),
            ("muster-agent-1.0.0-rc.1-aarch64-apple-darwin.tar.gz", (BuildKind::Agent, "1.0.0-rc.1", Platform::Macos)),
            ("muster-1.10.3-aarch64-unknown-linux-musl.tar.gz", (BuildKind::Hub, "1.10.3", Platform::Linux)),
            ("muster-1.0.0-x86_64-unknown-freebsd.tar.gz", (BuildKind::Hub, "1.0.0", Platform::Other)),
        ];
        for (file, (kind, version, platform)) in cases {
            let (read_kind, read_version, target, read_platform) = read(file).unwrap();
            assert_eq!((read_kind, read_version.as_str(), read_platform), (kind, version, platform), "{file}");
            assert!(file.contains(&target));
        }
    }

    #[test]
    fn other_files_are_no_builds() {
        for file in [
            "SHA256SUMS",
            "muster-agent-x86_64-unknown-linux-gnu.tar.gz",
            "muster-agent-0.2.0.tar.gz",
            "muster-agent-0.2.0-x86_64-unknown-linux-gnu",
            "../muster-0.2.0-x86_64-unknown-linux-gnu.tar.gz",
            "muster-0.2.0-x86_64-../../etc/passwd.tar.gz",
            "other-0.2.0-x86_64-unknown-linux-gnu.tar.gz",
            "",
        ] {
            assert_eq!(read(file), None, "{file}");
        }
    }

    #[test]
    fn the_newest_agent_comes_first() {
        let mut names = [
            "muster-0.9.0-x86_64-unknown-linux-gnu.tar.gz",
            "muster-agent-0.9.0-x86_64-unknown-linux-gnu.tar.gz",
            "muster-agent-0.10.0-x86_64-unknown-linux-gnu.tar.gz",
            "muster-agent-0.10.0-x86_64-pc-windows-msvc.zip",
        ]
        .map(|file| BuildName::read(file).unwrap());
        names.sort_by_key(BuildName::order);
        let order = names.map(|name| (name.version.to_string(), name.platform));
        assert_eq!(order[0], ("0.10.0".to_owned(), Platform::Windows));
        assert_eq!(order[1], ("0.10.0".to_owned(), Platform::Linux));
        assert_eq!(order[3], ("0.9.0".to_owned(), Platform::Linux));
    }
}
