//! Who signed in on this machine, and which installation it is. Nothing secret: the token lies in [`crate::keys`].

use std::fs::File;
use std::io::Write;
use std::path::Path;

use muster_protocol::{DeviceId, EmployeeId};
use serde::{Deserialize, Serialize};

use crate::durable::sync_folder;

const NAME: &str = "identity.json";

/// The file beside the spool: it outlives a spool that is lost.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// Made at installation.
    pub device_id: DeviceId,
    #[serde(default)]
    pub account: Option<Account>,
    /// Whose events the spool holds. Stays after a sign-out, until somebody else signs in.
    #[serde(default)]
    pub spool_of: Option<EmployeeId>,
}

/// One person at one hub.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// As it was typed, made whole: `https://hub.example.org`.
    pub hub: String,
    /// Where the socket goes, as the hub said.
    pub agent_url: String,
    pub employee_id: EmployeeId,
    /// The person's name, where the hub said it.
    #[serde(default)]
    pub person: Option<String>,
}

impl Identity {
    /// Reads the file in `folder`, or makes a new installation.
    pub fn open(folder: &Path) -> std::io::Result<Self> {
        match std::fs::read(folder.join(NAME)) {
            Ok(json) => serde_json::from_slice(&json).map_err(std::io::Error::other),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let new = Self { device_id: DeviceId::generate(), account: None, spool_of: None };
                new.keep(folder)?;
                Ok(new)
            }
            Err(error) => Err(error),
        }
    }

    /// Writes the file: completely or not at all.
    pub fn keep(&self, folder: &Path) -> std::io::Result<()> {
        let (path, unfinished) = (folder.join(NAME), folder.join(format!("{NAME}.part")));
        let mut file = File::create(&unfinished)?;
        file.write_all(&serde_json::to_vec_pretty(self)?)?;
        file.sync_all()?;
        std::fs::rename(&unfinished, &path)?;
        sync_folder(folder)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_installation_keeps_its_id_and_its_person() {
        let folder = tempfile::tempdir().unwrap();
        let mut identity = Identity::open(folder.path()).unwrap();
        identity.account = Some(Account {
            hub: "https://hub.example.org".to_owned(),
            agent_url: "wss://hub.example.org:4001/agent".to_owned(),
            employee_id: EmployeeId::new("E7").unwrap(),
            person: None,
        });
        identity.keep(folder.path()).unwrap();
        assert_eq!(Identity::open(folder.path()).unwrap(), identity);
    }
}
