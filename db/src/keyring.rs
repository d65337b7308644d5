//! The master key: a file that the operator guards. Without it no stored picture can be read.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use chacha20poly1305::aead::{KeyInit, OsRng};
use chacha20poly1305::{Key, XChaCha20Poly1305};

use crate::blobs::BlobError;
use crate::durable::sync_folder;
use crate::token_hash::{hex, unhex};

const KEY_BYTES: usize = 32;
/// A key file is one short line; anything longer was meant for something else.
const KEY_FILE_BYTES_MAX: u64 = 256;

/// The key that wraps the key of each blob.
pub struct MasterKey(Key);

impl std::fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("MasterKey(…)")
    }
}

impl MasterKey {
    /// The key in `path`: 32 bytes as 64 hexadecimal digits or as base64. A missing file is created, readable by its
    /// owner only.
    pub fn load_or_create(path: &Path) -> Result<Self, BlobError> {
        let unusable = |reason: String| BlobError::KeyFile { path: path.to_owned(), reason };
        match read(path) {
            Ok(text) => Self::parse(text.trim())
                .ok_or_else(|| unusable("it must hold 32 bytes, as 64 hexadecimal digits or as base64".into())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let key = Self::generate();
                create(path, &hex(&key.0)).map_err(|error| unusable(error.to_string()))?;
                Ok(key)
            }
            Err(error) => Err(unusable(error.to_string())),
        }
    }

    pub(crate) fn generate() -> Self {
        Self(XChaCha20Poly1305::generate_key(OsRng))
    }

    pub(crate) fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&self.0)
    }

    fn parse(text: &str) -> Option<Self> {
        let bytes = unhex(text).or_else(|| BASE64.decode(text).ok())?;
        let key: [u8; KEY_BYTES] = bytes.try_into().ok()?;
        Some(Self(key.into()))
    }
}

fn read(path: &Path) -> io::Result<String> {
    if std::fs::metadata(path)?.len() > KEY_FILE_BYTES_MAX {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "it is too long for a key"));
    }
    std::fs::read_to_string(path)
}

/// Writes the key beside its place and links it there when it is on the disk: the file is never seen half written, and
/// a key that somebody else put there meanwhile is never overwritten.
fn create(path: &Path, text: &str) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let draft = path.with_extension(format!("{}.new", std::process::id()));
    let written = write_private(&draft, text).and_then(|()| std::fs::hard_link(&draft, path));
    let removed = std::fs::remove_file(&draft);
    written.and(removed)?;
    sync_folder(folder)
}

fn write_private(path: &Path, text: &str) -> io::Result<()> {
    let mut file = private_file(path)?;
    writeln!(file, "{text}")?;
    file.sync_all()
}

#[cfg(unix)]
fn private_file(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)
}

#[cfg(not(unix))]
fn private_file(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_key_is_made_once_and_for_the_owner_only() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys").join("master.key");
        let made = MasterKey::load_or_create(&path).unwrap();
        let loaded = MasterKey::load_or_create(&path).unwrap();
        assert_eq!(made.0, loaded.0);
        assert_eq!(std::fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
    }

    #[test]
    fn hexadecimal_and_base64_are_the_same_key() {
        let folder = tempfile::tempdir().unwrap();
        let (first, second) = (folder.path().join("a"), folder.path().join("b"));
        std::fs::write(&first, format!("{}\n", hex(&[0xab; 32]))).unwrap();
        std::fs::write(&second, BASE64.encode([0xab; 32])).unwrap();
        assert_eq!(MasterKey::load_or_create(&first).unwrap().0, MasterKey::load_or_create(&second).unwrap().0);
    }

    #[test]
    fn a_bad_key_file_is_said_to_be_bad_and_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("master.key");
        for bad in ["", "abc", &hex(&[1; 31]), &hex(&[1; 33]), &"z".repeat(64), &"0".repeat(1_000)] {
            std::fs::write(&path, bad).unwrap();
            let error = MasterKey::load_or_create(&path).unwrap_err();
            assert!(matches!(error, BlobError::KeyFile { .. }), "{bad:?}");
            assert!(error.to_string().contains("master.key"), "{error}");
            assert_eq!(std::fs::read_to_string(&path).unwrap(), bad);
        }
    }
}
