//! The token in a file that only its owner may read.

use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use super::{Keys, KeysError, Token};
use crate::durable::sync_folder;

const NAME: &str = "device-token";
/// A token has about 50 bytes; a file that is much larger is no token.
const BYTES_MAX: u64 = 4 * 1024;

/// Keeps the token as one line of a file with mode 0600.
#[derive(Debug)]
pub struct FileKeys {
    path: PathBuf,
}

impl FileKeys {
    /// The file in the agent's own folder.
    #[must_use]
    pub fn in_folder(folder: &Path) -> Self {
        Self { path: folder.join(NAME) }
    }

    fn read(&self) -> std::io::Result<Option<Token>> {
        let file = match File::open(&self.path) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            other => other?,
        };
        let mut text = String::new();
        file.take(BYTES_MAX).read_to_string(&mut text)?;
        let token = text.trim();
        Ok((!token.is_empty()).then(|| Token::new(token)))
    }

    /// Under another name first: a crash leaves the old token or the new one, never half of one.
    fn write(&self, token: &Token) -> std::io::Result<()> {
        let new = self.path.with_extension("new");
        if let Err(error) = std::fs::remove_file(&new)
            && error.kind() != ErrorKind::NotFound
        {
            return Err(error);
        }
        let mut file = private(OpenOptions::new().write(true).create_new(true)).open(&new)?;
        writeln!(file, "{}", token.expose())?;
        file.sync_all()?;
        std::fs::rename(&new, &self.path)?;
        self.path.parent().map_or(Ok(()), sync_folder)
    }
}

impl Keys for FileKeys {
    fn load(&mut self) -> Result<Option<Token>, KeysError> {
        self.read().map_err(|error| refused("read", &error))
    }

    fn store(&mut self, token: &Token) -> Result<(), KeysError> {
        self.write(token).map_err(|error| refused("kept", &error))
    }

    fn forget(&mut self) -> Result<(), KeysError> {
        match std::fs::remove_file(&self.path) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(refused("removed", &error)),
            _ => Ok(()),
        }
    }
}

fn refused(what: &'static str, error: &std::io::Error) -> KeysError {
    KeysError { what, reason: error.to_string() }
}

#[cfg(unix)]
fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    use std::os::unix::fs::OpenOptionsExt;
    options.mode(0o600)
}

/// The folder lies in the person's own profile, which Windows gives to nobody else.
#[cfg(not(unix))]
fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    options
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_kept_replaced_and_forgotten() {
        let folder = tempfile::tempdir().unwrap();
        let mut keys = FileKeys::in_folder(folder.path());
        assert_eq!(keys.load(), Ok(None));
        for text in ["mdt_first", "mdt_second"] {
            keys.store(&Token::new(text)).unwrap();
            assert_eq!(FileKeys::in_folder(folder.path()).load(), Ok(Some(Token::new(text))));
        }
        keys.forget().unwrap();
        keys.forget().unwrap();
        assert_eq!(keys.load(), Ok(None));
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_may_read_it() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        FileKeys::in_folder(folder.path()).store(&Token::new("mdt_secret")).unwrap();
        let mode = std::fs::metadata(folder.path().join(NAME)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn a_token_does_not_show_itself() {
        assert!(!format!("{:?}", Token::new("hunter2")).contains("hunter2"));
    }

    #[test]
    fn a_folder_that_is_not_there_is_a_reason_and_no_panic() {
        let mut keys = FileKeys::in_folder(Path::new("/nonexistent/folder"));
        assert_eq!(keys.store(&Token::new("x")).unwrap_err().what, "kept");
    }
}
