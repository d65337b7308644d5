//! Archives that come out the same from the same files: sorted, owned by nobody in particular, all of one moment.

/// One file of an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// With `/` between folders, at most 100 bytes.
    pub name: String,
    pub is_program: bool,
    pub content: Vec<u8>,
}

const BLOCK: usize = 512;

/// `entries` as a tar archive (POSIX ustar) in which everything was changed at `changed_at`, seconds since 1970.
pub fn tar(mut entries: Vec<Entry>, changed_at: u64) -> Vec<u8> {
    entries.sort_by(|one, other| one.name.cmp(&other.name));
    let mut archive = Vec::new();
    for entry in &entries {
        archive.extend(header(entry, changed_at));
        archive.extend(&entry.content);
        archive.resize(archive.len().next_multiple_of(BLOCK), 0);
    }
    archive.resize(archive.len() + 2 * BLOCK, 0);
    archive
}

fn header(entry: &Entry, changed_at: u64) -> [u8; BLOCK] {
    assert!(entry.name.len() <= 100, "'{}' is too long for an archive", entry.name);
    let mut header = [0; BLOCK];
    let mut put = |at: usize, text: &str| header[at..at + text.len()].copy_from_slice(text.as_bytes());
    put(0, &entry.name);
    put(100, if entry.is_program { "0000755" } else { "0000644" });
    put(108, "0000000");
    put(116, "0000000");
    put(124, &format!("{:011o}", entry.content.len()));
    put(136, &format!("{changed_at:011o}"));
    // The checksum is that of the header with spaces in its own place.
    put(148, "        ");
    put(156, "0");
    put(257, "ustar\x0000");
    put(265, "root");
    put(297, "root");
    let sum: u32 = header.iter().map(|&byte| u32::from(byte)).sum();
    header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    header
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::process::{Command, Stdio};

    use super::*;

    fn entries() -> Vec<Entry> {
        let entry = |name: &str, is_program, content: &[u8]| Entry {
            name: name.to_owned(),
            is_program,
            content: content.to_owned(),
        };
        vec![entry("muster/muster", true, &[7; 1_000]), entry("muster/LICENSE", false, b"free")]
    }

    /// What the system's own tar makes of `archive`.
    fn listed(archive: &[u8]) -> String {
        let mut tar = Command::new("tar");
        tar.args(["-tv", "--numeric-owner", "-f", "-"]).env("TZ", "UTC").env("LC_ALL", "C");
        let mut child = tar.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(archive).unwrap();
        String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap()
    }

    #[test]
    fn the_systems_tar_reads_it() {
        let listed = listed(&tar(entries(), 1_795_867_200));
        let lines: Vec<Vec<&str>> = listed.lines().map(|line| line.split_whitespace().collect()).collect();
        assert_eq!(lines.len(), 2, "{listed}");
        assert_eq!((lines[0][0], lines[0][2], lines[0][5]), ("-rw-r--r--", "4", "muster/LICENSE"));
        assert_eq!((lines[1][0], lines[1][2], lines[1][5]), ("-rwxr-xr-x", "1000", "muster/muster"));
        assert!(listed.contains("2026-11-28 12:00"), "{listed}");
    }

    #[test]
    fn the_order_in_which_files_are_found_changes_nothing() {
        let reversed = entries().into_iter().rev().collect();
        assert_eq!(tar(entries(), 5), tar(reversed, 5));
    }
}
