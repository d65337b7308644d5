//! A certificate for this machine that signs itself.

use std::path::{Path, PathBuf};

use tempfile::TempDir;

/// The certificate and its key, as files that live as long as this.
pub struct Certificate {
    folder: TempDir,
    file: PathBuf,
}

impl Certificate {
    pub fn make() -> Self {
        let made = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("hub.crt");
        std::fs::write(&file, made.cert.pem()).unwrap();
        std::fs::write(folder.path().join("hub.key"), made.signing_key.serialize_pem()).unwrap();
        Self { folder, file }
    }

    pub fn file(&self) -> &Path {
        &self.file
    }

    pub fn pem(&self) -> String {
        std::fs::read_to_string(&self.file).unwrap()
    }

    /// The keys of the hub's configuration that give it to a door.
    pub fn environment(&self, door: &str) -> [(String, PathBuf); 2] {
        [("CERTIFICATE", self.file.clone()), ("KEY", self.folder.path().join("hub.key"))]
            .map(|(key, file)| (format!("MUSTER__{door}__TLS__{key}"), file))
    }
}
