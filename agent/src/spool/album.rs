//! Screenshots as files. A name says when, which display and which id, so the folder is the queue: oldest name first.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

use muster_protocol::UtcMillis;
use muster_protocol::ids::ScreenshotId;

use super::SpoolError;
use crate::capture::Shot;
use crate::durable::sync_folder;

const FOLDER: &str = "screenshots";
const ENDING: &str = ".jpg";
/// Of a file that is not complete yet.
const UNFINISHED: &str = ".part";

/// A screenshot that waits to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredShot {
    pub id: ScreenshotId,
    pub taken_at: UtcMillis,
    pub track: u32,
    pub path: PathBuf,
}

/// The folder, and what lies in it.
#[derive(Debug)]
pub(super) struct Album {
    folder: PathBuf,
    /// Names and sizes.
    shots: BTreeMap<String, u64>,
    bytes: u64,
}

impl Album {
    /// Looks at the folder. What was not finished is removed; what is complete waits, also when nobody was told of it: its id
    /// makes sending it twice harmless.
    pub fn open(parent: &Path) -> Result<Self, SpoolError> {
        let folder = parent.join(FOLDER);
        std::fs::create_dir_all(&folder)?;
        let mut album = Self { folder, shots: BTreeMap::new(), bytes: 0 };
        for entry in std::fs::read_dir(&album.folder)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.ends_with(UNFINISHED) {
                std::fs::remove_file(entry.path())?;
            } else if read_name(&name).is_some() {
                let size = entry.metadata()?.len();
                album.bytes += size;
                album.shots.insert(name, size);
            }
        }
        Ok(album)
    }

    /// Writes the file so that it is there completely or not at all, whenever the power goes.
    pub fn keep(&mut self, shot: &Shot) -> Result<(), SpoolError> {
        let name = format!("{:015}-{:03}-{}{ENDING}", shot.taken_at.0.max(0), shot.track, shot.id);
        let unfinished = self.folder.join(format!("{name}{UNFINISHED}"));
        let mut file = File::create(&unfinished)?;
        let written = file.write_all(&shot.jpeg).and_then(|()| file.sync_all());
        let placed = written.and_then(|()| std::fs::rename(&unfinished, self.folder.join(&name)));
        if let Err(error) = placed.and_then(|()| sync_folder(&self.folder)) {
            // The disk may be full; half a file would keep it so.
            let _ = std::fs::remove_file(&unfinished);
            return Err(error.into());
        }
        self.bytes += shot.jpeg.len() as u64;
        self.shots.insert(name, shot.jpeg.len() as u64);
        Ok(())
    }

    /// Removes the file; none there is as good.
    pub fn remove(&mut self, shot: &StoredShot) -> Result<(), SpoolError> {
        match std::fs::remove_file(&shot.path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
        let name = shot.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        self.bytes -= self.shots.remove(&name).unwrap_or_default();
        Ok(())
    }

    pub fn clear(&mut self) -> Result<(), SpoolError> {
        while let Some(shot) = self.oldest() {
            self.remove(&shot)?;
        }
        Ok(())
    }

    pub fn oldest(&self) -> Option<StoredShot> {
        let name = self.shots.keys().next()?;
        let (taken_at, track, id) = read_name(name)?;
        Some(StoredShot { id, taken_at, track, path: self.folder.join(name) })
    }

    pub fn len(&self) -> u64 {
        self.shots.len() as u64
    }

    pub const fn bytes(&self) -> u64 {
        self.bytes
    }
}

fn read_name(name: &str) -> Option<(UtcMillis, u32, ScreenshotId)> {
    let mut parts = name.strip_suffix(ENDING)?.splitn(3, '-');
    let taken_at = parts.next()?.parse().ok()?;
    Some((UtcMillis(taken_at), parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}
