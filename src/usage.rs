//! What the process and its folders take: memory and disk.

use std::path::{Path, PathBuf};
use std::{fs, io};

use actix_web::web;
use muster_domain::MonoMillis;
use tokio::sync::Mutex;

/// Looking through many files takes a while: what was found holds for so long.
const FRESH_MS: u64 = 60_000;
/// Files that are looked at: with more, sizes are not told.
const FILES_MAX: usize = 2_000_000;

/// Sizes in bytes. What the machine does not tell is `None`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DiskSizes {
    /// The hub's folder: database, keys, downloads; without pictures.
    pub data: Option<u64>,
    /// Pictures; `None` also when they are not in a folder.
    pub blobs: Option<u64>,
    /// What is left on the disk of the hub's folder.
    pub free: Option<u64>,
}

/// The sizes of the folders, measured when asked for and no more often than once a minute.
#[derive(Default)]
pub struct DiskUse(Mutex<Option<(MonoMillis, DiskSizes)>>);

impl DiskUse {
    /// The sizes of the hub's folder `data` and of `blobs`, which may lie in it. Who asks while it is measured waits.
    pub async fn sizes(&self, data: &Path, blobs: Option<PathBuf>, now: MonoMillis) -> DiskSizes {
        let mut known = self.0.lock().await;
        if let Some((measured_at, sizes)) = *known
            && now.since(measured_at) < FRESH_MS
        {
            return sizes;
        }
        let data = data.to_owned();
        let sizes = web::block(move || measure(&data, blobs.as_deref())).await.unwrap_or_default();
        *known = Some((now, sizes));
        sizes
    }
}

fn measure(data: &Path, blobs: Option<&Path>) -> DiskSizes {
    let statistics = rustix::fs::statvfs(data).ok();
    DiskSizes {
        data: size_of(data, blobs).ok(),
        blobs: blobs.and_then(|blobs| size_of(blobs, None).ok()),
        free: statistics.map(|found| found.f_bavail.saturating_mul(found.f_frsize)),
    }
}

/// The files in `folder` and below, without those in `except`. A file that is deleted meanwhile counts as nothing.
fn size_of(folder: &Path, except: Option<&Path>) -> io::Result<u64> {
    let except = except.and_then(|except| except.canonicalize().ok());
    let (mut folders, mut files, mut bytes) = (vec![folder.canonicalize()?], 0, 0_u64);
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for entry in entries.flatten() {
            let Ok(found) = entry.metadata() else { continue };
            if found.is_dir() {
                folders.extend(Some(entry.path()).filter(|path| except.as_ref() != Some(path)));
            } else {
                (files, bytes) = (files + 1, bytes.saturating_add(found.len()));
            }
        }
        if files > FILES_MAX {
            return Err(io::Error::other("too many files to look at"));
        }
    }
    Ok(bytes)
}

/// Memory of this process that is in use; `None` where the system does not tell.
pub fn resident_bytes() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kib = line.split_whitespace().next()?.parse::<u64>().ok()?;
    Some(kib * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[actix_web::test]
    async fn pictures_are_not_counted_twice_and_what_was_measured_holds_for_a_minute() {
        let data = tempfile::tempdir().unwrap();
        let blobs = data.path().join("blobs");
        fs::create_dir_all(blobs.join("3f")).unwrap();
        fs::write(data.path().join("master.key"), [0; 32]).unwrap();
        fs::write(blobs.join("3f/picture"), [0; 1000]).unwrap();
        let disk = DiskUse::default();
        let sizes = async |at| disk.sizes(data.path(), Some(blobs.clone()), MonoMillis(at)).await;
        let first = sizes(1).await;
        assert_eq!((first.data, first.blobs), (Some(32), Some(1000)));
        assert!(first.free.is_some_and(|free| free > 0));
        fs::write(blobs.join("3f/another"), [0; 1000]).unwrap();
        assert_eq!(sizes(FRESH_MS).await.blobs, Some(1000));
        assert_eq!(sizes(FRESH_MS + 1).await.blobs, Some(2000));
    }

    #[test]
    fn a_folder_that_is_not_there_has_no_size() {
        let data = tempfile::tempdir().unwrap();
        assert_eq!(measure(&data.path().join("none"), None), DiskSizes::default());
    }
}
