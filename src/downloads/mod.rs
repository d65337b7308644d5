//! The builds that the hub hands out: files in `<data.dir>/downloads`, each with a line in `SHA256SUMS` beside it.
//!
//! `cargo xtask dist` writes both. A file without a line is not offered: it may be half copied, or not ours.

mod build_name;

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

pub use build_name::{BuildKind, BuildName, Platform};

/// Names and sums, as `sha256sum` writes them.
pub const SUMS: &str = "SHA256SUMS";
/// Bytes of `SHA256SUMS` that are read: some 5,000 lines.
const SUMS_BYTES_MAX: u64 = 512 * 1024;
/// Builds that are offered.
const BUILDS_MAX: usize = 500;

/// A build that is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Build {
    pub file: String,
    pub name: BuildName,
    pub bytes: u64,
    /// In hexadecimal digits.
    pub sha256: String,
}

/// The folder with the builds. Every call blocks on the disk.
#[derive(Clone, Debug)]
pub struct Shelf(PathBuf);

impl Shelf {
    /// The folder inside of `data`, the hub's own.
    pub fn of(data: &Path) -> Self {
        Self(data.join("downloads"))
    }

    /// What is there: agents before hubs, the newest first. A folder that is missing is an empty one.
    pub fn builds(&self) -> io::Result<Vec<Build>> {
        let sums = match self.sums() {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            other => other?,
        };
        let mut builds = sums.lines().filter_map(|line| self.build(line)).take(BUILDS_MAX).collect::<Vec<_>>();
        builds.sort_by_cached_key(|build| (build.name.order(), build.file.clone()));
        builds.dedup_by(|one, other| one.file == other.file);
        Ok(builds)
    }

    /// One build by the name of its file, and where that is. Nothing else in the folder can be reached.
    pub fn find(&self, file: &str) -> io::Result<Option<(PathBuf, Build)>> {
        let found = self.builds()?.into_iter().find(|build| build.file == file);
        Ok(found.map(|build| (self.0.join(&build.file), build)))
    }

    /// The content of `SHA256SUMS`.
    pub fn sums(&self) -> io::Result<String> {
        let mut sums = String::new();
        fs::File::open(self.0.join(SUMS))?.take(SUMS_BYTES_MAX).read_to_string(&mut sums)?;
        Ok(sums)
    }

    /// The build that a line of sums names, if it is there.
    fn build(&self, line: &str) -> Option<Build> {
        let (sha256, file) = line.split_once(char::is_whitespace)?;
        // A star marks a file that was read as binary.
        let file = file.trim().trim_start_matches('*');
        let name = BuildName::read(file)?;
        let is_sum = sha256.len() == 64 && sha256.bytes().all(|byte| byte.is_ascii_hexdigit());
        let found = fs::symlink_metadata(self.0.join(file)).ok().filter(|found| found.is_file() && is_sum)?;
        Some(Build { file: file.to_owned(), name, bytes: found.len(), sha256: sha256.to_lowercase() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const AGENT: &str = "muster-agent-0.2.0-x86_64-unknown-linux-gnu.tar.gz";

    fn shelf_with(lines: &[(&str, &str)], files: &[&str]) -> (tempfile::TempDir, Shelf) {
        let data = tempfile::tempdir().unwrap();
        let folder = data.path().join("downloads");
        fs::create_dir(&folder).unwrap();
        let sums = lines.iter().map(|(sum, file)| format!("{sum}  {file}\n")).collect::<String>();
        fs::write(folder.join(SUMS), sums).unwrap();
        files.iter().for_each(|file| fs::write(folder.join(file), file).unwrap());
        let shelf = Shelf::of(data.path());
        (data, shelf)
    }

    #[test]
    fn a_build_has_a_file_and_a_sum() {
        let sum = "A".repeat(64);
        let star = format!("*{AGENT}");
        let missing = "muster-agent-0.3.0-x86_64-unknown-linux-gnu.tar.gz";
        let unsummed = "muster-agent-0.1.0-x86_64-unknown-linux-gnu.tar.gz";
        let lines =
            [(sum.as_str(), star.as_str()), (&sum, AGENT), (&sum, missing), ("short", unsummed), (&sum, "x.txt")];
        let (_data, shelf) = shelf_with(&lines, &[AGENT, unsummed, "x.txt"]);
        let builds = shelf.builds().unwrap();
        assert_eq!(builds.len(), 1);
        assert_eq!((builds[0].file.as_str(), builds[0].bytes), (AGENT, AGENT.len() as u64));
        assert_eq!(builds[0].sha256, "a".repeat(64));
    }

    #[test]
    fn nothing_beside_a_build_can_be_reached() {
        let sum = "a".repeat(64);
        let (data, shelf) = shelf_with(&[(&sum, AGENT), (&sum, "../master.key")], &[AGENT]);
        fs::write(data.path().join("master.key"), "secret").unwrap();
        assert!(shelf.find(AGENT).unwrap().is_some());
        for file in ["../master.key", "..%2fmaster.key", "", ".", SUMS] {
            assert_eq!(shelf.find(file).unwrap(), None, "{file}");
        }
    }

    #[test]
    fn a_hub_without_the_folder_offers_nothing() {
        let data = tempfile::tempdir().unwrap();
        assert_eq!(Shelf::of(data.path()).builds().unwrap(), []);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_no_build() {
        let sum = "a".repeat(64);
        let (data, shelf) = shelf_with(&[(&sum, AGENT)], &[]);
        fs::write(data.path().join("master.key"), "secret").unwrap();
        std::os::unix::fs::symlink(data.path().join("master.key"), data.path().join("downloads").join(AGENT)).unwrap();
        assert_eq!(shelf.builds().unwrap(), []);
    }
}
